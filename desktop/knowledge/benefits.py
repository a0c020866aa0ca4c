"""What insured areas pay of ordinary outpatient care, by their public rules (``benefits.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingGroup, PersonGroup
from desktop.domain.quantities import Rate

T = TypeVar("T", bound="_InTime")


class Counts(StrEnum):
    """How a deductible counts."""

    NONE = "none"
    VISIT = "visit"
    """Each visit anew."""
    YEAR = "year"
    """累计补差: one sum of the year, topped up to the standard of the hospital's level."""


class Span(Struct, frozen=True):
    """Where and when a rule holds."""

    areas: str
    """What the codes of the insured areas begin with."""
    begins: date
    ends: date | None
    """The last day; None: no end is known."""

    def holds(self, area: AreaCode, day: date) -> bool:
        in_time = self.begins <= day and (self.ends is None or day <= self.ends)
        return in_time and area.code.startswith(self.areas)


class _InTime(Protocol):
    @property
    def span(self) -> Span: ...


class Rule(Struct, frozen=True):
    """One rule of a public document."""

    span: Span
    insurance: str
    """``insutype``."""
    cap: Money
    """What the pooled fund pays at most in a year, in fen."""
    counts: Counts
    standards: Mapping[str, Money]
    """起付标准 by the level of the hospital (1, 2, 3), in fen."""
    ratios: Mapping[PersonGroup, Mapping[str, Rate]]
    source: str

    def standard(self, level: str) -> Money:
        """起付标准 in fen; nothing where there is none."""
        return self.standards.get(level, ZERO)

    def ratio(self, group: PersonGroup, level: str) -> Rate | None:
        """What the pooled fund pays above it; None for people or levels that it does not name."""
        return self.ratios.get(group, {}).get(level)


class FirstPay(Struct, frozen=True):
    """首先自付 of a group of filings: a share of what is in scope, at most."""

    span: Span
    group: FilingGroup
    at_most: Rate
    source: str


class Benefits(Struct, frozen=True):
    """Every rule that is known; an area without one is not guessed at."""

    rules: tuple[Rule, ...] = ()
    first_pays: tuple[FirstPay, ...] = ()

    def of(self, area: AreaCode, insurance: str, day: date) -> Rule | None:
        """The rule of the insured area on the day of the fees."""
        return next((r for r in _at(self.rules, area, day) if r.insurance == insurance), None)

    def first_pay(self, area: AreaCode, group: FilingGroup, day: date) -> Rate | None:
        """The most that such a filing pays first; None where no rule is known."""
        found = (r.at_most for r in _at(self.first_pays, area, day) if r.group is group)
        return next(found, None)


def _at(rows: Iterable[T], area: AreaCode, day: date) -> Iterable[T]:
    return (row for row in rows if row.span.holds(area, day))


@cache
def load_benefits() -> Benefits:
    """The rules that came with the program."""
    source = Path(__file__).with_name("benefits.toml")
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return Benefits(tuple(map(_rule, read["rule"])), tuple(map(_first_pay, read["first_pay"])))


def _rule(row: Mapping[str, Any]) -> Rule:
    standards = {level: Money.parse(yuan) for level, yuan in row.get("deductible", {}).items()}
    ratios = {PersonGroup(group): _rates(levels) for group, levels in row["ratio"].items()}
    counts = Counts(row.get("counts", Counts.NONE))
    cap = Money.parse(row["cap"])
    return Rule(_span(row), row["insurance"], cap, counts, standards, ratios, row["source"])


def _rates(levels: Mapping[str, str]) -> dict[str, Rate]:
    return {level: Rate(Decimal(rate)) for level, rate in levels.items()}


def _first_pay(row: Mapping[str, Any]) -> FirstPay:
    at_most = Rate(Decimal(row["at_most"]))
    return FirstPay(_span(row), FilingGroup(row["group"]), at_most, row["source"])


def _span(row: Mapping[str, Any]) -> Span:
    return Span(row["areas"], row["from"], row.get("to"))
