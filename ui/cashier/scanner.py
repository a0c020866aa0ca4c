"""Keys of the window, told apart: a keyboard-wedge scanner's go to the presenter, others on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QWidget

from ui.input.key_times import KeyTimes
from ui.input.wedge import (
    Key,
    KeyKind,
    Scan,
    Timing,
    Typing,
    Undecided,
    Verdict,
    WedgeDetector,
)

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
_STRUCK = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
"""Qt asks by the first whether the key is a shortcut's, before any shortcut acts."""
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_SEPARATORS = frozenset("\x1c\x1d\x1e\x1f")
"""Ctrl with a key, as a scanner sends the separators within a code."""
_FUNCTIONS = range(Qt.Key.Key_F1, Qt.Key.Key_F35 + 1)
_LATE = 0.050
"""Seconds; a timer so late tells of a window that was held up, whose keys come after it."""


class Scanner(QObject):
    """Watches every key that the system gives to ``window``.

    It listens where keys come in, at the system's window, not at the application: there it would be
    asked about each of the thousand events between widgets, and each time the Qt thread would wait
    for the interpreter until a thread that computes gives it up.
    """

    def __init__(
        self,
        window: QWidget,
        prefix: str,
        clock: Callable[[], float],
        scanned: Callable[[Scan], None],
        timing: Timing | None = None,
    ) -> None:
        super().__init__(window)
        self._clock = clock
        self._times = KeyTimes(clock)
        self._due = 0.0
        self._heard_all = False
        self._scanned = scanned
        self._detector = WedgeDetector(prefix, timing)
        self._handing_on = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._silent)
        self._widget, self._window = window, _system_window(window)
        self._window.installEventFilter(self)

    def stop(self) -> None:
        self._window.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """True swallows the event: its key is kept back until it is clear whose it is."""
        if self._handing_on or not isinstance(event, QKeyEvent):
            return False
        if event.type() not in _STRUCK or event.key() in _ALONE:
            return False
        if _commands(event):
            self._do(self._detector.flush())
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            return _kind(event) is KeyKind.FUNCTION and _kept_from_shortcuts(event)
        if event.modifiers() & ~_PLAIN:
            return False
        self._feed(event)
        return True

    def _feed(self, event: QKeyEvent) -> None:
        key = Key(
            _kind(event),
            _text(event),
            self._times.struck(event.timestamp()),
            event.isAutoRepeat(),
            event.clone(),
        )
        self._do(self._detector.feed(key))

    def _silent(self) -> None:
        """The time is up; keys that were struck in time but wait behind it are heard first."""
        if self._clock() - self._due > _LATE:
            self._wait(0)
        elif not self._heard_all:
            self._heard_all = True
            self._timer.start(0)
        else:
            self._do(self._detector.tick(self._times.now()))

    def _wait(self, seconds: float) -> None:
        wait = max(1, round(seconds * 1000) + 1)
        self._due, self._heard_all = self._clock() + wait / 1000, False
        self._timer.start(wait)

    def _do(self, verdicts: Iterable[Verdict]) -> None:
        for verdict in verdicts:
            match verdict:
                case Scan():
                    self._scanned(verdict)
                case Typing(keys):
                    self._hand_on(keys)
                case Undecided(until):
                    self._wait(until - self._times.now())
                case _:
                    pass

    def _hand_on(self, keys: Iterable[Key]) -> None:
        self._handing_on = True
        try:
            for key in keys:
                assert isinstance(key.origin, QKeyEvent)
                if key.kind is KeyKind.FUNCTION:
                    self._act(key.origin)
                else:
                    QCoreApplication.sendEvent(self._window, key.origin)
        finally:
            self._handing_on = False

    def _act(self, event: QKeyEvent) -> None:
        """The shortcut that Qt would have called; a key that is none goes where keys go."""
        shortcut = self._shortcut(QKeySequence(event.key()))
        if shortcut is None:
            QCoreApplication.sendEvent(self._window, event)
        elif self._window.isActive() and not event.isAutoRepeat():
            shortcut.activated.emit()

    def _shortcut(self, keys: QKeySequence) -> QShortcut | None:
        near = Qt.FindChildOption.FindDirectChildrenOnly
        known = self._widget.findChildren(QShortcut, options=near)
        return next((shortcut for shortcut in known if shortcut.key() == keys), None)


def _system_window(widget: QWidget) -> QWindow:
    """What the system knows of the widget; it is made now if it was not yet."""
    widget.winId()
    window = widget.windowHandle()
    assert window is not None
    return window


def _commands(event: QKeyEvent) -> bool:
    """Whether the key gives no text but does something: what was struck before it comes first."""
    if event.modifiers() & _COMMANDING:
        return event.text() not in _SEPARATORS
    return not event.modifiers() & ~_PLAIN and _kind(event) is KeyKind.OTHER


def _kept_from_shortcuts(event: QKeyEvent) -> bool:
    """Accepted, the key comes as a key press next, and no shortcut is looked for."""
    event.accept()
    return True


def _kind(event: QKeyEvent) -> KeyKind:
    if event.key() in _SUFFIXES:
        return KeyKind.SUFFIX
    if _is_function(event):
        return KeyKind.FUNCTION
    text = event.text()
    return KeyKind.TEXT if text and text.isprintable() else KeyKind.OTHER


def _is_function(event: QKeyEvent) -> bool:
    """A scanner sends it alone: Shift+F8 is a person's."""
    return event.key() in _FUNCTIONS and event.modifiers() == Qt.KeyboardModifier.NoModifier


def _text(event: QKeyEvent) -> str:
    if _is_function(event):
        return QKeySequence(event.key()).toString()
    return event.text() if event.text().isprintable() else ""
