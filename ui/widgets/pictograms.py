"""Line drawings of the things that a patient shows, in the accent's ink."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

_SIDE = 48


class Thing(Enum):
    """What is drawn."""

    CODE = "code"
    CARD = "card"
    KEYS = "keys"


class Pictogram(QWidget):
    """Drawn within 48 x 48; says nothing that the words beside it do not say."""

    def __init__(self, thing: Thing) -> None:
        super().__init__()
        self._draw = _DRAWINGS[thing]
        self.setFixedSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        ink = self.palette().color(self.palette().ColorRole.Link)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(ink, 2.5, Qt.PenStyle.SolidLine, cap, join))
            self._draw(painter)


def _code(painter: QPainter) -> None:
    """A QR code: three finders, and dots."""
    ink = painter.pen().color()
    for left, top in ((5, 5), (28, 5), (5, 28)):
        painter.drawRoundedRect(QRectF(left, top, 15, 15), 2, 2)
        painter.fillRect(QRectF(left + 5, top + 5, 5, 5), ink)
    for left, top in ((28, 28), (38, 28), (33, 33), (28, 38), (38, 38)):
        painter.fillRect(QRectF(left, top, 5, 5), ink)


def _card(painter: QPainter) -> None:
    """A card with its chip."""
    painter.drawRoundedRect(QRectF(3, 9, 42, 30), 4, 4)
    painter.drawRoundedRect(QRectF(10, 17, 11, 9), 2, 2)
    painter.drawLine(QPointF(28, 19), QPointF(38, 19))
    painter.drawLine(QPointF(10, 32), QPointF(38, 32))


def _keys(painter: QPainter) -> None:
    """A keyboard."""
    painter.drawRoundedRect(QRectF(3, 11, 42, 27), 4, 4)
    for top in (18, 24):
        for left in (10, 17, 24, 31, 37):
            painter.drawPoint(QPointF(left, top))
    painter.drawLine(QPointF(15, 31), QPointF(33, 31))


_DRAWINGS: dict[Thing, Callable[[QPainter], None]] = {
    Thing.CODE: _code,
    Thing.CARD: _card,
    Thing.KEYS: _keys,
}
