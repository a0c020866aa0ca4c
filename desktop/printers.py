"""The printers of a desk, made from its settings: which one a form goes to, and how often."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from desktop.domain.problems import Problem, ProblemCode
from desktop.printer_settings import PrinterSettings, PrintersSettings
from printing.printer import Broken, Printer
from printing.spooler import SOCKET, Spooler

if TYPE_CHECKING:
    from printing.thermal_printer import ThermalPrinter


class System(Protocol):
    """The system's own printers; only a window has them, for they are printed on by Qt."""

    def default(self) -> str:
        """Name of the default printer; "" when there is none."""
        ...

    def printer(self, name: str, tray: str) -> Printer: ...


class NoSystem(Struct, frozen=True):
    """For the command line."""

    def default(self) -> str:
        return ""

    def printer(self, name: str, _tray: str) -> Printer:
        return Broken(name, Problem(ProblemCode.PRINTER_UNKNOWN, f"{name}（只能在窗口里打印）"))


class Printers(Struct, frozen=True):
    """Where forms go; a printer is looked up when something is printed."""

    settings: PrintersSettings
    system: System = NoSystem()
    spooler: Spooler | None = None

    def copies(self, form: str) -> int | None:
        """As the settings say; None: as many as the form has."""
        told = self.settings.of(form)
        return told.copies if told else None

    def printer(self, form: str) -> Printer | None:
        """None where nothing is said and the system has no default: the archive is the paper."""
        told = self.settings.of(form)
        if told is None:
            name = self.system.default()
            return self.system.printer(name, "") if name else None
        return self._made(told.printer, self.settings.devices[told.printer], told.tray)

    def _made(self, own_name: str, device: PrinterSettings, tray: str) -> Printer:
        match device.kind:
            case "system":
                return self._system(own_name, device.name, tray)
            case "folder":
                from printing.folder_printer import FolderPrinter

                return FolderPrinter(own_name, Path(device.address))
            case "queue":
                return self._queue(own_name, device)
            case _:
                return _roll(own_name, device)

    def _system(self, own_name: str, name: str, tray: str) -> Printer:
        found = name or self.system.default()
        if not found:
            return Broken(own_name, Problem(ProblemCode.PRINTER_UNKNOWN, "系统没有默认打印机"))
        return self.system.printer(found, tray)

    def _queue(self, own_name: str, device: PrinterSettings) -> Printer:
        from printing.raw_queue import RawQueue

        if self.spooler is None:
            return Broken(own_name, Problem(ProblemCode.PRINTER_UNKNOWN, "这个系统没有打印队列"))
        return RawQueue(own_name, device.name, self.spooler, device.columns)


class OneFile(Struct, frozen=True):
    """Every form goes into the one file that somebody named."""

    target: Path

    def copies(self, _form: str) -> int:
        return 1

    def printer(self, _form: str) -> Printer:
        from printing.folder_printer import FilePrinter

        return FilePrinter("PDF", self.target)


def _roll(own_name: str, device: PrinterSettings) -> ThermalPrinter:
    from printing.links import NetworkLink, SerialLink
    from printing.thermal_printer import ThermalPrinter

    if device.kind == "network":
        return ThermalPrinter(
            own_name, lambda: NetworkLink(*device.endpoint), device.answers, device.columns
        )
    return ThermalPrinter(
        own_name,
        lambda: SerialLink(device.address, device.speed),
        device.answers,
        device.columns,
    )


def look_at(settings: PrintersSettings, spooler: Spooler | None) -> Iterator[Look]:
    """Whether each printer of the settings would take a paper now; nothing is printed."""
    for name, device in settings.devices.items():
        yield Look(name, _problem(device, spooler))


def _problem(device: PrinterSettings, spooler: Spooler | None) -> Problem | None:
    match device.kind:
        case "system" | "queue":
            return spooler.refuses(device.name) if spooler and device.name else None
        case "folder":
            place = _nearest(Path(device.address))
            free = place.is_dir() and os.access(place, os.W_OK)
            return None if free else Problem(ProblemCode.PRINTER_FAILED, device.address)
        case _:
            return _roll("", device).trouble()


def _nearest(folder: Path) -> Path:
    """The folder, or the one in which it would be made."""
    return next(place for place in (folder, *folder.parents) if place.exists())


class Look(Struct, frozen=True):
    """One printer of the settings, and what is wrong with it."""

    name: str
    problem: Problem | None


def system_spooler() -> Spooler | None:
    """The print service of this system; None on Windows, whose spooler is Qt's alone."""
    from printing.ipp import asker

    if os.name == "nt":
        return None
    return Spooler(asker(os.environ.get("CUPS_SERVER") or SOCKET))
