"""The settlement slip ÷ bare reportlab drawing the same glyphs with the same fonts.

Both sides are warm: fonts are loaded once, as a desk that prints all day has them. Both write a
whole PDF to disk, in turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measures import Measure, alternately
from printing.elements import A5_LANDSCAPE, Placed, Text
from printing.font_places import font_folders
from printing.fonts import Run, find_fonts
from tests.printing.conftest import compose, render
from tests.printing.samples import mixed

TARGET = 1.5
ROUNDS = 25


@dataclass(frozen=True, slots=True)
class _Piece:
    """A string in one font at one place of a page."""

    font: str
    size: float
    x: float
    y: float
    text: str


def measure() -> tuple[Measure, ...]:
    """The ratio; both sides draw the same strings in the same fonts at the same places."""
    slip = mixed()
    fonts = find_fonts(font_folders(Path.cwd(), Path.home()))
    pages = [_pieces(page) for page in compose(slip, fonts)]
    _register(compose(slip, fonts))
    with TemporaryDirectory() as folder:
        out, bare = Path(folder, "slip.pdf"), Path(folder, "bare.pdf")
        pairs = alternately(
            lambda: render(slip, fonts, out), lambda: bare.write_bytes(_draw_bare(pages)), ROUNDS
        )
    return (pairs.ratio("receipt ÷ bare reportlab", TARGET, ("slip", "bare reportlab")),)


def _name(run: Run) -> str:
    return f"bare-{run.font.fontName}" if run.font else ""


def _pieces(page: Iterable[Placed]) -> tuple[_Piece, ...]:
    pieces: list[_Piece] = []
    for text, y in page:
        if isinstance(text, Text):
            x = text.x
            for run in text.line.runs:
                pieces.append(_Piece(_name(run), text.size, x, A5_LANDSCAPE.height - y, run.text))
                x += run.width * text.size / 1000
    return tuple(pieces)


def _register(pages: Iterable[Iterable[Placed]]) -> None:
    """Load the same files as plain reportlab fonts."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    texts = (element for page in pages for element, _y in page if isinstance(element, Text))
    fonts = {_name(run): run.font for text in texts for run in text.line.runs if run.font}
    for name, font in fonts.items():
        registerFont(TTFont(name, str(font.path), subfontIndex=font.index, shapable=False))


def _draw_bare(pages: Iterable[Iterable[_Piece]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(
        BytesIO(), pagesize=(A5_LANDSCAPE.width, A5_LANDSCAPE.height), pageCompression=1
    )
    for page in pages:
        for piece in page:
            canvas.setFont(piece.font, piece.size)
            canvas.drawString(piece.x, piece.y, piece.text)
        canvas.showPage()
    return bytes(canvas.getpdfdata())
