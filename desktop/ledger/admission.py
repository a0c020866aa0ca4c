"""The one door to a 2207 or 2208: asked in the transaction that writes the intent down.

What a service saw before may be old by then, in another window as in another process; in the
transaction nobody else writes. The new entries are in already when the door is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Protocol, TypeVar

from desktop.domain.events import (
    BillTaken,
    CancelSubmitted,
    Entry,
    PersonIdentified,
    Submitted,
)
from desktop.domain.one_at_a_time import Beside, InTheWay, in_the_way, stands_beside
from desktop.domain.open_work import refund_step
from desktop.domain.person import Person
from desktop.domain.problems import Problem, ProblemCode, desk_error
from desktop.domain.record import VisitRecord, replay
from desktop.domain.visit import NotAllowed
from desktop.ledger.errors import JournalDamaged, NotAdmitted, VisitDamaged

Visit = TypeVar("Visit")


class Recorded(Protocol):
    """One entry as the journal has it."""

    @property
    def entry(self) -> Entry: ...


class Attempts(Protocol[Visit]):
    """What the door asks of the journal, within the transaction."""

    def entries(self, visit: Visit) -> Sequence[Recorded]: ...
    def settling(self) -> Sequence[Visit]: ...
    def visits_of_any_revision(self, bill_no: str) -> Sequence[Visit]: ...
    def visits_of_visit_number(self, visit_no: str) -> Sequence[Visit]: ...
    def visits_of_person(self, person: Person, since: date) -> Sequence[Visit]: ...
    def is_somebodys(self, visit: Visit) -> bool: ...


def admit(journal: Attempts[Visit], visit: Visit, entries: Iterable[Entry], today: date) -> None:
    """Ask it for a visit whose new ``entries`` are in already.

    Raises :class:`NotAdmitted` for a 2207 in whose way another attempt stands, or may, since nobody
    can read it; ``DeskError`` (open-elsewhere) for an intent of a visit that went on elsewhere.
    """
    intents = [entry for entry in entries if isinstance(entry, Submitted | CancelSubmitted)]
    if not intents:
        return
    ours = still_ours([row.entry for row in journal.entries(visit)])
    if ours.bill is not None and any(isinstance(intent, Submitted) for intent in intents):
        rivals = dict.fromkeys((*journal.settling(), *near(journal, ours, today)))
        read = {other: _read(journal, ours, other) for other in rivals if other != visit}
        others = {other: record for other, record in read.items() if record is not None}
        nothing_in_the_way(ours, others.values())
        nothing_undecided(ours, others)


def near(journal: Attempts[Visit], ours: VisitRecord, today: date) -> Iterable[Visit]:
    """What may stand beside the bill: visits of it and of its 门诊号; of a typed one, whose numbers
    prove nothing, all of the person's of the last two days.
    """
    bill, person = ours.bill, ours.person
    assert bill is not None
    typed = person if bill.typed else None
    known = (
        journal.visits_of_any_revision(bill.key.bill_no),
        journal.visits_of_visit_number(bill.visit.visit_no),
        journal.visits_of_person(typed, today - timedelta(days=1)) if typed else (),
    )
    return dict.fromkeys(chain.from_iterable(known))


def _read(journal: Attempts[Visit], ours: VisitRecord, visit: Visit) -> VisitRecord | None:
    """See :func:`unreadable` for one that cannot be followed."""
    try:
        return replay(row.entry for row in journal.entries(visit))
    except (NotAllowed, JournalDamaged) as fault:
        unreadable(journal, ours, visit, fault)
        return None


def unreadable(journal: Attempts[Visit], ours: VisitRecord, visit: Visit, fault: Exception) -> None:
    """By the indexes alone: raises :class:`VisitDamaged` for an attempt at this bill, at one of its
    门诊号, or of its person, or of nobody knows whom; anybody else's is not in the way.
    """
    if visit in _may_be_ours(journal, ours) or not journal.is_somebodys(visit):
        raise VisitDamaged(visit) from fault


def _may_be_ours(journal: Attempts[Visit], ours: VisitRecord) -> Iterable[Visit]:
    assert ours.bill is not None
    numbered = (
        journal.visits_of_any_revision(ours.bill.key.bill_no),
        journal.visits_of_visit_number(ours.bill.visit.visit_no),
    )
    theirs = journal.visits_of_person(ours.person, date.min) if ours.person else ()
    return frozenset((*chain.from_iterable(numbered), *theirs))


def still_ours(entries: Sequence[Entry]) -> VisitRecord:
    """The visit with its intent; without person and bill it is none.

    Raises ``DeskError`` (open-elsewhere) when another opening of it went on meanwhile: what it
    wrote and what is written now do not follow from each other.
    """
    if not {BillTaken, PersonIdentified} <= set(map(type, entries)):
        return VisitRecord()
    try:
        return replay(entries)
    except NotAllowed as fault:
        raise desk_error(ProblemCode.OPEN_ELSEWHERE) from fault


def nothing_in_the_way(ours: VisitRecord, others: Iterable[VisitRecord]) -> None:
    """Raises :class:`NotAdmitted` for the first attempt in the way of a 2207."""
    for other in others:
        if how := in_the_way(ours, other):
            raise NotAdmitted(told(how, other))


def nothing_undecided(ours: VisitRecord, others: Mapping[Visit, VisitRecord]) -> None:
    """Raises :class:`NotAdmitted` for what came to stand beside it since somebody looked."""
    for visit, other in others.items():
        how = stands_beside(ours, other)
        if how is not None and str(visit) not in ours.beside:
            raise NotAdmitted(beside_told(how, other))


def beside_told(how: Beside, other: VisitRecord) -> Problem:
    """What a person reads of what stands beside the bill; the detail says which, and what was paid."""
    kind = ProblemCode.of(how)
    assert kind is not None
    if how is Beside.PAID_BY_SELF:
        return Problem(kind, f"已付 {other.deposit} 元")
    setl_id = other.settlement.setl_id if other.settlement else ""
    key = other.bill.key if other.bill else None
    if how is Beside.SETTLED_ALIKE:
        return Problem(kind, f"单据 {key}，结算单号 {setl_id}")
    return Problem(kind, f"第 {key.revision if key else ''} 版，结算单号 {setl_id}")


def told(how: InTheWay, other: VisitRecord) -> Problem:
    """What the cashier reads of the attempt that stands in the way."""
    if how is InTheWay.SETTLED:
        return Problem(ProblemCode.ALREADY_SETTLED)
    if how is InTheWay.HALF_REFUNDED:
        return half_refunded(other)
    bill = f"单据 {other.bill.key}" if other.bill else ""
    return Problem(ProblemCode.OUTCOME_UNKNOWN, bill)


def half_refunded(other: VisitRecord) -> Problem:
    """It names the transaction with which that refund goes on."""
    return Problem(ProblemCode.REFUND_HALF_DONE, f"下一步 {refund_step(other)}")
