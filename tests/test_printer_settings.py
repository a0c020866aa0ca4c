"""``[printers]``: which form goes to which printer; a fault is named with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.problems import DeskError, ProblemCode
from desktop.printer_settings import FormPrinting, PrinterSettings, PrintersSettings
from desktop.settings import load, origins

TOLD = """
[printers.laser]
kind = "system"
name = "HP_LaserJet"
colour = "of a newer version"
[printers.roll]
kind = "network"
address = "[::1]:9100"
columns = 48
answers = false
[printers.port]
kind = "serial"
address = "COM3"
speed = 19200
[printers.raw]
kind = "queue"
name = "pos"
[printers.pdf]
kind = "folder"
address = "/srv/slips"
[printers.forms]
F1 = { printer = "laser", tray = "Tray2", copies = 2 }
other = { printer = "pdf" }
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_printers_and_forms(tmp_path: Path) -> None:
    told = load(_file(tmp_path, TOLD)).printers
    assert told.devices["laser"] == PrinterSettings("system", "HP_LaserJet")
    assert told.devices["roll"].endpoint == ("::1", 9100)
    assert (told.devices["roll"].columns, told.devices["roll"].answers) == (48, False)
    assert told.of("F1") == FormPrinting("laser", "Tray2", 2)
    assert told.of("F6") == FormPrinting("pdf")
    assert PrintersSettings().of("F1") is None


def test_where_each_value_comes_from_is_shown(tmp_path: Path) -> None:
    shown = {told.key: (told.value, told.source) for told in origins(_file(tmp_path, TOLD), None)}
    assert shown["printers.laser.name"] == ("HP_LaserJet", "settings.toml")
    assert shown["printers.forms.F1.tray"] == ("Tray2", "settings.toml")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("printers = 1", "[printers] 应当是一节"),
        ("[printers]\nlaser = 1", "[printers.laser] 应当是一节"),
        ("[printers]\nforms = 1", "[printers.forms] 应当是一节"),
        (
            '[printers.a]\nkind = "usb"',
            "printers.a.kind 应当是 system、network、serial、queue、folder 之一",
        ),
        ("[printers.a]", "printers.a.kind 应当是 system、network、serial、queue、folder 之一"),
        ('[printers.a]\nkind = "system"\nname = 1', "printers.a.name 应当是 文字"),
        (
            '[printers.a]\nkind = "network"\naddress = "printer"',
            "printers.a.address 应当是 主机:端口，如 192.168.1.60:9100",
        ),
        (
            '[printers.a]\nkind = "network"\naddress = "printer:99999"',
            "printers.a.address 应当是 主机:端口，如 192.168.1.60:9100",
        ),
        ('[printers.a]\nkind = "serial"', "printers.a.address 应当是串口名（如 COM3）或完整路径"),
        (
            '[printers.a]\nkind = "folder"\naddress = "slips"',
            "printers.a.address 应当是从根或盘符写起的完整路径",
        ),
        ('[printers.a]\nkind = "queue"', "printers.a.name 应当是系统里打印队列的名字"),
        (
            '[printers.a]\nkind = "system"\nspeed = 1',
            "printers.a.speed 应当是 9600、19200、38400、57600、115200 之一",
        ),
        (
            '[printers.a]\nkind = "system"\ncolumns = 200',
            "printers.a.columns 应当是 24 到 64 的整数",
        ),
        (
            '[printers.a]\nkind = "system"\nanswers = "no"',
            "printers.a.answers 应当是 true 或 false",
        ),
        (
            '[printers.forms]\nF1 = { printer = "laser" }',
            "printers.forms.F1.printer 应当是 [printers] 里写明的一台打印机",
        ),
        (
            '[printers.forms]\nF11 = { printer = "laser" }',
            "printers.forms.F11 不是表单：应当是 F1 到 F10 或 other",
        ),
        (
            '[printers.forms]\nF1 = "laser"',
            'printers.forms.F1 应当写成 { printer = "…", tray = "…", copies = 2 }',
        ),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(DeskError) as refused:
        load(_file(tmp_path, text))
    assert {p.kind for p in refused.value.problems} == {ProblemCode.SETTINGS_INVALID}
    assert [problem.detail for problem in refused.value.problems] == [fault]


def test_every_fault_of_a_form_at_once(tmp_path: Path) -> None:
    text = '[printers.a]\nkind = "system"\n[printers.forms]\nF1 = { printer = 1, tray = 2, copies = 0 }'
    with pytest.raises(DeskError) as refused:
        load(_file(tmp_path, text))
    assert [problem.detail for problem in refused.value.problems] == [
        "printers.forms.F1.printer 应当是 a 之一",
        "printers.forms.F1.tray 应当是 文字",
        "printers.forms.F1.copies 应当是 1 到 9 的整数",
    ]
