"""reportlab's TrueType font with a right text layer, and a part that every document shares.

reportlab 5.1 writes five hex digits for characters beyond the BMP into ``ToUnicode``, so that
copying or searching the PDF gives another name. Here the map is written anew, in UTF-16BE.

To cut a font down to the characters of a slip, and to compress it, takes longer than to draw the
slip. So the characters of every slip (``alphabet``) are a subset of their own, always the same
one: it is cut and compressed once. What else a slip says, as names, is cut for that slip.

And reportlab puts every glyph of a font into tables before the first is drawn, 0.1 s for a Chinese
font and 15 MB. Here a glyph is looked up in the file when it is drawn.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from msgspec import Struct
from reportlab.pdfbase import pdfdoc, ttfonts

from printing.cmap import CharacterMap, character_map

_MOST_PER_BLOCK = 100
"""Most entries of one ``bfchar`` block (Adobe technical note 5014)."""
_IN_A_SUBSET = 256
"""Codes are one byte."""
_OUTLINES = "glyf"
_LEVEL = 3
"""Of zlib: what is cut for one slip is 3 % larger than at 6, in half the time."""


class Cut(Struct, frozen=True):
    """A subset as it stands in a file."""

    program: bytes
    """The font program, compressed."""
    program_length: int
    """Of the font program, not compressed."""
    to_unicode: bytes
    """The map back to text, compressed."""
    widths: bytes
    """An array of PDF, in 1/1000 of the size."""
    last_code: int


class _Parts:
    """A large table of which only slices are asked for."""

    def __init__(self, table: memoryview) -> None:
        self._table = table

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._table[part])


class _Metrics:
    """Advance width and left side bearing by glyph (OpenType ``hmtx``)."""

    def __init__(self, table: bytes, full: int) -> None:
        """The first ``full`` glyphs have both; the others share the width of the last of these."""
        self._table = table
        self._full = full

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._full:
            both: tuple[int, int] = struct.unpack_from(">HH", self._table, 4 * glyph)
            return both
        (width,) = struct.unpack_from(">H", self._table, 4 * (self._full - 1))
        (bearing,) = struct.unpack_from(">H", self._table, 2 * (self._full + glyph))
        return width, bearing


class _Glyphs:
    """A character map as reportlab asks it."""

    def __init__(self, characters: CharacterMap) -> None:
        self._characters = characters

    def __contains__(self, code: int) -> bool:
        return code in self._characters

    def __getitem__(self, code: int) -> int:
        return self._characters.glyph(code)


class _Face(ttfonts.TTFontFace):  # type: ignore[misc]
    """A font file of which no more is read than is drawn."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803, ARG002 - reportlab's
        super().extractInfo(charInfo=0)
        (full,) = struct.unpack_from(">H", self.get_table("hhea"), 34)
        self.hmetrics = _Metrics(self.get_table("hmtx"), full)
        self.charToGlyph = _Glyphs(character_map(self.get_table("cmap")))
        self.glyphPos = self._places()
        self.defaultWidth = self._width(0)

    def getCharWidth(self, code: int) -> float:  # noqa: N802 - reportlab's
        """In 1/1000 of the size."""
        return self._width(self.charToGlyph[code])

    def get_table(self, tag: str) -> Any:
        """As reportlab's, but the outlines of all characters are not copied for each slip."""
        start, length = self.get_table_pos(tag)
        table = memoryview(self._ttf_data)[start : start + length]
        return _Parts(table) if tag == _OUTLINES else bytes(table)

    def _width(self, glyph: int) -> float:
        return float(self._pdfScale(self.hmetrics[glyph][0]))

    def _places(self) -> Sequence[int]:
        """Where the outline of each glyph begins (OpenType ``loca``; short places are halved)."""
        (is_long,) = struct.unpack_from(">H", self.get_table("head"), 50)
        table = self.get_table("loca")
        if is_long:
            return struct.unpack(f">{len(table) // 4}I", table)
        return [2 * place for place in struct.unpack(f">{len(table) // 2}H", table)]


class TrueTypeFont(ttfonts.TTFont):  # type: ignore[misc]
    """One font file, embedded as subsets; kept by the caller, never registered globally."""

    def __init__(self, path: Path, index: int, alphabet: str = "") -> None:
        """``alphabet``: characters that most documents use, whatever their content."""
        self.fontName = f"{path.name}#{index}"
        self.face = _Face(str(path), subfontIndex=index)
        self.encoding = ttfonts.TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = self.shapable = False
        self.path = path
        self.index = index
        known = dict.fromkeys(character for character in alphabet if self.has(ord(character)))
        self._alphabet = "".join(known)
        self._of_alphabet = frozenset(known)

    def has(self, code: int) -> bool:
        """True when reportlab will draw a real glyph; glyph 0 is the empty one."""
        return code in self.face.charToGlyph

    def advance(self, character: str) -> float:
        """Width of one character in 1/1000 of the size."""
        return float(self.face.getCharWidth(ord(character)))

    def splitString(  # noqa: N802 - reportlab's name
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> Sequence[tuple[int, bytes]]:
        """Codes of the text in runs ``(subset, codes)``; the first subset is the alphabet's."""
        if self._alphabet and doc not in self.state:
            self._begin(doc, encoding)
        if text and self._of_alphabet.issuperset(text):
            return ((0, text.translate(self._codes).encode("latin-1")),)
        runs: Sequence[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return runs

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Write every subset; no character is added to the document after it."""
        subsets = self.state[doc].subsets
        self.state[doc].frozen = 1
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            cut = self._shared if self._alphabet and number == 0 else self._cut(number, subset)
            name = self.getSubsetInternalName(number, doc)[1:]
            fonts[name] = self._font_object(doc, name, self._subset_name(number), cut)
            doc.Reference(fonts[name], name)
        del self.state[doc]

    def _begin(self, doc: Any, encoding: str) -> None:
        super().splitString(self._alphabet, doc, encoding)
        self.state[doc].nextCode = _IN_A_SUBSET

    @cached_property
    def _layout(self) -> Sequence[int]:
        """The alphabet's subset, as :meth:`_begin` lays it out for every document."""
        document = pdfdoc.PDFDocument()
        self._begin(document, "utf-8")
        layout: Sequence[int] = self.state[document].subsets[0]
        return layout

    @cached_property
    def _codes(self) -> Mapping[int, str]:
        return {code: chr(place) for place, code in enumerate(self._layout)}

    @cached_property
    def _shared(self) -> Cut:
        return self._cut(0, self._layout)

    def _cut(self, number: int, subset: Sequence[int]) -> Cut:
        program = self.face.makeSubset(subset)
        text = to_unicode(self._subset_name(number), subset).encode("ascii")
        widths = " ".join(f"{self.face.getCharWidth(code):g}" for code in subset)
        return Cut(
            zlib.compress(program, _LEVEL),
            len(program),
            zlib.compress(text, _LEVEL),
            f"[ {widths} ]".encode("ascii"),
            len(subset) - 1,
        )

    def _font_object(self, doc: Any, name: str, base: str, cut: Cut) -> Any:
        font = pdfdoc.PDFTrueTypeFont()
        font.Name, font.BaseFont = name, base
        font.FirstChar, font.LastChar, font.Widths = 0, cut.last_code, cut.widths
        text = _compressed(cut.to_unicode)
        font.ToUnicode = doc.Reference(text, f"toUnicodeCMap:{base}")
        font.FontDescriptor = doc.Reference(self._descriptor(doc, base, cut), f"descriptor:{base}")
        return font

    def _descriptor(self, doc: Any, base: str, cut: Cut) -> Any:
        face = self.face
        program = _compressed(cut.program, Length1=cut.program_length)
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(base),
                "FontFile2": doc.Reference(program, f"fontFile:{base}"),
                "Flags": face.flags & ~ttfonts.FF_NONSYMBOLIC | ttfonts.FF_SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "MissingWidth": face.defaultWidth,
            }
        )

    def _subset_name(self, number: int) -> str:
        parts = (ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)
        return b"".join(parts).decode("pdfdoc")


def _compressed(content: bytes, **told: int) -> Any:
    """A stream that was compressed already."""
    filtered = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **told})
    return pdfdoc.PDFStream(filtered, content)


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """The ``ToUnicode`` program of a subset: byte → character in UTF-16BE (ISO 32000 9.10.3)."""
    entries = [
        f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for byte, code in enumerate(subset)
        if code
    ]
    blocks = [entries[at : at + _MOST_PER_BLOCK] for at in range(0, len(entries), _MOST_PER_BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
