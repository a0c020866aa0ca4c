"""2207 booked other amounts than the patient agreed to: told, whichever way the page is reached."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.problems import ProblemCode
from desktop.services.explain import remaining_quota
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import standing
from tests.ui.cashier.test_waiting import finish, restarted
from ui.cashier import key_wording, money_words
from ui.cashier.news import News
from ui.cashier.state import Intent, Page
from ui.cashier.window import CashierWindow

ORDINARY = townsman(0)


def used_elsewhere(booth: Booth, *, answer_lost: bool = False) -> Money:
    """What the patient agreed to pay; between 2206 and 2207 the year's quota is used up."""
    booth.to_offer(ORDINARY)
    assert booth.state.offer is not None
    agreed = booth.state.offer.split.cash
    assert agreed is not None
    booth.platform.elsewhere(ORDINARY["certno"], "2023-05-02", "99999.00", "1900.00")
    if answer_lost:
        booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    return agreed


def told(booth: Booth, agreed: Money) -> None:
    """Both sums stand there, and the cash waits for the patient's yes."""
    state = booth.state
    assert state.page is Page.SETTLED, state.stop
    assert state.cash is not None
    assert state.cash.due != agreed
    note = money_words.other_amounts_note(state)
    assert agreed.yuan() in note
    assert state.cash.due.yuan() in note
    (cash,) = [one for one in state.other_amounts if one.words == "个人现金"]
    assert (cash.agreed, cash.booked) == (agreed, state.cash.due)
    primary = [offer.intent for offer in key_wording.offers(state) if offer.primary]
    assert primary == [Intent.AMOUNTS_AGREED]
    booth.presenter.collect()
    booth.work.run_all()
    assert (booth.state.page, booth.state.note) == (Page.SETTLED, News.AGREE_FIRST)
    assert booth.record().cash_taken is None


def agrees(booth: Booth) -> None:
    """After the patient's yes the ordinary key takes the cash."""
    booth.presenter.money.amounts_agreed()
    primary = [offer.intent for offer in key_wording.offers(booth.state) if offer.primary]
    assert primary == [Intent.COLLECT]
    assert Intent.AMOUNTS_AGREED not in booth.state.intents
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)


def test_told_at_once(booth: Booth) -> None:
    agreed = used_elsewhere(booth)
    told(booth, agreed)
    agrees(booth)


def test_told_when_the_lost_answer_is_found(booth: Booth) -> None:
    """B28: the page turns by itself, and the cash key is not live at once."""
    agreed = used_elsewhere(booth, answer_lost=True)
    assert booth.on(Page.STOPPED)
    booth.wait(8)
    assert booth.state.note is News.FOUND_OUT
    told(booth, agreed)
    agrees(booth)


def test_told_after_a_restart_from_the_list(booth: Booth) -> None:
    """B50: a yes that was given before is asked for again; nobody knows whether cash was taken."""
    agreed = used_elsewhere(booth)
    booth.presenter.money.amounts_agreed()
    booth.presenter.stage.let_go()
    again = restarted(booth)
    finish(again, Left.UNPAID)
    told(again, agreed)
    agrees(again)
    assert again.state.other_amounts == ()


def test_who_does_not_agree_has_it_taken_back(booth: Booth) -> None:
    used_elsewhere(booth)
    assert Intent.CANCEL_SETTLEMENT in booth.state.intents
    booth.presenter.refund.take()
    booth.work.run_all()
    booth.presenter.refund.agree()
    booth.work.run_all()
    states = [row["state"] for row in booth.platform.settlements(ORDINARY["certno"])]
    assert sorted(states) == ["cancelled", "negative"]


def test_what_stands_beside_is_of_the_booked_answer(booth: Booth) -> None:
    """The quota and the first pay; and nothing is still to be decided after the booking."""
    used_elsewhere(booth)
    state = booth.state
    assert state.settlement is not None
    left = remaining_quota(state.settlement.split)
    assert left is not None
    assert state.quota is not None
    assert (state.quota.left, state.quota.estimated) == (left, False)
    said = money_words.benefit_notes(state)
    assert ProblemCode.QUOTA_USED.message in said
    assert ProblemCode.QUOTA_USED.next_step not in said


def test_the_ordinary_settlement_asks_nothing_more(booth: Booth) -> None:
    """Three keys: 人证相符, 结算, 收款."""
    booth.settle(ORDINARY)
    assert booth.state.other_amounts == ()
    assert money_words.other_amounts_note(booth.state) == ""
    booth.presenter.money.amounts_agreed()
    assert not booth.state.agrees_to_others
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)


def words_on(window: CashierWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_both_sums_stand_on_the_window(booth: Booth, qt_app: WatchedApplication) -> None:
    agreed = used_elsewhere(booth)
    assert booth.state.cash is not None
    with standing(qt_app, booth) as window:
        qt_app.processEvents()
        seen = words_on(window)
        assert agreed.yuan() in seen
        assert booth.state.cash.due.yuan() in seen
        assert not window._pages.cash._pad.isVisible()
        booth.presenter.money.amounts_agreed()
        qt_app.processEvents()
        assert window._pages.cash._pad.isVisible()
        assert agreed.yuan() in words_on(window)
