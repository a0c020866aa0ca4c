"""What the window knows of work that is not at rest: frozen, part of the state. Amounts are fen."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.money import ZERO

if TYPE_CHECKING:
    from desktop.domain.charges import Bill
    from desktop.domain.money import Money
    from desktop.domain.notes import Open, Tried
    from desktop.ledger.journal import VisitId


class Ruling(StrEnum):
    """What became of an outcome that nobody knew, where nothing is booked."""

    NOT_BOOKED = "not-booked"
    UNDONE = "undone"


class Lookup(Struct, frozen=True):
    """An unknown outcome that the queue looks for while the patient waits (B28)."""

    visit: VisitId
    what: Open
    msgid: str
    tries: int = 0
    seconds_left: int | None = None
    """Until the next try; None while one is under way or none is known yet."""
    last: Tried | None = None
    with_office: bool = False
    ruling: Ruling | None = None
    """None while it is open."""


class Errand(Struct, frozen=True):
    """The next patient comes for this bill: it waited, or its settlement turned out not booked."""

    bill: Bill


class Outage(Struct, frozen=True):
    """What may be done about a bill while the line is down (visit.md 3.3)."""

    may_defer: bool
    """There is a bill, and nothing of it was sent for settling."""
    may_pay_self: bool
    total: Money | None
    """The whole bill; with what is held, it is the deposit."""
    held: Money | None
    """What the patient left for it before: no more than the rest is asked for."""
    until: date | None
    """The last day on which a deferred bill may be settled."""

    @property
    def asked(self) -> Money | None:
        """What the patient pays now for the whole bill; nothing where it lies here already."""
        if self.total is None or self.held is None:
            return self.total
        return max(self.total - self.held, ZERO)


class Case(Struct, frozen=True):
    """What a person at the office needs, without personal data; to be copied."""

    visit: VisitId
    words: str
