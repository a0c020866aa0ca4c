"""The settlement slip ÷ bare reportlab drawing the same glyphs with the same fonts.

Both sides are warm: fonts are loaded once, as a desk that prints all day has them. Both write a
whole PDF to disk, in turns. Beside it the same strings by fpdf2 and WeasyPrint, where installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measures import Measure, alternately, seconds, timed
from benchmarks.other_writers import Pages, Piece, writers
from printing.elements import A5_LANDSCAPE, Placed, Text
from printing.font_places import font_folders
from printing.fonts import find_fonts
from printing.truetype import TrueTypeFont
from tests.printing.conftest import compose, render
from tests.printing.samples import mixed

TARGET = 1.5
ROUNDS = 25
OTHER_ROUNDS = 5


def measure() -> tuple[Measure, ...]:
    """The ratio; all sides draw the same strings in the same fonts at the same places."""
    slip = mixed()
    fonts = find_fonts(font_folders(Path.cwd(), Path.home()))
    pages = tuple(tuple(_pieces(page)) for page in compose(slip, fonts))
    _register(pages)
    with TemporaryDirectory() as folder:
        out, bare = Path(folder, "slip.pdf"), Path(folder, "bare.pdf")
        pairs = alternately(
            lambda: render(slip, fonts, out), lambda: bare.write_bytes(_draw_bare(pages)), ROUNDS
        )
    ratio = pairs.ratio("receipt ÷ bare reportlab", TARGET, ("slip", "bare reportlab"))
    return (ratio, *_others(pages))


def _others(pages: Pages) -> Iterator[Measure]:
    for name, draw in writers(pages, A5_LANDSCAPE).items():
        draw()
        runs = [seconds(draw) for _round in range(OTHER_ROUNDS)]
        yield timed(f"– the same slip by {name}", runs)


def _name(font: TrueTypeFont) -> str:
    return f"bare-{font.fontName}"


def _pieces(page: Iterable[Placed]) -> Iterator[Piece]:
    for text, y in page:
        if isinstance(text, Text):
            x = text.x
            for run in text.line.runs:
                if run.font is not None:
                    yield Piece(run.font, text.size, x, A5_LANDSCAPE.height - y, run.text)
                x += run.width * text.size / 1000


def _register(pages: Pages) -> None:
    """Load the same files as plain reportlab fonts."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = {_name(piece.font): piece.font for page in pages for piece in page}
    for name, font in fonts.items():
        registerFont(TTFont(name, str(font.path), subfontIndex=font.index, shapable=False))


def _draw_bare(pages: Pages) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    size = (A5_LANDSCAPE.width, A5_LANDSCAPE.height)
    canvas = Canvas(BytesIO(), pagesize=size, pageCompression=1)
    for page in pages:
        for piece in page:
            canvas.setFont(_name(piece.font), piece.size)
            canvas.drawString(piece.x, piece.y, piece.text)
        canvas.showPage()
    return bytes(canvas.getpdfdata())
