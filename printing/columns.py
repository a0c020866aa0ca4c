"""Three columns side by side: fees by kind, how the bill was divided, who pays (F1 4 and 5).

They are cut into bands of one row each, so that a page may end between any two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from desktop.domain.money import Money
from printing.blocks import LABEL, LEFT, RIGHT
from printing.elements import Block, Element, Ink, Rule
from printing.figures import KindRow, KindTable, Row, kind_table, payment_rows, scope_rows
from printing.slip import SettlementSlip
from printing.typesetter import Style, Typesetter

_GUTTER = 16.0
_SIDE = 118.0
_TABLE = RIGHT - LEFT - 2 * (_SIDE + _GUTTER)
_KIND = 50.0
"""Width of the column with the kinds' names."""
_PITCH = 10.0
"""Height of a row before it is stretched."""
_BASE = _PITCH * 0.68
_FIGURE = Style(7.2)
_SMALLEST_LABEL = 5.8
"""A label may be as small as those of the cells where that saves a line."""
_MOST_LINES = 4
_HEAD = Style(7.0, Ink.ACCENT, strong=True)


def bands(setter: Typesetter, slip: SettlementSlip) -> Iterator[Block]:
    """The three columns, row by row; a page break repeats the heads."""
    table = kind_table(slip.lines)
    scope = _rows(setter, scope_rows(slip), _scope_left())
    payment = _rows(setter, payment_rows(slip.settlement.split), _payment_left())
    head = _heads(setter, table)
    yield head
    for band in zip_longest(_kinds(setter, table), scope, payment):
        yield replace(_side_by_side([block for block in band if block]), head=head)


def _scope_left() -> float:
    return LEFT + _TABLE + _GUTTER


def _payment_left() -> float:
    return _scope_left() + _SIDE + _GUTTER


def _side_by_side(blocks: Sequence[Block]) -> Block:
    elements = (element for block in blocks for element in block.elements)
    return Block(_PITCH, tuple(elements), stretches=True)


def _heads(setter: Typesetter, table: KindTable) -> Block:
    base, line = _BASE, _PITCH * 0.98
    elements: list[Element] = [setter.left(LEFT, base, "费用类别", _HEAD)]
    for end, head in zip(_ends(table), table.heads, strict=True):
        elements.append(setter.right(end, base, head, LABEL))
    elements.append(Rule(LEFT, line, _TABLE, 0.7, Ink.ACCENT))
    for place, words in ((_scope_left(), "费用划分"), (_payment_left(), "支付构成")):
        elements.append(setter.left(place, base, words, _HEAD))
        elements.append(setter.right(place + _SIDE, base, "元", LABEL))
        elements.append(Rule(place, line, _SIDE, 0.7, Ink.ACCENT))
    return Block(_PITCH * 1.06, tuple(elements), stretches=True)


def _ends(table: KindTable) -> tuple[float, ...]:
    """Right edges of the figure columns."""
    step = (_TABLE - _KIND) / len(table.heads)
    return tuple(LEFT + _KIND + step * (at + 1) for at in range(len(table.heads)))


def _kinds(setter: Typesetter, table: KindTable) -> Iterator[Block]:
    """All figures of the table in one size, small enough for the longest."""
    step = (_TABLE - _KIND) / len(table.heads)
    every = (amount.yuan() for row in (*table.rows, table.total) for amount in row.cells if amount)
    strong = Style(_FIGURE.size, strong=True)
    size = min((setter.fitting(text, strong, step - 5).size for text in every), default=7.2)
    for row in table.rows:
        yield _kind(setter, row, table, Style(size))
    yield _kind(setter, table.total, table, Style(size, strong=True))


def _kind(setter: Typesetter, row: KindRow, table: KindTable, style: Style) -> Block:
    base = _BASE
    name = Style(_FIGURE.size, strong=style.strong)
    elements: list[Element] = [
        setter.left(LEFT, base, row.label, setter.fitting(row.label, name, _KIND - 4)),
        Rule(LEFT, _PITCH, _TABLE),
    ]
    for end, amount in zip(_ends(table), row.cells, strict=True):
        if amount is not None:
            elements.append(setter.right(end, base, amount.yuan(), _stepping_back(amount, style)))
    return Block(_PITCH, tuple(elements))


def _stepping_back(amount: Money, style: Style) -> Style:
    """A zero is quiet, so that the figures that count are seen."""
    return style if amount else replace(style, ink=Ink.QUIET)


def _rows(setter: Typesetter, rows: Sequence[Row], place: float) -> Iterator[Block]:
    """Label left, figure right; a long label goes on in the next band."""
    for row in rows:
        indent = 8.0 if row.part else 0.0
        figure = Style(6.6, Ink.QUIET) if row.part else _FIGURE
        room = _SIDE - indent - setter.width(row.value, figure) - 6
        style = _label_style(setter, row.label, figure, room)
        *upper, last = setter.balanced(row.label, style, room)
        value = setter.right(place + _SIDE, _BASE, row.value, figure)
        for line in upper:
            yield Block(_PITCH, (setter.left(place + indent, _BASE, line, style),))
        text = setter.left(place + indent, _BASE, last, style)
        yield Block(_PITCH, (text, value, Rule(place, _PITCH, _SIDE)))


def _label_style(setter: Typesetter, label: str, usual: Style, room: float) -> Style:
    """The type in which the label takes the fewest lines and is still legible."""
    for lines in range(1, _MOST_LINES):
        fitting = setter.fitting(label, usual, lines * room - (lines - 1) * usual.size)
        if fitting.size >= _SMALLEST_LABEL:
            return fitting
    return usual
