"""Something is being done: seen after 300 ms, with the seconds after 3 s."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.basics import column, row, say, text
from ui.widgets.keys import KeyButton
from ui.widgets.shown import Busy, Offer

APPEARS_AFTER = 0.3
"""Seconds; what is quicker shows nothing, so nothing flickers."""
COUNTS_AFTER = 3.0
"""Seconds from which on the strip says how long it has taken."""
_KEY_HEIGHT = 36
_LEAST = 320
_HEIGHT = 64
_FRAME_MS = 40
_ROUND_SECONDS = 1.6


class BusyStrip(QFrame):
    """Floats over the page, so that nothing jumps; not there while nothing is busy.

    ``now`` reads the seconds that :class:`Busy` counts from (``time.monotonic`` in the window).
    """

    taken = Signal(object)
    """The intent of the offer to break off."""

    def __init__(self, now: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._busy: Busy | None = None
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def present(self, busy: Busy | None) -> None:
        if busy is None and self._busy is None:
            return
        self.rehearse()
        self._busy = busy
        if busy is None:
            self._timer.stop()
        else:
            self._doing.setText(busy.doing)
            self._show_cancel(busy.cancel)
            self._timer.start()
        self.refresh()

    def rehearse(self) -> None:
        """Make what it shows, before the first time."""
        if self.layout() is None:
            self.hide()
            self._arrange()

    @property
    def wide(self) -> int:
        """As wide as what it says, with a minute's seconds and its key."""
        ruler = self.fontMetrics()
        words = (self._doing.text(), self.tr("已用 {0} 秒").format(100))
        needed = sum(map(ruler.horizontalAdvance, words)) + SPACE.m + 2 * SPACE.l + SPACE.xl
        if self._cancel.offer.label:
            needed += self._cancel.sizeHint().width() + SPACE.m
        return max(_LEAST, needed)

    @property
    def is_seen(self) -> bool:
        return self._busy is not None and self._elapsed >= APPEARS_AFTER

    def refresh(self) -> None:
        """Show what the time source says now; the timer's slot."""
        seen, counts = self.is_seen, self.is_seen and self._elapsed >= COUNTS_AFTER
        self.setVisible(seen)
        self._runner.move_to(self._elapsed / _ROUND_SECONDS % 1.0 if seen else None)
        self._doing.setVisible(seen)
        self._seconds.setVisible(counts)
        self._cancel.setVisible(seen and bool(self._cancel.offer.label))
        if counts:
            self._seconds.setText(self.tr("已用 {0} 秒").format(int(self._elapsed)))
        if seen and self._busy is not None:
            say(self, self._busy.doing, self._seconds.text() if counts else "")

    @property
    def _elapsed(self) -> float:
        return self._now() - self._busy.since if self._busy else 0.0

    def _show_cancel(self, offer: Offer | None) -> None:
        self._cancel.present(offer or Offer(None, ""))

    def _arrange(self) -> None:
        line = row(spacing=SPACE.m)
        line.addWidget(self._doing)
        line.addWidget(self._seconds)
        line.addStretch(1)
        line.addWidget(self._cancel)
        layout = column(spacing=SPACE.xs, margins=(SPACE.l, SPACE.s, SPACE.l, SPACE.s))
        layout.addLayout(line, 1)
        layout.addWidget(self._runner)
        self._cancel.setFixedHeight(_KEY_HEIGHT)
        self.setLayout(layout)

    @cached_property
    def _runner(self) -> _Runner:
        return _Runner()

    @cached_property
    def _doing(self) -> QLabel:
        return text("body")

    @cached_property
    def _seconds(self) -> QLabel:
        return text("muted")

    @cached_property
    def _cancel(self) -> KeyButton:
        cancel = KeyButton(Offer(None, ""), flat=True)
        cancel.taken.connect(self.taken)
        return cancel

    @cached_property
    def _timer(self) -> QTimer:
        timer = QTimer(self, interval=_FRAME_MS)
        timer.timeout.connect(self.refresh)
        return timer


class _Runner(QWidget):
    """A light that runs along a line."""

    def __init__(self) -> None:
        super().__init__()
        self._at: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(100, 4)

    def move_to(self, at: float | None) -> None:
        """A place from 0 to 1 along its way, or None to rest."""
        if at != self._at:
            self._at = at
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._at is None:
            return
        light = self.palette().color(self.palette().ColorRole.Link)
        length = self.width() * 0.22
        left = self._at * (self.width() + length) - length
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self.palette().color(self.palette().ColorRole.Mid))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(light)
            painter.drawRoundedRect(QRectF(left, 0, length, self.height()), 2, 2)
