"""Names of insured and care areas (``areas.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop.domain.identifiers import AreaCode


@dataclass(frozen=True, slots=True)
class Areas:
    """Names by code."""

    provinces: Mapping[str, str]
    cities: Mapping[str, str]

    def name(self, area: AreaCode) -> str:
        """``山东省济宁市``; the province alone where the place is not known; "" for neither."""
        return self.provinces.get(area.province, "") + self.cities.get(area.code, "")


@cache
def load_areas() -> Areas:
    """The names that came with the program."""
    source = Path(__file__).with_name("areas.toml")
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return Areas(read["province"], read["city"])
