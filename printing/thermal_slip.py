"""A slip for a roll of 80 mm, free of any printer: what stands on it, and the same as lines.

A driver sends :func:`in_columns`; the PDF of the same slip is set from the commands themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

import msgspec
from msgspec import Struct

from desktop.domain.discreet import Discreet

COLUMNS = 42
"""Narrow characters of a line on 80 mm; a Chinese one takes two."""


class Side(Enum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Words(Discreet, Struct, frozen=True, tag="words"):
    """A sentence, as many lines as it takes."""

    said = ("side", "strong", "large")

    text: str
    side: Side = Side.LEFT
    strong: bool = False
    large: bool = False
    """Twice as wide and high."""


class Pair(Discreet, Struct, frozen=True, tag="pair"):
    """A label at the left and its value at the right edge."""

    said = ("label", "strong")

    label: str
    value: str
    strong: bool = False


class Divider(Struct, frozen=True, tag="divider"):
    """A line across the slip."""


class Code(Discreet, Struct, frozen=True, tag="code"):
    """A QR code, centred: a message id and nothing of a person."""

    content: str


class Cut(Struct, frozen=True, tag="cut"):
    """The end of the paper: fed out of the head, then cut."""


Command = Words | Pair | Divider | Code | Cut


class ThermalSlip(Discreet, Struct, frozen=True):
    """The whole slip from top to bottom."""

    said = ("title",)

    title: str
    """What the document is; never a person's name."""
    commands: tuple[Command, ...]


def packed(slip: ThermalSlip | None) -> bytes:
    """For the archive: what :func:`unpacked` reads; b"" without a slip."""
    return msgspec.json.encode(slip) if slip else b""


def unpacked(data: bytes) -> ThermalSlip | None:
    """The slip again, to be printed on a roll after a restart too."""
    return msgspec.json.decode(data, type=ThermalSlip) if data else None


class TextLine(Discreet, Struct, frozen=True):
    """One printed line; ``text`` is no wider than the columns, half of them when large."""

    said = ("side", "strong", "large")

    text: str
    side: Side = Side.LEFT
    strong: bool = False
    large: bool = False


def in_columns(slip: ThermalSlip, columns: int = COLUMNS) -> tuple[TextLine | Code | Cut, ...]:
    """The slip as lines of that many narrow characters; nothing is lost or cut off."""
    return tuple(_lines(slip.commands, columns))


def cells(text: str) -> int:
    """How many narrow characters the text is wide, as printers with a GB 18030 font count."""
    return sum(1 if ord(character) < 0x80 else 2 for character in text)


def _lines(commands: Iterable[Command], columns: int) -> Iterator[TextLine | Code | Cut]:
    for command in commands:
        match command:
            case Words():
                yield from _sentence(command, columns)
            case Pair():
                yield from _pair(command, columns)
            case Divider():
                yield TextLine("-" * columns)
            case _:
                yield command


def _sentence(words: Words, columns: int) -> Iterator[TextLine]:
    room = columns // 2 if words.large else columns
    for line in _wrapped(words.text, room):
        yield TextLine(line, words.side, words.strong, words.large)


def _pair(pair: Pair, columns: int) -> Iterator[TextLine]:
    """On one line; a value that has no room beside its label goes below it, to the right."""
    spare = columns - cells(pair.label) - cells(pair.value)
    if spare >= 1:
        yield TextLine(pair.label + " " * spare + pair.value, strong=pair.strong)
        return
    for label in _wrapped(pair.label, columns):
        yield TextLine(label, strong=pair.strong)
    for value in _wrapped(pair.value, columns):
        yield TextLine(" " * (columns - cells(value)) + value, strong=pair.strong)


def _wrapped(text: str, room: int) -> Iterator[str]:
    line, used = "", 0
    for character in text:
        wide = cells(character)
        if used + wide > room:
            yield line
            line, used = "", 0
        line, used = line + character, used + wide
    yield line
