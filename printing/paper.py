"""Elements on real paper: a reportlab canvas that embeds every font it draws with."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import cos, radians, sin
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from printing.elements import (
    CaseCode,
    Element,
    Ink,
    Panel,
    PaperSize,
    Picture,
    Placed,
    Rule,
    Text,
)
from printing.fonts import Run

_THICKEN = 0.028
"""Outline of strong text in a font without a strong cut, in parts of the size."""
_SILENT = "/Span << /ActualText () >> BDC {} EMC"
"""Drawn, but without words for who copies or searches the page (ISO 32000 14.9.4)."""


_MOST_KNOWN = 4000
_Shown = tuple[int, str, float, Ink | None]
"""A run: its font, text and size, and the ink of its outline."""


class Imprint(Struct, frozen=True):
    """What the file says of itself; never a person's name."""

    title: str
    author: str
    date: datetime


class _Paper(Canvas):  # type: ignore[misc]
    """A canvas that embeds whatever it draws with, and knows no font by a global name.

    Everything is drawn in points before ``scale``; ``top`` is the height of the page in them.
    """

    _ink: Ink | None = None
    _code: list[str]

    def __init__(self, size: PaperSize, scale: float) -> None:
        super().__init__(
            BytesIO(),
            pagesize=(size.width, size.height),
            pageCompression=1,
            invariant=1,
            lang="zh-CN",
        )
        self.top = size.height / scale
        self._known: dict[_Shown, str] = {}

    def _make_preamble(self) -> None:
        """Leave out reportlab's own Helvetica, which would not be embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Close the page; its stream is packed now, and binary, not ASCII-85."""
        name = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[name]
        page.Contents = PDFArray([_packed(page.stream)])
        page.stream = None
        self._ink = None

    def repeat(self, number: int) -> None:
        """A page as a closed one was when it was closed: it shows the same stream."""
        first = self._doc.Pages.pages[number]
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Contents, page.stream = PDFArray(first.Contents.sequence[:1]), None
        page.hasImages, page.XObjects = first.hasImages, first.XObjects

    def add_to(self, number: int) -> None:
        """Put what was drawn since the last page on top of a page that is closed already."""
        page = self._doc.Pages.pages[number]
        page.Contents.sequence.append(_packed("\n".join(self._code)))
        self._code = []
        self._ink = None

    def fill(self, ink: Ink) -> None:
        if ink is not self._ink:
            self.addLiteral(_FILLS[ink])
            self._ink = ink

    def text(self, text: Text, y: float) -> None:
        """Draw a line run by run, each in its font."""
        self.fill(text.ink)
        place = 0.0
        operators = ["BT"]
        for run in text.line.runs:
            if run.font is not None:
                operators.append(f"{_matrix(text, self.top - y, place)} Tm {self._run(run, text)}")
            place += run.width * text.size / 1000
        boxes = _boxes(text, self.top - y) if text.line.missing else ()
        drawn = " ".join((*operators, "ET", *boxes))
        self.addLiteral(_SILENT.format(drawn) if text.silent else drawn)

    def _run(self, run: Run, text: Text) -> str:
        """The operators that show a run; in tables most of them come again and again."""
        key = (id(run.font), run.text, text.size, text.ink if run.thicken else None)
        shown = self._known.get(key)
        if shown is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            shown = self._known[key] = self._showing(run, text)
        return shown

    def _showing(self, run: Run, text: Text) -> str:
        font: Any = run.font
        size = f"{text.size:.2f}"
        shown = " ".join(
            [
                f"{font.getSubsetInternalName(subset, self._doc)} {size} Tf "
                f"({self._escape(codes)}) Tj"
                for subset, codes in font.splitString(run.text, self._doc)
            ]
        )
        if not run.thicken:
            return shown
        return f"{_stroke(text.ink)} {text.size * _THICKEN:.3f} w 2 Tr {shown} 0 Tr"

    def rule(self, rule: Rule, y: float) -> None:
        self.fill(rule.ink)
        bottom = self.top - y - rule.weight / 2
        self.addLiteral(f"{rule.x:.2f} {bottom:.2f} {rule.length:.2f} {rule.weight:.2f} re f")

    def panel(self, panel: Panel, y: float) -> None:
        self.fill(panel.ink)
        bottom = self.top - y - panel.height
        self.roundRect(panel.x, bottom, panel.width, panel.height, panel.radius, stroke=0, fill=1)

    def case_code(self, code: CaseCode, y: float) -> None:
        self.fill(Ink.TEXT)
        modules = qr_modules(code.content)
        side = code.size / len(modules)
        squares = (
            f"{code.x + first * side:.3f} {self.top - y - (row + 1) * side:.3f} "
            f"{length * side:.3f} {side:.3f} re"
            for row, line in enumerate(modules)
            for first, length in _dark_stretches(line)
        )
        self.addLiteral(" ".join((*squares, "f")))

    def picture(self, picture: Picture, y: float) -> None:
        bottom = self.top - y - picture.size
        self.drawImage(
            ImageReader(BytesIO(picture.data)),
            picture.x,
            bottom,
            picture.size,
            picture.size,
            mask="auto",
            preserveAspectRatio=True,
        )

    def draw(self, element: Element, y: float) -> None:
        match element:
            case Text():
                self.text(element, y)
            case Rule():
                self.rule(element, y)
            case Panel():
                self.panel(element, y)
            case CaseCode():
                self.case_code(element, y)
            case _:
                self.picture(element, y)


class Press:
    """Pages one after the other onto one PDF; the same pages give the same bytes."""

    def __init__(self, size: PaperSize, scale: float, imprint: Imprint) -> None:
        self._paper = _Paper(size, scale)
        self._scale = scale
        self.pages = 0
        _sign(self._paper, imprint)

    def page(self, elements: Iterable[Placed]) -> None:
        """Draw a page and close it."""
        if self._scale != 1:
            self._paper.addLiteral(f"{self._scale:g} 0 0 {self._scale:g} 0 0 cm")
        self._draw(elements)
        self._paper.showPage()
        self.pages += 1

    def repeat(self, count: int) -> None:
        """The first ``count`` pages once more, without what was added on top of them."""
        for number in range(count):
            self._paper.repeat(number)
        self.pages += count

    def add(self, number: int, elements: Iterable[Placed]) -> None:
        """Draw on top of a page that is closed already; ``number`` counts from 0."""
        self._draw(elements)
        self._paper.add_to(number)

    def finished(self) -> bytes:
        return bytes(self._paper.getpdfdata())

    def _draw(self, elements: Iterable[Placed]) -> None:
        for element, y in elements:
            self._paper.draw(element, y)


def _packed(content: str | Sequence[str]) -> PDFStream:
    """A stream that takes no more memory than it will take in the file."""
    text = content if isinstance(content, str) else "\n".join(content)
    stream = PDFStream(content=zlib.compress(text.encode("latin-1")))
    stream.dictionary["Filter"] = PDFArray([PDFName("FlateDecode")])
    return stream


def _sign(paper: _Paper, imprint: Imprint) -> None:
    paper.setTitle(imprint.title)
    paper.setAuthor(imprint.author)
    paper.setSubject("")
    paper.setCreator("Kuasheng Desk")
    paper.setProducer("Kuasheng Desk")
    paper.setViewerPreference("DisplayDocTitle", "true")
    paper.setDateFormatter(lambda *_parts: f"D:{imprint.date:%Y%m%d%H%M%S}+08'00'")


_FILLS: Mapping[Ink, str] = MappingProxyType(
    {ink: "{:g} {:g} {:g} rg".format(*ink.value) for ink in Ink}
)


def _stroke(ink: Ink) -> str:
    return "{:g} {:g} {:g} RG".format(*ink.value)


def _matrix(text: Text, base: float, along: float) -> str:
    """The text matrix for a run that begins ``along`` points into the line."""
    if not text.angle:
        return f"1 0 0 1 {text.x + along:.2f} {base:.2f}"
    across, up = cos(radians(text.angle)), sin(radians(text.angle))
    place = f"{text.x + along * across:.2f} {base + along * up:.2f}"
    return f"{across:.4f} {up:.4f} {-up:.4f} {across:.4f} {place}"


def _boxes(text: Text, base: float) -> Iterator[str]:
    """An empty square for each character that no font has."""
    place, side = text.x, text.size * 0.78
    for run in text.line.runs:
        if run.font is None:
            left, bottom = place + text.size * 0.11, base - text.size * 0.06
            yield f"{_stroke(text.ink)} 0.5 w {left:.2f} {bottom:.2f} {side:.2f} {side:.2f} re S"
        place += run.width * text.size / 1000


def qr_modules(content: str) -> Sequence[Sequence[bool]]:
    """The QR code of the text, error correction M: rows of modules, True is dark."""
    from zxingcpp import BarcodeFormat, create_barcode

    code = create_barcode(content, BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(image).tolist()
    return [[dot == 0 for dot in row] for row in rows]


def _dark_stretches(line: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """``(first, length)`` of each stretch of dark modules."""
    first: int | None = None
    for at, dark in enumerate((*line, False)):
        if dark and first is None:
            first = at
        elif not dark and first is not None:
            yield first, at - first
            first = None
