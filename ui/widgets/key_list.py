"""The keys of one group, each in its cap beside what it does; painted as a whole.

Labels would cost more than the rest of the window: each one is dressed by the style sheet alone.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import RADIUS, SPACE, TYPE
from ui.widgets.basics import say
from ui.widgets.shown import KeyGroup, Offer

_CAPS = 64
"""The least width of the column of caps, so that groups stand alike."""
_CAP_HIGH = 23
_IN_CAP = 6


class KeyList(QWidget):
    """Asks the palette for every colour; a screen reader is told all of it in one text."""

    def __init__(self, group: KeyGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        say(self, group.title, "；".join(f"{offer.key} {offer.label}" for offer in group.offers))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        words = QFontMetrics(self._font(TYPE.body))
        labels = max((words.horizontalAdvance(o.label) for o in self._group.offers), default=0)
        title = QFontMetrics(self._font(TYPE.title, bold=True)).horizontalAdvance(self._group.title)
        wide = max(title, self._caps() + SPACE.m + labels)
        return QSize(wide + SPACE.hair, self._top(len(self._group.offers)) - SPACE.s)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_title(painter)
            caps = self._caps()
            for at, offer in enumerate(self._group.offers):
                self._paint_offer(painter, offer, caps, self._top(at))

    def _paint_title(self, painter: QPainter) -> None:
        painter.setFont(self._font(TYPE.title, bold=True))
        painter.setPen(self.palette().color(self.palette().ColorRole.Link))
        place = QRectF(0, 0, self.width(), self._title_high())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._group.title)

    def _paint_offer(self, painter: QPainter, offer: Offer, caps: int, top: int) -> None:
        palette, role = self.palette(), self.palette().ColorRole
        wide = self._cap_width(offer.key)
        cap = QRectF(caps - wide + 0.5, top + 0.5, wide - 1, _CAP_HIGH - 1)
        painter.setPen(QPen(palette.color(role.Dark), 1))
        painter.setBrush(palette.color(role.Base))
        painter.drawRoundedRect(cap, RADIUS.small, RADIUS.small)
        foot = cap.bottom() - 1
        painter.drawLine(int(cap.left()) + 3, int(foot), int(cap.right()) - 3, int(foot))
        painter.setPen(palette.color(role.PlaceholderText))
        painter.setFont(self._font(TYPE.caption, bold=True))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, offer.key)
        painter.setPen(palette.color(role.Text))
        painter.setFont(self._font(TYPE.body))
        words = QRectF(caps + SPACE.m, top, self.width() - caps - SPACE.m, _CAP_HIGH)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, offer.label)

    def _caps(self) -> int:
        return max(_CAPS, *(self._cap_width(offer.key) for offer in self._group.offers))

    def _cap_width(self, key: str) -> int:
        bold = QFontMetrics(self._font(TYPE.caption, bold=True))
        return bold.horizontalAdvance(key) + 2 * _IN_CAP + 2

    def _top(self, at: int) -> int:
        return self._title_high() + SPACE.s + at * (_CAP_HIGH + SPACE.s)

    def _title_high(self) -> int:
        return QFontMetrics(self._font(TYPE.title, bold=True)).height()

    def _font(self, pixels: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setBold(bold)
        return font
