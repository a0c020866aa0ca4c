"""The keys of one group, each in its cap beside what it does; painted as a whole.

Labels would cost more than the rest of the window: each one is dressed by the style sheet alone.
"""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import RADIUS, SPACE, TYPE
from ui.widgets.basics import say
from ui.widgets.shown import KeyGroup

_CAPS = 64
"""The least width of the column of caps, so that groups stand alike."""
_CAP_HIGH = 23
_IN_CAP = 6
_Role = QPalette.ColorRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class KeyList(QWidget):
    """Asks the palette for every colour; a screen reader is told all of it in one text."""

    def __init__(self, group: KeyGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self._offers = group.offers
        self._title = _font(self, TYPE.title, bold=True)
        self._cap = _font(self, TYPE.caption, bold=True)
        self._label = _font(self, TYPE.body)
        widths = map(QFontMetrics(self._cap).horizontalAdvance, (o.key for o in self._offers))
        self._caps = [width + 2 * _IN_CAP + 2 for width in widths]
        self._title_high = QFontMetrics(self._title).height()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        say(self, group.title, "；".join(f"{offer.key} {offer.label}" for offer in group.offers))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._whole

    @cached_property
    def _whole(self) -> QSize:
        """Asked for by each layout around it, and always the same."""
        words = map(QFontMetrics(self._label).horizontalAdvance, (o.label for o in self._offers))
        title = QFontMetrics(self._title).horizontalAdvance(self._group.title)
        wide = max(title, self._ends() + SPACE.m + max(words))
        return QSize(wide + SPACE.hair, self._top(len(self._offers)) - SPACE.s)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_title(painter)
            self._paint_caps(painter)
            self._paint_keys(painter)
            self._paint_labels(painter)

    def _paint_title(self, painter: QPainter) -> None:
        painter.setFont(self._title)
        painter.setPen(self.palette().color(_Role.Link))
        place = QRectF(0, 0, self.width(), self._title_high)
        painter.drawText(place, _MIDDLE, self._group.title)

    def _paint_caps(self, painter: QPainter) -> None:
        """Keys as on the keyboard: they are thicker at their foot."""
        painter.setPen(QPen(self.palette().color(_Role.Dark), 1))
        painter.setBrush(self.palette().color(_Role.Base))
        for at in range(len(self._offers)):
            cap = self._cap_place(at)
            painter.drawRoundedRect(cap, RADIUS.small, RADIUS.small)
            foot = int(cap.bottom()) - 1
            painter.drawLine(int(cap.left()) + 3, foot, int(cap.right()) - 3, foot)

    def _paint_keys(self, painter: QPainter) -> None:
        painter.setPen(self.palette().color(_Role.PlaceholderText))
        painter.setFont(self._cap)
        for at, offer in enumerate(self._offers):
            painter.drawText(self._cap_place(at), _CENTRE, offer.key)

    def _paint_labels(self, painter: QPainter) -> None:
        left = self._ends() + SPACE.m
        painter.setPen(self.palette().color(_Role.Text))
        painter.setFont(self._label)
        for at, offer in enumerate(self._offers):
            words = QRectF(left, self._top(at), self.width() - left, _CAP_HIGH)
            painter.drawText(words, _MIDDLE, offer.label)

    def _cap_place(self, at: int) -> QRectF:
        wide = self._caps[at]
        return QRectF(self._ends() - wide + 0.5, self._top(at) + 0.5, wide - 1, _CAP_HIGH - 1)

    def _ends(self) -> int:
        """Where every cap ends."""
        return max(_CAPS, *self._caps)

    def _top(self, at: int) -> int:
        return self._title_high + SPACE.s + at * (_CAP_HIGH + SPACE.s)


def _font(widget: QWidget, pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(widget.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font
