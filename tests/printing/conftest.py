"""The fonts of this machine, loaded once, and poppler to read what was printed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from printing.composer import Page, Rendered, pages, to_pdf
from printing.document import Document
from printing.font_places import font_folders
from printing.fonts import Fonts, find_fonts
from printing.forms.f1_settlement_slip import LAYOUT, SettlementSlip, settlement_slip
from printing.layout import Layouts


def document(slip: SettlementSlip) -> Document:
    """The slip as it is printed without a site's own layout."""
    return settlement_slip(slip, Layouts().of(LAYOUT))


def compose(slip: SettlementSlip, fonts: Fonts) -> tuple[Page, ...]:
    """The pages of one copy."""
    return pages(document(slip), fonts)


def render(slip: SettlementSlip, fonts: Fonts, out: Path) -> Rendered:
    """One copy, written to ``out``."""
    rendered = to_pdf(document(slip), fonts, ("",))
    out.write_bytes(rendered.pdf)
    return rendered


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return find_fonts(font_folders(Path("nowhere"), Path.home()))


class Printed:
    """A slip on paper, read back with poppler."""

    def __init__(self, path: Path, rendered: Rendered) -> None:
        self.path = path
        self.rendered = rendered
        self.text = poppler("pdftotext", "-layout", str(path), "-")

    @property
    def words(self) -> list[str]:
        """What stands apart on the paper, in reading order."""
        return self.text.split()

    def figure(self, label: str) -> str:
        """The figure to the right of a label, which stands on the paper once."""
        after = self.text.split(f"{label} ")
        assert len(after) == 2, (label, len(after) - 1)
        return after[1].split()[0]


def poppler(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def printed(fonts: Fonts, tmp_path: Path) -> Callable[[SettlementSlip], Printed]:
    """Prints a slip and reads it back."""

    def play(slip: SettlementSlip) -> Printed:
        out = tmp_path / "slip.pdf"
        return Printed(out, render(slip, fonts, out))

    return play
