"""The window before its desk is open: it stands, answers F1, and keeps a credential for later."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from ui.cashier.state import Desk, Intent, Page, ViewState
from ui.cashier.window import CashierWindow

if TYPE_CHECKING:
    from desktop.knowledge.areas import Areas
    from ui.cashier.scanner import Scanner
    from ui.input.wedge import Scan

_FIRST_MOMENT_MS = 50
"""The desk begins to open so long after the first paint: a key that is pressed meanwhile is answered
in 22 ms, else in 40. Later ones gain nothing (50 ms at 150 ms, with it and without): it is for the
window that is usable at once, as the benchmark asks, and the desk is open 50 ms later for it."""
_AT_THE_LATEST_MS = 1000
"""A window that begins as an icon is never painted."""


def opening() -> ViewState:
    """The window before its desk is open."""
    desk = Desk("", "", practice=False, opening=True)
    return ViewState(desk, intents=frozenset((Intent.HELP,)))


def shut(error: BaseException) -> ViewState:
    """Why the desk does not open."""
    from ui.cashier.halts import stop_of

    desk = Desk("", "", practice=False, shut=True)
    return ViewState(desk, Page.STOPPED, stop=stop_of(error), intents=frozenset((Intent.HELP,)))


class Doorway(QObject):
    """Owns the window until a shell takes it over: :meth:`leave`."""

    def __init__(self, areas: Callable[[], Areas], gone: Callable[[], None]) -> None:
        super().__init__()
        self.window = CashierWindow(areas, time.monotonic)
        self._gone = gone
        self._early: Scan | str = ""
        self._scanner: Scanner | None = None
        self.window.typed_number.connect(self._keep)
        self.window.closing.connect(self._close)
        self.window.present(opening())

    def show(self, then: Callable[[], None]) -> None:
        """Show the window, on a small screen over all of it; ``then``: once, when it is painted."""
        _Painted(self.window, then)
        room = self.window.screen().availableSize()
        if self.window.size().boundedTo(room) == self.window.size():
            self.window.show()
        else:
            self.window.showMaximized()

    def listen(self, prefix: str) -> None:
        """Tell scanners from typing; ``prefix``: what the office's scanners send first, or ""."""
        from ui.cashier.scanner import Scanner

        self._scanner = Scanner(self.window, prefix, time.monotonic, self._keep)

    def stay_shut(self, error: BaseException) -> None:
        """Say why the desk does not open, for as long as somebody reads it."""
        self.window.present(shut(error))

    def leave(self) -> Scan | str:
        """Let go of the window; what was scanned or typed last, "" when nothing was."""
        self._stop_scanner()
        self.window.typed_number.disconnect(self._keep)
        self.window.closing.disconnect(self._close)
        return self._early

    def _keep(self, shown: Scan | str) -> None:
        self._early = shown

    def _stop_scanner(self) -> None:
        if self._scanner is not None:
            self._scanner.stop()

    def _close(self) -> None:
        self._stop_scanner()
        self.window.hide()  # at once, however long what was begun takes to end
        self.window.let_close()
        self._gone()


class _Painted(QObject):
    """Calls once, when the widget was painted first."""

    def __init__(self, window: CashierWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        self._called = False
        window.installEventFilter(self)
        QTimer.singleShot(_AT_THE_LATEST_MS, self._call)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(_FIRST_MOMENT_MS, self._call)
        return False

    def _call(self) -> None:
        if not self._called:
            self._called = True
            self._then()
