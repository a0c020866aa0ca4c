"""One bill, one settlement: what the journal already holds of a bill (contracts)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from desktop.domain.charges import Bill
from desktop.domain.notes import SettlesBeside
from desktop.domain.one_at_a_time import (
    Beside,
    InTheWay,
    in_the_way,
    in_the_way_of_paying,
    stands_beside,
)
from desktop.domain.open_work import refund_step
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.admission import beside_told, half_refunded, near, told, unreadable
from desktop.ledger.errors import JournalDamaged, VisitDamaged
from desktop.ledger.journal import VisitId
from desktop.services.deposits import gone_to
from desktop.services.ending import Ending, Stopped
from desktop.services.ports import Desk
from desktop.services.visit_log import VisitLog


class Standing(Struct, frozen=True):
    """The visit that settled the bill, or may have."""

    visit: VisitId
    record: VisitRecord
    ending: Ending
    problem: Problem


def standing_of(desk: Desk, bill: Bill, but: VisitId | None = None) -> Standing | None:
    """The visit, other than ``but``, that settled this bill or whose outcome is unknown; or whose
    refund stands half done, whatever the revision: what it kept is settled when it goes on.

    Raises :class:`Stopped` for one that nobody can read: it may have settled the bill.
    """
    for visit in desk.journal.visits_of_any_revision(bill.key.bill_no):
        found = _standing(visit, _read(desk, visit), bill) if visit != but else None
        if found is not None:
            return found
    return None


def not_settled_before(desk: Desk, bill: Bill, visit: VisitId) -> None:
    """Raises :class:`Stopped` when another visit settled the bill, or may have."""
    found = standing_of(desk, bill, visit)
    if found is not None:
        raise Stopped(Ending.NEEDS_PERSON, found.problem)


class FoundBeside(Struct, frozen=True):
    """What stands beside a bill, and what a person must hear of it."""

    visit: VisitId
    how: Beside
    problem: Problem


def found_beside(desk: Desk, ours: VisitRecord, visit: VisitId) -> tuple[FoundBeside, ...]:
    """Everything beside the bill of ``visit`` about which a person decides, and nobody has."""
    return tuple(_found_beside(desk, ours, visit))


def _found_beside(desk: Desk, ours: VisitRecord, visit: VisitId) -> Iterator[FoundBeside]:
    for other in _near(desk, ours):
        if other == visit or other in ours.beside:
            continue
        record = _read(desk, other)
        how = stands_beside(ours, record)
        if how is not None:
            yield FoundBeside(other, how, beside_told(how, record))


def decided_beside(desk: Desk, log: VisitLog, although: Collection[str]) -> None:
    """Somebody has seen what stands beside the bill, and decides to settle it, or that the patient
    pays it alone, ``although`` it does (codes of :class:`~desktop.domain.one_at_a_time.Beside`).

    Raises :class:`Stopped` for what they did not see.
    """
    found = found_beside(desk, log.record, log.visit)
    unseen = [each.problem for each in found if each.how.value not in although]
    if unseen:
        raise Stopped(Ending.NEEDS_PERSON, *unseen)
    if found:
        log.note(SettlesBeside(tuple(each.visit for each in found), desk.operator))


def not_paid_twice(desk: Desk, log: VisitLog) -> None:
    """What is settled, may be, or will be, nobody pays alone: :class:`Stopped` says so; nor on a
    deposit that another visit has counted.
    """
    bill = log.record.bill
    assert bill is not None
    not_settled_before(desk, bill, log.visit)
    if gone_to(desk, log.visit, log.record) is not None:
        raise Stopped(Ending.NEEDS_PERSON, Problem(ProblemCode.ALREADY_SETTLED))
    for visit in _near(desk, log.record):
        other = _read(desk, visit)
        how = in_the_way_of_paying(log.record, other) if visit != log.visit else None
        if how is not None:
            raise Stopped(Ending.NEEDS_PERSON, told(how, other))


def nothing_unknown(desk: Desk, log: VisitLog) -> None:
    """An unknown outcome at what may be the same charges blocks them (visit.md 3.1, rule 1), and so
    does a refund that stopped half-way.

    Raises :class:`Stopped`. The journal asks once more when the 2207 is written down: here it is
    asked before anything of the visit goes to the platform.
    """
    for visit in dict.fromkeys((*desk.journal.settling(), *_near(desk, log.record))):
        if visit == log.visit:
            continue
        other = _read_beside(desk, log.record, visit)
        how = in_the_way(log.record, other) if other is not None else None
        if other is not None and how in (InTheWay.UNKNOWN, InTheWay.HALF_REFUNDED):
            raise Stopped(Ending.NEEDS_PERSON, told(how, other))


def _near(desk: Desk, ours: VisitRecord) -> Iterable[VisitId]:
    return near(desk.journal, ours, desk.clock().date())


def _read(desk: Desk, visit: VisitId) -> VisitRecord:
    """Raises :class:`Stopped` for what cannot be read: it may be a settlement of the same charges."""
    try:
        return desk.record(visit)
    except JournalDamaged as fault:
        raise Stopped(Ending.NEEDS_PERSON, *VisitDamaged(visit).problems) from fault


def _read_beside(desk: Desk, ours: VisitRecord, visit: VisitId) -> VisitRecord | None:
    """None for what cannot be read and is somebody else's."""
    try:
        return desk.record(visit)
    except JournalDamaged as fault:
        try:
            unreadable(desk.journal, ours, visit, fault)
        except VisitDamaged as damaged:
            raise Stopped(Ending.NEEDS_PERSON, *damaged.problems) from damaged
        return None


def sent_elsewhere(desk: Desk, log: VisitLog) -> bool:
    """Somebody else sent a 2207 or 2208 of this visit since ``log`` was read.

    The lock keeps visits apart, not two openings of one visit: what is on disk decides.
    """
    there, here = desk.record(log.visit), log.record
    return (there.submitted, there.cancel) != (here.submitted, here.cancel)


def _standing(visit: VisitId, record: VisitRecord, bill: Bill) -> Standing | None:
    if refund_step(record):
        return Standing(visit, record, Ending.NEEDS_PERSON, half_refunded(record))
    if record.bill is None or record.bill.key != bill.key:
        return None
    if record.blocks_new_settlement:
        unknown = Problem(ProblemCode.OUTCOME_UNKNOWN, f"报文 {record.msgid}")
        return Standing(visit, record, Ending.UNKNOWN, unknown)
    if not record.effectively_settled:
        return None
    unbalanced = record.state is State.SETTLED_NEEDS_CHECK
    ending = Ending.NEEDS_CHECK if unbalanced else Ending.SETTLED
    return Standing(visit, record, ending, Problem(ProblemCode.ALREADY_SETTLED))
