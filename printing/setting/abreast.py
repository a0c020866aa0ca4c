"""Tables of figures side by side, cut into bands of one row each.

A page may end between any two bands; the heads are repeated on the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.money import Money
from printing.elements import Block, Element, Ink, Rule
from printing.parts import Abreast, FigureList, FigureRow, FigureTable, Row
from printing.setting.styles import LABEL, TABLE_HEAD
from printing.typesetter import Style, Typesetter

_GUTTER = 16.0
_SIDE = 118.0
_KIND = 50.0
"""Width of the column with the rows' names."""
_PITCH = 10.0
"""Height of a row before it is stretched."""
_BASE = _PITCH * 0.68
_LINE = _PITCH * 0.98
_FIGURE = Style(7.2)
_SMALLEST_LABEL = 5.8
"""A label may be as small as those of the facts where that saves a line."""
_MOST_LINES = 4


class _Place(Struct, frozen=True):
    """Where a table stands."""

    x: float
    width: float


def abreast(setter: Typesetter, part: Abreast) -> Iterator[Block]:
    """The tables row by row."""
    places = _places(setter, part)
    pairs = list(zip(part.tables, places, strict=True))
    heads = [element for table, place in pairs for element in _head(setter, table, place)]
    head = Block(_PITCH * 1.06, tuple(heads), stretches=True)
    yield head
    for band in zip_longest(*(_rows(setter, table, place) for table, place in pairs)):
        elements = (element for row in band if row for element in row)
        yield Block(_PITCH, tuple(elements), head=head, stretches=True)
    yield Block(6, ())


def _places(setter: Typesetter, part: Abreast) -> tuple[_Place, ...]:
    """Lists are narrow beside a table; among themselves they share the width evenly."""
    frame, count = setter.frame, len(part.tables)
    lists = sum(isinstance(table, FigureList) for table in part.tables)
    free = frame.room - _GUTTER * (count - 1)
    side = free / count if lists == count else _SIDE
    wide = (free - lists * side) / max(1, count - lists)
    places, x = [], frame.left
    for table in part.tables:
        width = side if isinstance(table, FigureList) else wide
        places.append(_Place(x, width))
        x += width + _GUTTER
    return tuple(places)


def _head(setter: Typesetter, table: FigureTable | FigureList, place: _Place) -> Iterator[Element]:
    yield setter.left(place.x, _BASE, table.title, TABLE_HEAD)
    if isinstance(table, FigureList):
        yield setter.right(place.x + place.width, _BASE, "元", LABEL)
    else:
        for end, head in zip(_ends(table, place), table.heads, strict=True):
            yield setter.right(end, _BASE, head, LABEL)
    yield Rule(place.x, _LINE, place.width, 0.7, Ink.ACCENT)


def _rows(
    setter: Typesetter, table: FigureTable | FigureList, place: _Place
) -> Iterator[tuple[Element, ...]]:
    if isinstance(table, FigureList):
        return _list(setter, table.rows, place)
    return _figures(setter, table, place)


def _step(table: FigureTable, place: _Place) -> float:
    return (place.width - _KIND) / len(table.heads)


def _ends(table: FigureTable, place: _Place) -> tuple[float, ...]:
    """Right edges of the figure columns."""
    step = _step(table, place)
    return tuple(place.x + _KIND + step * (at + 1) for at in range(len(table.heads)))


def _figures(
    setter: Typesetter, table: FigureTable, place: _Place
) -> Iterator[tuple[Element, ...]]:
    """All figures of the table in one size, small enough for the longest."""
    step = _step(table, place)
    every = (amount.yuan() for row in (*table.rows, table.total) for amount in row.cells if amount)
    strong = Style(_FIGURE.size, strong=True)
    size = min((setter.fitting(text, strong, step - 5).size for text in every), default=7.2)
    for row in table.rows:
        yield _figure_row(setter, row, table, place, Style(size))
    yield _figure_row(setter, table.total, table, place, Style(size, strong=True))


def _figure_row(
    setter: Typesetter, row: FigureRow, table: FigureTable, place: _Place, style: Style
) -> tuple[Element, ...]:
    name = Style(_FIGURE.size, strong=style.strong)
    elements: list[Element] = [
        setter.left(place.x, _BASE, row.label, setter.fitting(row.label, name, _KIND - 4)),
        Rule(place.x, _PITCH, place.width),
    ]
    for end, amount in zip(_ends(table, place), row.cells, strict=True):
        if amount is not None:
            elements.append(setter.right(end, _BASE, amount.yuan(), _stepping_back(amount, style)))
    return tuple(elements)


def _stepping_back(amount: Money, style: Style) -> Style:
    """A zero is quiet, so that the figures that count are seen."""
    return style if amount else replace(style, ink=Ink.QUIET)


def _list(setter: Typesetter, rows: Sequence[Row], place: _Place) -> Iterator[tuple[Element, ...]]:
    """Label left, figure right; a long label goes on in the next band."""
    for row in rows:
        indent = 8.0 if row.part else 0.0
        figure = Style(6.6, Ink.QUIET) if row.part else _FIGURE
        room = place.width - indent - setter.width(row.value, figure) - 6
        style = _label_style(setter, row.label, figure, room)
        *upper, last = setter.balanced(row.label, style, room)
        value = setter.right(place.x + place.width, _BASE, row.value, figure)
        for line in upper:
            yield (setter.left(place.x + indent, _BASE, line, style),)
        text = setter.left(place.x + indent, _BASE, last, style)
        yield (text, value, Rule(place.x, _PITCH, place.width))


def _label_style(setter: Typesetter, label: str, usual: Style, room: float) -> Style:
    """The type in which the label takes the fewest lines and is still legible."""
    for lines in range(1, _MOST_LINES):
        fitting = setter.fitting(label, usual, lines * room - (lines - 1) * usual.size)
        if fitting.size >= _SMALLEST_LABEL:
            return fitting
    return usual
