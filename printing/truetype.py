"""reportlab's TrueType font with a right text layer.

reportlab 5.1 writes five hex digits for characters beyond the BMP into ``ToUnicode``, so that
copying or searching the PDF gives another name. Here the map is written anew, in UTF-16BE.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfbase import ttfonts

_MOST_PER_BLOCK = 100
"""Most entries of one ``bfchar`` block (Adobe technical note 5014)."""


class TrueTypeFont(ttfonts.TTFont):  # type: ignore[misc]
    """One font file, embedded as subsets; kept by the caller, never registered globally."""

    def __init__(self, path: Path, index: int) -> None:
        name = f"{path.name}#{index}"
        super().__init__(name, str(path), subfontIndex=index, asciiReadable=False, shapable=False)
        self.path = path
        self.index = index

    def has(self, code: int) -> bool:
        """True when reportlab will draw a real glyph; glyph 0 is the empty one."""
        return bool(self.face.charToGlyph.get(code, 0))

    def advance(self, character: str) -> float:
        """Width of one character in 1/1000 of the size."""
        return float(self.face.getCharWidth(ord(character)))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Write the subsets, then put the right text layer in place of reportlab's."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = self._subset_name(number)
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset)

    def _subset_name(self, number: int) -> str:
        parts = (ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)
        return b"".join(parts).decode("pdfdoc")


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
