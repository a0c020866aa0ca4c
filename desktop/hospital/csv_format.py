"""The charges file as CSV: ``#key=value`` lines, one row of column names, one row for each line.

The head comes first: ``#version=1``, ``#patient.name=张三``, ``#visit.visit_no=…``,
``#bill.bill_no=…``, with the names of the JSON joined by a dot. Then the columns, named as the
keys of a JSON line, in any order. A key of the head may leave its section out (``#name=张三``),
for no name stands in two sections. What CSV cannot say as JSON does:

* an empty value is null;
* ``true`` / ``1`` and ``false`` / ``0`` are the flags, in any case of letters;
* ``#visit.diagnoses=J06.900 上呼吸道感染;K29.500 慢性胃炎``: code, space, name; ``;`` between;
* ``trace_codes`` are separated by ``;``;
* a ``#`` line without ``=`` is a remark; the commas that Excel adds to a ``#`` line are dropped.

UTF-8 with or without BOM, or GB18030. ``docs/charges-file.md`` has a full example.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType

from msgspec import Struct

from desktop.domain.charges import Bill, ChargeLine
from desktop.domain.discreet import Discreet
from desktop.hospital.bill import read_bill
from desktop.hospital.encoding import decoded
from desktop.hospital.faults import HEAD, ChargesInvalid, Fault
from desktop.hospital.record import MAX_BYTES, Number, Record, repeated

_COLUMNS = tuple(field.name for field in fields(ChargeLine))
_MAY_LACK = frozenset(("trace_codes",))
SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "patient": ("patient_no", "name", "id_number", "sex", "birth"),
        "visit": (
            *("visit_no", "kind", "began", "department_code", "department", "caty"),
            *("doctor_code", "doctor_name", "diagnoses", "dise_codg", "emergency"),
            *("trauma", "trauma_letter"),
        ),
        "bill": ("bill_no", "revision", "receipt_no"),
    }
)
"""What each section of the head may hold."""
_FULL_KEYS = {name: f"{section}.{name}" for section, names in SECTIONS.items() for name in names}
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class _Row(Discreet, Struct, frozen=True):
    said = ("place",)
    place: str
    cells: tuple[str, ...]


def parse_csv(data: bytes) -> Bill:
    """Read a CSV charges file; raises :class:`ChargesInvalid` with every fault of it."""
    if len(data) > MAX_BYTES:
        raise _broken("", f"文件太大，最多 {MAX_BYTES // 1024 // 1024} MB")
    text = decoded(data)
    if text is None:
        raise _broken("", "编码认不准，请存为带 BOM 的 UTF-8")
    head, table = _parted(_rows(text))
    columns = table[0] if table else _Row(HEAD, ())
    root = _root(head, [_line(columns.cells, row) for row in table[1:]])
    return _judged(root, _table_faults(columns, table[1:]), _missing(columns))


def _broken(line: str, message: str) -> ChargesInvalid:
    return ChargesInvalid((Fault(line, "", message),))


def _rows(text: str) -> Iterator[_Row]:
    """Rows that hold something, each with the physical line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                yield _Row(_place(begins), stripped)
            begins = reader.line_num + 1
    except csv.Error:
        message = "引号或换行不成对，从这一行起读不下去"
        raise _broken(_place(begins), message) from None


def _place(line: int) -> str:
    return f"第{line}行"


def _parted(rows: Iterator[_Row]) -> tuple[list[_Row], list[_Row]]:
    """The ``#`` rows at the top, and the table under them."""
    head: list[_Row] = []
    for row in rows:
        if not row.cells[0].startswith("#"):
            return head, [row, *rows]
        head.append(row)
    return head, []


def _missing(columns: _Row) -> frozenset[str]:
    """Columns that must be there and are not; none while there is no table at all."""
    wanted = frozenset(_COLUMNS) - _MAY_LACK
    return wanted.difference(columns.cells) if columns.cells else frozenset()


def _table_faults(columns: _Row, rows: Iterable[_Row]) -> tuple[Fault, ...]:
    missing = _missing(columns)
    return (
        *(Fault(columns.place, name, "缺少这一列") for name in _COLUMNS if name in missing),
        *(
            Fault(columns.place, name, "这一列写了两次，请只留一个")
            for name in repeated(columns.cells)
        ),
        *(
            Fault(row.place, "", "单元格比列名多，请检查逗号和引号")
            for row in rows
            if any(row.cells[len(columns.cells) :])
        ),
    )


def _judged(root: Record, table_faults: tuple[Fault, ...], missing: frozenset[str]) -> Bill:
    """A missing column is one fault, not one for each row."""
    try:
        bill = read_bill(root)
    except ChargesInvalid as invalid:
        others = tuple(fault for fault in invalid.faults if fault.field not in missing)
        raise ChargesInvalid(table_faults + others) from None
    if table_faults:
        raise ChargesInvalid(table_faults)
    return bill


class _Entry(Discreet, Struct, frozen=True):
    said = ("place", "key")
    place: str
    key: str
    value: str


def _root(head: Iterable[_Row], lines: list[Record]) -> Record:
    entries = [entry for row in head if (entry := _entry(row))]
    root = _section("", [entry for entry in entries if "." not in entry.key])
    sections = {
        name: _section(f"{name}.", [e for e in entries if e.key.startswith(f"{name}.")])
        for name in SECTIONS
    }
    values = {**root.values, **sections, "lines": lines}
    return Record(values, root.repeated, places=root.places)


def _entry(row: _Row) -> _Entry | None:
    key, equals, value = ",".join(row.cells).rstrip(",").removeprefix("#").partition("=")
    told = key.strip()
    return _Entry(row.place, _FULL_KEYS.get(told, told), value.strip()) if equals else None


def _section(prefix: str, entries: list[_Entry]) -> Record:
    names = [entry.key.removeprefix(prefix) for entry in entries]
    values = {
        name: _value(entry.key, entry.value, entry.place)
        for name, entry in zip(names, entries, strict=True)
    }
    places = {name: entry.place for name, entry in zip(names, entries, strict=True)}
    return Record(values, repeated(names), prefix=prefix, places=places)


def _line(columns: tuple[str, ...], row: _Row) -> Record:
    values = {
        name: _value(name, cell, row.place) for name, cell in zip(columns, row.cells, strict=False)
    }
    return Record(values, place=row.place)


def _value(key: str, text: str, place: str) -> object:
    """The value as JSON would say it."""
    meaning = _MEANINGS.get(key)
    if not text:
        return None
    return meaning(text, place) if meaning else text


def _number(text: str, _place: str) -> object:
    return Number(text)


def _flag(text: str, _place: str) -> object:
    return _FLAGS.get(text.lower(), text)


def _list(text: str, _place: str) -> object:
    return [part.strip() for part in text.split(";") if part.strip()]


def _diagnoses(text: str, place: str) -> object:
    parts = [part.split(None, 1) for part in text.split(";") if part.strip()]
    return [
        Record(
            dict(zip(("code", "name"), part, strict=False)),
            place=place,
            prefix=f"visit.diagnoses[{index}].",
        )
        for index, part in enumerate(parts, 1)
    ]


_MEANINGS: dict[str, Callable[[str, str], object]] = {
    "version": _number,
    "bill.revision": _number,
    "visit.emergency": _flag,
    "visit.diagnoses": _diagnoses,
    "approved": _flag,
    "outside_prescription": _flag,
    "trace_codes": _list,
}
