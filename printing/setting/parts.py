"""Every part of a form as blocks, in the width of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from printing.elements import Block, stacked
from printing.parts import (
    Abreast,
    Blanks,
    Choices,
    Equation,
    Facts,
    Heading,
    Notice,
    Part,
    Points,
    Prose,
    Sentences,
    Signatures,
    Table,
    Together,
    Total,
)
from printing.setting.abreast import abreast
from printing.setting.equation import equation, total
from printing.setting.facts import facts
from printing.setting.prose import blanks, choices, heading, notice, points, prose, sentences
from printing.setting.signing import signatures
from printing.setting.table import table
from printing.typesetter import Typesetter


def blocks(setter: Typesetter, parts: Iterable[Part]) -> Iterator[Block]:
    """The parts from top to bottom."""
    for part in parts:
        yield from _blocks(setter, part)


def _blocks(setter: Typesetter, part: Part) -> Iterator[Block]:
    match part:
        case Facts():
            yield from facts(setter, part)
        case Abreast():
            yield from abreast(setter, part)
        case Table():
            yield from table(setter, part)
        case Equation():
            yield equation(setter, part)
        case Total():
            yield total(setter, part)
        case Together():
            yield from _together(setter, part)
        case _:
            yield from _words(setter, part)


_Wordy = Sentences | Heading | Prose | Points | Notice | Blanks | Choices | Signatures


def _words(setter: Typesetter, part: _Wordy) -> Iterator[Block]:
    match part:
        case Sentences():
            yield from sentences(setter, part)
        case Heading():
            yield heading(setter, part)
        case Prose():
            yield from prose(setter, part)
        case Points():
            yield from points(setter, part)
        case Notice():
            yield notice(setter, part)
        case Blanks():
            yield from blanks(setter, part)
        case Choices():
            yield choices(setter, part)
        case _:
            yield from signatures(setter, part)


def _together(setter: Typesetter, part: Together) -> Iterator[Block]:
    """One block, unless it would be half a page; then a page may end within."""
    several = (Block(4, ()), *blocks(setter, part.parts))
    depth = sum(block.height for block in several)
    if depth < setter.frame.depth / 2:
        yield stacked(several)
    else:
        yield from several
