"""Which characters a font file has, and where, read from its ``cmap`` alone.

To read every character of a Chinese font into a table takes a tenth of a second; to look some up
in its character map takes next to nothing. Fonts for rare characters are asked here first, and
loaded only when one of them is drawn.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

_COLLECTION = b"ttcf"
_FULL_UNICODE = ((3, 10), (0, 4), (0, 6))
_BASIC_UNICODE = ((3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class Coverage(Protocol):
    """The characters of one font."""

    def __contains__(self, code: int, /) -> bool: ...


class CharacterMap(Coverage, Protocol):
    """The characters of one font, and their places among its glyphs."""

    def glyph(self, code: int) -> int:
        """0: the font has no such character."""
        ...


class NotUsable(Exception):
    """The file is no font with TrueType outlines and a Unicode character map."""


class _Groups(Struct, frozen=True):
    """Format 12: sorted groups ``(first, last, glyph of first)``."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    glyphs: tuple[int, ...]

    def __contains__(self, code: int, /) -> bool:
        return self.glyph(code) != 0

    def glyph(self, code: int) -> int:
        at = bisect_right(self.firsts, code) - 1
        if at < 0 or code > self.lasts[at]:
            return 0
        return self.glyphs[at] + code - self.firsts[at]


class _Segments(Struct, frozen=True):
    """Format 4: segments of the BMP, where a glyph of 0 means absent."""

    ends: tuple[int, ...]
    starts: tuple[int, ...]
    deltas: tuple[int, ...]
    offsets: tuple[int, ...]
    glyphs: tuple[int, ...]

    def __contains__(self, code: int, /) -> bool:
        return self.glyph(code) != 0

    def glyph(self, code: int) -> int:
        at = bisect_left(self.ends, code)
        if at == len(self.ends) or code < self.starts[at]:
            return 0
        if not self.offsets[at]:
            return (code + self.deltas[at]) & 0xFFFF
        place = self.offsets[at] // 2 + code - self.starts[at] - (len(self.ends) - at)
        listed = self.glyphs[place] if place < len(self.glyphs) else 0
        return (listed + self.deltas[at]) & 0xFFFF if listed else 0


def read_coverage(path: Path, index: int) -> CharacterMap:
    """The characters of font ``index`` in the file; raises :class:`NotUsable` or ``OSError``."""
    with path.open("rb") as file:
        try:
            tables = dict(_tables(file, index))
            if "glyf" not in tables:
                raise NotUsable(f"{path.name} has no TrueType outlines")
            return character_map(_chunk(file, *tables["cmap"]))
        except (struct.error, KeyError, IndexError) as fault:
            raise NotUsable(f"{path.name} is no readable font") from fault


def _chunk(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


def _tables(file: BinaryIO, index: int) -> Iterator[tuple[str, tuple[int, int]]]:
    start = 0
    if _chunk(file, 0, 4) == _COLLECTION:
        (start,) = struct.unpack(">I", _chunk(file, 12 + 4 * index, 4))
    (count,) = struct.unpack(">H", _chunk(file, start + 4, 2))
    directory = _chunk(file, start + 12, 16 * count)
    for tag, _checksum, offset, length in struct.iter_unpack(">4sIII", directory):
        yield tag.decode("latin-1"), (offset, length)


def character_map(cmap: bytes) -> CharacterMap:
    """The map for the most of Unicode; raises :class:`NotUsable` or ``struct.error``."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])
    offsets = {(platform, encoding): offset for platform, encoding, offset in records}
    for wanted in (*_FULL_UNICODE, *_BASIC_UNICODE):
        if wanted in offsets:
            return _subtable(cmap[offsets[wanted] :])
    raise NotUsable("no Unicode character map")


def _subtable(table: bytes) -> CharacterMap:
    (form,) = struct.unpack_from(">H", table)
    if form == 12:
        return _groups(table)
    if form == 4:
        return _segments(table)
    raise NotUsable(f"character map of format {form}")


def _groups(table: bytes) -> _Groups:
    (count,) = struct.unpack_from(">I", table, 12)
    numbers = struct.unpack_from(f">{3 * count}I", table, 16)
    return _Groups(numbers[0::3], numbers[1::3], numbers[2::3])


def _segments(table: bytes) -> _Segments:
    length, twice = struct.unpack_from(">H2xH", table, 2)
    words = struct.unpack_from(f">{(min(length, len(table)) - 14) // 2}H", table, 14)
    count = twice // 2
    starts = 1 + count  # one word of padding stands after the ends
    deltas, offsets, glyphs = starts + count, starts + 2 * count, starts + 3 * count
    return _Segments(
        words[:count],
        words[starts:deltas],
        words[deltas:offsets],
        words[offsets:glyphs],
        words[glyphs:],
    )
