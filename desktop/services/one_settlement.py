"""One bill, one settlement: what the journal already holds of a bill (contracts)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

from msgspec import Struct

from desktop.domain.charges import Bill
from desktop.domain.one_at_a_time import Beside, InTheWay, in_the_way, stands_beside
from desktop.domain.open_work import refund_step
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.admission import beside_told, half_refunded, told
from desktop.ledger.journal import VisitId
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
    """
    for visit in desk.journal.visits_of_any_revision(bill.key.bill_no):
        found = _standing(visit, desk.record(visit), bill) if visit != but else None
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
        record = desk.record(other)
        how = stands_beside(ours, record)
        if how is not None:
            yield FoundBeside(other, how, beside_told(how, record))


def _near(desk: Desk, ours: VisitRecord) -> Iterable[VisitId]:
    """Visits of the bill and of its 门诊号; of a typed one, whose numbers prove nothing, all of the
    last two days.
    """
    bill, today = ours.bill, desk.clock().date()
    assert bill is not None
    days = (today - timedelta(days=1), today) if bill.typed else ()
    known = (
        desk.journal.visits_of_any_revision(bill.key.bill_no),
        desk.journal.visits_of_visit_number(bill.visit.visit_no),
        *(desk.journal.visits(day) for day in days),
    )
    return dict.fromkeys(chain.from_iterable(known))


def nothing_unknown(desk: Desk, log: VisitLog) -> None:
    """An unknown outcome at what may be the same charges blocks them (visit.md 3.1, rule 1).

    Raises :class:`Stopped`. The journal asks once more when the 2207 is written down: here it is
    asked before anything of the visit goes to the platform.
    """
    for visit in desk.journal.settling():
        other = desk.record(visit)
        if visit != log.visit and in_the_way(log.record, other) is InTheWay.UNKNOWN:
            raise Stopped(Ending.NEEDS_PERSON, told(InTheWay.UNKNOWN, other))


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
