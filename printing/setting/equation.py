"""The bill in one line, and amounts of cash with their 大写."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.money import Money, in_words
from printing.elements import Block, Element, Ink, Panel, Text
from printing.parts import Equation, Total
from printing.typesetter import Style, Typesetter

_DEPTH = 42.0
_CASH = 190.0


def equation(setter: Typesetter, part: Equation) -> Block:
    """Total, less what others pay, is the result; the result stands in a field of its own."""
    frame = setter.frame
    cash = min(_CASH, frame.room * 0.4)
    elements: tuple[Element, ...] = (
        Panel(frame.left, 0, frame.room, _DEPTH, Ink.TINT, 3),
        *_result(setter, part.label, part.result, frame.right - cash, cash),
        *_rows(setter, part, frame.room - cash),
    )
    return Block(_DEPTH + 8, elements)


def total(setter: Typesetter, part: Total) -> Block:
    """The amount across the page, its 大写 beside it."""
    frame = setter.frame
    return Block(
        _DEPTH + 8,
        tuple(_result(setter, part.label, part.amount, frame.right - _CASH, _CASH)),
    )


def _rows(setter: Typesetter, part: Equation, room: float) -> Iterator[Text]:
    step = room / len(part.rows)
    for at, row in enumerate(part.rows):
        place = setter.frame.left + 10 + at * step
        style = setter.fitting(row.value, Style(13, strong=True), step - 26)
        label = setter.fitting(row.label, Style(6.6, Ink.QUIET), step - 12)
        yield setter.left(place, 13, row.label, label)
        yield setter.left(place, 30.5, row.value, style)
        if part.signed:
            sign = "=" if at == len(part.rows) - 1 else "−"
            yield setter.centred(place + step - 18, 29.5, sign, Style(10, Ink.QUIET))


def _result(
    setter: Typesetter, label: str, amount: Money, x: float, width: float
) -> Iterator[Element]:
    place, room = x + 11, width - 22
    words = in_words(amount)
    white = Style(8, Ink.PAPER, strong=True)
    beside = room - setter.width(label, white) - 8
    figures = setter.fitting(amount.yuan(), Style(21, Ink.PAPER, strong=True), beside)
    small = setter.fitting(words, Style(7.4, Ink.PAPER), room - 26)
    yield Panel(x, 0, width, _DEPTH, Ink.ACCENT, 3)
    yield setter.left(place, 19, label, white)
    yield setter.right(place + room, 23, amount.yuan(), figures)
    yield setter.left(place, 35.6, "大写", Style(6.4, Ink.PAPER))
    yield setter.right(place + room, 35.6, words, small)
