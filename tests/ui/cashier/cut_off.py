"""What of a window cannot be read: cut off, pressed flat, outside of it, or under something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionFrame,
    QTableView,
    QWidget,
)

from ui.widgets.fact_flow import FactFlow
from ui.widgets.key_list import KeyList
from ui.widgets.keys import KeyBar, KeyButton
from ui.widgets.line_table import ROW_HEIGHT, LineTable
from ui.widgets.trail import StepTrail

_BESIDE_WORDS = 4
"""Dots that a button keeps free around its word, at least."""
_ORDINARY_COLUMNS = 4


def settle(app: QApplication) -> None:
    """Every layout has told the one above it."""
    for _floor in range(8):
        app.processEvents()


def cut_off(window: QWidget) -> list[str]:
    """The words that have less room than they need, lie outside of the window, or collide."""
    readable = [part for part in window.findChildren(QWidget) if part.isVisible() and words(part)]
    cut = [words(part) for part in readable if _is_pressed(part) or not _inside(part, window)]
    return [*cut, *_collisions(readable), *_columns_out_of_sight(window)]


def keys_out_of_reach(window: QWidget) -> list[str]:
    """Keys at the foot whose middle no mouse comes to, or that are not whole within the window."""
    (bar,) = window.findChildren(KeyBar)
    keys = [key for key in bar.findChildren(QAbstractButton) if key.isVisible()]
    return [
        key.accessibleName()
        for key in keys
        if window.childAt(key.mapTo(window, key.rect().center())) is not key
        or not window.rect().contains(QRect(key.mapTo(window, QPoint(0, 0)), key.size()))
    ]


def whole_rows(window: QWidget) -> list[int]:
    """How many lines of each table of charges are seen whole at once."""
    tables = [table for table in window.findChildren(LineTable) if table.isVisible()]
    return [table.viewport().height() // ROW_HEIGHT for table in tables]


def words(part: QWidget) -> str:
    """What a person reads on this very widget; "" on one that only holds others."""
    match part:
        case QLabel():
            return part.text()
        case QLineEdit():
            return part.text() or part.placeholderText() or part.accessibleName()
        case QAbstractButton() | KeyList() | StepTrail() | FactFlow():
            return part.accessibleName() or getattr(part, "text", str)()
        case _:
            return ""


def _is_pressed(part: QWidget) -> bool:
    needed = _needed(part)
    return part.width() < needed.width() or part.height() < needed.height()


def _needed(part: QWidget) -> QSize:
    """The least room in which all of it can be read."""
    match part:
        case QLabel() if part.wordWrap():
            return QSize(0, part.heightForWidth(part.width()))
        case FactFlow():
            return QSize(part.minimumSizeHint().width(), part.heightForWidth(part.width()))
        case QLineEdit():
            return QSize(_needed_by_field(part), part.minimumSizeHint().height())
        case StepTrail():
            return QSize(int(part.needed(part.fitting())), 0)
        case QPushButton() if not isinstance(part, KeyButton):
            word = part.fontMetrics().horizontalAdvance(part.text())
            return QSize(word + 2 * _BESIDE_WORDS, part.fontMetrics().height())
        case _:
            return part.sizeHint()


def _needed_by_field(field: QLineEdit) -> int:
    """What is typed may be longer than the field; what it asks for may not."""
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inner = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    around = field.width() - inner.width() + _BESIDE_WORDS
    hint = "" if field.text() else field.placeholderText()
    return field.fontMetrics().horizontalAdvance(hint) + around


def _inside(part: QWidget, window: QWidget) -> bool:
    """Within everything that holds it, or to be scrolled to; nothing is scrolled sideways."""
    place = QRect(QPoint(0, 0), part.size())
    inner = part
    while inner is not window:
        outer = inner.parentWidget()
        assert outer is not None
        place.translate(inner.pos())
        room = outer.rect()
        if _scrolls(outer):
            place.moveTop(0)
            place.setHeight(min(place.height(), room.height()))
        if not room.contains(place):
            return False
        inner = outer
    return True


def _scrolls(viewport: QWidget) -> bool:
    area = viewport.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is viewport


def _collisions(readable: list[QWidget]) -> Iterator[str]:
    """Words over words, of those that stand in the same frame."""
    for one, other in combinations(readable, 2):
        if one.parentWidget() is other.parentWidget() and one.geometry().intersects(
            other.geometry()
        ):
            yield f"{words(one)} × {words(other)}"


def _columns_out_of_sight(window: QWidget) -> Iterator[str]:
    """Name, price, quantity and amount are always there; the platform's own may be scrolled to."""
    for table in window.findChildren(QTableView):
        wide = sum(map(table.columnWidth, range(_ORDINARY_COLUMNS)))
        if table.isVisible() and wide > table.viewport().width():
            yield f"{table.accessibleName()}: {wide} > {table.viewport().width()}"
