"""The requirement ledger: 191 rows, each with what it asks of the desk and of the platform."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

TESTS = Path(__file__).parents[1]
LEDGER = TESTS / "reference" / "requirements.json"
NOTHING = "–"


class Side(StrEnum):
    """A column of the ledger."""

    DESK = "desk"
    PLATFORM = "platform"


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One quoted sentence of a seed; an en dash in a column asks nothing of that side."""

    id: str
    where: str
    quote: str
    desk: str
    platform: str

    def asks(self, side: Side) -> str:
        return self.desk if side is Side.DESK else self.platform

    def asks_nothing(self, side: Side) -> bool:
        return self.asks(side) == NOTHING


@cache
def ledger() -> Mapping[str, Row]:
    """Every row by its id, in the order of the seeds."""
    rows = msgspec.json.decode(LEDGER.read_bytes(), type=list[Row])
    return MappingProxyType({row.id: row for row in rows})
