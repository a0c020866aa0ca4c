"""The visit at the platform: 2201 and 2203, and their undoing 2205 and 2202."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.events import (
    UNDONE,
    LinesRemoved,
    Registered,
    RegistrationCancelled,
    RequestAnswered,
)
from desktop.domain.identifiers import BatchNo, MdtrtId
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions import charges, registration
from desktop.services.ending import Ending, accepted, stopped
from desktop.services.ports import Case, Desk
from desktop.services.sending import ask, send
from desktop.services.visit_log import VisitLog

_LEAVES_TRACES = frozenset(("2201", "2202", "2204", "2205"))


def register(desk: Desk, log: VisitLog, case: Case) -> MdtrtId:
    """Join the visit that an earlier bill registered, else register it with 2201.

    Raises :class:`Stopped`.
    """
    earlier = _registered_before(desk, log, case)
    if earlier is not None:
        log.note(Registered(earlier, joined=True))
        return earlier
    visit = accepted(send(desk, log, registration.register(case.claim)), desk.refusals)
    log.note(Registered(visit, joined=False))
    return visit


def not_blocked(desk: Desk, log: VisitLog, case: Case) -> None:
    """An unknown settlement in the same visit blocks every other bill of it (visit.md rule 1)."""
    for record in _earlier(desk, log, case):
        if record.blocks_new_settlement:
            raise stopped(Ending.NEEDS_PERSON, ProblemCode.OUTCOME_UNKNOWN, _bill_of(record))


def has_visit_data(desk: Desk, log: VisitLog, case: Case) -> bool:
    """True when a settled bill of the visit that this one joins proves that 2203 is through."""
    joined = log.record.mdtrt_id if log.record.joined else None
    return joined is not None and any(
        record.effectively_settled and record.mdtrt_id == joined
        for record in _earlier(desk, log, case)
    )


def upload_visit(desk: Desk, log: VisitLog, case: Case, visit: MdtrtId) -> None:
    """Visit and diagnoses with 2203; repeating it replaces them."""
    accepted(ask(desk, log, registration.upload_visit(case.claim, visit)), desk.refusals)


def undo(desk: Desk, log: VisitLog, case: Case) -> tuple[Problem, ...]:
    """Take unsettled lines (2205) and an own registration (2202) back.

    What cannot be taken back now stays in the journal (an open intent, or a visit that still has
    its batch or registration), and one ``undo-pending`` problem says so.
    """
    undone = _remove_lines(desk, log, case) and _cancel_registration(desk, log, case)
    log.write()
    pending = not undone or any(sent.infno in _LEAVES_TRACES for sent in log.record.unanswered)
    return (Problem(ProblemCode.UNDO_PENDING),) if pending else ()


def _registered_before(desk: Desk, log: VisitLog, case: Case) -> MdtrtId | None:
    same = (record for record in _earlier(desk, log, case) if _same_terms(record, case))
    return next((record.mdtrt_id for record in same if record.mdtrt_id is not None), None)


def _earlier(desk: Desk, log: VisitLog, case: Case) -> Iterator[VisitRecord]:
    """Every other attempt at a bill of this visit of this person, newest first."""
    for visit in desk.journal.visits_of_visit_number(case.bill.visit.visit_no):
        if visit != log.visit and _same_person(record := desk.record(visit), case):
            yield record


def _same_person(record: VisitRecord, case: Case) -> bool:
    return record.person is not None and record.person.psn_no == case.claim.person.psn_no


def _same_terms(record: VisitRecord, case: Case) -> bool:
    """2201 binds a visit to one insurance, and 2203 to one kind of care."""
    ours, theirs = case.claim.insurance, record.insurance
    if theirs is None or record.bill is None:
        return False
    same_insurance = (theirs.kind, theirs.area) == (ours.kind, ours.area)
    return same_insurance and record.bill.visit.kind == case.bill.visit.kind


def _bill_of(record: VisitRecord) -> str:
    return f"单据 {record.bill.key}" if record.bill else ""


def _remove_lines(desk: Desk, log: VisitLog, case: Case) -> bool:
    """True when no line of ours is left at the platform."""
    visit, batch = log.record.mdtrt_id, _batch_to_remove(log.record)
    if visit is None or batch is None:
        return True
    outcome = send(desk, log, charges.remove_lines(case.claim, visit, batch))
    if not isinstance(outcome, Accepted):
        return False
    log.note(*_answered_by_removal(log), LinesRemoved())
    return True


def _batch_to_remove(record: VisitRecord) -> BatchNo | None:
    """The uploaded batch. When the upload's answer is lost, the batch may not even exist: every
    unsettled line of a visit of our own, but in a joined one only our batch.
    """
    lost = next((sent.msgid for sent in record.unanswered if sent.infno == "2204"), None)
    if lost is None:
        return record.batch
    return BatchNo(lost) if record.joined else charges.ALL_BATCHES


def _answered_by_removal(log: VisitLog) -> tuple[RequestAnswered, ...]:
    lost = (sent for sent in log.record.unanswered if sent.infno == "2204")
    return tuple(RequestAnswered(sent.infno, sent.msgid, UNDONE, "2205") for sent in lost)


def _cancel_registration(desk: Desk, log: VisitLog, case: Case) -> bool:
    """True when no registration of our own is left at the platform."""
    record = log.record
    if record.mdtrt_id is None or record.joined or record.state is not State.REGISTERED:
        return True
    question = registration.cancel_registration(case.claim, record.mdtrt_id)
    if not isinstance(send(desk, log, question), Accepted):
        return False
    log.note(RegistrationCancelled())
    return True
