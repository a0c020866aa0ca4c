"""Take back what a visit without a settlement left at the platform (visit.md B22, B25, 3.3).

A lost 2201 is looked up by 5201, a lost 2204 is cleared by 2205, a lost 2202 is looked up as well.
No field of 5201 names the msgid of a 2201, so that a registration without an answer cannot be proved
to be ours; withdrawn is what nobody else can have: of this 门诊号 (one in the hospital) and person,
not of another visit here, not of another operator, and without the 2203 that follows an answer.
A whole refund leaves lines and registration too: 2208 → 2205 → 2202 (interface document, 3).
No money hangs on it, but a registration that nobody knows stands in the way of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.identifiers import MdtrtId
from desktop.domain.notes import (
    ACCEPTED,
    UNDONE,
    Found,
    HandedOver,
    Open,
    TraceFound,
    Tried,
    ended,
)
from desktop.domain.open_work import (
    TRACES,
    is_given_back,
    is_handed_over,
    leaves_traces,
    tries_at,
)
from desktop.domain.problems import ProblemCode
from desktop.domain.record import VisitRecord
from desktop.ledger.journal import VisitId
from desktop.nhsa.outcome import Accepted, Outcome
from desktop.nhsa.questions.lookup import FoundVisit, visit_by_number
from desktop.services.ending import said_no
from desktop.services.ports import Desk
from desktop.services.register import (
    cancel_registration,
    clear_registration,
    holder_of,
    note_registration_gone,
    nothing_left,
    remove_lines,
    withdraw,
)
from desktop.services.sending import query
from desktop.services.visit_log import VisitLog

_WAITS = "同次就诊另一单据的结算结果未明"
"""Why nothing was tried, as the queue shows it."""
_NOBODY_SAID_NO = frozenset(
    (
        *(ProblemCode.NO_USABLE_ANSWER, ProblemCode.NOT_CONNECTED, ProblemCode.GATEWAY_REFUSED),
        *(ProblemCode.LIBRARY_FAILED, ProblemCode.LIBRARY_UNUSABLE),
    )
)
"""What a request ends with that the platform did not answer."""


def mend(desk: Desk, log: VisitLog) -> None:
    """One try; what could not be taken back now is tried again.

    Nothing is taken back while another bill, sent on the same registration, has no known outcome:
    when it turns out not to be booked, nobody else would withdraw that registration.
    """
    if _another_is_unknown(desk, log):
        log.write(Tried(Open.UPLOAD, "", Found.REFUSED, desk.clock(), text=_WAITS))
        return
    found = _mended(desk, log)
    log.write(Tried(Open.UPLOAD, "5201 2205 2202", found, desk.clock()))


def _mended(desk: Desk, log: VisitLog) -> Found:
    record = log.record
    if record.lost("2201", "2202"):
        looked = _look(desk, log)
        if looked is not Found.BOOKED:
            return looked
    _take_over(desk, log)
    alone = not _serves_another(desk, log)
    left = remove_lines(desk, log, alone=alone)
    if left is not None and left.kind in _NOBODY_SAID_NO:
        return Found.NO_ANSWER
    if not alone:
        log.note(*ended(log.record.unanswered, ACCEPTED, "5201"), nothing_left(log.record))
    elif _unregistered(desk, log) is Found.NO_ANSWER:
        return Found.NO_ANSWER
    return _left_as_it_is(log) if leaves_traces(log.record) else Found.UNDONE


def _unregistered(desk: Desk, log: VisitLog) -> Found:
    """2202; where the platform says no, once more without the lines that may have come late."""
    found = cancel_registration(desk, log)
    return clear_registration(desk, log) if found is Found.REFUSED else found


def _take_over(desk: Desk, log: VisitLog) -> None:
    """A bill that joined a registration withdraws it when nobody else is left on it."""
    record = log.record
    last = not any(map(_needs_it, _on_our_registration(desk, log)))
    if record.joined and record.mdtrt_id is not None and last:
        log.note(TraceFound(record.mdtrt_id))


def _needs_it(other: VisitRecord) -> bool:
    """What only joined and has nothing there any more would be registered anew."""
    stands = other.settlement is not None or other.blocks_new_settlement or leaves_traces(other)
    return not other.cleared and (stands or not other.joined)


def _left_as_it_is(log: VisitLog) -> Found:
    """A platform that says twice that a visit which was settled once stays, has it its way.

    Its own word, since the settlement went: a lost answer says nothing.
    """
    no = (tried.found is Found.REFUSED and tried.by for tried in tries_at(log.record, Open.UPLOAD))
    if is_given_back(log.record) and any(no):
        log.note(*ended(log.record.lost(*TRACES), UNDONE, "2202"), nothing_left(log.record))
    return Found.REFUSED


def _look(desk: Desk, log: VisitLog) -> Found:
    """BOOKED when the registration is there and now known by its number."""
    record = log.record
    assert record.bill is not None
    if "5201" not in desk.policy.queries:
        return Found.REFUSED
    visit = record.bill.visit
    question = visit_by_number(holder_of(record), visit.visit_no, visit.began, visit.kind)
    outcome = query(desk, question)
    if not isinstance(outcome, Accepted):
        return _unanswered(outcome)
    if record.mdtrt_id is not None:
        return _still_there(log, record.mdtrt_id, outcome.value)
    unknown = _nobody_elses(desk, log, outcome.value)
    lost = [visit.mdtrt_id for visit in unknown if not visit.care_kind]
    if not unknown:
        return _never_registered(desk, log)
    if not lost:
        return _a_person_says(log, unknown)
    if _ours_may_still_come(desk, log):
        return Found.NOT_FOUND if _others_withdrawn(desk, log, lost) else Found.NO_ANSWER
    if not _others_withdrawn(desk, log, lost[:-1]):
        return Found.NO_ANSWER
    log.note(*ended(record.lost("2201"), ACCEPTED, "5201"), TraceFound(lost[-1]))
    return Found.BOOKED


def _nobody_elses(desk: Desk, log: VisitLog, found: Iterable[FoundVisit]) -> tuple[FoundVisit, ...]:
    """Neither another visit's of this desk, nor another operator's where the platform tells."""
    others = {other.mdtrt_id for other in other_visits(desk, log)}
    ours = (visit for visit in found if visit.operator in ("", desk.operator))
    return tuple(visit for visit in ours if visit.mdtrt_id not in others)


def _a_person_says(log: VisitLog, found: Iterable[FoundVisit]) -> Found:
    """Somebody went on with it (2203), which we never did without an answer: at another window, or
    the platform fills in the kind of care by itself. Nothing that may be in use is withdrawn.
    """
    if not is_handed_over(log.record, Open.UPLOAD):
        named = "、".join(visit.mdtrt_id for visit in found)
        log.note(HandedOver(Open.UPLOAD, "desk", f"同一门诊号已有就诊 {named}，不能确定是本机登记"))
    return Found.REFUSED


def _others_withdrawn(desk: Desk, log: VisitLog, unknown: Iterable[MdtrtId]) -> bool:
    """What the platform registered twice by itself is nobody's, and which of them is ours nobody
    can tell: all go. What may not go, has lines, and is left alone. False without an answer.
    """
    answered = (withdraw(desk, log, each) is not Found.NO_ANSWER for each in unknown)
    return all(answered)


def _still_there(log: VisitLog, mdtrt_id: MdtrtId, found: Iterable[FoundVisit]) -> Found:
    """A lost 2202 that went through leaves nothing to do."""
    if any(visit.mdtrt_id == mdtrt_id for visit in found):
        return Found.BOOKED
    note_registration_gone(log)
    return Found.UNDONE


def _ours_may_still_come(desk: Desk, log: VisitLog) -> bool:
    """What is found may be another attempt's 2201 that the platform carried out twice by itself:
    ours is looked for as long as one of which nothing is found.
    """
    registered = (other.lost("2201") or _of_its_own(other) for other in other_visits(desk, log))
    return any(registered) and not _is_too_late(desk, log)


def _of_its_own(other: VisitRecord) -> bool:
    return other.mdtrt_id is not None and not other.joined


def _never_registered(desk: Desk, log: VisitLog) -> Found:
    """Believed when it is looked for twice; a registration that comes later books nothing."""
    if not _is_too_late(desk, log):
        return Found.NOT_FOUND
    note_registration_gone(log)
    return Found.UNDONE


def _is_too_late(desk: Desk, log: VisitLog) -> bool:
    """The first look that found nothing is so long ago that nothing comes any more."""
    looked = [t for t in log.record.tried if (t.what, t.found) == (Open.UPLOAD, Found.NOT_FOUND)]
    return bool(looked) and desk.clock() - looked[0].at >= desk.policy.settle_horizon


def _another_is_unknown(desk: Desk, log: VisitLog) -> bool:
    """Nothing is settled on our registration, and nobody knows whether something will be."""
    others = _on_our_registration(desk, log)
    unknown = any(other.blocks_new_settlement for other in others)
    return unknown and not _serves_another(desk, log)


def _serves_another(desk: Desk, log: VisitLog) -> bool:
    """Another bill of the visit joined this registration, and was settled on it to this day."""
    others = (other for other in _on_our_registration(desk, log) if not is_given_back(other))
    return any(other.settlement is not None for other in others)


def _on_our_registration(desk: Desk, log: VisitLog) -> tuple[VisitRecord, ...]:
    ours = log.record.mdtrt_id
    if ours is None:
        return ()
    return tuple(other for other in other_visits(desk, log) if other.mdtrt_id == ours)


def other_visits(desk: Desk, log: VisitLog) -> tuple[VisitRecord, ...]:
    """Every other attempt at a bill of this 门诊号."""
    bill = log.record.bill
    assert bill is not None
    visits: Iterable[VisitId] = desk.journal.visits_of_visit_number(bill.visit.visit_no)
    return tuple(desk.record(visit) for visit in visits if visit != log.visit)


def _unanswered(outcome: Outcome[tuple[FoundVisit, ...]]) -> Found:
    return Found.REFUSED if said_no(outcome) else Found.NO_ANSWER
