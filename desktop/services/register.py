"""The visit at the platform: 2201 and 2203, and their undoing 2205 and 2202."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.events import Entry, LinesRemoved, Registered, RegistrationCancelled
from desktop.domain.identifiers import BatchNo, MdtrtId
from desktop.domain.notes import UNDONE, Found, RefundCleared, TraceRemoved, ended
from desktop.domain.open_work import (
    TRACES,
    has_lost_traces,
    is_given_back,
    leaves_traces,
    refund_step,
)
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.nhsa.outcome import Accepted, Outcome
from desktop.nhsa.questions import charges, registration
from desktop.nhsa.questions.claim import Holder
from desktop.services.ending import Ending, Stopped, accepted, problem_of, said_no, stopped
from desktop.services.ports import Case, Desk
from desktop.services.sending import ask, send
from desktop.services.visit_log import VisitLog

_GONE: Mapping[State, tuple[Entry, ...]] = {
    State.REGISTERED: (RegistrationCancelled(),),
    State.CHARGES: (LinesRemoved(), RegistrationCancelled()),
    State.PRESETTLED: (LinesRemoved(), RegistrationCancelled()),
}
"""What it means that nothing is at the platform; elsewhere the visit does not move."""
_WITH_LINES = frozenset((State.REGISTERED, State.CHARGES, State.PRESETTLED, State.REVERSED))
_NOTHING_THERE = (ProblemCode.LINES_GONE, ProblemCode.VISIT_WITHDRAWN)
"""Refusals of 2205 that say that no line is left to be removed."""


def register(desk: Desk, log: VisitLog, case: Case, *, join: bool = True) -> MdtrtId:
    """``join`` the visit that an earlier bill registered, else register it with 2201.

    A visit that is registered keeps its number. The number of a new one is on disk before anything
    is sent under it: what has visit data (2203) and is not in the journal is not ours. Raises
    :class:`Stopped`, ``DeskError`` when it cannot be written down.
    """
    if log.record.mdtrt_id is not None:
        return log.record.mdtrt_id
    earlier = _registered_before(desk, log, case) if join else None
    if earlier is not None:
        log.note(Registered(earlier, joined=True))
        return earlier
    visit = accepted(send(desk, log, registration.register(case.claim)), desk.refusals)
    log.write(Registered(visit, joined=False))
    return visit


def nothing_lost(desk: Desk, log: VisitLog) -> None:
    """An earlier step of this attempt whose answer is lost must be undone before the next one.

    Raises :class:`Stopped` while it cannot be.
    """
    if has_lost_traces(log.record):
        problems = undo(desk, log)
        if problems:
            raise Stopped(Ending.FAILED, *problems)


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


def undo(desk: Desk, log: VisitLog) -> tuple[Problem, ...]:
    """Take unsettled lines (2205) and an own registration (2202) back.

    What cannot be taken back now stays in the journal (an open intent, or a visit that still has
    its batch or registration), and one ``undo-pending`` problem says so. Raises :class:`Stopped`
    (refund-half-done) in the middle of a partial refund: only the refund goes on with it (B39).
    """
    if step := refund_step(log.record):
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.REFUND_HALF_DONE, f"下一步 {step}")
    if leaves_traces(log.record) and remove_lines(desk, log) is None:
        cancel_registration(desk, log)
    log.write()
    return (Problem(ProblemCode.UNDO_PENDING),) if leaves_traces(log.record) else ()


def _registered_before(desk: Desk, log: VisitLog, case: Case) -> MdtrtId | None:
    same = (record for record in _earlier(desk, log, case) if _same_terms(record, case))
    there = (r.mdtrt_id for r in same if not (r.cleared or r.lost("2202")))
    return next((mdtrt_id for mdtrt_id in there if mdtrt_id is not None), None)


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


def remove_lines(desk: Desk, log: VisitLog, *, alone: bool = True) -> Problem | None:
    """None when no line of ours is left at the platform; else why that is not known.

    Of the refusals of 2205 only those that say that nothing is there count as gone, also after a
    2205 whose answer was lost. ``alone``: no other bill stands on this registration, so that every
    unsettled line is ours.
    """
    visit, batch = log.record.mdtrt_id, _batch_to_remove(log.record, alone=alone)
    if visit is None or batch is None:
        return None
    outcome = send(desk, log, charges.remove_lines(holder_of(log.record), visit, batch))
    gone = any(_says(desk, outcome, kind) for kind in _NOTHING_THERE)
    if not (isinstance(outcome, Accepted) or gone):
        return problem_of(outcome, desk.refusals)
    lost = log.record.lost("2204", "2205")
    log.note(*ended(lost, UNDONE, "2205"), *_lines_gone(log.record))
    return None


def _lines_gone(record: VisitRecord) -> tuple[Entry, ...]:
    """A visit that is over keeps its registration in mind until that is gone as well."""
    if record.state in _WITH_LINES and not is_given_back(record):
        return (LinesRemoved(),)
    return (nothing_left(record),) if record.joined else ()


def cancel_registration(desk: Desk, log: VisitLog) -> Found:
    """UNDONE when no registration of our own is left at the platform; else as :func:`withdraw`."""
    record = log.record
    if record.mdtrt_id is None or record.joined:
        return Found.UNDONE
    found = withdraw(desk, log, record.mdtrt_id)
    if found is Found.UNDONE:
        note_registration_gone(log)
    return found


def withdraw(desk: Desk, log: VisitLog, mdtrt_id: MdtrtId) -> Found:
    """2202 of a registration of this 门诊号: UNDONE, or the platform's own REFUSED, or NO_ANSWER."""
    record = log.record
    visit_no = record.bill.visit.visit_no if record.bill else ""
    question = registration.cancel_registration(holder_of(record), mdtrt_id, visit_no)
    outcome = send(desk, log, question)
    if isinstance(outcome, Accepted) or _says(desk, outcome, ProblemCode.VISIT_WITHDRAWN):
        return Found.UNDONE
    return Found.REFUSED if said_no(outcome) else Found.NO_ANSWER


def _says(desk: Desk, outcome: Outcome[None], kind: ProblemCode) -> bool:
    """A refusal that says that there is nothing (more) to be taken back."""
    return said_no(outcome) and desk.refusals.find(outcome.text) is kind


def note_registration_gone(log: VisitLog) -> None:
    """Nothing of the visit is at the platform any more, whatever was lost on the way."""
    lost = log.record.lost(*TRACES)
    gone = _GONE.get(log.record.state, (nothing_left(log.record),))
    log.note(*ended(lost, UNDONE, "2202"), *gone)


def nothing_left(record: VisitRecord) -> Entry:
    """A visit that was settled once keeps the numbers that stand on its papers."""
    return RefundCleared() if record.cancelled else TraceRemoved()


def holder_of(record: VisitRecord) -> Holder:
    """Whose visit it is; the record must have a person and an insurance."""
    assert record.person is not None
    assert record.insurance is not None
    return Holder(record.person.psn_no, record.insurance.area)


def clear_registration(desk: Desk, log: VisitLog) -> Found:
    """2205 of every unsettled line, then 2202: for lines that came later than their 2205."""
    record = log.record
    assert record.mdtrt_id is not None
    question = charges.remove_lines(holder_of(record), record.mdtrt_id, charges.ALL_BATCHES)
    outcome = send(desk, log, question)
    if isinstance(outcome, Accepted) or said_no(outcome):
        return cancel_registration(desk, log)
    return Found.NO_ANSWER


def _batch_to_remove(record: VisitRecord, *, alone: bool) -> BatchNo | None:
    """The uploaded batch. When the upload's answer is lost, the batch may not even exist: every
    unsettled line of a visit of our own, but in a joined one only our batch.
    """
    lost = record.lost("2204")
    if not lost:
        return record.batch
    return charges.ALL_BATCHES if alone and not record.joined else BatchNo(lost[0].msgid)
