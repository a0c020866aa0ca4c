"""A scanner that sends a function key before each code, at the whole window (cards.md A8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.domain.visit import State
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import shell_of
from tests.ui.conftest import Wait
from ui.cashier.news import News
from ui.cashier.shell import CashierShell
from ui.cashier.state import Page

PERSON, NEXT = townsman(0), townsman(1)
BEGAN = 50_000_000


@pytest.fixture(params=["", "F9"], ids=["untold", "told"])
def at_split(
    request: pytest.FixtureRequest, booth: Booth, qt_app: WatchedApplication, wait_until: Wait
) -> Iterator[CashierShell]:
    """Everything is agreed: F9 settles."""
    booth.drop(PERSON)
    with shell_of(booth, qt_app, request.param) as shell:
        field = shell.window.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText(str(PERSON["certno"]))
        field.returnPressed.emit()
        wait_until(lambda: shell.presenter.state.page is Page.OFFER)
        QTest.keyClick(shell.window.windowHandle(), Qt.Key.Key_F8)
        wait_until(lambda: bool(shell.presenter.state.checked_by))
        yield shell


def strike(shell: CashierShell, key: Qt.Key, text: str, stamp: int) -> None:
    """As Qt does: a key that nobody keeps from the shortcuts acts, any other is pressed."""
    system = shell.window.windowHandle()
    assert system is not None
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(stamp)
        event.setAccepted(False)
        QCoreApplication.sendEvent(system, event)
        if kind is QEvent.Type.ShortcutOverride and not text and not event.isAccepted():
            QTest.keyClick(system, key)


def scan(shell: CashierShell, text: str, suffix: Qt.Key) -> None:
    """F9, the code, the suffix, four milliseconds apart, however long this takes."""
    strike(shell, Qt.Key.Key_F9, "", BEGAN)
    for place, character in enumerate(text, 1):
        strike(shell, Qt.Key(ord(character)), character, BEGAN + 4 * place)
    strike(shell, suffix, "\r", BEGAN + 4 * len(text) + 4)


@pytest.mark.parametrize("suffix", [Qt.Key.Key_Return, Qt.Key.Key_Tab], ids=["enter", "tab"])
def test_the_scanners_f9_settles_nothing_and_a_persons_does(
    at_split: CashierShell, booth: Booth, wait_until: Wait, suffix: Qt.Key
) -> None:
    """The next patient's code is read before the present one has agreed."""
    scan(at_split, str(NEXT["certno"]), suffix)
    assert at_split.presenter.state.note is News.FINISH_FIRST
    assert at_split.presenter.state.busy is None
    assert booth.record().state is State.PRESETTLED
    QTest.keyClick(at_split.window.windowHandle(), Qt.Key.Key_F9)
    assert at_split.presenter.state.busy is None
    wait_until(lambda: at_split.presenter.state.page is Page.SETTLED)
    assert booth.record().state is State.SETTLED


def test_a_function_key_that_is_no_shortcut_goes_where_keys_go(
    shell: CashierShell, wait_until: Wait
) -> None:
    """F24 of a scanner that the window has no use for; with Shift no key is kept back."""
    heard: list[int] = []
    field = shell.window.focusWidget()
    assert field is not None
    listener = _Listener(heard)
    field.installEventFilter(listener)
    QTest.keyClick(shell.window.windowHandle(), Qt.Key.Key_F24)
    QTest.keyClick(shell.window.windowHandle(), Qt.Key.Key_F24, Qt.KeyboardModifier.ShiftModifier)
    wait_until(lambda: heard.count(Qt.Key.Key_F24) == 2)
    field.removeEventFilter(listener)


class _Listener(QObject):
    """Notes each key press of a widget."""

    def __init__(self, heard: list[int]) -> None:
        super().__init__()
        self._heard = heard

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._heard.append(event.key())
        return False
