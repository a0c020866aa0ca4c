"""The same strings at the same places by other libraries; they are no dependency of the product.

``pip install 'kuasheng-desk[bench]'`` brings them. WeasyPrint takes fonts by their names from the
system, so the rest of its work is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib.util import find_spec
from typing import NamedTuple

from printing.elements import PaperSize
from printing.truetype import TrueTypeFont


class Piece(NamedTuple):
    """A string in one font at one place of a page; ``y`` from the lower edge, in points."""

    font: TrueTypeFont
    size: float
    x: float
    y: float
    text: str


Pages = Sequence[Sequence[Piece]]


def writers(pages: Pages, size: PaperSize) -> Mapping[str, Callable[[], bytes]]:
    """Those that are installed, by name."""
    every = {
        "fpdf2": ("fpdf", lambda: _fpdf(pages, size)),
        "weasyprint": ("weasyprint", lambda: _weasyprint(pages, size)),
    }
    return {name: draw for name, (module, draw) in every.items() if find_spec(module)}


def _fpdf(pages: Pages, size: PaperSize) -> bytes:
    """Fonts are read for each document: this library keeps none between two."""
    from fpdf import FPDF

    pdf = FPDF(orientation="L", unit="pt", format=(size.height, size.width))
    for font in {piece.font.fontName: piece.font for page in pages for piece in page}.values():
        pdf.add_font(font.fontName, fname=font.path, collection_font_number=font.index)
    for page in pages:
        pdf.add_page()
        for piece in page:
            pdf.set_font(piece.font.fontName, size=piece.size)
            pdf.text(piece.x, size.height - piece.y, piece.text)
    return bytes(pdf.output())


def _weasyprint(pages: Pages, size: PaperSize) -> bytes:
    from weasyprint import HTML

    sheets = "".join(
        f"<section>{''.join(_span(p, size) for p in page)}</section>" for page in pages
    )
    style = (
        f"@page{{size:{size.width}pt {size.height}pt;margin:0}}"
        f"section{{position:relative;height:{size.height - 1}pt;break-after:page}}"
        "span{position:absolute;white-space:pre;line-height:1}"
    )
    return bytes(HTML(string=f"<style>{style}</style>{sheets}").write_pdf())


def _span(piece: Piece, size: PaperSize) -> str:
    family = piece.font.face.familyName.decode()
    top = size.height - piece.y - piece.size
    return (
        f'<span style="left:{piece.x:.2f}pt;top:{top:.2f}pt;'
        f"font:{piece.size:.2f}pt '{family}'\">{escape(piece.text)}</span>"
    )
