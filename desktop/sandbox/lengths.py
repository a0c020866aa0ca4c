"""How long an input field may be: what the interface's field tables say of texts and numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from desktop.nhsa.envelope import RequestHead

FILE: Final = Path(__file__).parent / "data" / "lengths.json"
Limit = int | str
"""Characters of a text; of a number its digits as the tables print them: ``16,2`` are sixteen, two
of them decimals."""
Limits = Mapping[str, Limit]


@cache
def read_lengths() -> Mapping[str, Mapping[str, Limits]]:
    """By transaction (``envelope`` too), node and field; fields without a length are left out.

    So are ``file_qury_no``, of which genuine numbers and ours are longer than the 30 of its
    table, and ``infno`` and ``oinfno``, as 2207A has more than their 4. ``psn_type`` has the six of
    every answer, not the three of the inputs: residents' codes have four.
    """
    lengths: dict[str, dict[str, Limits]] = json.loads(FILE.read_text(encoding="utf-8"))
    return lengths


def too_long(infno: str, asked: Any) -> str | None:
    """The first field of the input tree ``asked`` that is longer than its table allows.

    Every scalar is the text that came.
    """
    for node, limits in read_lengths().get(infno, {}).items():
        for row in _rows(asked, node):
            if found := _longer(limits, row):
                return found
    return None


def too_long_around(head: RequestHead) -> str | None:
    """The same of the envelope."""
    for field, limit in _texts_around():
        value = getattr(head, field)
        if value is not None and len(value) > limit:
            return field
    return None


@cache
def _texts_around() -> tuple[tuple[str, int], ...]:
    """Nothing in the envelope is a number."""
    limits = read_lengths()["envelope"][""]
    return tuple((field, limit) for field, limit in limits.items() if isinstance(limit, int))


def _longer(limits: Limits, row: Mapping[str, Any]) -> str | None:
    for field, value in row.items():
        limit = limits.get(field)
        if limit is None or not isinstance(value, str):
            continue
        if len(value) > limit if isinstance(limit, int) else not _has_room(limit, value):
            return field
    return None


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


def _rows(asked: Any, node: str) -> Iterator[Mapping[str, Any]]:
    """The node as rows, whether it is one or a list."""
    found = asked.get(node) if isinstance(asked, Mapping) else None
    rows = found if isinstance(found, list | tuple) else (found,)
    return (row for row in rows if isinstance(row, Mapping))
