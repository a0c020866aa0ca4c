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

from tests.rig.qt_watch import WatchedApplication
from tests.rig.town import townsman
from ui.cashier.scanner import Scanner
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
