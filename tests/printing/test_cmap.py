"""Glyphs and their widths are those that reportlab reads, only without loading the font."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from printing.cmap import NotUsable, read_coverage
from printing.fonts import Fonts


@pytest.mark.parametrize("text", ["A", "王", "㼆", "𠮷", "𬀩"])
def test_the_same_characters_as_the_loaded_font(text: str, fonts: Fonts) -> None:
    font = fonts.line(text).runs[0].font
    assert font is not None
    coverage = read_coverage(font.path, font.index)
    loaded = TTFontFace(str(font.path), subfontIndex=font.index)
    glyphs = loaded.charToGlyph
    sample = sorted({*range(0xA1, 0x2FFFF, 7), *list(glyphs)[::11]} - {0xA0})
    places = [glyphs.get(code, 0) for code in sample]
    assert [coverage.glyph(code) for code in sample] == places
    assert [code in coverage for code in sample] == [bool(place) for place in places]
    drawn = [code for code in sample if code in coverage]
    assert [font.advance(chr(code)) for code in drawn] == [
        loaded.getCharWidth(code) for code in drawn
    ]
    assert list(font.face.glyphPos) == loaded.glyphPos
    bearings = [bearing for _, bearing in loaded.hmetrics]
    assert [font.face.hmetrics[at][1] for at in range(loaded.numGlyphs)] == bearings


def _font(*tables: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">4sHHHH", b"OTTO", len(tables), 0, 0, 0)
    place, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, data in tables:
        directory += struct.pack(">4sIII", tag, 0, place + len(body), len(data))
        body += data
    return head + directory + body


def _cmap(platform: int, encoding: int, table: bytes) -> bytes:
    return struct.pack(">HHHHI", 0, 1, platform, encoding, 12) + table


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ttcf",
        b"no font at all",
        _font((b"CFF ", b""), (b"cmap", _cmap(3, 10, b""))),
        _font((b"glyf", b"")),
        _font((b"glyf", b""), (b"cmap", _cmap(1, 0, b"\x00\x00"))),
        _font((b"glyf", b""), (b"cmap", _cmap(3, 1, struct.pack(">H", 2)))),
        _font((b"glyf", b""), (b"cmap", _cmap(3, 10, struct.pack(">HHIII", 12, 0, 9, 0, 99)))),
    ],
)
def test_what_cannot_be_drawn_with_is_refused(data: bytes, tmp_path: Path) -> None:
    """Outlines other than TrueType, no character map, a map that is cut off."""
    file = tmp_path / "font.ttf"
    file.write_bytes(data)
    with pytest.raises(NotUsable):
        read_coverage(file, 0)


def test_glyph_zero_is_a_missing_character(tmp_path: Path) -> None:
    groups = struct.pack(">HHIII", 12, 0, 40, 0, 2) + struct.pack(">6I", 65, 66, 0, 97, 98, 5)
    file = tmp_path / "font.ttf"
    file.write_bytes(_font((b"glyf", b""), (b"cmap", _cmap(3, 10, groups))))
    coverage = read_coverage(file, 0)
    assert [code for code in range(64, 100) if code in coverage] == [66, 97, 98]
