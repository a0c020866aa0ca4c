"""A shape for each tone, so that a state is told without its colour too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import DARK, LIGHT, Tone
from ui.widgets.basics import restyle

_Drawing = Callable[[QPainter, QColor], None]
"""Draws within 16 x 16."""


class Mark(QWidget):
    """The shape of a tone in the tone's ink."""

    def __init__(self, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NEUTRAL
        self._side = size
        self.setFixedSize(QSize(size, size))
        self.setProperty("tone", self._tone.value)

    @property
    def tone(self) -> Tone:
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        restyle(self, "tone", tone.value)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.scale(self._side / 16, self._side / 16)
            draw_mark(painter, self._tone, self.palette().color(self.foregroundRole()))


def draw_mark(painter: QPainter, tone: Tone, ink: QColor) -> None:
    """Draw the tone's shape within 16 x 16 at the painter's origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _DRAWINGS[tone](painter, ink)


def _pen(ink: QColor, width: float = 1.8) -> QPen:
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(ink, width, Qt.PenStyle.SolidLine, round_cap, round_join)


def _fill(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)


def _outline(painter: QPainter, ink: QColor, width: float = 1.8) -> None:
    painter.setPen(_pen(ink, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _ring(painter: QPainter, ink: QColor) -> None:
    _outline(painter, ink)
    painter.drawEllipse(QRectF(3, 3, 10, 10))


def _letter_i(painter: QPainter, ink: QColor) -> None:
    _outline(painter, ink, 1.5)
    painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
    painter.drawLine(QPointF(8, 7.5), QPointF(8, 11))
    _fill(painter, ink)
    painter.drawEllipse(QRectF(7, 4, 2, 2))


def _tick(painter: QPainter, ink: QColor) -> None:
    _outline(painter, ink, 2.2)
    painter.drawPolyline(QPolygonF([QPointF(2.5, 8.5), QPointF(6.5, 12.5), QPointF(13.5, 4)]))


def _triangle(painter: QPainter, ink: QColor) -> None:
    _outline(painter, ink, 1.6)
    painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.5, 13.5), QPointF(1.5, 13.5)]))
    painter.drawLine(QPointF(8, 6.5), QPointF(8, 9.2))
    _fill(painter, ink)
    painter.drawEllipse(QRectF(7.1, 10.6, 1.8, 1.8))


def _octagon(painter: QPainter, ink: QColor) -> None:
    near, far, edge, end = 5.0, 11.0, 1.5, 14.5
    corners = [(near, edge), (far, edge), (end, near), (end, far)]
    corners += [(far, end), (near, end), (edge, far), (edge, near)]
    _outline(painter, ink, 1.5)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.setPen(_pen(ink, 1.8))
    painter.drawLine(QPointF(5.6, 5.6), QPointF(10.4, 10.4))
    painter.drawLine(QPointF(10.4, 5.6), QPointF(5.6, 10.4))


def _question(painter: QPainter, ink: QColor) -> None:
    """A diamond with a question mark: nobody knows yet."""
    _outline(painter, ink, 1.5)
    painter.drawPolygon(QPolygonF([QPointF(8, 1), QPointF(15, 8), QPointF(8, 15), QPointF(1, 8)]))
    hook = QPainterPath(QPointF(6.3, 6.4))
    hook.cubicTo(6.3, 4.2, 9.9, 4.2, 9.7, 6.5)
    hook.cubicTo(9.6, 7.7, 8, 7.8, 8, 9.2)
    painter.setPen(_pen(ink, 1.4))
    painter.drawPath(hook)
    _fill(painter, ink)
    painter.drawEllipse(QRectF(7.2, 10.4, 1.7, 1.7))


_DRAWINGS: dict[Tone, _Drawing] = {
    Tone.NEUTRAL: _ring,
    Tone.INFO: _letter_i,
    Tone.POSITIVE: _tick,
    Tone.WARNING: _triangle,
    Tone.DANGER: _octagon,
    Tone.UNKNOWN: _question,
}


def tone_ink(tone: Tone, palette: QPalette) -> QColor:
    """The tone's ink of the theme that is worn: a palette has no place for tones."""
    dark = (
        palette.color(QPalette.ColorRole.Base).lightness()
        < palette.color(QPalette.ColorRole.Text).lightness()
    )
    return QColor((DARK if dark else LIGHT).tone(tone).ink)
