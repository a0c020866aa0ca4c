"""The charges file as JSON (UTF-8, with or without BOM)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from desktop.domain.charges import Bill
from desktop.hospital.bill import read_bill
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.hospital.record import EMPTY, MAX_BYTES, Number, Record, repeated

_SHORT = re.compile(r"[0-9A-Za-z_-]{1,12}")


def parse_json(data: bytes) -> Bill:
    """Read a JSON charges file; raises :class:`ChargesInvalid` with every fault of it."""
    root = _load(data)
    if not isinstance(root, Record):
        raise _broken("", "最外层应为对象 {…}，含 version、patient、visit、bill、lines")
    return read_bill(_placed(root))


def _load(data: bytes) -> object:
    if len(data) > MAX_BYTES:
        raise _broken("", f"文件太大，最多 {MAX_BYTES // 1024 // 1024} MB")
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_record,
            parse_int=Number,
            parse_float=Number,
            parse_constant=Number,
        )
    except UnicodeDecodeError:
        raise _broken("", "编码不对，JSON 请存为 UTF-8") from None
    except json.JSONDecodeError as error:
        raise _broken(f"第{error.lineno}行", f"第{error.colno}列起不是合法的 JSON") from None
    except RecursionError:
        raise _broken("", "括号嵌套太深，不是收费文件") from None


def _broken(line: str, message: str) -> ChargesInvalid:
    return ChargesInvalid((Fault(line, "", message),))


def _record(pairs: list[tuple[str, object]]) -> Record:
    return Record(dict(pairs), repeated(name for name, _ in pairs))


def _placed(root: Record) -> Record:
    """The same tree, each record knowing its place in the file."""
    sections = dict(_sections(root.values))
    return replace(root, values={**root.values, **sections})


def _sections(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name in ("patient", "bill"):
        yield name, _prefixed(values.get(name), f"{name}.")
    visit = _prefixed(values.get("visit"), "visit.")
    yield "visit", _with_diagnoses(visit) if isinstance(visit, Record) else visit
    lines = values.get("lines")
    if isinstance(lines, list):
        yield "lines", [_placed_line(line, index) for index, line in enumerate(lines, 1)]


def _prefixed(value: object, prefix: str) -> object:
    return replace(value, prefix=prefix) if isinstance(value, Record) else value


def _with_diagnoses(visit: Record) -> Record:
    diagnoses = visit.values.get("diagnoses")
    if not isinstance(diagnoses, list):
        return visit
    placed = [
        _prefixed(diagnosis, f"visit.diagnoses[{index}].")
        for index, diagnosis in enumerate(diagnoses, 1)
    ]
    return replace(visit, values={**visit.values, "diagnoses": placed})


def _placed_line(line: object, index: int) -> Record:
    """A line that is no object becomes an empty one, so that its index is told."""
    record = line if isinstance(line, Record) else EMPTY
    line_no = record.values.get("line_no")
    named = isinstance(line_no, str) and _SHORT.fullmatch(line_no)
    return replace(record, place=f"第{index}条明细" + (f"（行号{line_no}）" if named else ""))
