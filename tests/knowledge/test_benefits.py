"""Benefit rules as data (benefits.md 2.1): by area prefix, insurance and day; never a guess."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.domain.person import FilingGroup, PersonGroup
from desktop.knowledge.benefits import Benefits, Counts, load_benefits

JINING = AreaCode("370800")
_FILE = Path(__file__).parents[1] / "reference" / "benefit_examples.json"
EXAMPLES: list[Mapping[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def benefits() -> Benefits:
    return load_benefits()


@pytest.mark.parametrize(
    ("kind", "day", "yuan"),
    [
        ("310", "2021-03-31", None),
        ("310", "2021-04-01", "600.00"),
        ("310", "2022-12-31", "600.00"),
        ("310", "2023-01-01", "2000.00"),
        ("390", "2021-03-31", None),
        ("390", "2021-04-01", "200.00"),
        ("390", "2026-05-06", "200.00"),
        ("340", "2023-01-01", None),
    ],
)
def test_the_rule_of_the_day(benefits: Benefits, kind: str, day: str, yuan: str | None) -> None:
    rule = benefits.of(JINING, kind, date.fromisoformat(day))
    assert (rule and rule.cap) == (yuan and Money.parse(yuan))


@pytest.mark.parametrize("area", ["370811", "370883"])
def test_districts_share_the_rule_of_their_city(benefits: Benefits, area: str) -> None:
    assert benefits.of(AreaCode(area), "310", date(2023, 5, 2)) is not None


@pytest.mark.parametrize("area", ["370100", "430100", "083700"])
def test_an_unknown_area_is_not_guessed_at(benefits: Benefits, area: str) -> None:
    assert benefits.of(AreaCode(area), "310", date(2023, 5, 2)) is None


def test_every_rule_names_its_source_and_no_two_hold_at_once(benefits: Benefits) -> None:
    assert all(rule.source for rule in benefits.rules)
    assert all(row.source for row in benefits.first_pays)
    for rule in benefits.rules:
        held = [r for r in benefits.rules if r.span.holds(JINING, rule.span.begins)]
        assert [r for r in held if r.insurance == rule.insurance] == [rule]
    for row in benefits.first_pays:
        holding = [r for r in benefits.first_pays if r.span.holds(JINING, row.span.begins)]
        assert [r for r in holding if r.group is row.group] == [row]


@pytest.mark.req("S4-04", "S4-06")
def test_every_rule_tells_all_three_levels(benefits: Benefits) -> None:
    """What is compared with a first level must know it."""
    for rule in benefits.rules:
        assert all(set(levels) == {"1", "2", "3"} for levels in rule.ratios.values())
        assert set(rule.standards) in ({"1", "2", "3"}, set())
        assert bool(rule.standards) is (rule.counts is not Counts.NONE)


@pytest.mark.req("S4-04", "S4-06")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["input"]["id"])
def test_the_rules_yield_the_worked_examples(
    benefits: Benefits, example: Mapping[str, Any]
) -> None:
    """Standard, ratio and first pay of benefits.md 2.4, from the desk's own data."""
    case, result = example["input"], example["result"]
    day = date.fromisoformat(case["date"])
    rule = benefits.of(JINING, case["insutype"], day)
    assert rule is not None
    ratio = rule.ratio(PersonGroup(case["person"]), case["level"])
    assert rule.standard(case["level"]) == Money.parse(result["dedc_std"])
    assert ratio is not None
    assert ratio.value == Decimal(result["ratio"])
    first_pay = benefits.first_pay(JINING, FilingGroup(case["group"]), day)
    assert first_pay is not None
    scope = Money.parse(result["inscp_scp_amt"]) + Money.parse(result["preselfpay_temp"])
    assert first_pay.of(scope) == Money.parse(result["preselfpay_temp"])


@pytest.mark.parametrize(
    ("person_class", "group"),
    [
        ("1101", PersonGroup.ACTIVE),
        ("1201", PersonGroup.RETIRED),
        ("1401", PersonGroup.RESIDENT),
        ("1300", None),
        ("", None),
    ],
)
def test_people_of_other_classes_have_no_rule(person_class: str, group: PersonGroup | None) -> None:
    assert PersonGroup.of(person_class) is group
