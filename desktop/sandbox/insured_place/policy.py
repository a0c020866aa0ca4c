"""The rules of the insured areas as effective-dated data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingGroup, FilingKind
from desktop.domain.quantities import Rate
from desktop.sandbox.insured_place.funds import Entitled, Fund, FundField

DEMO: Final = "DEMO"
NOTHING: Final = Rate.parse("0")
Areas = tuple[str, ...]
"""Six characters each, the last ones perhaps ``x``: ``3708xx`` is the whole of Jining."""


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


class SupplementBase(StrEnum):
    """What a fund after the pool pays a share of."""

    OVER_CAP = "over_cap"
    """What the pool left because its cap was reached."""
    IN_POLICY = "in_policy"
    """Everything in scope that no fund before it paid."""


@dataclass(frozen=True, slots=True)
class Source:
    document: str
    date: date
    note: str = ""

    @property
    def demo(self) -> bool:
        """True: no document gives the numbers, they are invented for practice."""
        return DEMO in self.document


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        return other.holds(self.first) or self.holds(other.first)


@dataclass(frozen=True, slots=True)
class InsuredArea:
    """参保地: what its file says of itself; how it behaves until the control surface changes it."""

    title: str
    areas: Areas
    source: Source
    connected: bool
    pooled: bool
    """False: no pool for ordinary outpatients, the personal account alone pays (S2-04)."""
    real_account: bool
    outpatient_from: date
    """Ordinary outpatients settle across provinces from this day on (S0-04)."""
    chronic_from: date | None
    """The same for chronic diseases (S2-30); None: not yet."""
    guidance: str = ""
    """What the area adds to a no that its people can mend there (S1-16)."""


@dataclass(frozen=True, slots=True)
class Deductible:
    """起付标准 by hospital level (1, 2, 3), in fen."""

    mode: DeductibleMode
    by_level: Mapping[int, Money]

    def standard(self, level: int) -> Money:
        return self.by_level.get(level, ZERO)


@dataclass(frozen=True, slots=True)
class BenefitRule:
    """One rule set of an area and insurance; the cap is fund money of one year.

    A rule with ``diseases`` pays for these chronic diseases and nothing else: deductible and cap
    then count for each disease by itself.
    """

    id: str
    title: str
    source: Source
    areas: Areas
    insutype: str
    period: Period
    deductible: Deductible
    ratios: Mapping[PersonClass, Mapping[int, Rate]]
    cap: Money
    cap_shared_with_local: bool
    account_scope: AccountScope
    year_key: YearKey
    fund: Fund
    diseases: tuple[str, ...] = ()
    hospital_share: Rate = NOTHING
    """What of the costs above price limits the hospital bears (``hosp_part_amt``)."""

    def ratio(self, person: PersonClass, level: int) -> Rate | None:
        return self.ratios.get(person, {}).get(level)

    @property
    def counts_by_year(self) -> bool:
        """True when the deductible counts in the year's sums, not in the visit alone."""
        return self.deductible.mode is DeductibleMode.ANNUAL_TOP_UP


@dataclass(frozen=True, slots=True)
class Supplement:
    """A fund that pays after the pool; amounts are sums of one year."""

    title: str
    source: Source
    areas: Areas
    insutype: str
    period: Period
    fund: Fund
    field: FundField
    entitled: Entitled
    base: SupplementBase
    threshold: Money
    """What of the base the person bears in a year before this fund pays."""
    ratio: Rate
    cap: Money


@dataclass(frozen=True, slots=True)
class FirstPay:
    mode: FirstPayMode
    rate: Rate

    @property
    def burden(self) -> tuple[Decimal, bool]:
        """Sorts the better benefit first: points off the ratio cost more than a share as high."""
        return self.rate.value, bool(self.rate.value) and self.mode is FirstPayMode.RATIO_MINUS


@dataclass(frozen=True, slots=True)
class FirstPayRule:
    source: Source
    areas: Areas
    group: FilingGroup
    kinds: tuple[FilingKind, ...]
    period: Period
    pay: FirstPay


@dataclass(frozen=True, slots=True)
class FilingRule:
    """备案 of an area: how late it may be made, how long it is locked."""

    source: Source
    areas: Areas
    period: Period
    late_long_days: int
    lock_months: int
    emergency_deemed_filed: bool
    designated_institution: bool = False
    """The filing names hospitals, and holds for those alone (S1-18)."""
    chronic_filing: bool = False
    """Chronic care needs a filing of its own (S1-15)."""
    changes_audited: bool = False
    """A changed filing holds when the area has approved it (S1-17)."""
    trauma_letter: bool = False
    """Trauma is settled with the number of its letter only (S3-15); no national field has it."""


class Ruled(Protocol):
    """Whatever holds for areas and has a source."""

    @property
    def areas(self) -> Areas: ...


T = TypeVar("T", bound=Ruled)


def area_matches(pattern: str, area: str) -> bool:
    return area.startswith(pattern.rstrip("x"))


@lru_cache(maxsize=4096)
def _precision(areas: Areas, area: str) -> int:
    """Digits of the most precise pattern that fits; -1 when none does."""
    best = -1
    for pattern in areas:
        stem = pattern.rstrip("x")
        if len(stem) > best and area.startswith(stem):
            best = len(stem)
    return best


def _nearest(rules: Iterable[T], area: str) -> tuple[T, ...]:
    best, found = 0, list[T]()
    for rule in rules:
        precision = _precision(rule.areas, area)
        if precision > best:
            best, found = precision, []
        if precision == best:
            found.append(rule)
    return tuple(found)


NO_FIRST_PAY = FirstPay(FirstPayMode.FIRST_PAY, NOTHING)


@dataclass(frozen=True, slots=True)
class Policies:
    """Every rule that was read."""

    places: tuple[InsuredArea, ...] = ()
    benefits: tuple[BenefitRule, ...] = ()
    """Ordinary outpatients."""
    chronic: tuple[BenefitRule, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    first_pays: tuple[FirstPayRule, ...] = ()
    filings: tuple[FilingRule, ...] = field(default=())

    def place(self, area: str) -> InsuredArea | None:
        return next(iter(_nearest(self.places, area)), None)

    def benefit(
        self, area: str, insutype: str, fee_date: date, settled_on: date
    ) -> BenefitRule | None:
        """The rule set that pays, by the date that the area keys its years on (A12)."""
        rules = _nearest((r for r in self.benefits if r.insutype == insutype), area)
        return _in_force(rules, fee_date, settled_on)

    def has_chronic(self, area: str, insutype: str) -> bool:
        """False: the area has no benefit of its own for any disease, the ordinary one is used."""
        return any(_nearest((r for r in self.chronic if r.insutype == insutype), area))

    def chronic_benefit(
        self, area: str, insutype: str, disease: str, fee_date: date, settled_on: date
    ) -> BenefitRule | None:
        """None: the area does not pay for this disease, whatever the national list says (S1-31)."""
        rules = _nearest((r for r in self.chronic if r.insutype == insutype), area)
        return _in_force((r for r in rules if disease in r.diseases), fee_date, settled_on)

    def supplements_of(self, area: str, insutype: str, day: date) -> tuple[Supplement, ...]:
        """The funds after the pool in the order in which they pay."""
        rules = _nearest(self.supplements, area)
        mine = (r for r in rules if r.insutype == insutype and r.period.holds(day))
        return tuple(sorted(mine, key=lambda rule: rule.field.rank))

    def first_pay(self, area: str, kind: FilingKind, day: date) -> FirstPay:
        """The first pay of a filing kind; a rule for the kind wins over one for its group."""
        rules = [
            rule
            for rule in _nearest(self.first_pays, area)
            if rule.group is kind.group and rule.period.holds(day)
        ]
        named = [rule for rule in rules if kind in rule.kinds]
        general = [rule for rule in rules if not rule.kinds]
        return next((rule.pay for rule in (*named, *general)), NO_FIRST_PAY)

    def filing(self, area: str, day: date) -> FilingRule | None:
        return next((r for r in _nearest(self.filings, area) if r.period.holds(day)), None)


def _in_force(rules: Iterable[BenefitRule], fee_date: date, settled_on: date) -> BenefitRule | None:
    day = {YearKey.FEE_DATE: fee_date, YearKey.SETL_TIME: settled_on}
    return next((rule for rule in rules if rule.period.holds(day[rule.year_key])), None)
