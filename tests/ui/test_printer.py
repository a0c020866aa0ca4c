"""System printers: Qt's own PDF printer read back dot by dot, and a real CUPS behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.app import fonts_for_paper
from desktop.domain.problems import Problem, ProblemCode
from desktop.services.drawing import Pen
from printing.forms.f1_settlement_slip import LAYOUT, SettlementSlip, settlement_slip
from printing.ipp import asker
from printing.layout import Layouts
from printing.printer import CameOut, NotPrinted, Outcome, PrintJob, Unclear
from printing.sheets import Sheet, sheets_at
from printing.spooler import Spooler
from tests.printing.samples import mixed, simple
from tests.rig.cups import Cups, spooler
from tests.rig.paper import ink, pdf
from ui.printer import SystemPrinter, SystemPrinters, print_on

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
T = TypeVar("T")


def printer(target: Path, paper: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    made = QPrinter()
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(target))
    made.setPageSize(QPageSize(paper))
    return made


def job(folder: Path, pages: int = 1, name: str = "F1-1-1") -> PrintJob:
    return PrintJob(name, pdf(folder / "slip.pdf", pages).read_bytes())


def printed(folder: Path, pages: int, paper: QPageSize.PageSizeId) -> bytes:
    target = folder / "printed.pdf"
    assert on_a_worker(lambda: print_on(printer(target, paper), job(folder, pages))) is None
    return target.read_bytes()


def on_a_worker(work: Callable[[], T]) -> T:
    """As the window does it."""
    found: list[T] = []
    worker = threading.Thread(target=lambda: found.append(work()))
    worker.start()
    worker.join(60)
    return found[0]


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
    problem = print_on(printer(tmp_path / "nowhere" / "x.pdf"), job(tmp_path))
    assert problem is not None
    assert problem.kind is ProblemCode.PRINTER_FAILED


def test_what_is_no_pdf_is_a_problem(qt_app: object, tmp_path: Path) -> None:
    problem = print_on(printer(tmp_path / "x.pdf"), PrintJob("F1-1-1", b"torn"))
    assert problem is not None
    assert problem.kind is ProblemCode.PRINTER_FAILED


# --- real CUPS --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    """A service that would keep every file for ever, as its default does for a day."""
    with spooler(preserve="Yes") as running:
        yield running


@pytest.fixture
def service(cups: Cups, monkeypatch: pytest.MonkeyPatch) -> Spooler:
    monkeypatch.setenv("CUPS_SERVER", cups.server)
    return Spooler(asker(cups.server), grace=0.3)


def print_out(service: Spooler | None, name: str, what: PrintJob, tray: str = "") -> Outcome:
    return on_a_worker(lambda: SystemPrinters(service).printer(name, tray).print(what))


def test_what_comes_out_of_the_spooler_is_what_went_in(
    qt_app: object, cups: Cups, service: Spooler, tmp_path: Path
) -> None:
    """Both pages, at their size and place; from the tray that was named; nothing stays behind."""
    cups.add("office")
    assert print_out(service, "office", job(tmp_path, 2), "Tray2") == CameOut("office")
    (out,) = cups.wait_for(1, "office")
    first, second = sheets_at(out, 100)
    assert first.width == pytest.approx(827, abs=2)
    assert (ink(first, 95 / 827, 95 / 1169), ink(first, 105 / 827, 50 / 1169)) == (BLACK, WHITE)
    assert ink(second, 0.98, 0.05) == BLACK
    assert "InputSlot=Tray2" in cups.options("office")[0]
    assert cups.kept_files() == ()


def test_the_slip_itself_comes_out_dot_by_dot(qt_app: object, cups: Cups, service: Spooler) -> None:
    """The settlement slip, rare characters and all, as it is drawn on the screen."""
    slip = drawn(mixed())
    cups.add("slips")
    assert print_out(service, "slips", PrintJob("F1-2-1", slip)) == CameOut("slips")
    (out,) = sheets_at(cups.wait_for(1, "slips")[0], _LOOK)
    (meant,) = sheets_at(slip, _LOOK)
    (another,) = sheets_at(drawn(simple()), _LOOK)
    assert _apart(out, meant) < _apart(another, meant) / 2


def drawn(slip: SettlementSlip) -> bytes:
    pen = Pen(fonts_for_paper, Layouts())
    return pen.sheet("F1", LAYOUT, lambda layout: settlement_slip(slip, layout), copies=1).pdf


_LOOK = 150
"""Dots per inch: a printer's picture is blurred at edges by less than one of them."""


def _apart(one: Sheet, other: Sheet) -> int:
    """How far the greens of two sheets are apart, where both have paper."""
    width = 4 * (min(one.width, other.width) - 1)
    apart = 0
    for y in range(0, min(one.height, other.height) - 1, 5):
        ours = one.dots[y * one.stride + 1 : y * one.stride + width : 4]
        theirs = other.dots[y * other.stride + 1 : y * other.stride + width : 4]
        apart += sum(abs(a - b) for a, b in zip(ours, theirs, strict=True))
    return apart


def test_two_copies_stay_two(qt_app: object, cups: Cups, service: Spooler, tmp_path: Path) -> None:
    cups.add("pair")
    for copy in (1, 2):
        assert print_out(service, "pair", job(tmp_path, name=f"F1-3-{copy}")) == CameOut("pair")
    assert len(cups.wait_for(2, "pair")) == 2


def test_a_printer_that_the_system_does_not_know_is_named(
    qt_app: object, service: Spooler, tmp_path: Path
) -> None:
    found = print_out(service, "nobody", job(tmp_path))
    assert found == NotPrinted("nobody", Problem(ProblemCode.PRINTER_UNKNOWN, "nobody"))


@pytest.mark.parametrize(
    ("name", "reason", "kind"),
    [
        ("empty", "media-empty-error", ProblemCode.PRINTER_OUT_OF_PAPER),
        ("jammed", "media-jam", ProblemCode.PRINTER_JAM),
        ("open", "cover-open-error", ProblemCode.PRINTER_COVER_OPEN),
        ("off", "offline-report", ProblemCode.PRINTER_OFF),
    ],
)
def test_trouble_in_the_middle_is_named_and_nothing_comes_hours_later(
    qt_app: object,
    cups: Cups,
    service: Spooler,
    tmp_path: Path,
    name: str,
    reason: str,
    kind: ProblemCode,
) -> None:
    cups.add(name)
    cups.reasons(name, reason)
    before = cups.kept_files()
    found = print_out(service, name, job(tmp_path, name=f"F1-{name}-1"))
    assert isinstance(found, Unclear)
    assert found.problem.kind is kind
    assert set(cups.kept_files()) <= set(before), "of this job nothing stays in the spool"
    cups.reasons(name, "")
    assert print_out(service, name, job(tmp_path, name=f"F1-{name}-2")) == CameOut(name)
    assert len(cups.wait_for(1, name)) == 1


def test_a_printer_that_somebody_stopped_takes_nothing(
    qt_app: object, cups: Cups, service: Spooler, tmp_path: Path
) -> None:
    cups.add("stopped")
    cups.stop("stopped")
    found = print_out(service, "stopped", job(tmp_path, name="F1-6-1"))
    assert isinstance(found, NotPrinted)
    assert (found.problem.kind, cups.came_out("stopped")) == (ProblemCode.PRINTER_FAILED, ())


def test_without_anybody_to_ask_what_is_handed_over_is_believed(
    qt_app: object, cups: Cups, service: Spooler, tmp_path: Path
) -> None:
    """As on Windows: Qt tells whether the printer stands still, and no more."""
    cups.add("windows")
    assert print_out(None, "windows", job(tmp_path, name="F1-7-1"), "7") == CameOut("windows")
    assert len(cups.wait_for(1, "windows")) == 1
    cups.stop("windows")
    assert isinstance(print_out(None, "windows", job(tmp_path, name="F1-8-1")), NotPrinted)


def test_the_default_printer_is_the_systems(
    qt_app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(lambda: "office"))
    assert SystemPrinters().default() == "office"
    assert SystemPrinters().printer("office", "") == SystemPrinter("office")
