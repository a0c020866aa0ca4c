"""What every field of a question may hold: length, digits, date, code; read from one file.

The file says of each transaction what the interface's field tables say (`data/README.md`), so no
transaction can forget a field. Whether a field must be there says its message type.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from desktop.nhsa.envelope import RequestHead
from desktop.sandbox.data_files import converted, decoded
from desktop.sandbox.dictionaries import read_dictionaries
from desktop.sandbox.row import Row

FILE: Final = Path(__file__).parent / "data" / "fields.json"
ENVELOPE: Final = "envelope"
_ANY_LENGTH: Final = sys.maxsize
YES_NO: Final = "yes_no"
"""Codes of a flag for which the document prints no table: 0 and 1, as of every flag it prints."""


class Form(StrEnum):
    """How the text of a field is built, where its length alone does not say it."""

    DAY = "day"
    TIME = "time"
    DAY_OR_TIME = "day-or-time"
    AREA = "area"
    DEPARTMENT = "department"
    """诊疗科目 ``A03`` or ``A03.01``: the document prints some of them only."""
    JSON = "json"
    """An object as JSON text, or the object itself."""
    READ = "read"
    """Not one text: bytes, or rows with a table of their own."""


class FieldRule(Row, frozen=True, forbid_unknown_fields=True):
    """What one field may hold; a field without any of it is still one text."""

    longest: int | None = None
    """Characters."""
    digits: str = ""
    """As the tables print them: ``16,2`` are sixteen, two of them decimals."""
    form: Form | None = None
    codes: tuple[str, ...] = ()
    """Names of code tables; a value of any of them is good."""


Rules = Mapping[str, FieldRule]
Check = Callable[[Any], bool]


@cache
def read_fields(path: Path = FILE) -> Mapping[str, Mapping[str, Rules]]:
    """By transaction (``envelope`` too), node and field; raises ``BadData``."""
    told = decoded(path, dict[str, dict[str, dict[str, Any]]])
    return MappingProxyType(
        {
            infno: {
                node: _rules(f"{path.name}: {infno}.{node}", rules) for node, rules in nodes.items()
            }
            for infno, nodes in told.items()
        }
    )


def _rules(place: str, told: Mapping[str, Any]) -> Rules:
    return {name: converted(f"{place}.{name}", rule, FieldRule) for name, rule in told.items()}


def wrong_field(infno: str, asked: Any) -> str | None:
    """The first field of the input tree ``asked`` that its table does not allow.

    Every scalar is the text that came; what is not told is left out of the tree.
    """
    for node, checks in _checks(infno):
        for row in _rows(asked, node):
            if found := _wrong(checks, row):
                return found
    return None


def wrong_around(head: RequestHead) -> str | None:
    """The same of the envelope."""
    ((_, checks),) = _checks(ENVELOPE)
    told = {field: value for field in checks if (value := getattr(head, field)) is not None}
    return _wrong(checks, told)


def _wrong(checks: Mapping[str, Check], row: Mapping[str, Any]) -> str | None:
    for field, value in row.items():
        check = checks.get(field)
        if check is not None and not check(value):
            return field
    return None


def _rows(asked: Any, node: str) -> Iterator[Mapping[str, Any]]:
    """The node as rows, whether it is one or a list."""
    found = asked.get(node) if isinstance(asked, Mapping) else None
    rows = found if isinstance(found, list | tuple) else (found,)
    return (row for row in rows if isinstance(row, Mapping))


@cache
def _checks(infno: str) -> tuple[tuple[str, Mapping[str, Check]], ...]:
    nodes = read_fields().get(infno, {})
    return tuple(
        (node, {name: _check_of(rule) for name, rule in rules.items()})
        for node, rules in nodes.items()
    )


def _check_of(rule: FieldRule) -> Check:
    """One function for all that the rule says."""
    if rule.form is Form.READ:
        return lambda _value: True
    if rule.form is Form.JSON:
        return lambda value: _is_extension(value, rule.longest)
    longest = rule.longest if rule.longest is not None else _ANY_LENGTH
    fits = _content_check(rule)
    if fits is None:
        return lambda value: value.__class__ is str and len(value) <= longest
    return lambda value: value.__class__ is str and len(value) <= longest and fits(value)


def _content_check(rule: FieldRule) -> Check | None:
    """What the text must be beside not too long."""
    if rule.form is not None:
        return _FORMS[rule.form]
    if rule.codes:
        return frozenset(_values(rule.codes)).__contains__
    return partial(_has_room, rule.digits) if rule.digits else None


def _values(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from ("0", "1") if name == YES_NO else read_dictionaries()[name]


@lru_cache(4096)
def _has_room(limit: str, value: str) -> bool:
    """Zeros that say nothing take no room."""
    digits, _, decimals = limit.partition(",")
    scale = int(decimals or 0)
    try:
        number = Decimal(value)
        return abs(number) < 10 ** (int(digits) - scale) and number == round(number, scale)
    except InvalidOperation:
        return False


def _is_extension(value: object, longest: int | None) -> bool:
    """``exp_content``: a JSON object, as text or as itself."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    try:
        told = json.loads(text)
    except ValueError:
        return False
    return isinstance(told, dict) and (longest is None or len(text) <= longest)


def _matching(pattern: str) -> Check:
    found = re.compile(pattern, re.ASCII).fullmatch
    return lambda text: found(text) is not None


def _written(pattern: str, read: Callable[[str], object]) -> Check:
    """Written so, and a day of the calendar."""
    fits = _matching(pattern)

    def check(text: str) -> bool:
        try:
            return fits(text) and read(text) is not None
        except ValueError:
            return False

    return check


is_day: Final = _written(r"\d{4}-\d\d-\d\d", date.fromisoformat)
"""``yyyy-MM-dd``."""
is_time: Final = _written(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", datetime.fromisoformat)
"""``yyyy-MM-dd HH:mm:ss``."""
_FORMS: Final[Mapping[Form, Check]] = MappingProxyType(
    {
        Form.DAY: is_day,
        Form.TIME: is_time,
        Form.DAY_OR_TIME: lambda text: is_day(text) or is_time(text),
        Form.AREA: _matching(r"\d{6}"),
        Form.DEPARTMENT: _matching(r"A\d\d(\.\d\d)*"),
    }
)
