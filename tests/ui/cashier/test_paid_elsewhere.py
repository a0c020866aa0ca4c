"""What the hospital's till took is given back there: the window asks for none of it (B39)."""

from __future__ import annotations

import time

from msgspec.structs import replace

from desktop.domain.account_use import AccountUse
from desktop.domain.credential import Credential
from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.open_work import refund_step
from desktop.domain.visit import State
from desktop.services.case_text import case_text
from desktop.services.identify import from_id_number
from desktop.services.queue import items
from desktop.services.queue_items import Waiting
from desktop.services.settle import Agreement
from desktop.services.whole_refund import RefundOrder, refund
from desktop.services.whole_settlement import Finished, Order, settle_bill
from tests.services.counter import MEDICINE
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_refund import ORDINARY, SECOND, agree, chosen, shown, states
from tests.ui.cashier.test_waiting import finish
from ui.cashier import refund_wording
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Page

BACK, PAID = Money.parse("100.00"), Money.parse("550.00")


def at_the_till(booth: Booth) -> Finished:
    """Two lines settled by the command line; the cash is paid elsewhere in the hospital."""
    bill = booth.drop(ORDINARY, items=(MEDICINE, SECOND))
    booth.bills.clear()
    order = Order(bill, _id_card, None, Agreement(AccountUse.NONE, "0001"))
    return settle_bill(booth.desk, order)


def second_back(settled: Finished) -> RefundOrder:
    """The second line, ordered on the command line."""
    assert settled.record.settlement is not None
    return RefundOrder(str(settled.record.settlement.setl_id), ("2",))


def _id_card() -> Credential:
    return from_id_number(ORDINARY["certno"])


def some_back(booth: Booth) -> None:
    """The second line, agreed to twice."""
    booth.presenter.refund.taken("2")
    agree(booth)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.AGREE, BACK)
    agree(booth)


def test_some_lines_go_back_and_no_cash_is_asked_for(booth: Booth) -> None:
    """550.00 was paid at the till: 100.00 goes back there; nobody asks for 450.00 here."""
    at_the_till(booth)
    plan = chosen(booth)
    assert (plan.paid, plan.elsewhere) == (PAID, True)
    some_back(booth)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, BACK)
    assert "医院收费处" in refund_wording.warning(shown(booth))
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    record = booth.record()
    assert (record.state, record.cash_taken, record.at_till) == (State.SETTLED, None, PAID - BACK)
    booth.presenter.next_patient()
    booth.wait(40)
    assert booth.state.desk.open_visits == ()
    assert states(booth) == ["cancelled", "effective", "negative"]


def test_everything_goes_back_at_the_till(booth: Booth) -> None:
    at_the_till(booth)
    chosen(booth)
    agree(booth)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, PAID)
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.record().state is State.CLOSED


def test_what_is_adopted_later_tells_what_goes_back(booth: Booth) -> None:
    """The command line's 2207 of the rest is lost, and found booked by the queue."""
    settled = at_the_till(booth)
    booth.platform.fault("2207", "after", "reset")
    assert refund(booth.desk, second_back(settled), None).state == "unknown"
    booth.wait(40)
    (item,) = items(booth.desk)
    assert (item.reason, item.cash) == ("cash-back", BACK)
    finish(booth, Left.CASH_BACK)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, BACK)
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.record().at_till == PAID - BACK
    assert [item.state for item in items(booth.desk)] == [Waiting.DONE]


def test_a_rest_that_was_sent_and_not_booked_still_knows_what_was_paid(hasty: Booth) -> None:
    """Submitted emptied the settlement: what was paid is found in what was taken back."""
    settled = at_the_till(hasty)
    hasty.platform.fault("2207", "before", "reset")
    assert refund(hasty.desk, second_back(settled), None).state == "unknown"
    for _try in range(40):
        hasty.wait(10)
        if refund_step(hasty.record()):
            break
        time.sleep(0.3)
    assert hasty.record().settlement is None
    finish(hasty, Left.HALF_REFUND)
    assert shown(hasty).paid == PAID
    hasty.presenter.refund.proceed()
    hasty.work.run_all()
    assert (shown(hasty).at, shown(hasty).cash_back) == (RefundAt.AGREE, BACK)


def test_a_half_done_refund_of_the_command_line_is_finished_here(booth: Booth) -> None:
    """It stopped before the amounts of the rest were known."""
    settled = at_the_till(booth)
    booth.platform.fault("2206", "before", "reset")
    assert refund(booth.desk, second_back(settled), None).state == "needs-person"
    finish(booth, Left.HALF_REFUND)
    assert shown(booth).paid == PAID
    booth.presenter.refund.proceed()
    booth.work.run_all()
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.AGREE, BACK)


def test_what_is_adopted_later_is_ended_by_the_same_command(booth: Booth) -> None:
    """B39: the queue names it and how it ends; once, with the sum and the lines that are booked."""
    settled = at_the_till(booth)
    assert settled.record.settlement is not None
    booth.platform.fault("2207", "after", "reset")
    order = RefundOrder(str(settled.record.settlement.setl_id), ("2",), BACK)
    assert refund(booth.desk, order, None).state == "unknown"
    booth.wait(40)
    (item,) = items(booth.desk)
    assert (item.reason, item.cash, item.at_till) == ("cash-back", BACK, True)
    assert "kuasheng refund" in case_text(item, "H1")
    for wrong in (replace(order, lines_back=("1",)), replace(order, expected_back=PAID)):
        refused = refund(booth.desk, wrong, None)
        assert (refused.state, refused.steps) == ("needs-person", ())
    done = refund(booth.desk, order, None)
    assert (done.state, done.money_back, done.elsewhere) == ("resettled", BACK, True)
    assert done.new == booth.record().settlement
    assert booth.record().at_till == PAID - BACK
    assert [row.state for row in items(booth.desk)] == [Waiting.DONE]
    assert refund(booth.desk, order, None).state == "failed"


def test_a_rest_whose_cash_is_here_is_told_and_ended_at_the_window(booth: Booth) -> None:
    """The command line holds no drawer: it names the sum, and the row stays for a cashier."""
    booth.drop(ORDINARY, items=(MEDICINE, SECOND))
    booth.show(ORDINARY)
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.collect()
    booth.work.run_all()
    booth.presenter.next_patient()
    settlement = booth.record().settlement
    assert settlement is not None
    order = RefundOrder(str(settlement.setl_id), ("2",))
    for _run in range(2):
        done = refund(booth.desk, order, None)
        assert (done.state, done.money_back, done.elsewhere) == ("resettled", BACK, False)
    (item,) = items(booth.desk)
    assert (item.reason, item.cash, item.at_till) == ("cash-back", BACK, False)
    assert "在窗口待办（F3）里收付并登记" in case_text(item, "H1")
