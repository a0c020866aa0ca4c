"""Text with a place: alignment, fitting and wrapping by real widths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from printing.elements import Frame, Ink, Text
from printing.fonts import Fonts

_PIECES = re.compile(r"[!-~]+|.", re.DOTALL)
"""A Latin word or number keeps together; Chinese breaks anywhere …"""
_NOT_FIRST = "，。；：、！？）】》」』”%"
"""… but not before these."""
_SMALLEST = 4.8


class Style(Struct, frozen=True):
    """Size in points, ink and weight of a text."""

    size: float
    ink: Ink = Ink.TEXT
    strong: bool = False


class Typesetter(Struct, frozen=True):
    """Sets text in the fonts it is given, on the page it is given; all places in points."""

    fonts: Fonts
    frame: Frame

    def left(self, x: float, y: float, text: str, style: Style) -> Text:
        line = self.fonts.line(text, strong=style.strong)
        return Text(x, y, line, style.size, style.ink)

    def right(self, x: float, y: float, text: str, style: Style) -> Text:
        """Text that ends at ``x``."""
        return self.left(x - self.width(text, style), y, text, style)

    def centred(self, x: float, y: float, text: str, style: Style) -> Text:
        return self.left(x - self.width(text, style) / 2, y, text, style)

    def width(self, text: str, style: Style) -> float:
        return self.fonts.width(text, style.size, strong=style.strong)

    def fitting(self, text: str, style: Style, room: float) -> Style:
        """The style, smaller where the text would not fit the room (never unreadably small)."""
        width = self.width(text, style)
        if width <= room:
            return style
        return Style(max(_SMALLEST, style.size * room / width), style.ink, style.strong)

    def wrapped(self, text: str, style: Style, room: float) -> tuple[str, ...]:
        """The text in lines no wider than the room; nothing is lost."""
        if self.width(text, style) <= room:
            return (text,)
        return tuple(self._wrap(text, style, room))

    def balanced(self, text: str, style: Style, room: float) -> tuple[str, ...]:
        """As many lines as :meth:`wrapped`, but of like length: no last character by itself."""
        lines = self.wrapped(text, style, room)
        share = self.width(text, style) / len(lines) + style.size
        evenly = self.wrapped(text, style, min(room, share))
        return evenly if len(evenly) == len(lines) else lines

    def _wrap(self, text: str, style: Style, room: float) -> Iterator[str]:
        line, used = "", 0.0
        for piece in self._pieces(text, style, room):
            width = self.width(piece, style)
            if line and used + width > room and piece not in _NOT_FIRST:
                yield line.rstrip()
                line, used = "", 0.0
            line, used = line + piece, used + width
        yield line.rstrip()

    def _pieces(self, text: str, style: Style, room: float) -> Iterator[str]:
        for piece in _PIECES.findall(text):
            if self.width(piece, style) > room:
                yield from piece
            else:
                yield piece
