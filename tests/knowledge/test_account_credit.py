"""Every sentence of seed 004 二(二) on what comes into a personal account."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.account_credit import (
    Credit,
    CreditBase,
    CreditGroup,
    CreditRule,
    Holder,
    age_on,
    group_in,
)
from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.knowledge.account_credit import load_account_credit, read_account_credit

JINING = AreaCode("370811")
BASE = Money.parse("6000.00")
OWN = Money.parse("120.00")
PENSION = Money.parse("3500.00")
BEFORE = Money.parse("105.00")


def holder(age: int, on: date, retired_on: date | None = None) -> Holder:
    """Somebody of that age who knows every amount."""
    return Holder(
        JINING,
        on.replace(year=on.year - age),
        retired_on,
        contribution_base=BASE,
        own_contribution=OWN,
        average_pension=PENSION,
        credited_before=BEFORE,
    )


def credit(who: Holder, month: date) -> Credit:
    found = load_account_credit().credit(who, month)
    assert found is not None
    return found


def yuan(found: Credit) -> tuple[str, str]:
    assert found.own is not None
    assert found.added is not None
    return found.own.yuan(), found.added.yuan()


@pytest.mark.req("S4-11", side="platform")
@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_all_that_an_employee_pays_comes_in(year: int) -> None:
    """1. 在职职工个人缴纳的基本医疗保险费全部划入本人医保个人账户."""
    month = date(year, 5, 1)
    assert credit(holder(40, month), month).own == OWN


@pytest.mark.req("S4-12")
@pytest.mark.req("S4-12", side="platform")
@pytest.mark.parametrize(
    ("age", "added"), [(25, "30.00"), (45, "30.00"), (46, "45.00"), (59, "45.00")]
)
def test_in_2023_the_employers_part_is_by_age(age: int, added: str) -> None:
    """2. 45岁（含45岁）以下的 0.5%; 45岁以上的 0.75%."""
    month = date(2023, 3, 1)
    assert yuan(credit(holder(age, month), month)) == ("120.00", added)


@pytest.mark.req("S4-12")
@pytest.mark.req("S4-12", side="platform")
def test_in_2023_the_retired_keep_theirs() -> None:
    """2. 退休人员个人账户计入政策保持不变: the document gives no figure, so none is invented."""
    month = date(2023, 3, 1)
    who = holder(65, month, date(2018, 1, 31))
    assert yuan(credit(who, month)) == ("0.00", "105.00")
    unknown = Holder(JINING, who.born, who.retired_on)
    assert credit(unknown, month).total is None


@pytest.mark.req("S4-13")
@pytest.mark.req("S4-13", side="platform")
def test_since_2024_the_employers_part_goes_to_the_pool() -> None:
    """3. 在职职工单位缴纳的基本医疗保险费不再划入个人账户，全部计入统筹基金."""
    for month in (date(2024, 1, 1), date(2026, 11, 1)):
        found = credit(holder(40, month), month)
        assert yuan(found) == ("120.00", "0.00")
        assert "全部计入统筹基金" in found.rule.words


@pytest.mark.req("S4-13")
@pytest.mark.req("S4-13", side="platform")
@pytest.mark.parametrize(
    ("age", "added"), [(60, "70.00"), (69, "70.00"), (70, "87.50"), (88, "87.50")]
)
def test_since_2024_the_retired_get_a_fixed_sum(age: int, added: str) -> None:
    """3. 70周岁以下 2%, 70周岁及以上 2.5% of the average pension of 2023."""
    month = date(2024, 6, 1)
    found = credit(holder(age, month, date(2015, 1, 1)), month)
    assert yuan(found) == ("0.00", added)
    assert found.rule.pension_year == 2023


def test_who_retires_is_retired_from_the_next_month() -> None:
    """4. 在职转退休的职工，自次月起享受退休人员个人账户待遇."""
    who = holder(60, date(2024, 5, 20), date(2024, 5, 20))
    assert group_in(who, date(2024, 5, 1)) is CreditGroup.ACTIVE
    assert group_in(who, date(2024, 6, 1)) is CreditGroup.RETIRED
    assert credit(who, date(2024, 5, 31)).rule.group is CreditGroup.ACTIVE
    assert yuan(credit(who, date(2024, 6, 15))) == ("0.00", "70.00")


def test_the_flexibly_employed_are_as_the_retired() -> None:
    """5. 灵活就业人员按规定享受退休待遇的，按本规定标准执行: no rule of their own is needed."""
    month = date(2024, 6, 1)
    flexible = holder(72, month, date(2012, 6, 30))
    assert credit(flexible, month).total == Money.parse("87.50")


@pytest.mark.req("S4-12")
@pytest.mark.parametrize("age", [45, 46])
def test_it_began_on_the_first_of_january_2023(age: int) -> None:
    """2. 用人单位缴纳的…计入在职职工个人账户部分调减到现行标准的50%."""
    before, after = (credit(holder(age, day), day) for day in (date(2022, 12, 1), date(2023, 1, 1)))
    assert before.added is not None
    assert after.added is not None
    assert before.added == after.added + after.added
    assert "调减到现行标准的50%" in after.rule.words


def test_what_no_document_tells_is_unknown() -> None:
    for day, retired_on in ((date(2021, 12, 1), None), (date(2022, 5, 1), date(2015, 1, 1))):
        assert load_account_credit().credit(holder(40, day, retired_on), day) is None


def test_the_rules_are_of_jining_alone() -> None:
    who = Holder(AreaCode("370900"), date(1980, 1, 1))
    assert load_account_credit().credit(who, date(2023, 5, 1)) is None


@pytest.mark.req("S4-12", "S4-13")
def test_why_is_my_account_smaller() -> None:
    """Month by month over three years: each sentence that took over, with what it made of it."""
    who = holder(44, date(2023, 1, 1))
    months = [date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)]
    told = load_account_credit().changes(who, months)
    assert [(found.rule.begins.year, *yuan(found)) for found in told] == [
        *((2022, "120.00", "60.00"), (2023, "120.00", "30.00"), (2024, "120.00", "0.00"))
    ]


def test_what_is_not_known_is_not_told() -> None:
    month = date(2024, 6, 1)
    nobody = Holder(JINING, date(1950, 1, 1), date(2010, 1, 1))
    found = credit(nobody, month)
    assert (found.own, found.added, found.total) == (Money(0), None, None)
    assert credit(Holder(JINING, date(1990, 1, 1)), month).own is None


def test_age_is_in_full_years() -> None:
    assert age_on(date(1954, 6, 2), date(2024, 6, 1)) == 69
    assert age_on(date(1954, 6, 1), date(2024, 6, 1)) == 70


def test_every_month_and_age_has_one_rule() -> None:
    known = load_account_credit().known
    for year in (2023, 2024, 2026):
        for group in CreditGroup:
            for age in range(16, 101):
                fitting = [r for r in known if r.fits(JINING, group, age, date(year, 1, 1))]
                assert len(fitting) == 1, (year, group, age)


def test_a_share_has_a_base_and_a_source() -> None:
    def has_figure(rule: CreditRule) -> bool:
        return rule.base in (CreditBase.CONTRIBUTION_BASE, CreditBase.AVERAGE_PENSION)

    for rule in load_account_credit().known:
        assert (rule.share is not None) is has_figure(rule)
        assert "济政办发〔2022〕13号" in rule.source


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('group = "active"', 'group = "young"', "credit 1: 'young'"),
        ('base = "contribution_base"', 'base = "luck"', "credit 1: 'luck'"),
        ('share = "0.005"', 'share = "a lot"', "credit 1: not a decimal"),
        ('areas = "3708"\n', "", "credit 1: 'areas'"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(old: str, new: str, why: str) -> None:
    text = _GOOD.replace(old, new, 1)
    assert text != _GOOD
    with pytest.raises(ValueError, match=why):
        read_account_credit(text)


_GOOD = """
[[credit]]
areas = "3708"
group = "active"
from = 2023-01-01
base = "contribution_base"
share = "0.005"
own_contribution = true
words = "按本人缴费基数的0.5%计入个人账户"
source = "seed 004"
"""
