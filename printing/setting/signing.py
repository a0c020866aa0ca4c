"""Places to sign, at the foot of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printing.elements import Block, Element, Ink, Rule
from printing.parts import Signature, Signatures
from printing.setting.styles import QUIET
from printing.typesetter import Style, Typesetter

_TOLD = Style(7.6)
_DEPTH = 30.0


def signatures(setter: Typesetter, part: Signatures) -> Iterator[Block]:
    """Each row shares the width of the page by the widths of its places."""
    frame = setter.frame
    yield Block(4, (Rule(frame.left, 4, frame.room),), sinks=True)
    for row in part.rows:
        yield Block(_DEPTH, tuple(_row(setter, row)), sinks=True)


def _row(setter: Typesetter, row: Sequence[Signature]) -> Iterator[Element]:
    frame = setter.frame
    unit = frame.room / sum(place.width for place in row)
    x = frame.left
    for place in row:
        yield from _place(setter, place, x, place.width * unit)
        x += place.width * unit


def _place(setter: Typesetter, place: Signature, x: float, width: float) -> Iterator[Element]:
    label = setter.fitting(place.label, QUIET, width - 8)
    start = x + setter.width(place.label, label) + 4
    yield setter.left(x, 22, place.label, label)
    if place.line:
        yield Rule(start, 23.6, max(0.0, x + width - start - 8), 0.5, Ink.QUIET)
    if place.told:
        room = x + width - start - 10
        yield setter.left(start + 4, 22, place.told, setter.fitting(place.told, _TOLD, room))
