"""System printers: a PDF by way of Qt, page by page as a picture at its true size.

CUPS on Linux, the spooler on Windows. A picture is what every driver prints alike, rare characters
included. Qt hears nothing more of a job that it handed over; where there is a print service to ask
(:mod:`printing.spooler`) it is asked before and followed after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPageLayout, QPainter

from desktop.domain.problems import Problem, ProblemCode
from printing.printer import CameOut, NotPrinted, Outcome, PrintJob, unknown
from printing.sheets import NotReadable, Sheet, sheets_at
from ui.pictures import image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    from printing.spooler import Spooler

DPI = 300
_A_TOUCH = 1.02
"""A5 across is as wide as A4 upright, save for the rounding of points to dots."""
_CUPS_OPTIONS = 0xFE00
"""Qt's key for options of CUPS that have no place in its own interface (``PPK_CupsOptions``)."""


class SystemPrinter(Struct, frozen=True):
    """One printer of the system; ``spooler`` is None where nobody can be asked (Windows)."""

    name: str
    tray: str = ""
    """CUPS: ``InputSlot`` of its PPD; Windows: the driver's number of the bin; "" is its default."""
    spooler: Spooler | None = None

    def print(self, job: PrintJob) -> Outcome:
        """Belongs on a worker's thread; one at a time."""
        from PySide6.QtPrintSupport import QPrinterInfo

        found = QPrinterInfo.printerInfo(self.name)
        stopped = unknown(self.name) if found.isNull() else self._trouble(found)
        stopped = stopped or self._handed_over(found, job)
        if stopped is not None:
            return NotPrinted(self.name, stopped)
        if self.spooler is None:
            return CameOut(self.name)
        return self.spooler.follow(self.name, job.name)

    def _trouble(self, found: QPrinterInfo) -> Problem | None:
        """What is sent to a printer that stands still would come out hours later."""
        from PySide6.QtPrintSupport import QPrinter

        if self.spooler is not None:
            return self.spooler.refuses(self.name)
        failed = found.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
        return Problem(ProblemCode.PRINTER_FAILED, self.name) if failed else None

    def _handed_over(self, found: QPrinterInfo, job: PrintJob) -> Problem | None:
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(found)
        printer.setPageSize(found.defaultPageSize())  # Qt asks the language, not the printer
        if self.tray:
            _take_from(printer, self.tray)
        return print_on(printer, job)


class SystemPrinters(Struct, frozen=True):
    """Every printer that the system knows."""

    spooler: Spooler | None = None

    def default(self) -> str:
        from PySide6.QtPrintSupport import QPrinterInfo

        return QPrinterInfo.defaultPrinterName()

    def printer(self, name: str, tray: str) -> SystemPrinter:
        return SystemPrinter(name, tray, self.spooler)


def print_on(printer: QPrinter, job: PrintJob) -> Problem | None:
    """Print every page; what was amiss, and then nothing was handed over."""
    try:
        sheets = sheets_at(job.pdf, DPI)
    except NotReadable as fault:
        return Problem(ProblemCode.PRINTER_FAILED, str(fault))
    _fit(printer, job.name, sheets[0])
    painter = QPainter()
    if not painter.begin(printer):
        return _failed(printer)
    try:
        painted = _paint(printer, painter, sheets)
    finally:
        ended = painter.end()
    return None if painted and ended else _failed(printer)


def _fit(printer: QPrinter, name: str, sheet: Sheet) -> None:
    """The printer's own paper, turned when the slip is wider than it."""
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setDocName(name)
    if sheet.width > printer.width() * _A_TOUCH:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)


def _take_from(printer: QPrinter, tray: str) -> None:
    from PySide6.QtPrintSupport import QPrintEngine, QPrinter

    engine, keys = printer.printEngine(), QPrintEngine.PrintEnginePropertyKey
    engine.setProperty(keys(_CUPS_OPTIONS), ["InputSlot", tray])
    if tray.isdigit():
        engine.setProperty(keys.PPK_PaperSource, cast(QPrinter.PaperSource, int(tray)))


def _paint(printer: QPrinter, painter: QPainter, sheets: tuple[Sheet, ...]) -> bool:
    for at, sheet in enumerate(sheets):
        if at and not printer.newPage():
            return False
        painter.drawImage(QPoint(0, 0), image_of(sheet))
    return True


def _failed(printer: QPrinter) -> Problem:
    return Problem(ProblemCode.PRINTER_FAILED, printer.printerName())
