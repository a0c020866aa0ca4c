"""Paints the cells of a table: quiet zeros, elided names, a hairline, a mark for trouble."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.tokens import SPACE, Tone
from ui.widgets.shapes import draw_mark, tone_ink

CELL = Qt.ItemDataRole.UserRole + 1
"""The role of :class:`Cell`: one question for all that a cell needs, since each one costs."""

_MARK = 16
_Role = QPalette.ColorRole
_ACTIVE = QPalette.ColorGroup.Active


class Cell(Struct, frozen=True):
    """What is painted in a cell."""

    words: str
    align: Qt.AlignmentFlag
    quiet: bool = False
    """Nothing of weight: 0.00, or not told."""
    bold: bool = False
    tone: Tone | None = None
    """The mark before the words."""
    mark: str = ""
    """What the tone means, in a word beside its shape."""
    gutter: str | None = None
    """Keeps the place of a mark with this word, also without one."""


class LinePainter(QStyledItemDelegate):
    """Asks the palette for every colour."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell: Cell = index.data(CELL)
        area: QRect = option.rect
        palette: QPalette = option.palette
        paint_ground(painter, option, area, palette)
        inner = area.adjusted(SPACE.s, 0, -SPACE.s, 0)
        if cell.tone is not None:
            paint_mark(painter, inner.left(), inner.center().y(), cell.tone, palette)
            self._paint_meaning(painter, option.font, inner, cell, palette)
        if cell.gutter is not None:
            word = option.fontMetrics.horizontalAdvance(cell.gutter)
            inner.setLeft(inner.left() + _MARK + SPACE.s + (word + SPACE.xs if word else 0))
        if cell.words:
            self._paint_words(painter, option.font, inner, cell, palette)

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(40, option.fontMetrics.height() + SPACE.m)

    def _paint_meaning(
        self, painter: QPainter, font: QFont, area: QRect, cell: Cell, palette: QPalette
    ) -> None:
        """The word of the mark, in its ink."""
        assert cell.tone is not None
        beside = area.adjusted(_MARK + SPACE.xs, 0, 0, 0)
        painter.setFont(font)
        painter.setPen(tone_ink(cell.tone, palette))
        painter.drawText(beside, cell.align, cell.mark)

    def _paint_words(
        self, painter: QPainter, font: QFont, area: QRect, cell: Cell, palette: QPalette
    ) -> None:
        font.setBold(cell.bold)
        painter.setFont(font)
        ink = _Role.PlaceholderText if cell.quiet else _Role.Text
        painter.setPen(palette.color(_ACTIVE, ink))  # the total cannot be chosen, yet is no less
        metrics = painter.fontMetrics()
        fitting = metrics.elidedText(cell.words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, cell.align, fitting)


def paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, area: QRect, palette: QPalette
) -> None:
    """The row's fill, and the hairline under it."""
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, palette.color(_Role.Highlight))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, palette.color(_Role.AlternateBase))
    painter.setPen(palette.color(_Role.Mid))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def paint_mark(painter: QPainter, left: int, middle: int, tone: Tone, palette: QPalette) -> None:
    """The tone's shape, its middle at the height ``middle``."""
    painter.save()
    painter.translate(left, middle - _MARK // 2)
    draw_mark(painter, tone, tone_ink(tone, palette))
    painter.restore()


def bold(font: QFont) -> QFont:
    """The same font, strong: what a total is written in."""
    strong = QFont(font)
    strong.setBold(True)
    return strong
