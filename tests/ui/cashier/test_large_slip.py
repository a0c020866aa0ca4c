"""F7 lays the slip over the whole window, as wide as it; the arrows scroll, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.cut_off import settle
from tests.ui.cashier.standing import standing
from ui.cashier.frame_wording import title
from ui.cashier.person_panel import PersonPanel
from ui.cashier.state import Intent, Page
from ui.cashier.window import CashierWindow

ORDINARY = townsman(0)
Key = Qt.Key


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    with standing(qt_app, booth) as made:
        made.activateWindow()
        booth.pay(ORDINARY)
        settle(qt_app)
        yield made


def small(booth: Booth) -> Booth:
    """Up to the slip beside the amounts."""
    booth.bills.clear()
    booth.presenter.slip.room(600, 600)
    booth.presenter.money.large_slip.room(1300, 9000)
    booth.pay(ORDINARY)
    return booth


def press(window: CashierWindow, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    QTest.keyClick(focus or window, key)


def sheet_of(window: QWidget) -> QLabel:
    return next(
        sheet
        for sheet in window.findChildren(QLabel)
        if sheet.objectName() == "sheet" and sheet.isVisible()
    )


def test_the_slip_is_drawn_once_more_and_large(booth: Booth) -> None:
    small(booth).presenter.money.enlarge()
    assert booth.shown[-1].large_slip is None
    booth.work.run_all()
    drawn = booth.presenter.state
    assert drawn.slip
    assert drawn.large_slip
    assert drawn.slip[0].width <= 600
    assert drawn.large_slip[0].width == 1300
    assert "结算单" in title(drawn)


def test_under_the_large_slip_nothing_is_printed_or_given_back(booth: Booth) -> None:
    small(booth).presenter.money.enlarge()
    assert booth.state.intents == {Intent.HELP, Intent.BACK, Intent.NEXT_PATIENT}
    booth.presenter.back()
    assert (booth.state.page, booth.state.shows_slip) == (Page.DONE, False)
    assert Intent.PRINT_AGAIN in booth.state.intents


def test_what_is_drawn_too_late_is_not_shown(booth: Booth) -> None:
    """Esc was quicker than the drawing; so was the next patient."""
    for go_on in (booth.presenter.back, booth.presenter.next_patient):
        small(booth).presenter.money.enlarge()
        go_on()
        booth.work.run_all()
        assert booth.state.large_slip is None
        booth.presenter.next_patient()


def test_a_drawing_that_nobody_waits_for_is_not_kept(booth: Booth) -> None:
    """The window was made larger after the next patient came."""
    small(booth).presenter.money.enlarge()
    booth.presenter.next_patient()
    booth.presenter.money.large_slip.room(1500, 9000)
    booth.work.run_all()
    assert booth.state.large_slip is None


def test_without_a_picture_there_is_nothing_to_enlarge(booth: Booth) -> None:
    booth.pay(ORDINARY)
    assert not booth.state.slip
    assert Intent.ENLARGE not in booth.state.intents
    booth.presenter.money.enlarge()
    assert not booth.state.shows_slip


def test_f7_lays_it_over_the_window_and_esc_takes_it_away(
    window: CashierWindow,
    booth: Booth,
    qt_app: WatchedApplication,
    wait_until: Callable[[Callable[[], bool]], None],
) -> None:
    def drawn(of: Callable[[], object]) -> None:
        def look() -> bool:
            booth.work.run_all()
            return bool(of())

        wait_until(look)
        settle(qt_app)

    with qt_app.watch.off():
        drawn(lambda: booth.state.slip)
        assert sheet_of(window).width() < window.width() / 2
        press(window, Key.Key_F7)
        drawn(lambda: booth.state.large_slip)
        sheet = sheet_of(window)
        assert sheet.width() > 0.95 * window.width()
        (person,) = window.findChildren(PersonPanel)
        assert not person.isVisible()
        bar = QApplication.focusWidget()
        assert isinstance(bar, QScrollArea)
        for key in (Key.Key_Down, Key.Key_PageDown):
            before = bar.verticalScrollBar().value()
            press(window, key)
            assert bar.verticalScrollBar().value() > before
        for key in (Key.Key_PageUp, Key.Key_Up):
            press(window, key)
        assert bar.verticalScrollBar().value() == 0
        press(window, Key.Key_Escape)
        settle(qt_app)
        assert booth.on(Page.DONE)
        assert person.isVisible()
        assert sheet_of(window).width() < window.width() / 2
        assert len([one for one in window.findChildren(QLabel) if one.pixmap().width()]) == 1
