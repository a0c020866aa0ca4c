"""The window over work that is not at rest: keys, words and pages, under the watchdog."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.domain.visit import State
from desktop.knowledge.areas import load_areas
from tests.rig.slot_watch import WatchedApplication
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import timed
from tests.ui.cashier.test_refund import paid
from tests.ui.cashier.test_unknown import lose
from tests.ui.cashier.test_waiting import ORDINARY, RETIRED, deferred
from ui.cashier.key_wording import key_card, sequences
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Intent, Page
from ui.cashier.window import CashierWindow

AREAS = load_areas()
_Key = Qt.Key


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    with timed(qt_app, booth, areas=lambda: AREAS) as made:
        yield made


def words(window: CashierWindow) -> str:
    """Everything that stands on the window now."""
    QApplication.processEvents()
    labels = window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(window))


def press(window: CashierWindow, booth: Booth, *keys: Qt.Key) -> None:
    for key in keys:
        QApplication.processEvents()
        QTest.keyClick(QApplication.focusWidget() or window, key)
        booth.work.run_all()


def two_rows(booth: Booth) -> None:
    """A deferred bill, and a settlement whose outcome is unknown; nobody at the window."""
    deferred(booth)
    booth.to_offer(RETIRED)
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.next_patient()
    booth.wait(3)


def test_the_head_counts_what_is_open(window: CashierWindow, booth: Booth) -> None:
    two_rows(booth)
    assert "1 笔结果待确认 · 1 项待办  F3" in words(window)
    assert "线路中断，从" in words(window)
    booth.wait(3)
    assert "平台已连通" in words(window)


def test_the_list_is_walked_with_the_arrows(window: CashierWindow, booth: Booth) -> None:
    two_rows(booth)
    press(window, booth, _Key.Key_F3)
    assert booth.state.shows_queue
    assert "暂缓结算，等待补办" in words(window)
    assert "没有可用的回答" in words(window)
    press(window, booth, _Key.Key_Down)
    assert booth.state.queue_at == booth.state.desk.open_visits[1].visit
    press(window, booth, _Key.Key_F6, _Key.Key_F7)
    assert booth.state.case is not None
    assert QGuiApplication.clipboard().text() == booth.state.case.words
    press(window, booth, _Key.Key_Escape)
    assert booth.on(Page.READY)
    assert not booth.state.shows_queue


def test_a_row_keeps_its_place_while_the_list_changes(window: CashierWindow, booth: Booth) -> None:
    """Tries go on beneath the cashier's eyes; the keys stay about the row that was chosen."""
    two_rows(booth)
    press(window, booth, _Key.Key_F3, _Key.Key_Down)
    chosen = booth.state.queue_at
    booth.platform.fault("*", "before", "http500", times=9)
    booth.wait(4)
    assert booth.state.queue_at == chosen
    assert "已试" in words(window)


def test_enter_finishes_a_row(window: CashierWindow, booth: Booth) -> None:
    two_rows(booth)
    press(window, booth, _Key.Key_F3, _Key.Key_Return)
    assert booth.state.errand is not None
    assert "补办单据 B0001，请出示凭证" in words(window)


def test_the_waiting_patient_sees_that_it_is_looked_for(
    window: CashierWindow, booth: Booth
) -> None:
    """B28: asked to wait, no cash named, the next try counted down; then the cash page."""
    lose(booth)
    booth.wait(2)
    assert "不要收款，也不要重新结算" in words(window)
    assert "秒后再查" in words(window)
    assert "个人现金" not in words(window)
    booth.wait(4)
    assert booth.on(Page.SETTLED)
    assert "已结算，请收款" in words(window)


def test_the_line_is_down_three_ways_with_their_keys(window: CashierWindow, booth: Booth) -> None:
    """B22: what each means for the patient; the key of one does it."""
    bill = booth.line_down(ORDINARY)
    said = words(window)
    assert f"全额 {bill.total} 元作押金" in said
    assert "患者签字，现在不付钱" in said
    assert "回参保地手工报销" in said
    press(window, booth, _Key.Key_F7)
    assert booth.record().state is State.DEFERRED
    assert "已登记暂缓结算" in words(window)


def test_the_patients_cash_is_not_taken_by_a_stray_key(window: CashierWindow, booth: Booth) -> None:
    """F9 and F10 of the pages before do nothing while the outcome is unknown."""
    lose(booth)
    press(window, booth, _Key.Key_F9, _Key.Key_F10, _Key.Key_F8, _Key.Key_Escape)
    assert booth.record().state is State.UNKNOWN
    assert booth.on(Page.STOPPED)


def test_a_refund_by_keys_alone(window: CashierWindow, booth: Booth) -> None:
    """F12, Enter, Space marks a line, F9 twice, F10."""
    paid(booth)
    press(window, booth, _Key.Key_F12, _Key.Key_Return)
    assert "应退现金" in words(window)
    press(window, booth, _Key.Key_Down, _Key.Key_Space)
    assert "估算" in words(window)
    press(window, booth, _Key.Key_F9)
    assert booth.state.refund is not None
    assert booth.state.refund.at is RefundAt.AGREE
    press(window, booth, _Key.Key_F9, _Key.Key_F10)
    assert booth.on(Page.DONE)


def test_the_supervisor_is_asked_for_a_number(window: CashierWindow) -> None:
    field = window._pages.halted.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert "工号" in field.accessibleName()


def test_every_intent_has_its_key_and_stands_on_the_card() -> None:
    listed = {offer.intent for group in key_card() for offer in group.offers}
    assert listed == set(Intent)
    assert {intent for intents in sequences().values() for intent in intents} == set(Intent)


def test_no_state_offers_two_intents_of_one_key(booth: Booth, window: CashierWindow) -> None:
    """On the pages that came with the queue."""
    shown = booth.shown
    booth.presenter.listen(shown.append)
    two_rows(booth)
    booth.presenter.queue.show()
    booth.presenter.queue.hand_over()
    booth.work.run_all()
    booth.presenter.queue.hide()
    paid(booth)
    booth.presenter.refund.list.today()
    booth.work.run_all()
    booth.presenter.refund.taken(0)
    booth.work.run_all()
    for state in shown:
        for intents in sequences().values():
            assert len(state.intents & set(intents)) <= 1, (state.page, intents)
