"""What may happen to one visit: slips, changed minds, filings by telephone, second bills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from desktop.domain.credential import CredentialKind
from desktop.domain.money import Money
from desktop.domain.person import EMPLOYEE, FilingKind
from desktop.nhsa.messages.settlement import PreviewInfo
from desktop.sandbox.control.bodies import FilingBody
from desktop.sandbox.control.surface import add_filing
from desktop.sandbox.insured_place.new_filings import FilingRefused
from desktop.sandbox.play.bills import Charge, Shelf
from desktop.sandbox.play.counter import AtCounter, Shown, voucher
from desktop.sandbox.play.line import Declined

_FILED_BY_TELEPHONE: Final = frozenset(
    ("NOT_FILED", "FILED_ELSEWHERE", "FILING_ENDED", "FILING_NOT_YET")
)
_FIRST: Final = "P1"
_ONE_YUAN: Final = Money(100)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paid:
    """A settlement that stands, with what was on its bill."""

    counter: AtCounter
    setl_id: str
    bill: tuple[Charge, ...]


@dataclass(frozen=True, slots=True)
class Refund:
    """The patient comes back for the money, or for a part of it."""

    at: datetime
    paid: Paid
    keeps: tuple[Charge, ...]
    """What is charged again; () when everything goes back."""


class Changed(Exception):
    """The patient does not want to pay this way."""


@dataclass(frozen=True, slots=True)
class Story:
    """One visit from the counter to the receipt, whatever comes between."""

    counter: AtCounter
    shelf: Shelf

    def play(self) -> Paid | None:
        """What was settled in the end, if anything was."""
        try:
            self._admit()
            return self._pay()
        except Declined:
            self._give_up()
        except Changed:
            self._give_up()
            self.counter.line.tally.abandoned += 1
        return None

    def _happens(self, share: float) -> bool:
        return self.counter.line.chance.happens(share)

    def _admit(self) -> None:
        self.counter.identify()
        if self._happens(0.6):
            self.counter.ask_benefits()
        self.counter.register()
        self.counter.tell_visit()
        self.counter.line.wait(self.counter.line.chance.number(300, 5400))

    def _pay(self) -> Paid:
        """After the doctor the e-voucher is shown again: it serves half an hour."""
        if self.counter.shown.kind is CredentialKind.VOUCHER:
            self.counter.shown = voucher(self.counter.who, self.counter.line)
        bill = self._charged(_FIRST)
        paid = self._settled(_FIRST, bill)
        if self._happens(0.06):
            self.counter.shown = id_card(self.counter)
            paid = self._settled("P2", self._charged("P2"))
        return paid

    def _charged(self, batch: str) -> tuple[Charge, ...]:
        """What the care place rejects is charged otherwise; twice wrong, the desk gives up."""
        bill = self.shelf.bill()
        try:
            self.counter.charge(batch, bill)
        except Declined:
            bill = self.shelf.bill()
            self.counter.charge(batch, bill)
        return bill

    def _settled(self, batch: str, bill: Sequence[Charge]) -> Paid:
        use = self._account_use()
        if self._happens(0.003):
            self._slip(lambda: self.counter.preview(batch, total(bill) + _ONE_YUAN, use))
        seen = self._previewed(batch, total(bill), use)
        if self._happens(0.012):
            raise Changed
        setl_id = self.counter.settle(batch, seen, use).setl_id
        if self._happens(0.003):
            self._slip(lambda: self.counter.settle(batch, seen, use))
        elif self._happens(0.004):
            setl_id = self._again(batch, bill, use)
        self.counter.line.tally.settlements += 1
        return Paid(self.counter, setl_id, tuple(bill))

    def _account_use(self) -> str:
        if self.counter.insured.insutype != EMPLOYEE:
            return "0"
        return self.counter.line.chance.weighed({"1": 0.62, "0": 0.33, "2": 0.05})

    def _slip(self, mistake: Callable[[], T]) -> None:
        """Somebody's mistake; the platform says so."""
        try:
            mistake()
        except Declined:
            return

    def _previewed(self, batch: str, amount: Money, use: str) -> PreviewInfo:
        try:
            return self.counter.preview(batch, amount, use)
        except Declined as no:
            if no.reason not in _FILED_BY_TELEPHONE or not self._happens(0.5):
                raise
            self._file()
        return self.counter.preview(batch, amount, use)

    def _file(self) -> None:
        """By telephone, from the day of the visit on; the insured area may say no."""
        line = self.counter.line
        body = FilingBody(
            kind=FilingKind.OTHER,
            area=f"{line.place.area[:4]}00",
            begins=self.counter.begins.date(),
        )
        line.wait(600)
        platform = line.platform
        try:
            add_filing(
                platform.state, platform.policies, self.counter.who.certno, body, line.now.date()
            )
        except FilingRefused as error:
            line.tally.refusals["FILING"] += 1
            raise Changed from error

    def _again(self, batch: str, bill: Sequence[Charge], use: str) -> str:
        """The answer of a 2207 never came: reversed by its msgid, settled once more."""
        self.counter.reverse(self.counter.line.msgid)
        self.counter.line.tally.refunds += 1
        self.counter.shown = id_card(self.counter)
        seen = self.counter.preview(batch, total(bill), use)
        return self.counter.settle(batch, seen, use).setl_id

    def _give_up(self) -> None:
        """The visit is taken back, as far as it came; one with a settled part stays."""
        if self.counter.mdtrt_id:
            self._slip(self.counter.take_back_charges)
        if self.counter.mdtrt_id and not self.counter.settled:
            self._slip(self.counter.withdraw)


def give_back(refund: Refund) -> None:
    """2208, and what the patient keeps is charged and settled anew."""
    counter = refund.paid.counter
    counter.line.now = refund.at
    try:
        counter.cancel(refund.paid.setl_id)
        counter.line.tally.refunds += 1
        if refund.keeps:
            _charge_again(counter, refund.keeps)
    except Declined:
        return


def _charge_again(counter: AtCounter, keeps: Sequence[Charge]) -> None:
    counter.shown = id_card(counter)
    counter.charge("P9", keeps)
    seen = counter.preview("P9", total(keeps), "0")
    counter.settle("P9", seen, "0")
    counter.line.tally.settlements += 1


def later(paid: Paid, before: datetime) -> Refund | None:
    """A refund within the next days, if this patient comes back for one."""
    chance = paid.counter.line.chance
    if not chance.happens(0.028):
        return None
    minutes = chance.number(10, 180) if chance.happens(0.6) else chance.number(1, 6) * 1440
    at = min(paid.counter.line.now + timedelta(minutes=minutes), before - timedelta(minutes=5))
    keeps = paid.bill[:-1] if chance.happens(0.5) else ()
    return Refund(max(at, paid.counter.line.now), paid, keeps)


def id_card(counter: AtCounter) -> Shown:
    """A used e-voucher serves no more; the ID card always does."""
    return Shown(CredentialKind.ID_CARD, counter.who.certno)


def total(bill: Sequence[Charge]) -> Money:
    return Money.total(charge.total for charge in bill)
