"""Reads the policy files, one for each insured area; a bad one is refused with the place named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from desktop.domain.person import EMPLOYEE, RESIDENT, FilingGroup, FilingKind
from desktop.domain.quantities import Rate
from desktop.sandbox.insured_place.funds import Entitled, Fund, FundField, pooled_fund
from desktop.sandbox.insured_place.policy import (
    DEMO,
    NOTHING,
    AccountScope,
    Areas,
    BenefitRule,
    Deductible,
    DeductibleMode,
    FilingRule,
    FirstPay,
    FirstPayMode,
    FirstPayRule,
    InsuredArea,
    Period,
    PersonClass,
    Policies,
    Source,
    Supplement,
    SupplementBase,
    YearKey,
)
from desktop.sandbox.insured_place.policy_checks import check_file, check_files
from desktop.sandbox.insured_place.toml_table import BadPolicy, Table, open_toml

__all__ = ["HERE", "BadPolicy", "read_policies"]

HERE: Final = Path(__file__).parents[1] / "policies"
LEVELS: Final = (1, 2, 3)
_AREA: Final = re.compile(r"(?=.{6}$)\d+x*", re.ASCII)
_INSURANCE: Final = re.compile("310|320|330|340|350|360|370|380|390|391|392|399|410|510")
"""``insutype`` of the national dictionary."""
MOST_LATE_DAYS: Final = 366
MOST_LOCK_MONTHS: Final = 120
_DISEASE: Final = re.compile(r"M\d{5}", re.ASCII)
_FUND: Final = re.compile(r"\d{6}", re.ASCII)
_ANYTHING: Final = re.compile(r".*")
_CLASSES: Final[Mapping[str, tuple[PersonClass, ...]]] = MappingProxyType(
    {EMPLOYEE: (PersonClass.ACTIVE, PersonClass.RETIRED), RESIDENT: (PersonClass.RESIDENT,)}
)
_TABLES: Final = ("benefit", "chronic", "supplement", "first_pay", "filing")
_OF_AREA: Final = (
    *("title", "areas", "source", "connected", "pooled", "real_account"),
    *("outpatient_from", "chronic_from", "guidance"),
)
_SHARED: Final = "cap_shared_with_local"
_PERIOD: Final = ("valid_from", "valid_to")
_BENEFIT: Final = (
    *("id", "title", "insutype", *_PERIOD, "source", "annual_fund_cap", _SHARED),
    *("year_key", "account_scope", "fund", "deductible", "ratio", "hospital_share"),
)
_SUPPLEMENT: Final = (
    *("title", "insutype", *_PERIOD, "source", "fund", "field", "entitled", "base"),
    *("annual_threshold", "ratio", "annual_cap"),
)
_FILING: Final = (*_PERIOD, "source", "late_long_days", "lock_months", "emergency_deemed_filed")
_FILING_FLAGS: Final = (
    *("designated_institution", "chronic_filing", "changes_audited", "trauma_letter"),
)
"""False where they are left out."""
_FIRST_PAY: Final = (*_PERIOD, "source", "group", "kinds", "mode", "rate")

R = TypeVar("R")


def read_policies(folder: Path = HERE) -> Policies:
    """Read every ``*.toml`` of the folder; raises :class:`BadPolicy`."""
    files = [(at := open_toml(path), _read(at)) for path in sorted(folder.glob("*.toml"))]
    if not files:
        raise BadPolicy(folder.name, "holds no policy file")
    check_files(files)
    each = [rules for _, rules in files]
    return Policies(
        places=tuple(row for rules in each for row in rules.places),
        benefits=tuple(row for rules in each for row in rules.benefits),
        chronic=tuple(row for rules in each for row in rules.chronic),
        supplements=tuple(row for rules in each for row in rules.supplements),
        first_pays=tuple(row for rules in each for row in rules.first_pays),
        filings=tuple(row for rules in each for row in rules.filings),
    )


def _read(at: Table) -> Policies:
    """The rules of one area."""
    place = _place(at)
    rules = Policies(
        places=(place,),
        benefits=_rows(at, "benefit", place, _benefit),
        chronic=_rows(at, "chronic", place, _chronic),
        supplements=_rows(at, "supplement", place, _supplement),
        first_pays=_rows(at, "first_pay", place, _first_pay),
        filings=_rows(at, "filing", place, _filing),
    )
    check_file(at, rules)
    return rules


def _rows(
    at: Table, key: str, place: InsuredArea, read: Callable[[Table, Areas], R]
) -> tuple[R, ...]:
    return tuple(read(row, place.areas) for row in at.rows(key))


def _place(at: Table) -> InsuredArea:
    at.only((*_OF_AREA, *_TABLES))
    return InsuredArea(
        title=_title(at),
        areas=at.texts("areas", _AREA),
        source=_source(at),
        connected=at.get("connected", bool),
        pooled=at.get("pooled", bool),
        real_account=at.get("real_account", bool),
        outpatient_from=at.get("outpatient_from", date),
        chronic_from=at.get("chronic_from", date) if "chronic_from" in at else None,
        guidance=at.get("guidance", str) if "guidance" in at else "",
    )


def _title(at: Table) -> str:
    """Invented numbers say so in both places, and no others do."""
    title = at.text("title")
    if (DEMO in title) is not _source(at).demo:
        raise at.bad("title", f"says {DEMO} exactly when source.document does")
    return title


def _source(at: Table) -> Source:
    below = at.below("source")
    below.only(("document", "date", "note"))
    note = below.text("note") if "note" in below else ""
    return Source(below.text("document"), below.get("date", date), note)


def _period(at: Table) -> Period:
    first = at.get("valid_from", date)
    last = at.get("valid_to", date) if "valid_to" in at else None
    if last is not None and last < first:
        raise at.bad("valid_to", "lies before valid_from")
    return Period(first, last)


def _fund(at: Table) -> Fund:
    below = at.below("fund")
    below.only(("code", "name"))
    name = below.text("name") if "name" in below else ""
    return Fund(below.matching("code", _FUND), name)


def _deductible(at: Table) -> Deductible:
    mode = at.one_of("mode", DeductibleMode)
    if mode is DeductibleMode.NONE:
        at.only(("mode",))
        return Deductible(mode, {})
    if "all_levels" in at:
        at.only(("mode", "all_levels"))
        return Deductible(mode, dict.fromkeys(LEVELS, at.amount("all_levels")))
    at.only(("mode", *map(str, LEVELS)))
    return Deductible(mode, {level: at.amount(str(level)) for level in LEVELS})


def _ratios(at: Table, insutype: str) -> Mapping[PersonClass, Mapping[int, Rate]]:
    """310 has those in work and retired, 390 residents; another insurance those it names."""
    wanted = _CLASSES.get(insutype, tuple(PersonClass))
    at.only(wanted)
    named = wanted if insutype in _CLASSES else [each for each in wanted if each in at]
    return {person: _by_level(at.below(person)) for person in named}


def _by_level(at: Table) -> Mapping[int, Rate]:
    at.only(map(str, LEVELS))
    return {level: at.share(str(level)) for level in LEVELS}


def _benefit(at: Table, areas: Areas) -> BenefitRule:
    at.only(_BENEFIT)
    return _any_benefit(at, areas, ())


def _chronic(at: Table, areas: Areas) -> BenefitRule:
    at.only({*_BENEFIT, "diseases"} - {_SHARED})
    return _any_benefit(at, areas, at.texts("diseases", _DISEASE))


def _any_benefit(at: Table, areas: Areas, diseases: tuple[str, ...]) -> BenefitRule:
    insutype = at.matching("insutype", _INSURANCE)
    return BenefitRule(
        id=at.text("id"),
        title=_title(at),
        source=_source(at),
        areas=areas,
        insutype=insutype,
        period=_period(at),
        deductible=_deductible(at.below("deductible")),
        ratios=_ratios(at.below("ratio"), insutype),
        cap=at.amount("annual_fund_cap"),
        cap_shared_with_local=bool(diseases) or at.get(_SHARED, bool),
        account_scope=at.one_of("account_scope", AccountScope),
        year_key=at.one_of("year_key", YearKey),
        fund=_fund(at) if "fund" in at else pooled_fund(insutype),
        diseases=diseases,
        hospital_share=at.share("hospital_share") if "hospital_share" in at else NOTHING,
    )


def _supplement(at: Table, areas: Areas) -> Supplement:
    at.only(_SUPPLEMENT)
    return Supplement(
        title=_title(at),
        source=_source(at),
        areas=areas,
        insutype=at.matching("insutype", _INSURANCE),
        period=_period(at),
        fund=_fund(at),
        field=at.one_of("field", FundField),
        entitled=at.one_of("entitled", Entitled),
        base=at.one_of("base", SupplementBase),
        threshold=at.amount("annual_threshold"),
        ratio=at.share("ratio"),
        cap=at.amount("annual_cap"),
    )


def _first_pay(at: Table, areas: Areas) -> FirstPayRule:
    at.only(_FIRST_PAY)
    group = at.one_of("group", FilingGroup)
    pay = FirstPay(at.one_of("mode", FirstPayMode), at.share("rate"))
    return FirstPayRule(_source(at), areas, group, _kinds(at, group), _period(at), pay)


def _kinds(at: Table, group: FilingGroup) -> tuple[FilingKind, ...]:
    """The kinds of that group that a rule is for; none named: every kind of the group."""
    if "kinds" not in at:
        return ()
    named = at.texts("kinds", _ANYTHING)
    for kind in named:
        if kind not in {member.value for member in FilingKind if member.group is group}:
            raise at.bad("kinds", f"{kind!r} is no filing kind of group {group}")
    return tuple(map(FilingKind, named))


def _filing(at: Table, areas: Areas) -> FilingRule:
    at.only((*_FILING, *_FILING_FLAGS))
    return FilingRule(
        source=_source(at),
        areas=areas,
        period=_period(at),
        late_long_days=at.whole("late_long_days", MOST_LATE_DAYS),
        lock_months=at.whole("lock_months", MOST_LOCK_MONTHS),
        emergency_deemed_filed=at.get("emergency_deemed_filed", bool),
        **{key: at.get(key, bool) for key in _FILING_FLAGS if key in at},
    )
