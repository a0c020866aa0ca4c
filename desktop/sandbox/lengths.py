"""How long the text of an input field may be: the lengths of the interface's field tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).parent / "data" / "lengths.json"
Lengths = Mapping[str, Mapping[str, int]]
"""By node and field, in characters."""


@cache
def read_lengths() -> Mapping[str, Lengths]:
    """By transaction; fields without a length, and numbers, are left out.

    So are ``file_qury_no``, of which genuine numbers and ours are longer than the 30 of its
    table, and ``oinfno``, as 2207A has more than its 4.
    """
    lengths: dict[str, Lengths] = json.loads(FILE.read_text(encoding="utf-8"))
    return lengths


def too_long(infno: str, asked: Any) -> str | None:
    """The first field of the input tree ``asked`` whose text is longer than its table allows."""
    for node, lengths in read_lengths().get(infno, {}).items():
        for row in _rows(asked, node):
            for field, length in lengths.items():
                value = row.get(field)
                if isinstance(value, str) and len(value) > length:
                    return field
    return None


def _rows(asked: Any, node: str) -> Iterator[Mapping[str, Any]]:
    """The node as rows, whether it is one or a list."""
    found = asked.get(node) if isinstance(asked, Mapping) else None
    rows = found if isinstance(found, list | tuple) else (found,)
    return (row for row in rows if isinstance(row, Mapping))
