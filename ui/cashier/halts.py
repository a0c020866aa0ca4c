"""Why a visit stands still: from what a job raised to what the window tells."""

from __future__ import annotations

from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.services.ending import Ending, Stopped
from ui.cashier.state import Halt, Stop

_HALTS = {
    Ending.REFUSED: Halt.REFUSED,
    Ending.UNKNOWN: Halt.UNKNOWN,
    Ending.NEEDS_CHECK: Halt.NEEDS_CHECK,
    Ending.NEEDS_PERSON: Halt.NEEDS_PERSON,
    Ending.FAILED: Halt.FAILED,
}
_NOT_THROUGH = frozenset((ProblemCode.NOT_CONNECTED, ProblemCode.GATEWAY_REFUSED))
"""Nothing reached the platform: whoever stands there may wait, defer, or pay it all (3.3)."""
_LINE = _NOT_THROUGH | {ProblemCode.NO_USABLE_ANSWER}
_FILING = frozenset((ProblemCode.NOT_FILED, ProblemCode.FILED_ELSEWHERE))


def stop_of(error: BaseException) -> Stop:
    if isinstance(error, Stopped):
        return Stop(halt_of(error.ending, error.problems), error.problems)
    if isinstance(error, DeskError):
        return Stop(Halt.FAILED, error.problems)
    return Stop(Halt.FAILED, (Problem(ProblemCode.FAILED, type(error).__name__),))


def as_sent(stop: Stop, record: VisitRecord | None) -> Stop:
    """Whatever stopped it: after a 2207 or 2208 that left, its outcome is unknown."""
    if record is None or not record.blocks_new_settlement or stop.halt is Halt.UNKNOWN:
        return stop
    cancel = record.cancel if record.state is State.REVERSING else None
    msgid = cancel.msgid if cancel else record.msgid
    more = (problem for problem in stop.problems if problem.kind is not ProblemCode.FAILED)
    return Stop(Halt.UNKNOWN, (Problem(ProblemCode.OUTCOME_UNKNOWN, f"报文 {msgid}"), *more))


def halt_of(ending: Ending, problems: tuple[Problem, ...]) -> Halt:
    kinds = {problem.kind for problem in problems}
    if ending is Ending.FAILED and kinds & _LINE:
        return Halt.LINE_DOWN
    if ending is Ending.REFUSED and kinds & _NOT_THROUGH:
        return Halt.LINE_DOWN  # a 2207 that never left: nothing is booked
    if ending is Ending.REFUSED and kinds & _FILING:
        return Halt.NEEDS_FILING
    return _HALTS[ending]
