"""Labelled values on a grid of twelve; each row is a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from printing.elements import Block, Text
from printing.parts import Fact, Facts
from printing.setting.styles import LABEL, VALUE
from printing.typesetter import Style, Typesetter

_GRID = 12
_Spanned = tuple[Fact, int]


def facts(setter: Typesetter, part: Facts) -> Iterator[Block]:
    """A group to a row, or more where a group has no room in one."""
    for group in part.told:
        row: list[_Spanned] = []
        for fact, span in zip(group, _spans(setter, group), strict=True):
            if sum(used for _fact, used in row) + span > _GRID:
                yield _row(setter, row)
                row = []
            row.append((fact, span))
        yield _row(setter, row)
    yield Block(4, ())


def _value_style(fact: Fact) -> Style:
    return Style(9.5, strong=True) if fact.strong else VALUE


def _spans(setter: Typesetter, group: Sequence[Fact]) -> list[int]:
    """As the form wants them; where a long value has no room so, others give up what is empty."""
    needed = [_needed(setter, fact) for fact in group]
    spans = [max(fact.span, least) for fact, least in zip(group, needed, strict=True)]
    while sum(needed) <= _GRID < sum(spans):
        spare = [span - least for span, least in zip(spans, needed, strict=True)]
        spans[spare.index(max(spare))] -= 1
    return spans


def _needed(setter: Typesetter, fact: Fact) -> int:
    width = max(setter.width(fact.label, LABEL), setter.width(fact.value, _value_style(fact)))
    return min(_GRID, ceil((width + 7) / _step(setter)))


def _step(setter: Typesetter) -> float:
    return setter.frame.room / _GRID


def _row(setter: Typesetter, row: Sequence[_Spanned]) -> Block:
    elements: list[Text] = []
    place, deepest = setter.frame.left, 1
    for fact, span in row:
        style, room = _value_style(fact), span * _step(setter)
        lines = setter.wrapped(fact.value, style, room)
        deepest = max(deepest, len(lines))
        elements.append(setter.left(place, 5.0, fact.label, LABEL))
        for at, line in enumerate(lines):
            elements.append(setter.left(place, 16.1 + 10 * at, line, style))
        place += room
    return Block(12 + 10 * deepest, tuple(elements))
