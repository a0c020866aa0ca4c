"""The code tables that the care place hands out (1901): table, value, label."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

FILE: Final = Path(__file__).parent.parent / "data" / "dictionaries.json"
Table = Mapping[str, str]


@cache
def read_dictionaries() -> Mapping[str, Table]:
    """Every table by its name, values in the order of the document."""
    tables: dict[str, Table] = json.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType(tables)
