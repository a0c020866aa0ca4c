"""One refund without a window (``kuasheng refund``): the same steps as the window's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.account_use import AccountUse
from desktop.domain.credential import Credential
from desktop.domain.identifiers import SetlId
from desktop.domain.money import Money
from desktop.domain.open_work import refund_step
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.services.ending import Ending, Stopped, stopped
from desktop.services.ports import Desk
from desktop.services.refund import Refund
from desktop.services.settle import Agreement, Commitment


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What is to be given back."""

    setl_id: str
    lines_back: tuple[str, ...] = ()
    """Numbers of the bill's lines; empty: the whole bill."""
    expected_back: Money | None = None
    """What the patient was told, fen; settle nothing anew when it differs. None: whatever it is."""
    unwind: bool = False
    """A half-done partial refund ends as a whole one."""


@dataclass(frozen=True, slots=True)
class Refunded:
    """How it ended; ``money_back`` in fen, None where it is not known yet."""

    state: str
    steps: tuple[str, ...]
    """The transactions that went through."""
    money_back: Money | None = None
    estimated: bool = False
    new: Settlement | None = None
    problems: tuple[Problem, ...] = ()


def refund_preview(desk: Desk, order: RefundOrder) -> Refunded:
    """What would go back in cash; changes nothing anywhere."""
    try:
        back = _refund_of(desk, order).expected(order.lines_back)
    except Stopped as stop:
        return Refunded(_state_of(stop.ending), (), problems=stop.problems)
    if back is None:
        return Refunded("previewed", (), problems=(Problem(ProblemCode.BACK_NOT_TOLD),))
    return Refunded("previewed", (), back.cash, back.estimated)


def refund(desk: Desk, order: RefundOrder, credential: Callable[[], Credential] | None) -> Refunded:
    """Refund, or go on with a refund that stopped half-way; never raises for what can happen."""
    try:
        work = _refund_of(desk, order)
    except Stopped as stop:
        return Refunded(_state_of(stop.ending), (), problems=stop.problems)
    try:
        return _run(work, order, desk.operator, credential)
    finally:
        work.release()


def _run(
    work: Refund, order: RefundOrder, by: str, credential: Callable[[], Credential] | None
) -> Refunded:
    steps: list[str] = []
    try:
        if credential is not None:
            work.present(credential())
        end = _steps(work, order, by, steps)
    except Stopped as stop:
        return _broke_off(work, tuple(steps), stop.ending, stop.problems)
    except DeskError as error:
        return _broke_off(work, tuple(steps), Ending.FAILED, error.problems)
    return end


def _steps(work: Refund, order: RefundOrder, by: str, steps: list[str]) -> Refunded:
    """``steps`` grows as they go through, so that what was done is told when one fails."""
    before = work.record
    paid = _cash(before)
    if not refund_step(before):
        cancelled = work.cancel(order.lines_back, by)
        if cancelled.ending is not Ending.SETTLED:
            return Refunded(_state_of(cancelled.ending), (), problems=cancelled.problems)
        steps.append("2208")
    if order.unwind and refund_step(work.record):
        work.unwind(by)
        steps.append("2205")
    if not refund_step(work.record):
        return Refunded("cancelled", tuple(steps), paid)
    return _resettled(work, order, by, steps, paid)


def _resettled(
    work: Refund, order: RefundOrder, by: str, steps: list[str], paid: Money | None
) -> Refunded:
    offered = work.offer_rest()
    steps.extend(("2205", "2204", "2206"))
    back = _difference(paid, offered.split.cash)
    if order.expected_back is not None and back != order.expected_back:
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.BACK_DIFFERS, f"{back} 元")
    end = work.settle_rest(_as_agreed(work.record, by, offered))
    return _settled(work, end, (*steps, "2207"), paid)


def _as_agreed(record: VisitRecord, by: str, offered: Settlement) -> Agreement:
    agreed = record.agreed
    use = AccountUse(agreed.account_use) if agreed else AccountUse.NONE
    return Agreement(use, agreed.identity_checked_by if agreed else by, offered.split.cash)


def _settled(work: Refund, end: Commitment, steps: tuple[str, ...], paid: Money | None) -> Refunded:
    new = work.record.settlement
    if end.ending is Ending.SETTLED and new is not None:
        back = _difference(paid, new.split.cash)
        return Refunded("resettled", steps, back, new=new, problems=end.problems)
    done = steps if end.ending is Ending.NEEDS_CHECK else steps[:-1]
    state = "unknown" if end.ending is Ending.UNKNOWN else "needs-person"
    return Refunded(state, done, new=new, problems=end.problems)


def _broke_off(
    work: Refund,
    steps: tuple[str, ...],
    ending: Ending,
    problems: tuple[Problem, ...],
) -> Refunded:
    """Half-way is a person's matter, whatever stopped it; before the 2208 nothing happened."""
    step = refund_step(work.record)
    if not step:
        return Refunded(_state_of(ending), steps, problems=problems)
    half = Problem(ProblemCode.REFUND_HALF_DONE, f"下一步 {step}")
    return Refunded("needs-person", steps, problems=(half, *problems))


def _refund_of(desk: Desk, order: RefundOrder) -> Refund:
    """The newest visit that this settlement belongs to; raises :class:`Stopped`."""
    for visit in desk.journal.visits_of_settlement(SetlId(order.setl_id)):
        return Refund(desk, visit)
    raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL, order.setl_id)


def _cash(record: VisitRecord) -> Money | None:
    """What the patient paid for it, by the settlement that is taken back."""
    return record.settlement.split.cash if record.settlement else None


def _difference(paid: Money | None, due: Money | None) -> Money | None:
    return None if paid is None or due is None else paid - due


def _state_of(ending: Ending) -> str:
    return "needs-person" if ending is Ending.NEEDS_CHECK else ending.value
