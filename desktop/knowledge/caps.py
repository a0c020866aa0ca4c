"""What the pooled fund pays at most in a year, by insured area (``caps.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money


@dataclass(frozen=True, slots=True)
class Cap:
    """One rule of a public document, with the days on which it holds."""

    areas: str
    """What the codes of the insured areas begin with."""
    insurance: str
    """``insutype``."""
    begins: date
    ends: date | None
    """The last day; None: no end is known."""
    amount: Money
    source: str

    def holds(self, area: AreaCode, insurance: str, day: date) -> bool:
        in_time = self.begins <= day and (self.ends is None or day <= self.ends)
        return in_time and area.code.startswith(self.areas) and insurance == self.insurance


@dataclass(frozen=True, slots=True)
class Caps:
    """Every rule that is known; an area without one is not guessed at."""

    known: tuple[Cap, ...] = ()

    def of(self, area: AreaCode, insurance: str, day: date) -> Cap | None:
        """The rule of the insured area on the day of the fees."""
        return next((cap for cap in self.known if cap.holds(area, insurance, day)), None)


def load_caps() -> Caps:
    """The rules that came with the program."""
    source = Path(__file__).with_name("caps.toml")
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return Caps(tuple(_cap(row) for row in read["cap"]))


def _cap(row: Mapping[str, Any]) -> Cap:
    amount = Money.parse(row["yuan"])
    return Cap(row["areas"], row["insurance"], row["from"], row.get("to"), amount, row["source"])
