"""From the settings to the printer that a form goes to."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from desktop.domain.problems import ProblemCode
from desktop.printer_settings import FormPrinting, PrinterSettings, PrintersSettings
from desktop.printers import NoSystem, OneFile, Printers, look_at, system_spooler
from printing.folder_printer import FilePrinter, FolderPrinter
from printing.ipp import asker
from printing.links import NetworkLink, SerialLink
from printing.printer import Broken, CameOut, NotPrinted, Printer, PrintJob
from printing.raw_queue import RawQueue
from printing.spooler import Spooler
from printing.thermal_printer import ThermalPrinter
from tests.rig.desk_printer import DeskPrinter
from tests.rig.thermal import NetworkPrinter, Roll, SerialPrinter

JOB = PrintJob("F1-1-1", b"%PDF")


class System:
    """Knows any printer; ``default`` as told."""

    def __init__(self, default: str = "") -> None:
        self._default = default

    def default(self) -> str:
        return self._default

    def printer(self, name: str, tray: str) -> Printer:
        return DeskPrinter(name=f"{name}/{tray}")


def printers(device: PrinterSettings, system: System | NoSystem | None = None) -> Printers:
    told = PrintersSettings({"own": device}, {"F1": FormPrinting("own", "2", 3)})
    return Printers(told, system or System())


def test_without_settings_it_is_the_default_printer_or_none() -> None:
    assert Printers(PrintersSettings(), System()).printer("F1") is None
    found = Printers(PrintersSettings(), System("office")).printer("F1")
    assert found is not None
    assert found.name == "office/"
    assert Printers(PrintersSettings()).copies("F1") is None


def test_a_system_printer_by_name_and_tray() -> None:
    desk = printers(PrinterSettings("system", "HP"))
    found = desk.printer("F1")
    assert found is not None
    assert (found.name, desk.copies("F1")) == ("HP/2", 3)


def test_the_systems_default_where_no_name_is_told() -> None:
    found = printers(PrinterSettings("system"), System("office")).printer("F1")
    assert found is not None
    assert found.name == "office/2"
    none = printers(PrinterSettings("system"), NoSystem()).printer("F1")
    assert isinstance(none, Broken)
    assert none.problem.kind is ProblemCode.PRINTER_UNKNOWN


def test_the_command_line_has_no_system_printer() -> None:
    found = printers(PrinterSettings("system", "HP"), NoSystem()).printer("F1")
    assert found is not None
    outcome = found.print(JOB)
    assert isinstance(outcome, NotPrinted)
    assert outcome.problem.kind is ProblemCode.PRINTER_UNKNOWN


def test_a_folder_takes_every_copy_as_a_file(tmp_path: Path) -> None:
    found = printers(PrinterSettings("folder", address=str(tmp_path / "out"))).printer("F1")
    assert found == FolderPrinter("own", tmp_path / "out")
    assert found.print(JOB) == CameOut("own")
    (file,) = (tmp_path / "out").iterdir()
    assert (file.name, file.read_bytes()) == ("F1-1-1.pdf", b"%PDF")
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    found = printers(PrinterSettings("folder", address=str(tmp_path / "out"))).printer("F1")
    assert found is not None
    assert isinstance(found.print(JOB), NotPrinted)


def test_a_queue_needs_a_print_service() -> None:
    device = PrinterSettings("queue", "pos")
    found = printers(device).printer("F1")
    assert isinstance(found, Broken)
    told = PrintersSettings({"own": device}, {"F1": FormPrinting("own")})
    spooler = Spooler(asker("/nowhere"))
    assert Printers(told, System(), spooler).printer("F1") == RawQueue("own", "pos", spooler)


def test_rolls_by_network_and_serial() -> None:
    with NetworkPrinter(Roll()) as network, SerialPrinter(Roll()) as serial:
        devices = (
            (PrinterSettings("network", address=f"127.0.0.1:{network.port}"), NetworkLink),
            (PrinterSettings("serial", address=serial.port), SerialLink),
        )
        for device, kind in devices:
            found = printers(device).printer("F1")
            assert isinstance(found, ThermalPrinter)
            link = found.dial()
            assert isinstance(link, kind)
            link.close()


def test_one_file_for_whoever_named_it(tmp_path: Path) -> None:
    one = OneFile(tmp_path / "a.pdf")
    assert (one.copies("F1"), one.printer("F1")) == (1, FilePrinter("PDF", tmp_path / "a.pdf"))


def test_each_printer_is_asked_how_it_is(tmp_path: Path) -> None:
    """Nothing is printed: for ``kuasheng check`` (S3-27)."""
    roll = Roll(cover_open=True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with NetworkPrinter(roll) as network, socket.create_server(("127.0.0.1", 0)) as gone:
        off = gone.getsockname()[1]
        gone.close()
        devices = {
            "roll": PrinterSettings("network", address=f"127.0.0.1:{network.port}"),
            "off": PrinterSettings("network", address=f"127.0.0.1:{off}"),
            "folder": PrinterSettings("folder", address=str(tmp_path / "a" / "b")),
            "closed": PrinterSettings("folder", address=str(tmp_path / "file" / "a")),
            "default": PrinterSettings("system"),
            "queue": PrinterSettings("queue", "pos"),
        }
        looks = look_at(PrintersSettings(devices), Spooler(asker("/nowhere")))
        told = {look.name: look.problem.kind if look.problem else None for look in looks}
    assert roll.lines == []
    assert told == {
        "roll": ProblemCode.PRINTER_COVER_OPEN,
        "off": ProblemCode.PRINTER_OFF,
        "folder": None,
        "closed": ProblemCode.PRINTER_FAILED,
        "default": None,
        "queue": ProblemCode.PRINTER_OFF,
    }


def test_the_print_service_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_spooler() is not None
    monkeypatch.setattr("desktop.printers.os.name", "nt")
    assert system_spooler() is None
