"""Reads the policy files; a bad one is refused with the place named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.money import Money, NotAnAmount
from desktop.domain.person import FilingGroup, FilingKind
from desktop.domain.quantities import NotAQuantity, Rate
from desktop.sandbox.policy import (
    AccountScope,
    BenefitRule,
    Deductible,
    DeductibleMode,
    FilingRule,
    FirstPay,
    FirstPayMode,
    FirstPayRow,
    FirstPayRule,
    Period,
    PersonClass,
    Policies,
    Source,
    YearKey,
)

HERE = Path(__file__).parent / "policies"
LEVELS = (1, 2, 3)
_AREA = re.compile(r"(?=.{6}$)\d+x*")
_COMMON = frozenset(("id", "kind", "title", "areas", "source"))
_PERIOD = frozenset(("valid_from", "valid_to"))
_BENEFIT = frozenset(
    (
        *("insutype", "annual_fund_cap", "cap_shared_with_local", "year_key", "account_scope"),
        *("deductible", "ratio"),
    )
)
_FILING = frozenset(("late_long_days", "lock_months", "emergency_deemed_filed"))

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")


class BadPolicy(ValueError):
    """A policy file that cannot be trusted; ``place`` is ``file: key``."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place


@dataclass(frozen=True, slots=True)
class _At:
    """A TOML table with the way to it, so that every complaint names its place."""

    table: Mapping[str, Any]
    file: str
    path: str = ""

    def bad(self, key: str, why: str) -> BadPolicy:
        return BadPolicy(f"{self.file}: {self.path}{key}", why)

    def only(self, keys: Iterable[str]) -> None:
        for key in self.table.keys() - set(keys):
            raise self.bad(key, "not a key of this kind of file")

    def get(self, key: str, kind: type[V]) -> V:
        if key not in self.table:
            raise self.bad(key, "missing")
        value = self.table[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.bad(key, f"should be {kind.__name__}, is {type(value).__name__}")
        return value

    def below(self, key: str) -> _At:
        return _At(self.get(key, dict), self.file, f"{self.path}{key}.")

    def rows(self, key: str) -> tuple[_At, ...]:
        rows = self.get(key, list)
        return tuple(_At(row, self.file, f"{self.path}{key}[{n}].") for n, row in enumerate(rows))

    def parsed(self, key: str, parse: Callable[[str], V]) -> V:
        try:
            return parse(self.get(key, str))
        except (NotAnAmount, NotAQuantity) as error:
            raise self.bad(key, str(error)) from error

    def one_of(self, key: str, kind: type[E]) -> E:
        text = self.get(key, str)
        if text not in {member.value for member in kind}:
            raise self.bad(key, f"{text!r} is none of {', '.join(kind)}")
        return kind(text)

    def period(self) -> Period:
        first = self.get("valid_from", date)
        last = self.get("valid_to", date) if "valid_to" in self.table else None
        if last is not None and last < first:
            raise self.bad("valid_to", "lies before valid_from")
        return Period(first, last)


def read_policies(folder: Path = HERE) -> Policies:
    """Read every ``*.toml`` of the folder; raises :class:`BadPolicy`."""
    documents = [_open(path) for path in sorted(folder.glob("*.toml"))]
    policies = Policies(
        tuple(_benefit(d) for d in documents if d.table["kind"] == "benefit"),
        tuple(_first_pay(d) for d in documents if d.table["kind"] == "first_pay"),
        tuple(_filing(d) for d in documents if d.table["kind"] == "filing"),
    )
    _refuse_overlaps(policies)
    return policies


def _open(path: Path) -> _At:
    try:
        document = _At(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadPolicy(path.name, f"not TOML: {error}") from error
    if document.get("kind", str) not in ("benefit", "first_pay", "filing"):
        raise document.bad("kind", f"unknown kind {document.table['kind']!r}")
    return document


def _areas(at: _At) -> tuple[str, ...]:
    areas = at.get("areas", list)
    for area in areas:
        if not isinstance(area, str) or not _AREA.fullmatch(area):
            raise at.bad("areas", f"{area!r} is not six digits, the last ones perhaps x")
    return tuple(areas)


def _source(at: _At) -> Source:
    source = at.below("source")
    source.only(("document", "date", "note"))
    note = source.get("note", str) if "note" in source.table else ""
    return Source(source.get("document", str), source.get("date", date), note)


def _levels(at: _At, parse: Callable[[str], V]) -> Mapping[int, V]:
    return {level: at.parsed(str(level), parse) for level in LEVELS}


def _deductible(at: _At) -> Deductible:
    mode = at.one_of("mode", DeductibleMode)
    if mode is DeductibleMode.NONE:
        at.only(("mode",))
        return Deductible(mode, {})
    if "all_levels" in at.table:
        at.only(("mode", "all_levels"))
        return Deductible(mode, dict.fromkeys(LEVELS, at.parsed("all_levels", Money.parse)))
    at.only(("mode", *map(str, LEVELS)))
    return Deductible(mode, _levels(at, Money.parse))


def _ratios(at: _At) -> Mapping[PersonClass, Mapping[int, Rate]]:
    at.only(tuple(PersonClass))
    return {PersonClass(name): _levels(at.below(name), Rate.parse) for name in at.table}


def _benefit(at: _At) -> BenefitRule:
    at.only(_COMMON | _PERIOD | _BENEFIT)
    return BenefitRule(
        id=at.get("id", str),
        title=at.get("title", str),
        source=_source(at),
        areas=_areas(at),
        insutype=at.get("insutype", str),
        period=at.period(),
        deductible=_deductible(at.below("deductible")),
        ratios=_ratios(at.below("ratio")),
        cap=at.parsed("annual_fund_cap", Money.parse),
        cap_shared_with_local=at.get("cap_shared_with_local", bool),
        account_scope=at.one_of("account_scope", AccountScope),
        year_key=at.one_of("year_key", YearKey),
    )


def _first_pay(at: _At) -> FirstPayRule:
    at.only(_COMMON | {"rows"})
    rows = tuple(_first_pay_row(row) for row in at.rows("rows"))
    return FirstPayRule(at.get("id", str), at.get("title", str), _source(at), _areas(at), rows)


def _first_pay_row(at: _At) -> FirstPayRow:
    at.only(_PERIOD | {"group", "kinds", "mode", "rate"})
    kinds = at.get("kinds", list) if "kinds" in at.table else []
    for kind in kinds:
        if kind not in {member.value for member in FilingKind}:
            raise at.bad("kinds", f"{kind!r} is no filing kind")
    return FirstPayRow(
        at.one_of("group", FilingGroup),
        tuple(FilingKind(kind) for kind in kinds),
        at.period(),
        FirstPay(at.one_of("mode", FirstPayMode), at.parsed("rate", Rate.parse)),
    )


def _filing(at: _At) -> FilingRule:
    at.only(_COMMON | _PERIOD | _FILING)
    return FilingRule(
        id=at.get("id", str),
        title=at.get("title", str),
        source=_source(at),
        areas=_areas(at),
        period=at.period(),
        late_long_days=at.get("late_long_days", int),
        lock_months=at.get("lock_months", int),
        emergency_deemed_filed=at.get("emergency_deemed_filed", bool),
    )


def _refuse_overlaps(policies: Policies) -> None:
    for one, other in combinations(policies.benefits, 2):
        same = one.insutype == other.insutype and set(one.areas) & set(other.areas)
        if same and one.period.overlaps(other.period):
            raise BadPolicy(f"{one.id} and {other.id}: valid_from", "overlap in time")
