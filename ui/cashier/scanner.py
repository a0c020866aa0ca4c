"""Keys of the window, told apart: a keyboard-wedge scanner's go to the presenter, others on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.input.wedge import Key, KeyKind, Scan, Typing, Undecided, Verdict, WedgeDetector

_SUFFIXES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_ALONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a key was going, and the event itself."""

    watched: QObject
    event: QKeyEvent


class Scanner(QObject):
    """Watches every key of the application while ``window`` is the active one."""

    def __init__(
        self,
        window: QWidget,
        prefix: str,
        clock: Callable[[], float],
        scanned: Callable[[Scan], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._clock = clock
        self._scanned = scanned
        self._detector = WedgeDetector(prefix)
        self._handing_on = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(lambda: self._do(self._detector.tick(self._clock())))
        self._application().installEventFilter(self)

    def stop(self) -> None:
        self._application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """True swallows the event: its key is kept back until it is clear whose it is."""
        if self._handing_on or not isinstance(event, QKeyEvent) or not self._ours(watched):
            return False
        if event.type() is not QEvent.Type.KeyPress or event.key() in _ALONE:
            return False
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        kind = _kind(event)
        if kind is KeyKind.OTHER:
            self._do(self._detector.flush())
            return False
        key = Key(
            kind, _text(event), self._clock(), event.isAutoRepeat(), _Origin(watched, event.clone())
        )
        self._do(self._detector.feed(key))
        return True

    def _ours(self, watched: QObject) -> bool:
        return isinstance(watched, QWidget) and watched.window() is self._window

    def _do(self, verdicts: Iterable[Verdict]) -> None:
        for verdict in verdicts:
            match verdict:
                case Scan():
                    self._scanned(verdict)
                case Typing(keys):
                    self._hand_on(keys)
                case Undecided(until):
                    self._timer.start(max(1, round((until - self._clock()) * 1000) + 1))
                case _:
                    pass

    def _hand_on(self, keys: Iterable[Key]) -> None:
        self._handing_on = True
        try:
            for key in keys:
                self._give(key)
        finally:
            self._handing_on = False

    def _give(self, key: Key) -> None:
        origin = key.origin
        assert isinstance(origin, _Origin)
        QCoreApplication.sendEvent(QApplication.focusWidget() or origin.watched, origin.event)

    def _application(self) -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None
        return application


def _kind(event: QKeyEvent) -> KeyKind:
    if event.key() in _SUFFIXES:
        return KeyKind.SUFFIX
    text = event.text()
    return KeyKind.TEXT if text and text.isprintable() else KeyKind.OTHER


def _text(event: QKeyEvent) -> str:
    return event.text() if event.text().isprintable() else ""
