"""Take a settlement back (2208): sent once, its intent on disk before (visit.md B33, B38)."""

from __future__ import annotations

from desktop.domain.events import (
    Cancelled,
    CancelRefused,
    CancelRefusedAfterCash,
    CancelRefusedUnbalanced,
    CancelSubmitted,
    CancelUnknown,
    Fact,
)
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.nhsa.outcome import Accepted, NotSent, Refused
from desktop.nhsa.questions import settlement
from desktop.services.ending import Ending, problem_of, stopped
from desktop.services.ports import Case, Desk
from desktop.services.settle import Commitment
from desktop.services.visit_log import VisitLog


def cancel(desk: Desk, log: VisitLog, case: Case) -> Commitment:
    """Cancel the visit's settlement; SETTLED here means that 2208 is booked.

    Raises :class:`Stopped` when no settlement of the visit stands. A lost answer stays
    REVERSING: it is asked for, never sent a second time.
    """
    record = log.record
    setl_id = record.settlement.setl_id if record.settlement else None
    if not record.effectively_settled or setl_id is None or record.mdtrt_id is None:
        raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL)
    question = settlement.cancel_settlement(case.claim, record.mdtrt_id, setl_id)
    msgid = desk.next_msgid()
    log.write(CancelSubmitted(msgid, setl_id))
    outcome = desk.platform.ask(question, msgid)
    if isinstance(outcome, Accepted):
        log.write(Cancelled(outcome.value))
        return Commitment(Ending.SETTLED, ())
    if isinstance(outcome, Refused | NotSent):
        problem = problem_of(outcome, desk.refusals)
        log.write(_refused(record, problem.message))
        return Commitment(Ending.REFUSED, (problem,))
    log.write(CancelUnknown(f"{outcome.why} {outcome.text}".rstrip()))
    return Commitment(Ending.UNKNOWN, (Problem(ProblemCode.OUTCOME_UNKNOWN, f"报文 {msgid}"),))


def _refused(before: VisitRecord, text: str) -> Fact:
    """Back to where the visit stood: what needed a check still needs it."""
    if before.state is State.SETTLED_NEEDS_CHECK:
        return CancelRefusedUnbalanced(text)
    unpaid = before.state in (State.SETTLED, State.UNPAID)
    return CancelRefused(text) if unpaid else CancelRefusedAfterCash(text)
