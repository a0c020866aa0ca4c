"""The steps of a settlement in their order: the same ones at the window and on the command line.

Each stops by :class:`Stopped`. What can be known at a step is told at once, not one problem at each
attempt (idea 5): whoever asks the doctor for a letter asks for the emergency mark on the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.identifiers import AreaCode
from desktop.domain.problems import Problem
from desktop.domain.split import Settlement
from desktop.services.desk_visit import DeskVisit
from desktop.services.eligibility import Eligibility
from desktop.services.ending import Ending, Stopped
from desktop.services.settle import Agreement, Commitment

T = TypeVar("T")
Wanted = tuple[str, AreaCode | None] | None
"""An insurance by its kind, and its area where the person has two of the kind."""

_GRAVEST = (Ending.REFUSED, Ending.NEEDS_PERSON)
"""What nothing helps against comes first; then what a person mends; then a line that is down."""


class Findings:
    """What stops a visit, gathered over some questions and told together."""

    def __init__(self) -> None:
        self._stops: list[Stopped] = []

    def of(self, ask: Callable[[], T]) -> T | None:
        """The answer; None when it stops the visit."""
        try:
            return ask()
        except Stopped as stop:
            self._stops.append(stop)
            return None

    def tell(self) -> None:
        """Raises one :class:`Stopped` for all of them; the gravest is its first problem."""
        stops = sorted(self._stops, key=_gravity)
        if stops:
            raise Stopped(stops[0].ending, *_each_once(stops)) from stops[0]

    def tell_what_is_final(self) -> None:
        """The same, where nothing helps against one of them: no other is worth a question."""
        if any(stop.ending is Ending.REFUSED for stop in self._stops):
            self.tell()


def take_over(visit: DeskVisit, bill: Bill) -> None:
    """The bill is known before its patient: what can never settle here asks for nobody (B17)."""
    found = Findings()
    found.of(lambda: visit.take_bill(bill))
    found.tell_what_is_final()


def take_bill(visit: DeskVisit, bill: Bill) -> None:
    """The bill to settle: it must be this patient's (B09), and one that may settle (B16, B17)."""
    found = Findings()
    found.of(lambda: visit.take_bill(bill))
    visit.match_patient()
    found.tell()


def admit(visit: DeskVisit, wanted: Wanted, bill: Bill | None) -> Eligibility:
    """Take an insurance and the bill, if it is there, and ask whether the funds will pay.

    A bill of somebody else stops all: the rest would be told of the wrong person.
    """
    found = Findings()
    insurance = found.of(lambda: visit.insure(wanted))
    if bill is not None:
        found.of(lambda: visit.take_bill(bill))
        visit.match_patient()
        found.tell_what_is_final()
    return _judged(visit, found, asks=insurance is not None)


def check_again(visit: DeskVisit) -> Eligibility:
    """The patient filed, or was put right: ask the insured area again (B13)."""
    found = Findings()
    bill = visit.record.bill
    if bill is not None:
        found.of(lambda: visit.take_bill(bill))
    return _judged(visit, found, asks=True)


def prepare(
    visit: DeskVisit, account_use: AccountUse, although: Collection[str] = ()
) -> Settlement:
    """Upload the bill and ask what it would cost whom; a no leaves nothing at the platform."""
    try:
        visit.upload(although)
        return visit.offer(account_use)
    except Stopped as stop:
        raise Stopped(stop.ending, *stop.problems, *visit.take_back()) from stop


def settle(visit: DeskVisit, agreement: Agreement) -> Commitment:
    """Book what was offered and agreed to; an end that booked nothing is taken back."""
    return visit.ended(lambda: visit.commit(agreement))


def _judged(visit: DeskVisit, found: Findings, *, asks: bool) -> Eligibility:
    """``asks``: an insurance is there that 2001 can be asked about."""
    eligible = found.of(visit.check) if asks else None
    if visit.record.insurance is not None and visit.record.bill is not None:
        found.of(visit.not_settled_before)
    found.tell()
    assert eligible is not None
    return eligible


def _each_once(stops: list[Stopped]) -> Iterator[Problem]:
    """What two questions tell alike is one problem; of the same kind in another case it is two."""
    yield from dict.fromkeys(problem for stop in stops for problem in stop.problems)


def _gravity(stop: Stopped) -> int:
    return _GRAVEST.index(stop.ending) if stop.ending in _GRAVEST else len(_GRAVEST)
