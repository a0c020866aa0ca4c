"""Paper: a PDF on the system's default printer, page by page as a picture at its true size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPageLayout, QPainter

from desktop.domain.problems import DeskError, ProblemCode, desk_error
from printing.sheets import NotReadable, Sheet, sheets_at
from ui.pictures import image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
_A_TOUCH = 1.02
"""A5 across is as wide as A4 upright, save for the rounding of points to dots."""


def print_on_default(pdf: Path) -> str:
    """Print on the system's default printer; its name, "" when the system has none.

    Takes its time: belongs on a worker's thread. Raises ``DeskError`` (printer-failed), also for
    a printer that stands still: what is sent to it would come out hours later.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    found = QPrinterInfo.defaultPrinter()
    if found.isNull():
        return ""
    if found.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise desk_error(ProblemCode.PRINTER_FAILED, found.printerName())
    printer = QPrinter(found)
    printer.setPageSize(found.defaultPageSize())  # Qt asks the language, not the printer
    print_on(printer, pdf)
    return found.description() or found.printerName()


def print_on(printer: QPrinter, pdf: Path) -> None:
    """Print every page; raises ``DeskError`` (printer-failed)."""
    try:
        sheets = sheets_at(pdf, DPI)
    except NotReadable as fault:
        raise desk_error(ProblemCode.PRINTER_FAILED, str(fault)) from fault
    _fit(printer, pdf, sheets[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise _failed(printer)
    try:
        _paint(printer, painter, sheets)
    finally:
        ended = painter.end()
    if not ended:
        raise _failed(printer)


def _fit(printer: QPrinter, pdf: Path, sheet: Sheet) -> None:
    """The printer's own paper, turned when the slip is wider than it."""
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setDocName(pdf.stem)
    if sheet.width > printer.width() * _A_TOUCH:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)


def _paint(printer: QPrinter, painter: QPainter, sheets: tuple[Sheet, ...]) -> None:
    for at, sheet in enumerate(sheets):
        if at and not printer.newPage():
            raise _failed(printer)
        painter.drawImage(QPoint(0, 0), image_of(sheet))


def _failed(printer: QPrinter) -> DeskError:
    return desk_error(ProblemCode.PRINTER_FAILED, printer.printerName())
