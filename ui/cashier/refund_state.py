"""A refund as the window shows it: frozen, part of the state. Amounts are fen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desktop.domain.charges import Bill
    from desktop.domain.money import Money
    from desktop.domain.money_back import MoneyBack
    from desktop.domain.problems import Problem
    from desktop.domain.split import Settlement
    from desktop.ledger.journal import VisitId


class RefundAt(StrEnum):
    """How far the refund is."""

    CHOOSE = "choose"
    """Which settlement."""
    PLAN = "plan"
    """Whole or some lines; what would go back. Nothing has happened."""
    CREDENTIAL = "credential"
    """The rest is settled anew, and that wants a fresh credential (B39)."""
    AGREE = "agree"
    """Taken back; the true sum is known, and somebody must agree to it."""
    HALF_DONE = "half-done"
    """Taken back, and the rest is not settled; the next step is named."""
    CASH = "cash"
    """The patient's cash goes back."""


class SettledVisit(Struct, frozen=True):
    """A settlement that stands, as the list shows it; ``patient`` is masked, times +08:00."""

    visit: VisitId
    setl_id: str
    since: datetime
    bill_no: str
    patient: str
    total: Money | None
    cash: Money | None


class RefundShown(Struct, frozen=True):
    """Everything on the page of a refund."""

    at: RefundAt
    day: date
    rows: tuple[SettledVisit, ...] = ()
    bill: Bill | None = None
    setl_id: str = ""
    back: frozenset[str] = frozenset()
    """Numbers of the lines that are given back; empty: the whole bill."""
    paid: Money | None = None
    """The cash part of the settlement that is taken back."""
    elsewhere: bool = False
    """The hospital's till took it: what goes back goes back there."""
    expected: MoneyBack | None = None
    """None where the answer tells too little for an estimate."""
    offered: Settlement | None = None
    """What the kept lines cost, as the platform tells after the 2208."""
    cash_back: Money | None = None
    """What is to be given back now; negative: still to be taken."""
    next_step: str = ""
    """The transaction with which a partial refund goes on; "" before its 2208 and after all."""
    other_year: bool = False
    """The settlement is of another year: its sums are that year's (B41)."""
    awaits_yes: bool = False
    """The rest is booked with other amounts than the patient agreed to, and they have still to."""
    problem: Problem | None = None
    """Why it does not go on."""

    @property
    def whole(self) -> bool:
        return not self.back
