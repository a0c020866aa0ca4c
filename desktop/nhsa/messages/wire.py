"""What every message is made of."""

from __future__ import annotations

from typing import Annotated, Final, NewType, TypeVar

import msgspec

NumberText = NewType("NumberText", str)
"""A number that the desk only shows (age, days): kept as the text that came, sent as a number."""

JsonText = NewType("JsonText", str)
"""``exp_content``: JSON as text; sites that send an object instead are read as its text."""

T = TypeVar("T")

SHOWN_ONLY: Final = "shown only"
"""Marks a value that nothing is reckoned with (none of C1–C7)."""

Shown = Annotated[T | None, SHOWN_ONLY]
"""A value that is only shown: one that cannot be read exactly is "not told".

It must never make a booked settlement unknown.
"""


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A node of ``input`` or ``output``; attributes carry the wire names exactly.

    Text is ``str``, amounts :class:`~desktop.domain.money.Money` (fen), prices, quantities and
    ratios the exact types of :mod:`desktop.domain.quantities`; ``None`` is "not told". A list is
    a tuple of nodes.
    """

    def __repr__(self) -> str:
        """The names of what is told, never the values: they may be of a person."""
        told = (name for name in self.__struct_fields__ if getattr(self, name) is not None)
        return f"{type(self).__name__}({', '.join(told)})"


class RowsAlone(Node, frozen=True, kw_only=True):
    """An output without node: the rows of its one field ``data`` stand in ``output`` itself."""


class Nothing(Node, frozen=True, kw_only=True):
    """The output of a transaction that answers with ``infcode`` alone."""
