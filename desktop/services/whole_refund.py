"""One refund without a window (``kuasheng refund``): the same steps as the window's."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.account_use import AccountUse
from desktop.domain.credential import Credential
from desktop.domain.identifiers import SetlId
from desktop.domain.money import Money
from desktop.domain.open_work import is_paid_here, is_to_be_exchanged, refund_step
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.services.ending import Ending, Stopped, stopped
from desktop.services.other_amounts import amounts_changed
from desktop.services.ports import Desk
from desktop.services.refund import Refund, is_of_another_year
from desktop.services.settle import Agreement, Commitment


class RefundOrder(Struct, frozen=True):
    """What is to be given back."""

    setl_id: str
    lines_back: tuple[str, ...] = ()
    """Numbers of the bill's lines; empty: the whole bill."""
    expected_back: Money | None = None
    """What the patient was told, fen; settle nothing anew when it differs. None: whatever it is."""
    unwind: bool = False
    """A half-done partial refund ends as a whole one."""


class Refunded(Struct, frozen=True):
    """How it ended; ``money_back`` in fen, None where it is not known yet."""

    state: str
    steps: tuple[str, ...]
    """The transactions that went through."""
    money_back: Money | None = None
    estimated: bool = False
    new: Settlement | None = None
    problems: tuple[Problem, ...] = ()
    other_year: bool = False
    """The settlement is of another year: its sums are that year's (B41)."""
    elsewhere: bool = False
    """The hospital's till took the cash: what goes back, or is still to be paid, is its."""


def refund_preview(desk: Desk, order: RefundOrder) -> Refunded:
    """What would go back in cash; changes nothing anywhere."""
    try:
        work = _refund_of(desk, order)
        if refund_step(work.record):
            raise Stopped(Ending.NEEDS_PERSON, _half_done(work.record))
        back = work.expected(order.lines_back)
    except Stopped as stop:
        return Refunded(_state_of(stop.ending), (), problems=stop.problems)
    told = Refunded("previewed", (), problems=(Problem(ProblemCode.BACK_NOT_TOLD),))
    if back is not None:
        told = Refunded("previewed", (), back.cash, back.estimated)
    return _beside(told, desk, work)


def refund(desk: Desk, order: RefundOrder, credential: Callable[[], Credential] | None) -> Refunded:
    """Refund, or go on with a refund that stopped half-way; never raises for what can happen.

    A rest that was found booked after its answer was lost is told, and ended where the hospital's
    till puts the cash right; what this desk holds a cashier gives back at the window.
    """
    try:
        work = _found_booked(desk, order) or _refund_of(desk, order)
    except Stopped as stop:
        return Refunded(_state_of(stop.ending), (), problems=stop.problems)
    try:
        return _beside(_run(work, order, desk.operator, credential), desk, work)
    finally:
        work.release()


def _beside(done: Refunded, desk: Desk, work: Refund) -> Refunded:
    """What must be heard beside the sum: whose year it counts for, and where the cash is."""
    old = is_of_another_year(work.record, desk.clock().date())
    return replace(done, other_year=old, elsewhere=not is_paid_here(work.record))


def _run(
    work: Refund, order: RefundOrder, by: str, credential: Callable[[], Credential] | None
) -> Refunded:
    try:
        if work.is_rest_of(order.setl_id):
            return _exchanged(work, order, by)
        _as_ordered(work, order)
        if credential is not None:
            work.present(credential())
        return _steps(work, order, by)
    except Stopped as stop:
        return _broke_off(work, stop.ending, stop.problems)
    except DeskError as error:
        return _broke_off(work, Ending.FAILED, error.problems)


def _as_ordered(work: Refund, order: RefundOrder) -> None:
    """Before anything is sent: the lines, and what the patient was told.

    A refund that stopped half-way goes on as it was begun, or is unwound; nothing else.
    """
    begun = work.record.refund if refund_step(work.record) else None
    if begun is None:
        back = work.expected(order.lines_back)
        _as_told(back.cash if back else None, order)
    elif order.unwind:
        _as_told(work.paid, order)
    elif set(order.lines_back) != set(begun.lines_back):
        raise Stopped(Ending.NEEDS_PERSON)


def _as_told(back: Money | None, order: RefundOrder) -> None:
    """What goes back is what the patient was told; a sum that nobody knows was told to nobody."""
    if order.expected_back is None or back == order.expected_back:
        return
    if back is None:
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.BACK_NOT_TOLD)
    raise stopped(Ending.NEEDS_PERSON, ProblemCode.BACK_DIFFERS, f"{back} 元")


def _steps(work: Refund, order: RefundOrder, by: str) -> Refunded:
    paid = work.paid
    if not refund_step(work.record):
        cancelled = work.cancel(order.lines_back, by)
        if cancelled.ending is not Ending.SETTLED:
            return Refunded(_state_of(cancelled.ending), (), problems=cancelled.problems)
    if order.unwind and refund_step(work.record):
        work.unwind(by)
    if not refund_step(work.record):
        work.clear_up()
        return Refunded("cancelled", work.steps, paid)
    return _resettled(work, order, by, paid)


def _found_booked(desk: Desk, order: RefundOrder) -> Refund | None:
    """The refund of this settlement, of which only the cash is not put right yet."""
    for visit in desk.journal.visits_of_settlement(SetlId(order.setl_id)):
        work = Refund(desk, visit)
        if not order.unwind and work.is_rest_of(order.setl_id) and is_to_be_exchanged(work.record):
            return work
    return None


def _exchanged(work: Refund, order: RefundOrder, by: str) -> Refunded:
    """Raises :class:`Stopped` for other lines, or another sum, than what is booked."""
    new, paid = work.record.settlement, work.paid
    back = work.lines_given_back
    if set(order.lines_back) != set(back):
        given = f"已经退过第 {'、'.join(back)} 行"
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.NOTHING_TO_CANCEL, given)
    _as_told(_difference(paid, new.split.cash if new else None), order)
    return _settled(work, Commitment(Ending.SETTLED, amounts_changed(work.record)), paid, by)


def _resettled(work: Refund, order: RefundOrder, by: str, paid: Money | None) -> Refunded:
    offered = work.offer_rest()
    _as_told(_difference(paid, offered.split.cash), order)
    return _settled(work, work.settle_rest(_as_agreed(work.record, by, offered)), paid, by)


def _as_agreed(record: VisitRecord, by: str, offered: Settlement) -> Agreement:
    agreed = record.agreed
    use = AccountUse(agreed.account_use) if agreed else AccountUse.NONE
    looked_by = agreed.identity_checked_by if agreed else by
    return Agreement(use, looked_by, offered.split.cash, pays_here=is_paid_here(record))


def _settled(work: Refund, end: Commitment, paid: Money | None, by: str) -> Refunded:
    new = work.record.settlement
    if end.ending is Ending.SETTLED and new is not None:
        work.paid_elsewhere(by)
        back = _difference(paid, new.split.cash)
        return Refunded("resettled", work.steps, back, new=new, problems=end.problems)
    if end.ending is Ending.REFUSED:
        return _broke_off(work, end.ending, end.problems)
    return Refunded(_state_of(end.ending), work.steps, new=new, problems=end.problems)


def _broke_off(work: Refund, ending: Ending, problems: tuple[Problem, ...]) -> Refunded:
    """Half-way is a person's matter, whatever stopped it; before the 2208 nothing happened."""
    if not refund_step(work.record):
        return Refunded(_state_of(ending), work.steps, problems=problems)
    half = _half_done(work.record)
    return Refunded("needs-person", work.steps, problems=(half, *problems))


def _half_done(record: VisitRecord) -> Problem:
    back = "、".join(record.refund.lines_back) if record.refund else ""
    return Problem(ProblemCode.REFUND_HALF_DONE, f"退第 {back} 行，下一步 {refund_step(record)}")


def _refund_of(desk: Desk, order: RefundOrder) -> Refund:
    """The newest visit that this settlement belongs to; raises :class:`Stopped`."""
    setl_id = SetlId(order.setl_id)
    for visit in desk.journal.visits_of_settlement(setl_id):
        work = Refund(desk, visit)
        work.is_of(setl_id)
        return work
    raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL, order.setl_id)


def _difference(paid: Money | None, due: Money | None) -> Money | None:
    return None if paid is None or due is None else paid - due


def _state_of(ending: Ending) -> str:
    return "needs-person" if ending is Ending.NEEDS_CHECK else ending.value
