"""The benefit rules of the insured areas as effective-dated data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingGroup, FilingKind
from desktop.domain.quantities import Rate


class PersonClass(StrEnum):
    """Which ratio a person has; from ``psn_type``."""

    ACTIVE = "active"
    RETIRED = "retired"
    RESIDENT = "resident"

    @classmethod
    def of(cls, psn_type: str) -> PersonClass:
        """11xx in work, 12xx and 13xx retired, all others residents."""
        if psn_type.startswith("11"):
            return cls.ACTIVE
        return cls.RETIRED if psn_type[:2] in ("12", "13") else cls.RESIDENT


class DeductibleMode(StrEnum):
    NONE = "none"
    PER_VISIT = "per_visit"
    ANNUAL_TOP_UP = "annual_top_up"


class FirstPayMode(StrEnum):
    """A4: the share is paid first, or the ratio falls by as many points."""

    FIRST_PAY = "first_pay"
    RATIO_MINUS = "ratio_minus"


class AccountScope(StrEnum):
    """A9: what the personal account may pay."""

    IN_POLICY = "in_policy"
    EVERYTHING = "everything"


class YearKey(StrEnum):
    """A12: which date picks the rule and the year's sums."""

    FEE_DATE = "fee_date"
    SETL_TIME = "setl_time"


@dataclass(frozen=True, slots=True)
class Source:
    document: str
    date: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        return other.holds(self.first) or self.holds(other.first)


@dataclass(frozen=True, slots=True)
class Deductible:
    """起付标准 by hospital level (1, 2, 3), in fen."""

    mode: DeductibleMode
    by_level: Mapping[int, Money]

    def standard(self, level: int) -> Money:
        return self.by_level.get(level, ZERO)


@dataclass(frozen=True, slots=True)
class BenefitRule:
    """One rule set of an area and insurance; the cap is fund money of one year."""

    id: str
    title: str
    source: Source
    areas: tuple[str, ...]
    insutype: str
    period: Period
    deductible: Deductible
    ratios: Mapping[PersonClass, Mapping[int, Rate]]
    cap: Money
    cap_shared_with_local: bool
    account_scope: AccountScope
    year_key: YearKey

    def ratio(self, person: PersonClass, level: int) -> Rate | None:
        return self.ratios.get(person, {}).get(level)


@dataclass(frozen=True, slots=True)
class FirstPay:
    mode: FirstPayMode
    rate: Rate


@dataclass(frozen=True, slots=True)
class FirstPayRow:
    group: FilingGroup
    kinds: tuple[FilingKind, ...]
    period: Period
    pay: FirstPay


@dataclass(frozen=True, slots=True)
class FirstPayRule:
    id: str
    title: str
    source: Source
    areas: tuple[str, ...]
    rows: tuple[FirstPayRow, ...]


@dataclass(frozen=True, slots=True)
class FilingRule:
    """备案 of an area: how late it may be made, how long it is locked."""

    id: str
    title: str
    source: Source
    areas: tuple[str, ...]
    period: Period
    late_long_days: int
    lock_months: int
    emergency_deemed_filed: bool


class _Placed(Protocol):
    @property
    def areas(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=_Placed)


def area_matches(pattern: str, area: str) -> bool:
    return area.startswith(pattern.rstrip("x"))


def _precision(rule: _Placed, area: str) -> int:
    """Digits of the most precise pattern that fits; -1 when none does."""
    fitting = (len(p.rstrip("x")) for p in rule.areas if area_matches(p, area))
    return max(fitting, default=-1)


def _nearest(rules: Iterable[T], area: str) -> tuple[T, ...]:
    found = [(precision, rule) for rule in rules if (precision := _precision(rule, area)) >= 0]
    best = max((precision for precision, _ in found), default=-1)
    return tuple(rule for precision, rule in found if precision == best)


NO_FIRST_PAY = FirstPay(FirstPayMode.FIRST_PAY, Rate.parse("0"))


@dataclass(frozen=True, slots=True)
class Policies:
    """Every rule that was read."""

    benefits: tuple[BenefitRule, ...] = ()
    first_pays: tuple[FirstPayRule, ...] = ()
    filings: tuple[FilingRule, ...] = field(default=())

    def benefit(
        self, area: str, insutype: str, fee_date: date, settled_on: date
    ) -> BenefitRule | None:
        """The rule set that pays, by the date that the area keys its years on (A12)."""
        rules = _nearest((r for r in self.benefits if r.insutype == insutype), area)
        day = {YearKey.FEE_DATE: fee_date, YearKey.SETL_TIME: settled_on}
        return next((r for r in rules if r.period.holds(day[r.year_key])), None)

    def first_pay(self, area: str, kind: FilingKind, day: date) -> FirstPay:
        """The first pay of a filing kind; a row for the kind wins over one for its group."""
        rows = [
            row
            for rule in _nearest(self.first_pays, area)
            for row in rule.rows
            if row.group is kind.group and row.period.holds(day)
        ]
        named = [row for row in rows if kind in row.kinds]
        general = [row for row in rows if not row.kinds]
        return next((row.pay for row in (*named, *general)), NO_FIRST_PAY)

    def filing(self, area: str, day: date) -> FilingRule | None:
        return next((r for r in _nearest(self.filings, area) if r.period.holds(day)), None)
