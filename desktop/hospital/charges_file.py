"""Takes over a charges file of the hospital's own system: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.charges import Bill
from desktop.hospital.csv_format import parse_csv
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.hospital.json_format import parse_json
from desktop.hospital.record import MAX_BYTES


def read_charges(path: Path) -> Bill:
    """The bill in ``path``, JSON or CSV told by the name, else by the first character.

    Raises :class:`ChargesInvalid` with every fault; a file that cannot be read is one, too.
    """
    data = _read(path)
    return parse_json(data) if _is_json(path, data) else parse_csv(data)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        message = "找不到收费文件，请核对路径"
    except (OSError, ValueError):
        message = "收费文件打不开，请核对路径和权限"
    raise ChargesInvalid((Fault("", "", message),))


def _is_json(path: Path, data: bytes) -> bool:
    suffix = path.suffix.lower()
    if suffix in (".json", ".csv"):
        return suffix == ".json"
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))
