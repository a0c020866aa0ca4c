"""2207 booked other amounts than the patient agreed to: told, whichever way the page is reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.notes import OthersAgreed
from desktop.domain.problems import ProblemCode, desk_error
from desktop.services.case_text import case_text
from desktop.services.explain import remaining_quota
from desktop.services.other_amounts import other_amounts
from desktop.services.queue import items
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import standing
from tests.ui.cashier.test_waiting import finish, restarted
from tests.ui.conftest import Wait
from ui.cashier import key_wording, money_words, queue_wording
from ui.cashier.news import News
from ui.cashier.shell import CashierShell
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
    booth.presenter.amounts_agreed()
    booth.work.run_all()
    yes = booth.record().others_agreed
    assert yes is not None
    assert (yes.by, yes.amounts) == ("0007", other_amounts(booth.record()))
    assert "0007" in money_words.other_amounts_note(booth.state)
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
    """B50: the list says that the patient's yes is still asked for, and the cash waits for it."""
    agreed = used_elsewhere(booth)
    booth.presenter.stage.let_go()
    again = restarted(booth)
    again.wait(3)
    assert "患者还没有同意" in listed(again)
    finish(again, Left.UNPAID)
    told(again, agreed)
    agrees(again)
    assert again.state.other_amounts == ()


def listed(booth: Booth) -> list[str]:
    """What the list tells of its one row."""
    (row,) = booth.state.desk.open_visits
    return [fact.value for fact in queue_wording.row_facts(row)]


def test_the_yes_is_in_the_journal(booth: Booth) -> None:
    """B50: whoever opens the visit later knows who told the patient, and asks nobody again."""
    agreed = used_elsewhere(booth)
    booth.presenter.amounts_agreed()
    booth.presenter.amounts_agreed()
    booth.work.run_all()
    booth.presenter.stage.let_go()
    again = restarted(booth)
    again.wait(3)
    assert any("患者已同意新金额：0007" in words for words in listed(again))
    finish(again, Left.UNPAID)
    assert not again.state.awaits_yes
    assert agreed.yuan() in money_words.other_amounts_note(again.state)
    again.presenter.collect()
    again.work.run_all()
    assert again.on(Page.DONE)
    written = [row.entry for row in again.opened.journal.entries(again.opened.journal.visits()[0])]
    assert [type(entry) for entry in written].count(OthersAgreed) == 1


def test_a_yes_that_could_not_be_written_down_is_not_given(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    used_elsewhere(booth)

    def full(*_entries: object) -> None:
        raise desk_error(ProblemCode.JOURNAL_WRITE_FAILED)

    monkeypatch.setattr(booth.opened.journal, "append", full)
    booth.presenter.amounts_agreed()
    booth.work.run_all()
    assert booth.state.awaits_yes
    assert booth.state.trouble is not None
    assert booth.state.trouble.kind is ProblemCode.JOURNAL_WRITE_FAILED


def test_the_office_list_knows_of_the_yes(booth: Booth) -> None:
    """``kuasheng queue``: what waits for the patient's yes, and who wrote it down."""
    used_elsewhere(booth)
    booth.presenter.check.leave_unpaid()
    booth.work.run_all()
    (item,) = items(booth.desk)
    assert (item.reason, item.awaits_yes) == ("unpaid", True)
    assert "还要患者同意" in case_text(item, "H1")
    again = restarted(booth)
    finish(again, Left.UNPAID)
    again.presenter.amounts_agreed()
    again.work.run_all()
    (item,) = items(booth.desk)
    assert (item.awaits_yes, item.yes_by) == (False, "0007")
    assert "患者已同意，0007 登记" in case_text(item, "H1")


def test_the_shell_of_the_next_morning_knows_of_the_yes(
    shell: CashierShell, booth: Booth, wait_until: Wait
) -> None:
    """The real window and its threads: F5, the cross, and another process over the journal."""
    presenter = shell.presenter
    booth.drop(ORDINARY)
    shell.window.typed_number.emit(ORDINARY["certno"])
    wait_until(lambda: presenter.state.page is Page.OFFER)
    presenter.confirm_identity()
    wait_until(lambda: presenter.stage.idle)
    booth.platform.elsewhere(ORDINARY["certno"], "2023-05-02", "99999.00", "1900.00")
    presenter.settle()
    wait_until(lambda: presenter.state.awaits_yes)
    QTest.keyClick(shell.window, Qt.Key.Key_F5)
    wait_until(lambda: presenter.state.others_agreed is not None)
    shell.window.close()
    wait_until(lambda: not shell.window.isVisible())
    presenter.stage.let_go()
    again = restarted(booth)
    finish(again, Left.UNPAID)
    assert again.on(Page.SETTLED)
    assert not again.state.awaits_yes
    assert again.state.others_agreed == booth.record().others_agreed


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
    booth.presenter.amounts_agreed()
    assert not booth.work.waiting
    assert booth.state.others_agreed is None
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
        booth.presenter.amounts_agreed()
        booth.work.run_all()
        qt_app.processEvents()
        assert window._pages.cash._pad.isVisible()
        assert agreed.yuan() in words_on(window)
