"""Paints the cells of a table: quiet zeros, elided names, a hairline, a mark for trouble."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.tokens import DARK, LIGHT, SPACE, Tone
from ui.widgets.shapes import draw_mark

QUIET = Qt.ItemDataRole.UserRole + 1
"""True: the cell says nothing of weight (0.00, not told)."""
BOLD = Qt.ItemDataRole.UserRole + 2
TONE = Qt.ItemDataRole.UserRole + 3
"""The tone whose mark stands before the text."""

_MARK = 16
_Role = QPalette.ColorRole


class LinePainter(QStyledItemDelegate):
    """Asks the palette for every colour."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        palette: QPalette = option.palette
        area: QRect = option.rect
        painter.save()
        self._paint_ground(painter, option, area, palette)
        inner = area.adjusted(SPACE.s, 0, -SPACE.s, 0)
        if isinstance(tone := index.data(TONE), Tone):
            inner = self._paint_mark(painter, inner, tone, palette)
        self._paint_text(painter, option, inner, index, palette)
        painter.restore()

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(40, option.fontMetrics.height() + SPACE.m)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, palette: QPalette
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, palette.color(_Role.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, palette.color(_Role.AlternateBase))
        painter.setPen(palette.color(_Role.Mid))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _paint_mark(self, painter: QPainter, area: QRect, tone: Tone, palette: QPalette) -> QRect:
        """Draw the tone's shape; what is left of the area."""
        painter.save()
        painter.translate(QPoint(area.left(), area.center().y() - _MARK // 2))
        draw_mark(painter, tone, tone_ink(tone, palette))
        painter.restore()
        return area.adjusted(_MARK + SPACE.s, 0, 0, 0)

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        index: QModelIndex | QPersistentModelIndex,
        palette: QPalette,
    ) -> None:
        font = option.font
        font.setBold(bool(index.data(BOLD)))
        painter.setFont(font)
        painter.setPen(palette.color(_Role.PlaceholderText if index.data(QUIET) else _Role.Text))
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, index.data(Qt.ItemDataRole.TextAlignmentRole), fitting)


def tone_ink(tone: Tone, palette: QPalette) -> QColor:
    """The tone's ink of the theme that is worn: a palette has no place for tones."""
    dark = palette.color(_Role.Base).lightness() < palette.color(_Role.Text).lightness()
    return QColor((DARK if dark else LIGHT).tone(tone).ink)
