"""Plain PDFs to look at: pages of one size, each with a black square in a corner of its own."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from printing.sheets import Sheet

A5 = (595.28, 419.53)
"""Landscape, in points."""
_INCH = 72


def pdf(target: Path, pages: int = 1, size: tuple[float, float] = A5) -> Path:
    """A square inch at the left top of odd pages, at the right top of even ones."""
    canvas = Canvas(str(target), pagesize=size)
    for page in range(pages):
        left = size[0] - _INCH if page % 2 else 0
        canvas.rect(left, size[1] - _INCH, _INCH, _INCH, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return target


def ink(sheet: Sheet, across: float, down: float) -> tuple[int, int, int]:
    """Red, green and blue at a place from 0 to 1 across and down."""
    x, y = int(across * sheet.width), int(down * sheet.height)
    at = y * sheet.stride + 4 * x
    blue, green, red = sheet.dots[at : at + 3]
    return red, green, blue
