"""The slip on a printer: Qt's own PDF printer stands for it, read back dot by dot."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.domain.problems import DeskError, ProblemCode
from printing.sheets import sheets_at
from tests.rig.paper import ink, pdf
from ui.printer import print_on, print_on_default

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def printer(target: Path, paper: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    made = QPrinter()
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(target))
    made.setPageSize(QPageSize(paper))
    return made


def printed(folder: Path, pages: int, paper: QPageSize.PageSizeId) -> Path:
    """Printed on a worker's thread, as the window does it."""
    source, target = pdf(folder / "slip.pdf", pages), folder / "printed.pdf"
    worker = threading.Thread(target=lambda: print_on(printer(target, paper), source))
    worker.start()
    worker.join(20)
    return target


def test_every_page_is_printed_at_its_true_size(qt_app: object, tmp_path: Path) -> None:
    """A5 across lies in the upper half of A4, unscaled: the inch is an inch."""
    first, second = sheets_at(printed(tmp_path, 2, QPageSize.PageSizeId.A4), 100)
    assert first.width == pytest.approx(827, abs=2)
    assert first.height == pytest.approx(1169, abs=2)
    assert (ink(first, 95 / 827, 95 / 1169), ink(first, 105 / 827, 50 / 1169)) == (BLACK, WHITE)
    assert ink(second, 0.98, 0.05) == BLACK


def test_paper_that_is_too_narrow_is_turned(qt_app: object, tmp_path: Path) -> None:
    (only,) = sheets_at(printed(tmp_path, 1, QPageSize.PageSizeId.A5), 100)
    assert only.width > only.height
    assert ink(only, 0.05, 0.05) == BLACK


@pytest.mark.expects_log("Returned false", "qt")
def test_a_printer_that_does_not_take_it_is_a_problem(qt_app: object, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refused:
        print_on(printer(tmp_path / "nowhere" / "x.pdf"), pdf(tmp_path / "slip.pdf"))
    assert [p.kind for p in refused.value.problems] == [ProblemCode.PRINTER_FAILED]


def test_a_slip_that_is_gone_is_a_problem(qt_app: object, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refused:
        print_on(printer(tmp_path / "x.pdf"), tmp_path / "slip.pdf")
    assert [p.kind for p in refused.value.problems] == [ProblemCode.PRINTER_FAILED]


def test_without_a_printer_nothing_is_printed(qt_app: object, tmp_path: Path) -> None:
    if not QPrinterInfo.defaultPrinter().isNull():
        pytest.skip("this machine has a printer; nothing is sent to it by a test")
    assert print_on_default(pdf(tmp_path / "slip.pdf")) == ""
