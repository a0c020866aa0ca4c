"""What a held-up window takes for a scan: the stamps of the keys count, not their handling."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.domain.money import Money
from desktop.knowledge.areas import load_areas
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.conftest import Wait
from ui.cashier.news import News
from ui.cashier.scanner import Scanner
from ui.cashier.state import Page, ViewState
from ui.cashier.window import CashierWindow
from ui.input.wedge import Scan

NUMBER = str(townsman(0)["certno"])
BEGAN = 5_000


@dataclass(slots=True)
class Desk:
    """A field with the keyboard, and a scanner beside it."""

    line: QLineEdit
    scans: list[str] = field(default_factory=list)

    def scanned(self, scan: Scan) -> None:
        self.scans.append(scan.text)

    def key(self, character: str, stamp: int) -> None:
        """The system hands over a key that was struck at ``stamp``, in milliseconds."""
        event = QKeyEvent(
            QEvent.Type.KeyPress, ord(character), Qt.KeyboardModifier.NoModifier, character
        )
        event.setTimestamp(stamp)
        QCoreApplication.sendEvent(self.window, event)

    def scan(self, places: range) -> None:
        """These characters of the number, two milliseconds apart."""
        for at in places:
            self.key(NUMBER[at], BEGAN + 2 * at)

    @property
    def window(self) -> QWindow:
        window = self.line.windowHandle()
        assert window is not None
        return window


@pytest.fixture
def desk(qt_app: WatchedApplication) -> Iterator[Desk]:
    with qt_app.watch.off():
        made = Desk(QLineEdit())
        made.line.show()
        made.line.activateWindow()
        made.line.setFocus()
        scanner = Scanner(made.line, "", time.monotonic, made.scanned)
        yield made
        scanner.stop()
        made.line.close()


def test_typing_that_waited_for_the_window_is_typing(desk: Desk) -> None:
    """Six figures, a fifth of a second apart, handed over all at once."""
    for at, digit in enumerate("600000"):
        desk.key(digit, BEGAN + 200 * at)
    QTest.qWait(150)
    assert (desk.scans, desk.line.text()) == ([], "600000")


def test_a_scan_in_the_middle_of_which_the_window_was_held_up_is_one_scan(desk: Desk) -> None:
    """Its second half waits behind the timer that tells of a silence."""
    desk.scan(range(5))
    QTimer.singleShot(150, lambda: desk.scan(range(5, len(NUMBER))))
    time.sleep(0.3)
    QTest.qWait(200)
    assert (desk.scans, desk.line.text()) == ([NUMBER], "")


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    """The booth's own window, the scanner beside it, the person known and no bill there."""
    with qt_app.watch.off():
        made = CashierWindow(load_areas, time.monotonic)
        made.attach(booth.presenter)
        assert all(made.furnish())
        booth.presenter.listen(made.present)
        made.show()
        made.activateWindow()
        scanner = Scanner(made, "", time.monotonic, lambda _scan: None)
        yield made
        scanner.stop()
        made.let_close()


def typed_then(window: CashierWindow, gap: int, key: Qt.Key, ctrl: bool = False) -> None:
    """A hand types 500, then quickly 7 and the key, ``gap`` ms after it."""
    system = window.windowHandle()
    assert system is not None
    for digit in "500":
        QTest.keyClick(system, Qt.Key(ord(digit)))
        QTest.qWait(120)
    QTest.keyClick(system, Qt.Key.Key_7)
    QTest.qWait(gap)
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(system, key, held)


@pytest.mark.parametrize("gap", [10, 30, 60])
def test_the_cash_just_typed_is_the_cash_that_is_taken(
    window: CashierWindow,
    booth: Booth,
    qt_app: WatchedApplication,
    wait_until: Wait,
    gap: int,
) -> None:
    """F10 comes right after the last figure: it counts, and so much change is asked about."""
    with qt_app.watch.off():
        booth.settle(townsman(0))
        qt_app.processEvents()
        typed_then(window, gap, Qt.Key.Key_F10)
        wait_until(lambda: booth.state.note is News.COUNT_AGAIN)
        booth.presenter.collect()
        booth.work.run_all()
    assert booth.on(Page.DONE)
    assert booth.state.cash is not None
    assert booth.state.cash.given == Money(500700)


def test_a_lone_point_is_not_the_exact_sum(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> None:
    """Somebody began to type an amount: F10 does not take it for cash that fits."""
    system = window.windowHandle()
    assert system is not None
    with qt_app.watch.off():
        booth.settle(townsman(0))
        qt_app.processEvents()
        QTest.keyClick(system, Qt.Key.Key_Period)
        QTest.keyClick(system, Qt.Key.Key_F10)
        wait_until(lambda: booth.state.note is News.TOO_LITTLE_CASH)
        booth.work.run_all()
    assert booth.on(Page.SETTLED)


@pytest.mark.parametrize("gap", [10, 30, 60])
def test_what_was_just_typed_is_handed_over(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication, gap: int
) -> None:
    with qt_app.watch.off():
        booth.show(townsman(28))
        booth.presenter.type_charges()
        booth.work.run_all()
        qt_app.processEvents()
        seen: list[str] = []
        booth.presenter.listen(lambda state: seen.append(_query(state)))
        typed_then(window, gap, Qt.Key.Key_Return, ctrl=True)
    assert booth.presenter.charges.typing.attempts == 1
    assert _query(booth.state) == "5007"
    assert seen[-1] == "5007"


def _query(state: ViewState) -> str:
    return state.typing.entry.query if state.typing else ""


def test_a_scan_before_a_shortcut_is_a_scan(desk: Desk) -> None:
    """Its scanner sends no Enter; a hasty F8 makes no typing of it."""
    desk.scan(range(len(NUMBER)))
    QTest.keyClick(desk.window, Qt.Key.Key_F8)
    assert (desk.scans, desk.line.text()) == ([NUMBER], "")


def test_a_separator_within_a_code_leaves_the_scan_whole(desk: Desk) -> None:
    desk.scan(range(5))
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        separator = QKeyEvent(
            kind, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier, "\x1d"
        )
        QCoreApplication.sendEvent(desk.window, separator)
    desk.scan(range(5, len(NUMBER)))
    QTest.qWait(150)
    assert desk.scans == [NUMBER]
