"""Filings of any kind, on any day, in any order."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.person import FilingKind
from desktop.domain.times import months_later
from desktop.sandbox.insured_place import new_filings
from desktop.sandbox.insured_place.filing import Care, filing_kind, holds
from desktop.sandbox.insured_place.new_filings import FilingRefused, file_new
from desktop.sandbox.insured_place.policy import FilingRule
from desktop.sandbox.model import Audit, Filing, FilingScope, Person
from desktop.sandbox.refusals import Refused
from tests.sandbox.conftest import POLICIES, Bench
from tests.sandbox.filed import (
    DAY,
    JINING,
    LONG,
    TEMP,
    K,
    filing,
    pay_on,
    person,
    settle,
    told,
)

days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
kinds = st.sampled_from(FilingKind)
areas = st.sampled_from(("430000", "430100", "430104", "430200", "440000", "440300"))


@pytest.mark.req("S0-27", "S1-14")
@given(areas, days, st.none() | days, days)
def test_a_filing_covers_its_province_its_city_and_its_days(
    area: str, begins: date, ends: date | None, day: date
) -> None:
    """By the first two digits of a province, the first four of a city."""
    named = area.rstrip("0")
    named = named + "0" * (len(named) % 2)
    here = "430104".startswith(named)
    in_time = begins <= day and (ends is None or day <= ends)
    assert holds(filing(begins=begins, ends=ends, area=area), "430104", day) == (here and in_time)


@pytest.mark.req("S3-10", "S3-11")
@given(kinds, days, st.integers(-400, 30))
def test_a_late_long_filing_goes_back_five_days_a_temporary_one_any_time(
    kind: FilingKind, today: date, offset: int
) -> None:
    new = filing(kind, today + timedelta(days=offset))
    if kind.group is LONG and offset < -5:
        with pytest.raises(FilingRefused):
            file_new(person(), new, today, JINING, ())
        return
    after = file_new(person(), new, today, JINING, ())
    assert after.filings == (new,)
    assert holds(new, "430100", today) == (offset <= 0)


@given(days, st.integers(-400, 30), st.integers(1, 300))
def test_a_prolongation_is_no_way_round_the_five_days(today: date, ended: int, longer: int) -> None:
    before = filing(FilingKind.LONG_RESIDENT, today - timedelta(days=800))
    before = msgspec.structs.replace(before, ends=today + timedelta(days=ended))
    assert before.ends is not None
    new = msgspec.structs.replace(before, ends=before.ends + timedelta(days=longer))
    if ended + 1 < -5:
        with pytest.raises(FilingRefused):
            file_new(person(before), new, today, JINING, ())
    else:
        assert file_new(person(before), new, today, JINING, ()).filings == (new,)


@pytest.mark.req("S3-08")
@given(kinds, days, st.integers(0, 400), st.booleans())
def test_costs_lock_a_long_filing_for_six_months(
    kind: FilingKind, begins: date, offset: int, used: bool
) -> None:
    before, today = filing(kind, begins), begins + timedelta(days=offset)
    new = filing(begins=today, area="440300")
    locked = used and kind.group is LONG and today < months_later(begins, 6)
    if locked:
        with pytest.raises(FilingRefused):
            file_new(person(before), new, today, JINING, (before,))
        return
    after = file_new(person(before), new, today, JINING, (before,) if used else ())
    assert holds(after.filings[-1], "440300", today)
    assert holds(after.filings[0], "430100", today) == (kind.group is TEMP)


@pytest.mark.req("S3-08", "S3-10", "S3-13")
def test_jinings_lock_and_late_filing_begin_in_2023() -> None:
    """K8, K9; an emergency is never refused for want of a filing, whatever its date."""
    last, first = date(2022, 12, 31), date(2023, 1, 1)
    before, since = POLICIES.filing("370800", last), POLICIES.filing("370800", first)
    assert before is not None
    assert since is not None
    late, moved = filing(begins=date(2022, 12, 30)), filing(begins=last, area="440300")
    used = filing(begins=date(2022, 12, 1))
    with pytest.raises(FilingRefused):
        file_new(person(), late, last, before, ())
    assert file_new(person(), late, first, since, ()).filings == (late,)
    assert len(file_new(person(used), moved, last, before, (used,)).filings) == 2
    with pytest.raises(FilingRefused, match="2023-06-01"):
        file_new(person(used), moved, first, since, (used,))
    for day, rule in ((last, before), (first, since)):
        care = Care("430100", day, emergency=True)
        assert filing_kind(person(), care, pay_on(day), rule) is K.EMERGENCY


@given(kinds, days, st.integers(-400, 30))
def test_an_area_without_a_rule_takes_every_filing(
    kind: FilingKind, today: date, offset: int
) -> None:
    new = filing(kind, today + timedelta(days=offset))
    before = filing(begins=today)
    assert file_new(person(before), new, today, None, (before,)).filings[-1].begins == new.begins


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to the filings of a person, some days after ``DAY``."""

    today: int
    new: Filing
    approved: bool | None
    """The area's word on what waits afterwards; None: not yet."""


@st.composite
def steps(draw: Any) -> Step:
    today = draw(st.integers(0, 12))
    begins = DAY + timedelta(days=today + draw(st.integers(-6, 6)))
    ends = draw(st.none() | st.integers(0, 8).map(lambda more: begins + timedelta(days=more)))
    kind = draw(st.sampled_from((K.LONG_RESIDENT, K.POSTED_WORKER, K.OTHER)))
    row = filing(kind, begins, ends, draw(st.sampled_from(("430100", "440300"))))
    scope = draw(st.sampled_from((FilingScope.ANY, FilingScope.CHRONIC)))
    word = draw(st.sampled_from((None, True, False)))
    return Step(today, msgspec.structs.replace(row, scope=scope), word)


def take(who: Person, step: Step, rule: FilingRule, used: tuple[Filing, ...] = ()) -> Person:
    """Filed, then audited if the area says something; what is refused changes nothing."""
    today = DAY + timedelta(days=step.today)
    with suppress(FilingRefused):
        who = file_new(who, step.new, today, rule, used)
    waiting = [row for row in who.filings if row.audit is Audit.PENDING]
    if step.approved is not None and waiting:
        word = new_filings.Word(waiting[0].version, step.approved)
        with suppress(FilingRefused):
            return new_filings.audit(who, word, today, rule, used)
    return who


@settings(max_examples=80)
@given(st.lists(steps(), min_size=1, max_size=6), st.booleans())
def test_filing_in_any_order_keeps_a_sound_set(many: list[Step], audited: bool) -> None:
    """For each use one LONG filing is open and one waits at most; none ends before it begins."""
    assert JINING is not None
    rule, who = replace(JINING, changes_audited=audited), person()
    for step in many:
        who = take(who, step, rule)
        assert all(row.ends is None or row.begins <= row.ends for row in who.filings)
        kept = [row for row in who.filings if row.audit is not Audit.REJECTED]
        assert len(set(kept)) == len(kept)
        for scope in (FilingScope.ANY, FilingScope.CHRONIC):
            mine = [f for f in who.filings if f.kind.group is LONG and f.scope is scope]
            taken = [f for f in mine if f.audit is Audit.APPROVED]
            assert sum(f.ends is None for f in taken) <= 1
            assert sum(f.audit is Audit.PENDING for f in mine) <= 1
            for ahead in range(-8, 30):
                day = DAY + timedelta(days=ahead)
                assert sum(holds(f, f.area, day) for f in taken) <= 1


@pytest.mark.req("S3-08", "S1-17")
@settings(max_examples=80)
@given(st.lists(steps(), min_size=1, max_size=6), st.integers(0, 5), st.booleans())
def test_nothing_moves_a_filing_under_which_costs_arose(
    many: list[Step], cost_after: int, audited: bool
) -> None:
    """Neither a new filing nor the area's late word on one that waited (S3-08)."""
    assert JINING is not None
    rule = replace(JINING, changes_audited=audited)
    open_now, asked = filing(begins=DAY - timedelta(days=3)), filing(begins=DAY, area="440300")
    waiting = msgspec.structs.replace(asked, version=2, audit=Audit.PENDING)
    who = person(open_now, waiting) if audited else person(open_now)
    for step in many[:cost_after]:
        who = take(who, step, rule)
    used = tuple(f for f in who.filings if f.kind.group is LONG and holds(f, f.area, DAY))
    for step in many[cost_after:]:
        today = DAY + timedelta(days=step.today)
        locked = {f for f in used if f in who.filings and holds(f, f.area, today)}
        who = take(who, step, rule, used)
        assert locked <= {*who.filings}


@given(st.lists(steps(), max_size=4), steps())
def test_the_same_filing_twice_is_filed_once(many: list[Step], last: Step) -> None:
    assert JINING is not None
    who = person()
    for step in (*many, last):
        who = take(who, step, JINING)
    assert take(who, last, JINING) == who


@given(days, st.integers(0, 36))
def test_months_later_is_that_day_or_the_months_last(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    last = (later + timedelta(days=1)).month != later.month
    assert later.day == day.day or (last and later.day < day.day)


@pytest.mark.parametrize("emergency", [False, True])
@given(
    st.lists(st.tuples(kinds, days, st.none() | days, areas), max_size=4, unique=True),
    days,
    st.sampled_from(("370800", "430100", "990200", "990300")),
    st.randoms(use_true_random=False),
)
def test_the_best_of_several_filings_decides(
    emergency: bool,
    rows: list[tuple[FilingKind, date, date | None, str]],
    day: date,
    home: str,
    chance: Any,
) -> None:
    """A15: by what the area takes first on that day, in whatever order they are stored."""
    filings = [filing(k, b, e, a) for k, b, e, a in rows]
    holding = {f.kind for f in filings if holds(f, "430100", day)}
    open_kinds = holding | ({K.EMERGENCY} if emergency else set())
    care, pay_of = Care("430100", day, emergency), pay_on(day, home)
    if not open_kinds:
        with pytest.raises(Refused):
            filing_kind(person(*filings), care, pay_of, JINING)
        return
    found = filing_kind(person(*filings), care, pay_of, JINING)
    assert found in open_kinds
    assert pay_of(found).rate.value == min(pay_of(kind).rate.value for kind in open_kinds)
    chance.shuffle(filings)
    assert filing_kind(person(*filings), care, pay_of, JINING) is found


@pytest.mark.req("S3-13")
@pytest.mark.parametrize("kinds_filed", [(), ("OTHER",), ("REFERRED",), ("OTHER", "REFERRED")])
@pytest.mark.parametrize("turned", [False, True])
def test_filing_never_makes_an_emergency_dearer(
    bench: Bench, kinds_filed: tuple[str, ...], turned: bool
) -> None:
    """990300 takes 10 points off for emergencies and the referred, 20 for other stays (A15)."""
    filings = [told(kind) for kind in (kinds_filed[::-1] if turned else kinds_filed)]
    who = bench.put(insurance={"area": "990300"}, filings=filings)
    flags = {"OTP_ER_REFL_FLAG": "1"}
    patient = bench.patient(who, area="990300", med_type="13", flags=flags)
    answer = settle(bench, patient)
    assert answer["setlinfo"]["fund_pay_sumamt"] == 240
