"""What every message is made of."""

from __future__ import annotations

from typing import NewType

import msgspec

NumberText = NewType("NumberText", str)
"""A number that the desk only shows (age, days): kept as the text that came, sent as a number."""

JsonText = NewType("JsonText", str)
"""``exp_content``: JSON as text; sites that send an object instead are read as its text."""


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A node of ``input`` or ``output``; attributes carry the wire names exactly.

    Text is ``str``, amounts :class:`~desktop.domain.money.Money` (fen), prices, quantities and
    ratios the exact types of :mod:`desktop.domain.quantities`; ``None`` is "not told". A list is
    a tuple of nodes.
    """


class Nothing(Node, frozen=True, kw_only=True):
    """The output of a transaction that answers with ``infcode`` alone."""
