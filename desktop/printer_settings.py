"""``[printers]``: the printers of this desk by names of its own, and which form goes to which.

::

    [printers.laser]
    kind = "system"            # CUPS, or the spooler of Windows
    name = "HP_LaserJet_400"   # as the system calls it; left out: its default printer

    [printers.roll]
    kind = "network"           # 80 mm, ESC/POS
    address = "192.168.1.60:9100"

    [printers.forms]
    F1 = { printer = "laser", tray = "Tray2", copies = 2 }
    F6 = { printer = "roll" }
    other = { printer = "laser" }

Without it every form goes to the system's default printer, where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct, field

Kind = Literal["system", "network", "serial", "queue", "folder"]
KINDS: tuple[str, ...] = get_args(Kind)
OTHER = "other"
"""Every form that is not named itself."""
_FORMS = "forms"
_FORM = re.compile(r"F([1-9]|10)(-[a-z-]+)?|other", re.ASCII)
_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/]+):([1-9]\d{0,4})", re.ASCII)
_SPEEDS = (9600, 19200, 38400, 57600, 115200)
_MOST_COPIES = 9
_LEAST_COLUMNS, _MOST_COLUMNS = 24, 64


class PrinterSettings(Struct, frozen=True):
    """One printer of this desk."""

    kind: Kind
    name: str = ""
    """system, queue: as the system calls it."""
    address: str = ""
    """network: host and port; serial: the port; folder: a whole path."""
    speed: int = 9600
    """serial: bits per second."""
    columns: int = 42
    """80 mm: narrow characters of a line; many printers take 48."""
    answers: bool = True
    """80 mm: it tells paper and cover when asked; False for one that cannot."""

    @property
    def endpoint(self) -> tuple[str, int]:
        """Host and port of a network printer."""
        host, _, port = self.address.rpartition(":")
        return host.strip("[]"), int(port)


class FormPrinting(Struct, frozen=True):
    """Where one form is printed."""

    printer: str
    tray: str = ""
    """system: as the driver calls it; "" is its default."""
    copies: int | None = None
    """None: as many as the form has."""


class PrintersSettings(Struct, frozen=True):
    """``[printers]``."""

    devices: Mapping[str, PrinterSettings] = field(default_factory=dict)
    forms: Mapping[str, FormPrinting] = field(default_factory=dict)

    def of(self, form: str) -> FormPrinting | None:
        """None where nothing is said: the system's default printer."""
        return self.forms.get(form) or self.forms.get(OTHER)


def printers_of(raw: Mapping[str, Any]) -> PrintersSettings:
    """What ``raw``, which has no fault, says."""
    told = raw.get("printers", {})
    devices = {name: given for name, given in told.items() if name != _FORMS}
    return PrintersSettings(
        {
            name: PrinterSettings(**_known(PrinterSettings, given))
            for name, given in devices.items()
        },
        {
            form: FormPrinting(**_known(FormPrinting, given))
            for form, given in told.get(_FORMS, {}).items()
        },
    )


def printer_faults(raw: Mapping[str, Any]) -> list[str]:
    """Every fault of the section, each with its key and what it wants."""
    told = raw.get("printers", {})
    if not isinstance(told, dict):
        return ["[printers] 应当是一节"]
    devices = {name: given for name, given in told.items() if name != _FORMS}
    faults = [fault for name, given in devices.items() for fault in _device_faults(name, given)]
    forms = told.get(_FORMS, {})
    if not isinstance(forms, dict):
        return [*faults, "[printers.forms] 应当是一节"]
    return [
        *faults,
        *(fault for form, given in forms.items() for fault in _form_faults(form, given, devices)),
    ]


def printer_origins(settings: PrintersSettings) -> Iterator[tuple[str, object]]:
    """Every key of the section with its value, as the file has them."""
    for name, device in settings.devices.items():
        for key in device.__struct_fields__:
            yield f"printers.{name}.{key}", getattr(device, key)
    for form, printing in settings.forms.items():
        for key in printing.__struct_fields__:
            yield f"printers.{_FORMS}.{form}.{key}", getattr(printing, key)


def _known(kind: type[Struct], given: Mapping[str, Any]) -> dict[str, Any]:
    """A key that this version does not know is left alone: a newer one may (contracts)."""
    return {key: value for key, value in given.items() if key in kind.__struct_fields__}


def _device_faults(name: str, given: object) -> Iterator[str]:
    key = f"printers.{name}"
    if not isinstance(given, dict):
        yield f"[{key}] 应当是一节"
        return
    kind = given.get("kind")
    if kind not in KINDS:
        yield f"{key}.kind 应当是 {'、'.join(KINDS)} 之一"
        return
    yield from _type_faults(key, given)
    address, named = str(given.get("address", "")), given.get("name")
    wanted = {
        "network": (_is_address(address), "address 应当是 主机:端口，如 192.168.1.60:9100"),
        "serial": (bool(address), "address 应当是串口名（如 COM3）或完整路径"),
        "folder": (Path(address).is_absolute(), "address 应当是从根或盘符写起的完整路径"),
        "queue": (bool(named), "name 应当是系统里打印队列的名字"),
    }
    right, words = wanted.get(str(kind), (True, ""))
    if not right:
        yield f"{key}.{words}"


def _type_faults(key: str, given: Mapping[str, Any]) -> Iterator[str]:
    columns = given.get("columns", _LEAST_COLUMNS)
    checks = (
        (isinstance(given.get("name", ""), str), "name 应当是 文字"),
        (isinstance(given.get("address", ""), str), "address 应当是 文字"),
        (isinstance(given.get("answers", True), bool), "answers 应当是 true 或 false"),
        (
            given.get("speed", _SPEEDS[0]) in _SPEEDS,
            f"speed 应当是 {'、'.join(map(str, _SPEEDS))} 之一",
        ),
        (
            _is_whole(columns) and _LEAST_COLUMNS <= columns <= _MOST_COLUMNS,
            f"columns 应当是 {_LEAST_COLUMNS} 到 {_MOST_COLUMNS} 的整数",
        ),
    )
    return (f"{key}.{words}" for right, words in checks if not right)


def _form_faults(form: str, given: object, devices: Mapping[str, object]) -> Iterator[str]:
    key = f"printers.{_FORMS}.{form}"
    if not _FORM.fullmatch(form):
        yield f"{key} 不是表单：应当是 F1 到 F10 或 {OTHER}"
        return
    if not isinstance(given, dict):
        yield f'{key} 应当写成 {{ printer = "…", tray = "…", copies = 2 }}'
        return
    copies = given.get("copies", 1)
    checks = (
        (given.get("printer") in devices, f"printer 应当是 {_names(devices)}"),
        (isinstance(given.get("tray", ""), str), "tray 应当是 文字"),
        (
            _is_whole(copies) and 1 <= copies <= _MOST_COPIES,
            f"copies 应当是 1 到 {_MOST_COPIES} 的整数",
        ),
    )
    yield from (f"{key}.{words}" for right, words in checks if not right)


def _names(devices: Mapping[str, object]) -> str:
    return "、".join(devices) + " 之一" if devices else "[printers] 里写明的一台打印机"


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_address(text: str) -> bool:
    found = _ADDRESS.fullmatch(text)
    return found is not None and int(found.group(2)) < 65536
