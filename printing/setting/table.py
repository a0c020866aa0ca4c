"""Tables of any length: one row a block, the heads repeated on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from desktop.domain.money import ZERO
from printing.elements import Block, Element, Ink, Panel, Rule, Text
from printing.parts import Column, Table, TableRow
from printing.setting.styles import HEADING
from printing.typesetter import Style, Typesetter

_GAP = 4.0
"""Between two columns."""
_ZERO = ZERO.yuan()
_SHRUNK = 0.8
"""A text may be set this much smaller before it is broken."""


class _Place(Struct, frozen=True):
    """Where the cells of a column stand."""

    x: float
    room: float
    right: bool

    @property
    def end(self) -> float:
        return self.x + self.room


def table(setter: Typesetter, part: Table) -> Iterator[Block]:
    places = _places(setter, part.columns)
    head = _head(setter, part, places)
    yield head
    for row in part.rows:
        yield _label(setter, row, head) if row.label else _row(setter, part, places, row, head)
    yield Block(6, ())


def _places(setter: Typesetter, columns: Sequence[Column]) -> tuple[_Place, ...]:
    frame = setter.frame
    unit = (frame.room + _GAP) / sum(column.share for column in columns)
    places, x = [], frame.left
    after_figure = False
    for column in columns:
        width = column.share * unit
        inset = _GAP * 2 if after_figure and not column.right else 0.0
        places.append(_Place(x + inset, width - _GAP - inset, column.right))
        x, after_figure = x + width, column.right
    return tuple(places)


def _head(setter: Typesetter, part: Table, places: Sequence[_Place]) -> Block:
    size = part.size
    style = Style(size * 0.92, Ink.ACCENT, strong=True)
    lower = Style(size * 0.92, Ink.QUIET)
    heads = _cells(setter, [column.head for column in part.columns], places, style)
    below = _cells(setter, [column.lower for column in part.columns], places, lower)
    upper = max(map(len, heads))
    depth = size * 1.35 * (upper + max(map(len, below))) + size * 0.5
    elements: list[Element] = [
        *_set(setter, heads, places, style, size * 1.1),
        *_set(setter, below, places, lower, size * (1.1 + 1.3 * upper)),
        Rule(setter.frame.left, depth - size * 0.3, setter.frame.room, 0.8, Ink.ACCENT),
    ]
    return Block(depth, tuple(elements))


def _row(
    setter: Typesetter, part: Table, places: Sequence[_Place], row: TableRow, head: Block
) -> Block:
    size, frame = part.size, setter.frame
    style = Style(size, strong=row.strong)
    quiet = Style(size, Ink.QUIET if not row.strong else Ink.TEXT)
    cells = _cells(setter, row.cells, places, style)
    below = _cells(setter, row.lower, places, quiet) if row.lower else ()
    upper = max(map(len, cells))
    depth = size * 1.35 * (upper + max(map(len, below), default=0)) + size * 0.55
    elements: list[Element] = [
        *((Panel(frame.left - 3, 0, frame.room + 6, depth, Ink.TINT, 1.5),) if row.strong else ()),
        *_set(setter, cells, places, style, size * 1.15),
        *_set(setter, below, places, quiet, size * (1.15 + 1.3 * upper)),
        Rule(frame.left, depth, frame.room, 0.3),
    ]
    return Block(depth, tuple(elements), head=head)


def _label(setter: Typesetter, row: TableRow, head: Block) -> Block:
    text = setter.left(setter.frame.left, 12.5, row.label, HEADING)
    return Block(17, (text,), head=head, keeps=True)


def _cells(
    setter: Typesetter, texts: Sequence[str], places: Sequence[_Place], style: Style
) -> tuple[tuple[tuple[str, Style], ...], ...]:
    """Each cell in lines that fit its column."""
    pairs = zip(texts, places, strict=True)
    return tuple(_lines(setter, text, place, style) for text, place in pairs)


def _lines(
    setter: Typesetter, text: str, place: _Place, style: Style
) -> tuple[tuple[str, Style], ...]:
    """As it is, else a little smaller, else in lines of that size; a figure is never broken."""
    if not text:
        return ()
    fitting = setter.fitting(text, style, place.room)
    if place.right or fitting.size >= style.size * _SHRUNK:
        return ((text, fitting),)
    small = Style(style.size * _SHRUNK, style.ink, style.strong)
    return tuple((line, small) for line in setter.wrapped(text, small, place.room))


def _stepping_back(text: str, style: Style) -> Style:
    """A zero is quiet, so that the figures that count are seen."""
    if text != _ZERO or style.strong:
        return style
    return Style(style.size, Ink.QUIET)


def _set(
    setter: Typesetter,
    cells: Sequence[Sequence[tuple[str, Style]]],
    places: Sequence[_Place],
    style: Style,
    baseline: float,
) -> Iterator[Text]:
    for lines, place in zip(cells, places, strict=bool(cells)):
        for at, (line, fitted) in enumerate(lines):
            y = baseline + at * style.size * 1.3
            if place.right:
                yield setter.right(place.end, y, line, _stepping_back(line, fitted))
            else:
                yield setter.left(place.x, y, line, fitted)
