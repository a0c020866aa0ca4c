"""Words in sentences: explanations, paragraphs, numbered points, notices, lines to write on."""

from __future__ import annotations

from collections.abc import Iterator

from printing.elements import Block, Element, Ink, Panel, Rule
from printing.parts import Blanks, Choices, Heading, Notice, Points, Prose, Sentences
from printing.setting.styles import HEADING, LABEL, QUIET, VALUE
from printing.typesetter import Style, Typesetter

_MARK = 30.0
"""Where the sentences begin behind their mark."""
_LEADING = 1.55
_RULING = 23.0
"""Between lines to write on."""


def sentences(setter: Typesetter, part: Sentences) -> Iterator[Block]:
    """Line by line, so that a page may end between any two."""
    style, frame = Style(7.2), setter.frame
    lines = (
        line
        for sentence in part.lines
        for line in setter.wrapped(sentence, style, frame.room - _MARK)
    )
    for at, line in enumerate(lines):
        mark = (setter.left(frame.left, 8, part.mark, LABEL),) if at == 0 else ()
        text = setter.left(frame.left + _MARK, 8, line, style)
        yield Block(10.4, (*mark, text))


def heading(setter: Typesetter, part: Heading) -> Block:
    frame = setter.frame
    return Block(
        22,
        (
            setter.left(frame.left, 13, part.text, HEADING),
            Rule(frame.left, 17.5, frame.room, 0.7, Ink.ACCENT),
        ),
    )


def prose(setter: Typesetter, part: Prose) -> Iterator[Block]:
    """A paragraph, line by line."""
    style = Style(part.size)
    indent = "　　" if part.indented else ""
    pitch = part.size * _LEADING
    for line in setter.wrapped(indent + part.text, style, setter.frame.room):
        yield Block(pitch, (setter.left(setter.frame.left, pitch * 0.75, line, style),))
    yield Block(pitch * 0.4, ())


def points(setter: Typesetter, part: Points) -> Iterator[Block]:
    """A number in a disc, the point's name beside it, its sentences below."""
    for number, point in enumerate(part.points, 1):
        size = part.size
        indent = setter.frame.left + size * 2.4
        style = Style(size)
        lines = [
            line
            for sentence in point.lines
            for line in setter.wrapped(sentence, style, setter.frame.right - indent)
        ]
        yield _point_head(setter, number, point.name, size)
        for line in lines:
            pitch = size * _LEADING
            yield Block(pitch, (setter.left(indent, pitch * 0.72, line, style),))
        yield Block(size * 0.75, ())


def _point_head(setter: Typesetter, number: int, name: str, size: float) -> Block:
    left = setter.frame.left
    disc = size * 1.65
    white = Style(size, Ink.PAPER, strong=True)
    strong = Style(size * 1.14, Ink.ACCENT, strong=True)
    return Block(
        size * 2.0,
        (
            Panel(left, size * 0.1, disc, disc, Ink.ACCENT, disc / 2),
            setter.centred(left + disc / 2, size * 1.29, str(number), white),
            setter.left(left + size * 2.4, size * 1.34, name, strong),
        ),
    )


def notice(setter: Typesetter, part: Notice) -> Block:
    """White on colour, so that it is seen from afar and stays bold on a black printer."""
    frame = setter.frame
    style = setter.fitting(part.text, Style(17, Ink.PAPER, strong=True), frame.room - 24)
    ink = Ink.TRIAL if part.alarm else Ink.ACCENT
    return Block(
        41,
        (
            Panel(frame.left, 0, frame.room, 33, ink, 3),
            setter.centred(frame.left + frame.room / 2, 22.5, part.text, style),
        ),
    )


def blanks(setter: Typesetter, part: Blanks) -> Iterator[Block]:
    """Ruled lines; what is known already stands on the first of them."""
    frame = setter.frame
    yield Block(11, (setter.left(frame.left, 7, part.label, QUIET),))
    told = setter.wrapped(part.text, VALUE, frame.room) if part.text else ()
    for at in range(max(part.lines, len(told))):
        text = (setter.left(frame.left, _RULING - 4, told[at], VALUE),) if at < len(told) else ()
        yield Block(_RULING, (*text, Rule(frame.left, _RULING, frame.room, 0.5, Ink.QUIET)))
    yield Block(8, ())


def choices(setter: Typesetter, part: Choices) -> Block:
    """The label, then each option behind its box."""
    frame = setter.frame
    elements: list[Element] = [setter.left(frame.left, 11, part.label, QUIET)]
    place = frame.left + setter.width(part.label, QUIET) + 12
    depth = 0.0
    for words, ticked in part.options:
        width = setter.width(words, VALUE) + 28
        if place + width > frame.right + 12:
            place, depth = frame.left + _MARK, depth + 14
        elements += _box(setter, place, 11 + depth, words, ticked)
        place += width
    return Block(18 + depth, tuple(elements))


def _box(setter: Typesetter, x: float, y: float, words: str, ticked: bool) -> Iterator[Element]:
    yield Panel(x, y - 7.2, 8.4, 8.4, Ink.TEXT, 1)
    yield Panel(x + 0.6, y - 6.6, 7.2, 7.2, Ink.PAPER, 0.6)
    if ticked:
        yield setter.centred(x + 4.2, y, "√", Style(8.4, strong=True))
    yield setter.left(x + 12, y, words, VALUE)
