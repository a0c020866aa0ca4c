"""Pages of a PDF as pictures: every dot asked for, none too many."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from printing.sheets import NotReadable, one_copy, pages_of, sheets_at, sheets_within
from tests.rig.paper import ink, pdf

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@pytest.mark.parametrize(
    ("room", "size"),
    [((680, 2000), (680, 480)), ((2000, 480), (681, 480)), ((1360, 960), (1360, 959))],
)
def test_a_page_is_as_large_as_fits(
    tmp_path: Path, room: tuple[int, int], size: tuple[int, int]
) -> None:
    (sheet,) = sheets_within(pdf(tmp_path / "a.pdf").read_bytes(), *room)
    assert sheet.width == pytest.approx(size[0], abs=1)
    assert sheet.height == pytest.approx(size[1], abs=1)
    assert len(sheet.dots) == sheet.stride * sheet.height


def test_a_printer_gets_the_true_size(tmp_path: Path) -> None:
    """A5 is 210 × 148 mm: at 300 dpi 2480 × 1748 dots."""
    (sheet,) = sheets_at(pdf(tmp_path / "a.pdf").read_bytes(), 300)
    assert sheet.width == pytest.approx(2480, abs=1)
    assert sheet.height == pytest.approx(1748, abs=1)


def test_every_page_comes_in_order_and_the_right_way_up(tmp_path: Path) -> None:
    first, second = sheets_within(pdf(tmp_path / "a.pdf", pages=2).read_bytes(), 600, 600)
    assert (ink(first, 0.05, 0.05), ink(first, 0.95, 0.05)) == (BLACK, WHITE)
    assert (ink(second, 0.05, 0.05), ink(second, 0.95, 0.05)) == (WHITE, BLACK)
    assert ink(first, 0.05, 0.95) == WHITE


def test_pages_of_one_copy_are_a_pdf_of_their_own(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "a.pdf", pages=4).read_bytes()
    first, second = sheets_within(pages_of(whole, 1, 2), 600, 600)
    assert (ink(first, 0.95, 0.05), ink(second, 0.05, 0.05)) == (BLACK, BLACK)
    with pytest.raises(NotReadable):
        pages_of(b"torn", 0, 1)


def test_red_is_red(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "red.pdf"), pagesize=(100, 100))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 0, 100, 100, stroke=0, fill=1)
    canvas.save()
    (sheet,) = sheets_within((tmp_path / "red.pdf").read_bytes(), 10, 10)
    assert ink(sheet, 0.5, 0.5) == (255, 0, 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 torn"])
def test_what_is_no_pdf_is_said(content: bytes) -> None:
    with pytest.raises(NotReadable):
        sheets_within(content, 10, 10)


def test_two_threads_do_not_meet_in_the_library(tmp_path: Path) -> None:
    file = pdf(tmp_path / "a.pdf", pages=3).read_bytes()
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda _n: sheets_within(file, 300, 300), range(24)))
    assert set(drawn) == {drawn[0]}


def test_the_library_is_loaded_when_it_is_used() -> None:
    code = "import sys, printing.sheets; sys.exit('pypdfium2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_copy_is_its_own_pages_or_the_whole(tmp_path: Path) -> None:
    both = pdf(tmp_path / "a.pdf", pages=2).read_bytes()
    assert [len(sheets_within(one_copy(both, pages), 60, 60)) for pages in (1, 0)] == [1, 2]
