"""「为什么我的个人账户少了」: what a patient hears of seed 004 二(二), sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.account_credit import CreditRules, Holder
from desktop.domain.identifiers import AreaCode, PsnNo
from desktop.domain.money import Money
from desktop.domain.person import Insurance, Person
from desktop.knowledge.account_credit import load_account_credit
from desktop.services.account_change import (
    AccountChange,
    account_change,
    change_for,
)

JINING = AreaCode("370811")
RULES = load_account_credit()
NOVEMBER = date(2026, 11, 22)
WORKER = Holder(
    JINING,
    date(1980, 5, 1),
    contribution_base=Money.parse("6000.00"),
    own_contribution=Money.parse("120.00"),
)
RETIRED = Holder(
    JINING,
    date(1954, 6, 1),
    date(2014, 6, 1),
    average_pension=Money.parse("3500.00"),
    credited_before=Money.parse("105.00"),
)


def change(who: Holder, month: date = NOVEMBER) -> AccountChange:
    return account_change(who, month, RULES)


@pytest.mark.req("S4-11", "S4-12", "S4-13")
@pytest.mark.req("S4-11", "S4-12", "S4-13", side="platform")
def test_an_employee_hears_each_step_with_its_figures() -> None:
    first, second, third = change(WORKER).says
    assert first.startswith("2023年以前的标准：本人缴费基数的1%，每月计入180.00元")
    assert second.startswith(
        "2023年1月起：用人单位缴纳的基本医疗保险费计入在职职工个人账户部分调减到现行标准的50%"
    )
    assert (
        "按本人缴费基数的0.5%计入个人账户，每月计入150.00元（个人缴费120.00元，另划入30.00元）"
        in second
    )
    assert "比以前每月少30.00元" in second
    assert "单位缴纳的基本医疗保险费不再划入个人账户，全部计入统筹基金，每月计入120.00元" in third
    assert "比以前每月少30.00元" in third
    assert all("济政办发〔2022〕13号" in sentence for sentence in change(WORKER).says)


@pytest.mark.req("S4-12", "S4-13")
@pytest.mark.req("S4-12", "S4-13", side="platform")
def test_a_retired_person_hears_what_2024_brought_and_70_years() -> None:
    unchanged, fixed, seventy = change(RETIRED).says
    assert unchanged.startswith("2023年1月起：退休人员个人账户计入政策保持不变，每月划入105.00元。")
    assert "2024年1月起：70周岁以下退休人员" in fixed
    assert "2%，每月划入70.00元，比以前每月少35.00元" in fixed
    assert seventy.startswith("2024年6月起：70周岁及以上退休人员")
    assert "2.5%，每月划入87.50元。" in seventy


@pytest.mark.parametrize("who", [WORKER, RETIRED, replace(WORKER, contribution_base=None)])
def test_what_a_patient_hears_is_chinese(who: Holder) -> None:
    """No note of ours: no letter stands in it."""
    assert not any(re.search("[A-Za-z]", sentence) for sentence in change(who).says)


@pytest.mark.req("S4-12")
def test_at_46_the_share_is_larger() -> None:
    who = replace(WORKER, born=date(1977, 3, 1))
    said = change(who, date(2023, 12, 1)).says
    assert [sentence[:8] for sentence in said] == ["2023年以前的", "2023年1月起", "2023年3月起"]
    assert "45岁以上的，按本人缴费基数的0.75%" in said[-1]
    assert "少" not in said[-1].replace("减少", "")


def test_only_what_is_known_is_told() -> None:
    """Without amounts no figure, and where to ask for them."""
    *steps, last = change(Holder(JINING, date(1980, 5, 1))).says
    assert len(steps) == 3
    assert not any("元" in sentence for sentence in steps)
    assert last == "金额要看缴费基数、养老金等，以参保地经办机构的数字为准。"


@pytest.mark.parametrize(
    ("who", "month", "rules"),
    [
        (replace(WORKER, area=AreaCode("370900")), NOVEMBER, RULES),
        (WORKER, date(2021, 12, 1), RULES),
        (WORKER, NOVEMBER, CreditRules()),
    ],
)
def test_where_no_document_tells_nothing_is_invented(
    who: Holder, month: date, rules: CreditRules
) -> None:
    told = account_change(who, month, rules)
    assert told == AccountChange((), ("这里没有该参保地的个人账户计入办法，请问参保地经办机构。",))


def insurance(kind: str, person_class: str) -> Insurance:
    return Insurance(kind, JINING, person_class, "1", None, civil_servant=False, employer="")


def person(birth: date | None) -> Person:
    return Person(PsnNo("P1"), "孔试验", "01", "990000198001010017", "1", birth, "01", "", ())


@pytest.mark.req("S4-14")
def test_the_platform_s_word_is_enough() -> None:
    """What 1101 tells of a person: class, area and birth, never an amount."""
    born = date(1954, 6, 1)
    worker = change_for(person(born), insurance("310", "1101"), NOVEMBER, RULES)
    retired = change_for(person(born), insurance("310", "12"), NOVEMBER, RULES)
    assert worker == change(Holder(JINING, born))
    assert "退休人员" in retired.says[0]
    nobody = change_for(person(None), insurance("310", "11"), NOVEMBER, RULES)
    assert nobody.says == ("参保地没有告诉出生日期，请问参保地经办机构。",)
    resident = change_for(person(born), insurance("390", "15"), NOVEMBER, RULES)
    assert resident.says == ("居民医保没有个人账户。",)
