"""One transaction of the platform, described once for both sides of the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from desktop.nhsa.messages.wire import Node

In = TypeVar("In", bound=Node)
Out = TypeVar("Out", bound=Node)


class Transaction(Struct, Generic[In, Out], frozen=True):
    """A numbered transaction with the types of its ``input`` and ``output``."""

    infno: str
    path: str
    """``<service>/<method>`` of URL style a, with the real spellings (table in 1.2)."""
    input: type[In]
    output: type[Out]
    settles: bool = False
    """Books or unbooks money: its answer is believed only when it names what was asked."""
    beside: frozenset[str] = frozenset()
    """Output nodes that some platforms place beside ``output``."""
    rows: bool = False
    """The rows of ``data`` may stand in ``output`` itself: H prints them without a node."""
    of_file: Callable[[bytes], Out] | None = None
    """Reads a yes that comes as a file without an envelope (9102); a no is always enveloped."""
