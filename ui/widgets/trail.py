"""The steps of a visit, and where it stands."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import SPACE, TYPE, Tone
from ui.widgets.basics import say
from ui.widgets.shapes import draw_mark, tone_ink
from ui.widgets.shown import Trail

_DOT = 20
_AFTER_DOT = 6


class Room(Struct, frozen=True):
    """How much is told: the lengths of the ways between the steps, and which steps have words."""

    way: int
    every_word: bool
    every_step: bool = True


_ROOMS = (
    Room(SPACE.xl, every_word=True),
    Room(SPACE.s, every_word=True),
    Room(SPACE.s, every_word=False),
    Room(0, every_word=False, every_step=False),
)
"""The widest first; then only the present step has its word; in the last one it stands alone."""


class StepTrail(QWidget):
    """Done steps have a tick, the present one its number on the accent, the others are quiet."""

    def __init__(self, trail: Trail | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trail = trail or Trail((), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.present(self._trail)

    def present(self, trail: Trail) -> None:
        self._trail = trail
        step = trail.steps[trail.at] if trail.at < len(trail.steps) else self.tr("全部完成")
        say(self, self.tr("第 {0} 步，共 {1} 步：{2}").format(trail.at + 1, len(trail.steps), step))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(92 * len(self._trail.steps), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left, room = 0.0, self.fitting()
            for at, step in self._told(room):
                left = self._paint_step(painter, left, at, step, room)

    def fitting(self) -> Room:
        """The widest that has room; the narrowest where none has."""
        return next((r for r in _ROOMS if self.needed(r) <= self.width()), _ROOMS[-1])

    def needed(self, room: Room) -> float:
        """The width of the whole trail."""
        steps = self._told(room)
        words = sum(_DOT + self._word_width(at, step, room) for at, step in steps)
        ways = (room.way + 2 * SPACE.s) * (len(steps) - 1)
        return words + ways

    def _told(self, room: Room) -> tuple[tuple[int, str], ...]:
        """The steps that are drawn, each with its place."""
        present = self._trail.at
        steps = tuple(enumerate(self._trail.steps))
        return steps if room.every_step else steps[present : present + 1] or steps[-1:]

    def _word_width(self, at: int, step: str, room: Room) -> int:
        """With the gap before it; 0 for a step without a word."""
        present = at == self._trail.at
        if not (present or room.every_word):
            return 0
        font = self._font(strong=present)
        return _AFTER_DOT + QFontMetrics(font).horizontalAdvance(step) + 2

    def _paint_step(self, painter: QPainter, left: float, at: int, step: str, room: Room) -> float:
        """Draw one step; where the next begins."""
        if at and room.every_step:
            left = self._paint_way(painter, left, room.way, done=at <= self._trail.at)
        dot = QRectF(left, (self.height() - _DOT) / 2, _DOT, _DOT)
        self._paint_dot(painter, dot, at)
        width = self._word_width(at, step, room)
        if width:
            painter.setFont(self._font(strong=at == self._trail.at))
            painter.setPen(self._ink(at))
            place = QRectF(dot.right() + _AFTER_DOT, 0, width - _AFTER_DOT, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, step)
        return dot.right() + width + SPACE.s

    def _paint_way(self, painter: QPainter, left: float, long: int, *, done: bool) -> float:
        role = self.palette().ColorRole
        painter.setPen(QPen(self.palette().color(role.Link if done else role.Mid), 2))
        middle = self.height() / 2
        painter.drawLine(int(left), int(middle), int(left) + long, int(middle))
        return left + long + SPACE.s

    def _paint_dot(self, painter: QPainter, dot: QRectF, at: int) -> None:
        palette, role = self.palette(), self.palette().ColorRole
        if at < self._trail.at:
            painter.save()
            painter.translate(dot.topLeft().x() + 2, dot.topLeft().y() + 2)
            draw_mark(painter, Tone.POSITIVE, palette.color(role.Link))
            painter.restore()
            return
        present = at == self._trail.at
        painter.setPen(Qt.PenStyle.NoPen if present else QPen(palette.color(role.Dark), 1.5))
        painter.setBrush(self._present_fill() if present else palette.color(role.Window))
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        painter.setFont(self._font(strong=True, size=TYPE.caption - 1))
        painter.setPen(palette.color(role.Base) if present else palette.color(role.PlaceholderText))
        painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, str(at + 1))

    def _present_fill(self) -> QColor:
        if self._trail.tone is Tone.INFO:
            return self.palette().color(self.palette().ColorRole.Link)
        return tone_ink(self._trail.tone, self.palette())

    def _ink(self, at: int) -> QColor:
        role = self.palette().ColorRole
        here = role.WindowText if at <= self._trail.at else role.PlaceholderText
        return self.palette().color(here)

    def _font(self, *, strong: bool, size: int = TYPE.body) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setBold(strong)
        return font
