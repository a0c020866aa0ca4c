"""Fonts for paper: every character is set in a font that has it, or shown to be missing.

reportlab prints a character without a glyph as NUL and says nothing, figures included. So each
character is looked up in the character maps, and text is split into runs by font.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.names import standard
from printing.alphabet import ALPHABETS
from printing.cmap import Coverage, NotUsable, read_coverage
from printing.font_places import CANDIDATES, Candidate, Role

if TYPE_CHECKING:
    from printing.truetype import TrueTypeFont

_LATIN_ENDS = 0x250
_MIDDLE_DOT = 0xB7
"""Between the parts of a Uyghur name; a Chinese font gives it its proper place."""

_KEPT_LINES = 512
"""Labels and words stay, for every slip has them; names and amounts leave after some slips."""

_BLANKS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA1), 0x2028, 0x2029), " ")

_ORDER = {
    Role.LATIN: (Role.LATIN, Role.HAN, Role.RARE),
    Role.LATIN_STRONG: (Role.LATIN_STRONG, Role.LATIN, Role.HAN, Role.RARE),
    Role.HAN: (Role.HAN, Role.RARE, Role.LATIN),
    Role.HAN_STRONG: (Role.HAN_STRONG, Role.HAN, Role.RARE, Role.LATIN),
}


class NoFonts(Exception):
    """No Chinese font, or none with figures, is installed; nothing may be printed."""


class Run(Discreet, Struct, frozen=True):
    """Characters of one line that one font draws; ``font`` None is a box for a missing one."""

    said = ("font", "width", "thicken")

    font: TrueTypeFont | None
    text: str
    width: float
    """In 1/1000 of the size."""
    thicken: bool
    """Strong text in a font without a strong cut: drawn with an outline."""


class Line(Discreet, Struct, frozen=True):
    """Text ready to be drawn in one line."""

    said = ("runs", "width")

    text: str
    runs: tuple[Run, ...]
    width: float
    """In 1/1000 of the size."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Characters that no font has."""
        return tuple(run.text for run in self.runs if run.font is None)


class _Glyph(Struct, frozen=True):
    font: TrueTypeFont | None
    thicken: bool
    width: float


class _FontFile:
    """One font file, asked for its characters first and loaded when it has to draw."""

    def __init__(self, path: Path, index: int) -> None:
        self._path = path
        self._index = index
        self.alphabet = ""
        """What every document uses of it."""
        self._coverage: Coverage | None = None
        self._font: TrueTypeFont | None = None

    def has(self, code: int) -> bool:
        if self._coverage is None:
            self._coverage = _coverage(self._path, self._index)
        return code in self._coverage

    def font(self) -> TrueTypeFont:
        if self._font is None:
            from printing.truetype import TrueTypeFont

            self._font = TrueTypeFont(self._path, self._index, self.alphabet)
        return self._font


def _coverage(path: Path, index: int) -> Coverage:
    try:
        return read_coverage(path, index)
    except (NotUsable, OSError):
        return frozenset[int]()


class Fonts:
    """The fonts of this machine, with everything learnt about them; hold one and reuse it."""

    def __init__(self, files: Mapping[Role, Iterable[tuple[Path, int]]]) -> None:
        """Take the files by role, in order of choice; nothing is opened yet.

        Raises :class:`NoFonts` when no file is for Chinese or none for figures.
        """
        shared: dict[tuple[Path, int], _FontFile] = {}
        self._files = {
            role: tuple(shared.setdefault(place, _FontFile(*place)) for place in places)
            for role, places in files.items()
        }
        if not (self._files.get(Role.HAN) and self._files.get(Role.LATIN)):
            raise NoFonts
        for role, alphabet in ALPHABETS.items():
            for first in self._files.get(role, ())[:1]:
                first.alphabet = first.alphabet or alphabet
        self._glyphs: dict[tuple[str, bool], _Glyph] = {}
        self._lines: dict[tuple[str, bool], Line] = {}

    def line(self, text: str, *, strong: bool = False) -> Line:
        """Set a line: every character in a font that has it.

        A character that no font has becomes a box and its ``U+XXXX`` in brackets.
        """
        key = (text, strong)
        found = self._lines.pop(key, None) or self._set(text, strong)
        self._lines[key] = found
        if len(self._lines) > _KEPT_LINES:
            del self._lines[next(iter(self._lines))]
        return found

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """Width in points."""
        return self.line(text, strong=strong).width * size / 1000

    def _set(self, text: str, strong: bool) -> Line:
        runs = tuple(self._runs(standard(text), strong))
        return Line(text, runs, sum(run.width for run in runs))

    def _runs(self, text: str, strong: bool) -> Iterator[Run]:
        """Most texts are of one font: then they are one run."""
        printable = _printable(text)
        glyphs = [self._glyph(character, strong) for character in printable]
        font = glyphs[0].font if glyphs else None
        if font is not None and all(glyph.font is font for glyph in glyphs):
            width = sum([glyph.width for glyph in glyphs])
            yield Run(font, printable, width, glyphs[0].thicken)
        else:
            yield from self._several(list(zip(printable, glyphs, strict=True)), strong)

    def _several(self, glyphs: Iterable[tuple[str, _Glyph]], strong: bool) -> Iterator[Run]:
        for (font, thicken), group in groupby(glyphs, lambda pair: (pair[1].font, pair[1].thicken)):
            members = list(group)
            if font is None:
                yield from self._boxes([character for character, _glyph in members], strong)
            else:
                width = sum(glyph.width for _character, glyph in members)
                yield Run(font, "".join(character for character, _ in members), width, thicken)

    def _boxes(self, characters: Iterable[str], strong: bool) -> Iterator[Run]:
        for character in characters:
            yield Run(None, character, 1000, thicken=False)
            yield from self._runs(f"[U+{ord(character):04X}]", strong)

    def _glyph(self, character: str, strong: bool) -> _Glyph:
        key = (character, strong)
        found = self._glyphs.get(key)
        if found is None:
            found = self._glyphs[key] = self._look_up(character, strong)
        return found

    def _look_up(self, character: str, strong: bool) -> _Glyph:
        for role in _ORDER[_role(ord(character), strong)]:
            for file in self._files.get(role, ()):
                if file.has(ord(character)) and file.font().has(ord(character)):
                    thicken = strong and role not in (Role.LATIN_STRONG, Role.HAN_STRONG)
                    return _Glyph(file.font(), thicken, file.font().advance(character))
        return _Glyph(None, thicken=False, width=1000)


def _role(code: int, strong: bool) -> Role:
    if code < _LATIN_ENDS and code != _MIDDLE_DOT:
        return Role.LATIN_STRONG if strong else Role.LATIN
    return Role.HAN_STRONG if strong else Role.HAN


def _printable(text: str) -> str:
    """Line ends, tabs and other control characters become blanks: a line is one line."""
    return text.translate(_BLANKS)


def find_fonts(folders: Iterable[Path], candidates: Iterable[Candidate] = CANDIDATES) -> Fonts:
    """The candidates that are there, by role; raises :class:`NoFonts` without the essential."""
    there = files_in(folders)
    files: dict[Role, list[tuple[Path, int]]] = {}
    for candidate in candidates:
        path = there.get(candidate.file.lower())
        if path is not None:
            files.setdefault(candidate.role, []).append((path, candidate.index))
    return Fonts(files)


def files_in(folders: Iterable[Path]) -> dict[str, Path]:
    """File name in lower case → path; an earlier folder wins."""
    there: dict[str, Path] = {}
    for folder in folders:
        for root, _folders, names in sorted(os.walk(folder)):
            for name in names:
                there.setdefault(name.lower(), Path(root, name))
    return there
