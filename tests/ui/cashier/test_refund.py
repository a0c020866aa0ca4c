"""A refund at the window: the sum before anybody agrees, each step named, nothing twice (B38, B39)."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.visit import State
from desktop.services.identify import from_id_number, from_qr
from tests.rig.bills import Item
from tests.rig.town import townsman
from tests.services.counter import MEDICINE
from tests.ui.cashier.booth import Booth
from ui.cashier import refund_wording
from ui.cashier.news import News
from ui.cashier.refund_state import RefundAt, RefundShown
from ui.cashier.state import Halt, Intent, Page, ShownBy

ORDINARY, RETIRED = townsman(0), townsman(1)
SECOND = Item("XM01AEA035A001010100035", "布洛芬缓释胶囊 0.3g*20粒", "20.00", "10")


def paid(booth: Booth) -> Money:
    """Two lines, settled and paid; the cash that was taken."""
    booth.drop(ORDINARY, items=(MEDICINE, SECOND))
    booth.show(ORDINARY)
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    cash = booth.state.cash
    assert cash is not None
    booth.presenter.collect()
    booth.work.run_all()
    booth.presenter.next_patient()
    return cash.due


def by_voucher(booth: Booth) -> None:
    """The same, by a code that serves one visit."""
    booth.drop(ORDINARY, items=(MEDICINE, SECOND))
    scan(booth)
    assert booth.on(Page.OFFER), booth.state.stop
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.collect()
    booth.work.run_all()
    booth.presenter.next_patient()


def scan(booth: Booth) -> None:
    code = booth.platform.voucher(ORDINARY["certno"])
    booth.presenter.show_credential(lambda: from_qr(booth.desk, code), ShownBy.CODE)
    booth.work.run_all()


def chosen(booth: Booth) -> RefundShown:
    """The newest settlement of the list is chosen."""
    booth.presenter.refund.list.today()
    booth.work.run_all()
    booth.presenter.refund.taken(0)
    booth.work.run_all()
    return shown(booth)


def shown(booth: Booth) -> RefundShown:
    assert booth.state.refund is not None, booth.state
    return booth.state.refund


def agree(booth: Booth) -> None:
    booth.presenter.refund.agree()
    booth.work.run_all()


def states(booth: Booth) -> list[str]:
    return sorted(row["state"] for row in booth.platform.settlements(ORDINARY["certno"]))


def test_everything_goes_back(booth: Booth) -> None:
    """B38: the exact sum first, then the 2208, then the cash, then it is closed."""
    cash = paid(booth)
    plan = chosen(booth)
    assert plan.expected is not None
    assert (plan.expected.cash, plan.expected.estimated) == (cash, False)
    assert states(booth) == ["effective"]
    agree(booth)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, cash)
    assert states(booth) == ["cancelled", "negative"]
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert (booth.state.page, booth.state.note) == (Page.READY, News.CANCELLED)
    assert booth.record().state is State.CLOSED
    assert booth.record().cash_taken is None


def test_some_lines_go_back_and_the_true_sum_is_agreed_to_again(booth: Booth) -> None:
    """B39, E39: an estimate before, the platform's own sum after the 2208."""
    before = paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    plan = shown(booth)
    assert plan.expected is not None
    assert plan.expected.estimated
    agree(booth)
    assert shown(booth).at is RefundAt.AGREE
    offered = shown(booth).offered
    assert offered is not None
    assert offered.split.cash is not None
    assert shown(booth).cash_back == before - offered.split.cash
    assert states(booth) == ["cancelled", "negative"]
    agree(booth)
    assert shown(booth).at is RefundAt.CASH
    assert shown(booth).cash_back == before - offered.split.cash
    assert states(booth) == ["cancelled", "effective", "negative"]
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    assert booth.record().cash_taken == offered.split.cash
    assert booth.record().state is State.PRINTED


def test_all_lines_marked_are_the_whole_bill(booth: Booth) -> None:
    paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("1")
    booth.presenter.refund.taken("2")
    assert shown(booth).whole


def test_a_code_is_asked_for_afresh_before_anything_is_taken_back(booth: Booth) -> None:
    """B39: an e-voucher serves one visit; without a fresh one nothing is sent."""
    by_voucher(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    agree(booth)
    assert shown(booth).at is RefundAt.CREDENTIAL
    assert states(booth) == ["effective"]
    scan(booth)
    assert shown(booth).at is RefundAt.AGREE
    agree(booth)
    assert shown(booth).at is RefundAt.CASH


def test_somebody_elses_credential_is_not_taken(booth: Booth) -> None:
    by_voucher(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    agree(booth)
    booth.presenter.show_credential(lambda: from_id_number(RETIRED["certno"]), ShownBy.NUMBER)
    booth.work.run_all()
    problem = shown(booth).problem
    assert problem is not None
    assert problem.code == "patient-mismatch"
    assert states(booth) == ["effective"]


def test_a_refund_that_stops_half_way_names_the_step_and_goes_on(booth: Booth) -> None:
    before = paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    booth.platform.fault("2206", "before", "reset")
    agree(booth)
    assert (shown(booth).at, shown(booth).next_step) == (RefundAt.HALF_DONE, "2206")
    assert shown(booth).problem is not None
    booth.presenter.refund.back()
    assert booth.on(Page.READY)
    booth.wait(3)
    (row,) = booth.state.desk.open_visits
    assert row.left is Left.HALF_REFUND
    booth.presenter.queue.show()
    booth.presenter.queue.finish()
    booth.work.run_all()
    assert (shown(booth).at, shown(booth).next_step) == (RefundAt.HALF_DONE, "2206")
    booth.presenter.refund.proceed()
    booth.work.run_all()
    assert shown(booth).at is RefundAt.AGREE
    assert shown(booth).paid == before


def test_a_patient_who_does_not_agree_gets_everything(booth: Booth) -> None:
    """The rest is not settled anew: unwound, and the whole cash goes back."""
    before = paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    agree(booth)
    booth.presenter.refund.unwind()
    booth.work.run_all()
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, before)
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.record().state is State.CLOSED
    assert states(booth) == ["cancelled", "negative"]


def test_a_lost_2208_is_looked_for_and_never_sent_again(booth: Booth) -> None:
    """B38: 5203 tells, 3202 names the negative settlement; then the cash goes back."""
    cash = paid(booth)
    chosen(booth)
    booth.platform.fault("2208", "after", "reset")
    agree(booth)
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.UNKNOWN
    assert Intent.NOT_WAITING not in booth.state.intents
    booth.wait(7)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, cash)
    assert states(booth) == ["cancelled", "negative"]


def test_nothing_happens_before_somebody_agrees(booth: Booth) -> None:
    paid(booth)
    chosen(booth)
    booth.presenter.refund.back()
    booth.work.run_all()
    assert shown(booth).at is RefundAt.CHOOSE
    booth.presenter.refund.back()
    assert booth.on(Page.READY)
    assert states(booth) == ["effective"]


def test_another_window_does_not_refund_the_same_visit(booth: Booth) -> None:
    """B49."""
    paid(booth)
    chosen(booth)
    other = Booth(booth.platform, booth.opened, booth.folder, window="02")
    other.presenter.refund.list.today()
    other.work.run_all()
    other.presenter.refund.taken(0)
    other.work.run_all()
    assert other.state.trouble is not None
    assert other.state.trouble.code == "open-elsewhere"
    assert shown(other).at is RefundAt.CHOOSE


def test_the_days_are_gone_through(booth: Booth) -> None:
    paid(booth)
    booth.presenter.refund.list.today()
    booth.work.run_all()
    day = shown(booth).day
    booth.presenter.refund.list.day_before()
    booth.work.run_all()
    assert (shown(booth).day < day, shown(booth).rows) == (True, ())
    booth.presenter.refund.list.day_after()
    booth.work.run_all()
    assert len(shown(booth).rows) == 1


@pytest.mark.parametrize("at", [RefundAt.AGREE, RefundAt.CASH])
@pytest.mark.parametrize(("fen", "asked"), [(100, "退"), (-100, "补收"), (0, "不退不补")])
def test_the_title_says_which_way_the_cash_goes(at: RefundAt, fen: int, asked: str) -> None:
    """With more still to be taken nobody reads that cash is to be given back."""
    state = RefundShown(at, date(2026, 11, 22), cash_back=Money(fen))
    assert asked in refund_wording.title(state)
    assert ("退还" in refund_wording.title(state)) is (fen > 0 and at is RefundAt.CASH)
    assert "点清" not in refund_wording.hint(state) or fen
