"""The answer beside the known rule (idea 18): silent on right answers, plain on wrong ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import ZERO, Money
from desktop.domain.person import Filing, FilingKind, Insurance
from desktop.domain.quantities import Rate
from desktop.domain.split import FundShare, LineSplit, Split
from desktop.knowledge.benefits import load_benefits
from desktop.services.beside_the_rule import Answered, Beside, Differs, beside
from desktop.services.deductible import Standard
from desktop.services.eligibility import ordinary_visit
from desktop.services.known_rule import KnownRules
from desktop.services.outlook import Levels

_FILE = Path(__file__).parents[1] / "reference" / "benefit_examples.json"
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    row["input"]["id"]: row for row in json.loads(_FILE.read_text(encoding="utf-8"))
}
PLACE = AreaCode("430100")
_CLASSES = {"active": "1101", "retired": "1201", "resident": "1501"}
_FILED = {"LONG": FilingKind.LONG_RESIDENT, "TEMP": FilingKind.REFERRED}
_UNTOLD: dict[str, Any] = {field.name: None for field in fields(Split) if field.name != "shares"}


def yuan(text: str) -> Money:
    return Money.parse(text)


def answered(example: Mapping[str, Any], *, told: str = "", **changes: Any) -> Answered:
    """The example as 2204 and 2206 answer it; ``told`` is what the pool's row says."""
    case, result = example["input"], example["result"]
    amounts = {
        "in_scope": yuan(result["inscp_scp_amt"]),
        "pre_self_pay": yuan(result["preselfpay_amt"]),
        "deductible": yuan(result["act_pay_dedc"]),
        "pooled_fund": yuan(result["hifp_pay"]),
        "pooled_rate": Rate(Decimal(result["ratio"])),
    }
    paid = changes.get("pooled_fund", amounts["pooled_fund"]) or ZERO
    left = yuan(result["quota_left_after"]) + yuan(result["hifp_pay"])
    share = FundShare("310100", "", paid, None, left, told)
    split = Split(**(_UNTOLD | amounts | {"shares": (share,)} | changes))
    insurance = Insurance(
        case["insutype"], AreaCode("370800"), _CLASSES[case["person"]], "1", None, False, ""
    )
    filing = Filing(_FILED[case["group"]], PLACE, date(2021, 1, 1), None)
    began = datetime.combine(date.fromisoformat(case["date"]), time(9))
    line = _line(yuan(result["preselfpay_classB"]))
    return Answered(split, (line,), ordinary_visit(began), insurance, filing, PLACE)


_UNTOLD_LINE: dict[str, Any] = {
    field.name: None if "None" in str(field.type) else "" for field in fields(LineSplit)
}


def _line(pre_self_pay: Money) -> LineSplit:
    return LineSplit(**(_UNTOLD_LINE | {"amount": ZERO, "pre_self_pay": pre_self_pay}))


def said(example: str, level: str = "", **changes: Any) -> Beside:
    row = EXAMPLES[example]
    known = KnownRules(load_benefits, level or row["input"]["level"])
    return beside(known, answered(row, **changes))


def differs(example: str, level: str = "", **changes: Any) -> list[Differs]:
    return [found.differs for found in said(example, level, **changes).differences]


@pytest.mark.req("S4-04", "S2-23")
@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("told", [True, False])
def test_a_right_answer_is_never_doubted(example: str, told: bool) -> None:
    """All 44 worked examples: limits reached, first pays, half fen, dates that switch."""
    standard = EXAMPLES[example]["result"]["dedc_std"]
    words = f"起付标准{standard}元，支付比例50%" if told else ""
    assert differs(example, told=words) == []


@pytest.mark.req("S4-04", "S4-05")
@pytest.mark.parametrize("example", [f"E{at}" for at in (13, 15, 16, 17, 18, 20, 21, 22, 23, 30)])
@pytest.mark.parametrize("here", ["1", "2", "3"])
def test_another_level_is_named(example: str, here: str) -> None:
    """The platform reckons by its level, the hospital has another."""
    reckoned = EXAMPLES[example]["input"]["level"]
    found = said(example, here).differences
    assert [each.differs for each in found] == ([] if here == reckoned else [Differs.LEVEL])
    if found:
        words = {"1": "一级", "2": "二级", "3": "三级"}
        assert words[reckoned] in found[0].words
        assert words[here] in found[0].words


@pytest.mark.req("S4-04")
def test_what_is_said_of_a_wrong_level() -> None:
    (found,) = said("E16", "2").differences
    assert found.words == (
        "统筹基金支付150.00元，是三级医院的算法；本院是二级，应为180.00元。请核对医院等级。"
    )


@pytest.mark.req("S4-04")
@pytest.mark.parametrize("standard", ["100.00", "200.00"])
def test_a_bill_below_the_deductible_shows_its_level_by_the_standard(standard: str) -> None:
    """E14: all of it is deductible, no ratio tells; the pool's own words do."""
    (found,) = said("E14", told=f"起付标准{standard}元").differences
    assert (found.differs, found.values[0]) == (Differs.LEVEL, standard)
    (strange,) = said("E14", told="起付线：55元").differences
    assert (strange.differs, strange.values) == (Differs.DEDUCTIBLE, ("55.00", "300.00"))


@pytest.mark.req("S4-04")
def test_a_deductible_above_the_standard_is_said() -> None:
    assert differs("E14", "2") == [Differs.DEDUCTIBLE]
    assert differs("E06", deductible=yuan("0.01"), pooled_fund=yuan("43.20")) == [
        Differs.DEDUCTIBLE
    ]


@pytest.mark.req("S2-23", "S3-09")
def test_a_long_filing_that_pays_like_a_temporary_one_is_lost() -> None:
    """E25 is the bill of E26 without its filing."""
    lost = answered(EXAMPLES["E25"])
    long = Filing(FilingKind.LONG_RESIDENT, PLACE, date(2023, 1, 1), None)
    found = beside(KnownRules(load_benefits, "2"), _with(lost, filing=long)).differences
    assert [(each.differs, each.values) for each in found] == [(Differs.FILING_LOST, ("45.32",))]


def _with(known: Answered, **changes: Any) -> Answered:
    return structs.replace(known, **changes)


def _of(known: Answered) -> list[Differs]:
    return [each.differs for each in beside(KnownRules(load_benefits, "2"), known).differences]


@pytest.mark.req("S2-23")
def test_more_than_the_ceiling_of_a_temporary_stay_is_said() -> None:
    right = answered(EXAMPLES["E25"])
    more = replace(right.split, pre_self_pay=yuan("80.00"))
    assert _of(_with(right, split=more)) == [Differs.FIRST_PAY]


def test_a_filing_that_is_not_told_or_does_not_hold_says_nothing_of_the_first_pay() -> None:
    lost = answered(EXAMPLES["E25"])
    elsewhere = Filing(FilingKind.LONG_RESIDENT, AreaCode("440300"), date(2023, 1, 1), None)
    late = Filing(FilingKind.LONG_RESIDENT, PLACE, date(2023, 6, 1), None)
    for filing in (None, elsewhere, late):
        assert _of(_with(lost, filing=filing)) == []


def test_an_emergency_under_a_long_filing_may_be_reckoned_either_way() -> None:
    lost = answered(EXAMPLES["E25"])
    long = Filing(FilingKind.LONG_RESIDENT, PLACE, date(2023, 1, 1), None)
    assert _of(_with(lost, filing=long, visit=replace(lost.visit, kind="13"))) == []


def test_a_line_that_tells_no_first_share_leaves_it_unknown() -> None:
    lost = answered(EXAMPLES["E25"])
    long = Filing(FilingKind.LONG_RESIDENT, PLACE, date(2023, 1, 1), None)
    untold = replace(lost.lines[0], pre_self_pay=None)
    assert _of(_with(lost, filing=long, lines=(untold,))) == []


@pytest.mark.parametrize("name", ["in_scope", "deductible", "pooled_fund"])
def test_an_amount_that_was_not_told_raises_no_doubt(name: str) -> None:
    found = said("E16", "2", **{name: None})
    assert found.differences == ()
    assert found.levels is None


@pytest.mark.req("S0-23")
def test_what_a_limit_may_explain_raises_no_doubt() -> None:
    """Used elsewhere meanwhile: the limit told explains it; where none is told it may."""
    assert differs("E28") == []
    nothing_told = replace(answered(EXAMPLES["E28"]).split.shares[0], payable=None)
    assert differs("E28", shares=(nothing_told,)) == []
    assert differs("E28", shares=(), pooled_rate=None) == []


def test_a_rate_that_is_told_and_yields_the_money_is_no_limit() -> None:
    assert differs("E16", "2", shares=()) == [Differs.LEVEL]


@pytest.mark.req("S4-06")
def test_another_class_of_people_is_named() -> None:
    """E21 is retired, 55 %; in work it would be 50 %."""
    assert differs("E21", pooled_fund=yuan("250.00")) == [Differs.PERSON_CLASS]


def test_what_nothing_explains_is_said_as_it_is() -> None:
    (found,) = said("E21", pooled_fund=yuan("400.00")).differences
    assert (found.differs, found.values) == (Differs.PAID, ("400.00", "275.00"))


@pytest.mark.parametrize("kind", ["14", "21", ""])
def test_other_care_than_the_rules_is_not_judged(kind: str) -> None:
    wrong = answered(EXAMPLES["E16"])
    assert (
        beside(KnownRules(load_benefits, "2"), _with(wrong, visit=replace(wrong.visit, kind=kind)))
        == Beside()
    )


def test_without_a_rule_or_a_level_nothing_is_said() -> None:
    wrong = answered(EXAMPLES["E16"])
    strange = replace(wrong.insurance, area=AreaCode("510100"))
    assert beside(KnownRules(load_benefits, "2"), _with(wrong, insurance=strange)) == Beside()
    assert beside(KnownRules(load_benefits), wrong) == Beside()
    assert beside(KnownRules(), wrong) == Beside()


@pytest.mark.req("S4-05")
def test_the_standard_is_an_estimate_and_of_the_year() -> None:
    assert said("E15").standard == Standard(yuan("300.00"), estimated=True, by_year=True)
    assert said("E01").standard == Standard(yuan("30.00"), estimated=True, by_year=False)
    assert said("E16", "2").standard is None


@pytest.mark.req("S4-24")
@pytest.mark.parametrize(
    ("example", "there", "at_least"),
    [
        pytest.param("E14", "112.00", True, id="below the deductible: what was paid is not known"),
        pytest.param("E15", "126.00", False, id="260 paid: nothing more is due at level 1"),
        pytest.param("E21", "525.00", False, id="as E23, the same bill at level 1"),
        pytest.param("E28", None, False, id="the limit is all there is, anywhere"),
        pytest.param("E23", None, False, id="this is level 1"),
        pytest.param("E06", None, False, id="one ratio for all levels"),
    ],
)
def test_the_same_costs_at_a_hospital_of_the_first_level(
    example: str, there: str | None, at_least: bool
) -> None:
    result = EXAMPLES[example]["result"]
    scope, paid = yuan(result["inscp_scp_amt"]), yuan(result["hifp_pay"])
    wanted = Levels(scope, paid, yuan(there), at_least) if there else None
    assert said(example).levels == wanted


def test_no_hint_of_another_hospital_in_an_emergency_or_beside_a_doubt() -> None:
    right = answered(EXAMPLES["E21"])
    emergency = _with(right, visit=replace(right.visit, kind="13"))
    assert beside(KnownRules(load_benefits, "3"), emergency).levels is None
    assert said("E16", "2").levels is None
    assert said("E15", shares=()).levels is None
