"""Cash, paper and money back."""

from __future__ import annotations

from desktop.domain import events as e
from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.money import ZERO, Money
from desktop.domain.open_work import cash_left, refund_step
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.refund import Refund
from desktop.services.settle import Agreement
from tests.simulation.faults import WorldFault
from tests.simulation.window import Decided, Script, Window
from tests.simulation.witness import Broken

SLIP = e.Printed("F1", 1)
_BEFORE_PAPER = frozenset((State.COLLECTED, State.PRINT_PENDING))


def booked(window: Window, visit: DeskVisit) -> Script:
    """Check, cash, paper, in the order in which this window works today.

    When all is well again nobody puts off what is to be done any more: no evening may be left.
    """
    yield
    if visit.record.state is State.SETTLED_NEEDS_CHECK:
        if window.happens(0.5):
            refunded = yield from maybe_refunded(window, visit, 0.5)
            if refunded or not window.world.is_well:
                return
        visit.write_down(e.Accepted("supervisor"))
        yield
    if visit.record.state is State.SETTLED and window.happens(0.1):
        visit.write_down(e.LeftUnpaid())
        yield
    if window.happens(0.1):
        visit.write_down(SLIP)
        yield
    pays = window.happens(0.8) or window.world.is_well
    if not (yield from maybe_refunded(window, visit)) and pays:
        yield from paid(window, visit)


def paid(window: Window, visit: DeskVisit) -> Script:
    """The cash is in the drawer, then in the journal."""
    _take_cash(window, visit)
    yield from papered(window, visit)


def _take_cash(window: Window, visit: DeskVisit) -> None:
    record = visit.record
    assert record.bill is not None
    if record.settlement is None:
        raise Broken(f"{visit.id}: cash is taken before it is settled")
    cash = record.settlement.split.cash
    left = cash_left(record)
    assert cash is not None
    assert left is not None
    if record.brought_from:
        window.world.met[WorldFault.DEPOSIT_USED] += 1
    window.takes(record.bill, left)
    visit.collect(cash)


def papered(window: Window, visit: DeskVisit) -> Script:
    while visit.record.state in _BEFORE_PAPER and window.happens(0.15):
        yield
        window.world.met[WorldFault.PRINTER] += 1
        visit.write_down(e.PrintFailed("printer-failed"))
    if (yield from maybe_refunded(window, visit)):
        return
    yield
    visit.write_down(SLIP)
    while window.happens(0.1):
        yield
        visit.write_down(SLIP)
    if not (yield from maybe_refunded(window, visit)):
        yield from _closed(window, visit)


def _closed(window: Window, visit: DeskVisit) -> Script:
    yield
    visit.close()
    if window.happens(0.1):
        visit.write_down(SLIP)
    yield from maybe_refunded(window, visit)


def maybe_refunded(window: Window, visit: DeskVisit, how_likely: float = 0.1) -> Decided:
    """True when a refund was begun: the visit is the refund's from then on."""
    if not window.happens(how_likely):
        return False
    window.tell("  window {}: a refund of {}", window.desk.window, visit.id)
    yield
    refund = Refund(window.desk, visit.id)
    bill = refund.record.bill
    assert bill is not None
    partial = len(bill.lines) > 1 and window.happens(0.6)
    back = (bill.lines[0].line_no,) if partial else ()
    refund.expected(back)
    _present(refund, bill)
    yield
    ended = refund.cancel(back, "0001")
    window.tell("  2208 ended {}", ended.ending)
    yield
    if ended.ending is Ending.SETTLED:
        yield from _refunded(window, visit.id, refund)
    return True


def _present(refund: Refund, bill: Bill) -> None:
    """A voucher's token served once: the patient shows the ID card."""
    number = bill.patient.id_number
    refund.present(Credential(CredentialKind.ID_CARD, number, cert_no=number))


def _refunded(window: Window, visit_id: VisitId, refund: Refund) -> Script:
    """After the 2208: the rest anew, or all of the cash back.

    When all is well and the platform says no all the same, nothing is settled anew.
    """
    for _ in range(3):
        if not refund_step(refund.record):
            break
        try:
            yield from _rest_settled(window, visit_id, refund)
        except Stopped as stop:
            window.tell("  the refund stops: {}", stop)
            if window.happens(0.3):
                break
    if window.world.is_well and refund_step(refund.record):
        refund.unwind("0001")
    yield
    if refund.record.state is State.REVERSED and not refund_step(refund.record):
        _give_back(window, visit_id, refund)
    elif refund.record.state is State.SETTLED:
        visit = DeskVisit(window.desk, visit_id)
        if visit.record.state is State.SETTLED:  # nobody came for it meanwhile
            yield from paid(window, visit)


def _rest_settled(window: Window, visit_id: VisitId, refund: Refund) -> Script:
    yield
    if window.happens(0.15):
        refund.unwind("0001")
        return
    offered = refund.offer_rest()
    yield
    window.tell("  the rest costs {}", offered.split.cash)
    if not window.world.is_well and window.world.chance.also(0.04):
        _ended_by_an_earlier_version(window, visit_id, offered.split.cash)
    agreed = refund.record.agreed
    use = AccountUse(agreed.account_use if agreed else "0")
    ended = refund.settle_rest(Agreement(use, "0001", pays_here=True))
    window.tell("  2207 of the rest ended {}", ended.ending)


def _ended_by_an_earlier_version(window: Window, visit: VisitId, cash: Money | None) -> None:
    """It wrote the agreement down alone, and was killed before the intent; raises ``Killed``."""
    world, desk = window.world, window.desk
    world.note(WorldFault.EARLIER_VERSION)
    agreed = e.PatientAgreed(cash or ZERO, "0", "0001", pays_here=True)
    desk.journal.append(visit, (agreed,), desk.clock())
    raise world.process.power.cut()


def _give_back(window: Window, visit_id: VisitId, refund: Refund) -> None:
    bill, cash = refund.record.bill, refund.record.cash_taken
    assert bill is not None
    window.takes(bill, -(cash or ZERO))
    refund.give_cash_back()


def refund_goes_on(window: Window, visit_id: VisitId) -> Script:
    """A refund that stopped half-way, or whose cash is still to go back."""
    refund = Refund(window.desk, visit_id)
    bill = refund.record.bill
    assert bill is not None
    if refund_step(refund.record):
        _present(refund, bill)
    yield from _refunded(window, visit_id, refund)
