"""What only several rules together can get wrong: two that hold at once, one that is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Protocol, TypeVar

from desktop.domain.person import FilingKind
from desktop.sandbox.insured_place.policy import (
    BenefitRule,
    FirstPayRule,
    InsuredArea,
    Period,
    Policies,
    Supplement,
)
from desktop.sandbox.insured_place.toml_table import Table


class Timed(Protocol):
    @property
    def period(self) -> Period: ...


T = TypeVar("T", bound=Timed)


def check_file(at: Table, rules: Policies) -> None:
    """The rules of one area among themselves; raises ``BadPolicy``."""
    _refuse_missing(at, rules, rules.places[0])
    _refuse_overlaps(at, "benefit", rules.benefits, _same_benefit)
    _refuse_overlaps(at, "chronic", rules.chronic, _same_benefit)
    _refuse_overlaps(at, "supplement", rules.supplements, _same_fund)
    _refuse_overlaps(at, "first_pay", rules.first_pays, _same_first_pay)
    _refuse_overlaps(at, "filing", rules.filings, lambda *_: True)
    if rules.places[0].connected:
        _refuse_holes(at, rules, rules.places[0])


def check_files(files: Sequence[tuple[Table, Policies]]) -> None:
    """No area in two files, no name for two rules; raises ``BadPolicy``."""
    for (one, rules), (other, others) in combinations(files, 2):
        areas = set(rules.places[0].areas).intersection(others.places[0].areas)
        for area in sorted(areas):
            raise other.bad("areas", f"{area} stands in {one.file} as well")
    names: dict[str, str] = {}
    for at, rules in files:
        for place, name in _names(rules):
            if name in names:
                raise at.bad(place, f"{name} is the name of {names[name]} already")
            names[name] = f"{at.file}: {place}"


def _names(rules: Policies) -> tuple[tuple[str, str], ...]:
    named = (("benefit", rules.benefits), ("chronic", rules.chronic))
    return tuple(
        (f"{key}[{number}].id", rule.id)
        for key, rows in named
        for number, rule in enumerate(rows, start=1)
    )


def _refuse_missing(at: Table, rules: Policies, place: InsuredArea) -> None:
    wanted = {
        "benefit": place.connected and place.pooled and not rules.benefits,
        "first_pay": place.connected and not rules.first_pays,
        "filing": place.connected and not rules.filings,
        "chronic_from": bool(rules.chronic) and place.chronic_from is None,
    }
    for key, is_missing in wanted.items():
        if is_missing:
            raise at.bad(key, "missing")


def _refuse_holes(at: Table, rules: Policies, place: InsuredArea) -> None:
    """From its first day on a connected area has rules for every kind of filing."""
    since = place.outpatient_from
    for kind in FilingKind:
        mine = (
            r for r in rules.first_pays if r.group is kind.group and kind in (r.kinds or FilingKind)
        )
        _refuse_hole(at, f"first_pay of {kind}", mine, since)
    _refuse_hole(at, "filing", rules.filings, since)
    for insutype in dict.fromkeys(r.insutype for r in rules.benefits if place.pooled):
        same = (r for r in rules.benefits if r.insutype == insutype)
        _refuse_hole(at, f"benefit of {insutype}", same, since)


def _refuse_hole(at: Table, key: str, rows: Iterable[Timed], since: date) -> None:
    """Every day from ``since`` on stands in one of them."""
    wanted: date | None = since
    for row in sorted(rows, key=lambda row: row.period.first):
        if wanted is None or row.period.first > wanted:
            break
        last = row.period.last
        wanted = None if last is None else max(wanted, last + timedelta(days=1))
    if wanted is not None:
        raise at.bad(key, f"none holds on {wanted.isoformat()}")


def _refuse_overlaps(at: Table, key: str, rows: Sequence[T], same: Callable[[T, T], bool]) -> None:
    for (first, one), (second, other) in combinations(enumerate(rows, start=1), 2):
        if same(one, other) and one.period.overlaps(other.period):
            raise at.bad(f"{key}[{second}].valid_from", f"overlaps {key}[{first}] in time")


def _same_benefit(one: BenefitRule, other: BenefitRule) -> bool:
    both = set(one.diseases).intersection(other.diseases)
    return one.insutype == other.insutype and bool(both or not one.diseases)


def _same_fund(one: Supplement, other: Supplement) -> bool:
    return (one.insutype, one.fund.code) == (other.insutype, other.fund.code)


def _same_first_pay(one: FirstPayRule, other: FirstPayRule) -> bool:
    named = set(one.kinds).intersection(other.kinds)
    return one.group is other.group and bool(named or not (one.kinds or other.kinds))
