"""Elements on real paper: a reportlab canvas that embeds every font it draws with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import cos, radians, sin
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.pdfdoc import PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from printing.elements import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    CaseCode,
    Element,
    Ink,
    Panel,
    Placed,
    Rule,
    Text,
)
from printing.fonts import Run

_THICKEN = 0.028
"""Outline of strong text in a font without a strong cut, in parts of the size."""
_SILENT = "/Span << /ActualText () >> BDC {} EMC"
"""Drawn, but without words for who copies or searches the page (ISO 32000 14.9.4)."""


class Imprint(Struct, frozen=True):
    """What the file says of itself; never a person's name."""

    title: str
    author: str
    date: datetime


class _Paper(Canvas):  # type: ignore[misc]
    """A canvas that embeds whatever it draws with, and knows no font by a global name."""

    _ink: Ink | None = None

    def _make_preamble(self) -> None:
        """Leave out reportlab's own Helvetica, which would not be embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Close the page; its stream is binary, not ASCII-85, which is larger and slower."""
        name = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[name]
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
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
                operators.append(f"{_matrix(text, y, place)} Tm {self._run(run, text)}")
            place += run.width * text.size / 1000
        boxes = _boxes(text, y) if text.line.missing else ()
        drawn = " ".join((*operators, "ET", *boxes))
        self.addLiteral(_SILENT.format(drawn) if text.silent else drawn)

    def _run(self, run: Run, text: Text) -> str:
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
        bottom = PAGE_HEIGHT - y - rule.weight / 2
        self.addLiteral(f"{rule.x:.2f} {bottom:.2f} {rule.length:.2f} {rule.weight:.2f} re f")

    def panel(self, panel: Panel, y: float) -> None:
        self.fill(panel.ink)
        bottom = PAGE_HEIGHT - y - panel.height
        self.roundRect(panel.x, bottom, panel.width, panel.height, panel.radius, stroke=0, fill=1)

    def case_code(self, code: CaseCode, y: float) -> None:
        self.fill(Ink.TEXT)
        modules = qr_modules(code.content)
        side = code.size / len(modules)
        squares = (
            f"{code.x + first * side:.3f} {PAGE_HEIGHT - y - (row + 1) * side:.3f} "
            f"{length * side:.3f} {side:.3f} re"
            for row, line in enumerate(modules)
            for first, length in _dark_stretches(line)
        )
        self.addLiteral(" ".join((*squares, "f")))

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


def to_pdf(pages: Iterable[Iterable[Placed]], imprint: Imprint) -> bytes:
    """The pages as one PDF, the same bytes for the same pages and imprint."""
    paper = _Paper(
        BytesIO(),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        lang="zh-CN",
    )
    _sign(paper, imprint)
    for page in pages:
        for element, y in page:
            paper.draw(element, y)
        paper.showPage()
    return bytes(paper.getpdfdata())


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


def _matrix(text: Text, y: float, along: float) -> str:
    """The text matrix for a run that begins ``along`` points into the line."""
    if not text.angle:
        return f"1 0 0 1 {text.x + along:.2f} {PAGE_HEIGHT - y:.2f}"
    across, up = cos(radians(text.angle)), sin(radians(text.angle))
    place = f"{text.x + along * across:.2f} {PAGE_HEIGHT - y + along * up:.2f}"
    return f"{across:.4f} {up:.4f} {-up:.4f} {across:.4f} {place}"


def _boxes(text: Text, y: float) -> Iterator[str]:
    """An empty square for each character that no font has."""
    place, side = text.x, text.size * 0.78
    for run in text.line.runs:
        if run.font is None:
            left, bottom = place + text.size * 0.11, PAGE_HEIGHT - y - text.size * 0.06
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
