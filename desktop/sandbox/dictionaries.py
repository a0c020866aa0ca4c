"""The code tables that the care place hands out (1901) and checks: table, value, label."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from desktop.sandbox.data_files import converted, decoded
from desktop.sandbox.refusals import Reason, Refused

FILE: Final = Path(__file__).parent / "data" / "dictionaries.json"
Table = Mapping[str, str]


@cache
def read_dictionaries(path: Path = FILE) -> Mapping[str, Table]:
    """Every table by its name, values in the order of the document; raises ``BadData``."""
    told = decoded(path, dict[str, Any])
    return MappingProxyType(
        {
            name: converted(f"{path.name}: {name}", table, dict[str, str])
            for name, table in told.items()
        }
    )


def check_code(value: str, field: str) -> None:
    """A value of the field's own code table (1901); raises :class:`Refused` naming the field."""
    if value not in read_dictionaries()[field]:
        raise Refused(Reason.FIELD_WRONG, field=field)
