"""Settings of a profile: ``settings.toml``, every value with the place that it comes from.

Secrets are never here; they live in the OS keyring (contracts: settings).
"""

from __future__ import annotations

import errno
import re
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from msgspec import Struct

from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error
from desktop.domain.scanned import FUNCTION_KEYS
from desktop.printer_settings import printer_faults, printer_origins, printers_of
from desktop.sections import (
    PRACTICE_AREA,
    PRACTICE_HOSPITAL,
    CardSettings,
    DeskSettings,
    HospitalSettings,
    IdReaderSettings,
    PlatformSettings,
    ScannerSettings,
    Settings,
    VoucherSettings,
)

__all__ = [
    "PRACTICE_AREA",
    "PRACTICE_HOSPITAL",
    "CardSettings",
    "DeskSettings",
    "HospitalSettings",
    "IdReaderSettings",
    "Origin",
    "PlatformSettings",
    "ScannerSettings",
    "Settings",
    "VoucherSettings",
    "is_loopback",
    "load",
    "origins",
]

_LONGEST = 86_400
"""Seconds; no limit of ours is longer than a day."""


class Origin(Struct, frozen=True):
    """One value and where it comes from: ``default``, the file, or ``command line``."""

    key: str
    value: object
    source: str


_SECTIONS = {
    "platform": PlatformSettings,
    "hospital": HospitalSettings,
    "desk": DeskSettings,
    "card": CardSettings,
    "voucher": VoucherSettings,
    "scanner": ScannerSettings,
    "id_reader": IdReaderSettings,
}


def load(file: Path) -> Settings:
    """Read the settings; every fault as ``settings-invalid`` naming its key and what it wants.

    A key that this version does not know is left alone: a newer one may (contracts).
    """
    raw = _read(file)
    flat = (fault for name, section in _SECTIONS.items() for fault in _faults(name, section, raw))
    _raise([*flat, *printer_faults(raw)])
    sections = {name: _section(name, raw) for name in _SECTIONS}
    settings = Settings(**sections, printers=printers_of(raw))
    _raise([*_missing(settings, raw), *_misshapen(settings)])
    return settings


def origins(file: Path, platform_override: str | None) -> tuple[Origin, ...]:
    """Every value in force with its source, for ``kuasheng settings show``."""
    settings, raw = load(file), _read(file)
    shown = []
    for name in _SECTIONS:
        section = getattr(settings, name)
        for field in section.__struct_fields__:
            key = f"{name}.{field}"
            source = file.name if field in raw.get(name, {}) else "default"
            shown.append(Origin(key, getattr(section, field), source))
    shown += [Origin(key, told, file.name) for key, told in printer_origins(settings.printers)]
    shown += _unused(file, raw)
    if platform_override is None:
        return tuple(shown)
    override = Origin("platform.url", platform_override, "command line")
    return tuple(override if origin.key == override.key else origin for origin in shown)


def _unused(file: Path, raw: Mapping[str, Any]) -> list[Origin]:
    """What stands in the file and is not known: shown, so that a slip of the pen is seen."""
    source = f"{file.name} (unused)"
    known = {f"{name}.{field}" for name in _SECTIONS for field in _fields(name)}
    flat = ((name, part) for name, part in raw.items() if name != "printers")
    sections = ((name, part) for name, part in flat if isinstance(part, dict))
    keys = ((f"{name}.{key}", value) for name, part in sections for key, value in part.items())
    return [Origin(key, str(value), source) for key, value in keys if key not in known]


def is_loopback(url: str) -> bool:
    """True for an address that never leaves this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _fields(section: str) -> tuple[str, ...]:
    return _SECTIONS[section].__struct_fields__


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        why = errno.errorcode.get(error.errno or 0, "")
        raise desk_error(ProblemCode.SETTINGS_INVALID, f"{file.name} 打不开 {why}") from error
    except (ValueError, RecursionError) as error:
        raise desk_error(ProblemCode.SETTINGS_INVALID, f"{file.name}：{error}") from error


def _faults(name: str, section: type, raw: Mapping[str, Any]) -> list[str]:
    given = raw.get(name, {})
    if not isinstance(given, dict):
        return [f"[{name}] 应当是一节"]
    hints = get_type_hints(section)
    return [
        f"{name}.{key} 应当是 {_wanted(hints[key])}"
        for key, value in given.items()
        if key in hints and not _fits(_as_text(name, key, value), hints[key])
    ]


_CODES = frozenset((("hospital", "level"), ("hospital", "station")))


def _as_text(name: str, key: str, value: object) -> object:
    """A level or station written as a number is the code all the same."""
    number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if number and (name, key) in _CODES else value


def _fits(value: object, hint: Any) -> bool:
    origin = get_origin(hint)
    if origin is Literal:
        return any(type(value) is type(option) and value == option for option in get_args(hint))
    if origin is tuple:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if origin in (UnionType, Union):
        return any(_fits(value, option) for option in get_args(hint))
    if hint in (int, float):
        wanted = (int,) if hint is int else (int, float)
        return isinstance(value, wanted) and not isinstance(value, bool) and 0 < value <= _LONGEST
    return isinstance(value, hint)


def _wanted(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return "、".join(str(option) for option in get_args(hint)) + " 之一"
    names = {
        int: f"1 到 {_LONGEST} 的整数（秒）",
        float: f"大于 0、不超过 {_LONGEST} 的数（秒）",
        str: "文字",
        bool: "true 或 false",
    }
    return names.get(hint, "文字的列表")


def _section(name: str, raw: Mapping[str, Any]) -> Any:
    given = {**_untold(name, raw), **raw.get(name, {})}
    known = _fields(name)
    values = {key: _as_text(name, key, value) for key, value in given.items() if key in known}
    if name == "hospital" and "station" in values:
        values["station"] = str(values["station"]).zfill(given.get("station_digits", 2))
    return _SECTIONS[name](
        **{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    )


def _untold(name: str, raw: Mapping[str, Any]) -> dict[str, str]:
    """What a configured profile may leave unsaid, and practice would say in its place."""
    return {"level": ""} if name == "hospital" and _configured(raw) else {}


def _configured(raw: Mapping[str, Any]) -> bool:
    return bool(raw.get("platform", {}).get("url"))


_NEEDED = (
    ("platform", "paasid"),
    ("hospital", "fixmedins_code"),
    ("hospital", "name"),
    ("hospital", "area"),
    ("hospital", "station"),
)


def _missing(settings: Settings, raw: Mapping[str, Any]) -> list[str]:
    """A configured profile must say itself which hospital and window it is; the rest has defaults
    that harm nobody (contracts: settings).
    """
    if settings.practice:
        return []
    return [
        f"{name}.{key} 没有填写"
        for name, key in _NEEDED
        if not str(raw.get(name, {}).get(key, "")).strip()
    ]


def _misshapen(settings: Settings) -> list[str]:
    """Codes whose form every request depends on (msgid, routing, headers)."""
    hospital, platform, desk = settings.hospital, settings.platform, settings.desk
    card, voucher = settings.card, settings.voucher
    code, digits = hospital.fixmedins_code, hospital.station_digits
    forms = (
        (
            len(code) == 12 and code.isascii() and code.isalnum(),
            "hospital.fixmedins_code 应当是 12 位字母数字",
        ),
        (_is_digits(hospital.area, 6), "hospital.area 应当是 6 位数字"),
        (_is_digits(hospital.station, digits), f"hospital.station 应当是 {digits} 位数字"),
        (
            not platform.url or _is_http(platform.url),
            f"platform.url {_HTTP_WANTED}",
        ),
        (_is_header(platform.paasid), "platform.paasid 只能是字母、数字和符号"),
        *(
            (not path or _is_whole_path(path), f"{key} 应当是从根或盘符写起的完整路径")
            for key, path in (
                ("desk.drop_folder", desk.drop_folder),
                ("desk.layouts", desk.layouts),
                ("card.library", card.library),
                ("voucher.library", voucher.library),
            )
        ),
        (_is_header(voucher.url), "voucher.url 只能是字母、数字和符号"),
        (
            desk.scanner_prefix in ("", *FUNCTION_KEYS) or _is_symbol(desk.scanner_prefix),
            "desk.scanner_prefix 应当是一个符号（不能是字母或数字），或 F1 到 F24",
        ),
    )
    return [
        fault
        for right, fault in (*forms, *_device_forms(settings), *_module_forms(card))
        if not right
    ]


def _device_forms(settings: Settings) -> tuple[tuple[bool, str], ...]:
    scanner, id_reader = settings.scanner, settings.id_reader
    return (
        (_is_port(scanner.port), f"scanner.port {_PORT_WANTED}"),
        (_is_port(id_reader.port), f"id_reader.port {_PORT_WANTED}"),
        (
            not scanner.port or scanner.port != id_reader.port,
            "id_reader.port 不能与 scanner.port 是同一个串口",
        ),
        (_is_camera(scanner.camera), "scanner.camera 应当是摄像头的编号（如 0）、完整路径或网址"),
    )


def _module_forms(card: CardSettings) -> tuple[tuple[bool, str], ...]:
    keys = (card.psam_internal_key, card.psam_external_key)
    return (
        (not card.hsm_url or _is_http(card.hsm_url), f"card.hsm_url {_HTTP_WANTED}"),
        (
            not (card.hsm_url and card.psam_reader),
            "card.hsm_url 与 card.psam_reader 只能填一个",
        ),
        (
            not card.psam_reader or all(_KEY.fullmatch(key) for key in keys),
            "card.psam_internal_key 和 card.psam_external_key 应当是 4 位十六进制数",
        ),
        (
            not card.psam_directory or _KEY.fullmatch(card.psam_directory) is not None,
            "card.psam_directory 应当是 4 位十六进制数",
        ),
    )


_KEY = re.compile(r"[0-9A-Fa-f]{4}")
_HTTP_WANTED = "应当是 http:// 或 https:// 的地址"
_PORT = re.compile(r"COM[1-9]\d{0,2}", re.ASCII)
_PORT_WANTED = "应当是串口名（如 COM3）或完整路径（如 /dev/ttyUSB0）"


def _is_port(text: str) -> bool:
    return not text or _PORT.fullmatch(text) is not None or _is_whole_path(text)


def _is_camera(text: str) -> bool:
    return not text or _is_digits(text, 1) or "://" in text or _is_whole_path(text)


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _is_header(text: str) -> bool:
    """It travels in a header of HTTP."""
    return text.isascii() and text.isprintable() and " " not in text


def _is_whole_path(text: str) -> bool:
    """Where a program was started from must not decide where bills are looked for."""
    return text.isprintable() and Path(text).is_absolute()


def _is_symbol(text: str) -> bool:
    """Letters and digits are what ID numbers and codes are made of."""
    return len(text) == 1 and "!" <= text <= "~" and not text.isalnum()


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _raise(faults: list[str]) -> None:
    if faults:
        raise DeskError(*(Problem(ProblemCode.SETTINGS_INVALID, fault) for fault in faults))
