"""The code tables that the care place hands out (1901) and checks: table, value, label."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from desktop.sandbox.refusals import Reason, Refused

FILE: Final = Path(__file__).parent / "data" / "dictionaries.json"
Table = Mapping[str, str]


@cache
def read_dictionaries() -> Mapping[str, Table]:
    """Every table by its name, values in the order of the document."""
    tables: dict[str, Table] = json.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType(tables)


def check_code(value: str, field: str) -> None:
    """A value of the field's own code table (1901); raises :class:`Refused` naming the field."""
    if value not in read_dictionaries()[field]:
        raise Refused(Reason.FIELD_WRONG, field=field)
