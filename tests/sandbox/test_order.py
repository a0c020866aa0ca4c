"""Two settlements in either order: which sums are the same, and where the order decides.

The exact statement, with its reasons, stands in desktop/sandbox/README.md (「What departs」).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desktop.domain.money import ZERO, Money
from desktop.sandbox.control import bodies
from desktop.sandbox.control import people as control_people
from desktop.sandbox.insured_place.policy import BenefitRule, PersonClass
from desktop.sandbox.model import Institution, YearSums
from tests.sandbox.areas import HOSPITAL, PLACE, bench_abroad, visit
from tests.sandbox.asking import business
from tests.sandbox.conftest import POLICIES, Bench
from tests.sandbox.test_area_properties import EMPLOYEES, Line, Someone, bills, people, settle

OTHER = "H44030000010"
DAY = business().date()
SPLIT = ("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
ROUNDING = Money(2)
"""Each of two settlements rounds its own payment (A10): at most a fen for each."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One settlement to be made: at the hospital of that level, these lines."""

    level: int
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class After:
    """What the year holds after both settlements."""

    split: tuple[Decimal, ...]
    sums: YearSums


slips = st.builds(Slip, st.sampled_from((1, 2, 3)), bills)


def rule_of(someone: Someone) -> BenefitRule | None:
    if someone.disease:
        own = (someone.area, someone.insutype, someone.disease)
        found = POLICIES.chronic_benefit(*own, DAY, DAY)
        if found is not None:
            return found
    return POLICIES.benefit(someone.area, someone.insutype, DAY, DAY)


def after(someone: Someone, order: Iterable[Slip], absorbed: str) -> After:
    """The two slips, each at a hospital of its level; ``absorbed`` was paid of the deductible."""
    bench = bench_abroad()
    told: list[Any] = []
    who = someone.live(bench)
    for number, slip in enumerate(order):
        bench.desk.hospital = at_level(bench, slip.level, number)
        if number == 0:
            who = with_deductible(bench, who, absorbed)
        told.append(settle(visit(bench, who, someone.disease), "P1", slip.lines, "0")["setlinfo"])
    split = tuple(sum((Decimal(info[name]) for info in told), Decimal(0)) for name in SPLIT)
    (sums,) = bench.state.sums
    return After(split, sums)


def at_level(bench: Bench, level: int, number: int) -> str:
    """A hospital of that level in the same city; a second one of the same is another hospital."""
    code = (HOSPITAL, OTHER)[number]
    row = Institution(code=code, name="深圳演练医院", area=PLACE, level=level)
    bench.state.institutions.put(code, row)
    return code


def with_deductible(bench: Bench, who: bodies.PersonBody, paid: str) -> bodies.PersonBody:
    year = {"2023": bodies.YearBody(deductible_paid=paid)}
    return control_people.put_person(bench.state, who.certno, replace(who, year=year))


def terms_at(someone: Someone, rule: BenefitRule, level: int) -> Any:
    ratio = rule.ratio(PersonClass.of(someone.psn_type), level)
    return rule.deductible.standard(level), ratio


def order_decides(someone: Someone, levels: set[int], absorbed: str) -> bool:
    """Where hospitals differ and something of the year's deductible is still due."""
    rule = rule_of(someone)
    if rule is None or not rule.counts_by_year:
        return False
    terms = {terms_at(someone, rule, level) for level in levels}
    highest = max(standard for standard, _ in terms)
    paid = ZERO if rule.diseases else Money.parse(absorbed)
    return len(terms) > 1 and paid < highest


@pytest.mark.req("S0-23", "S2-05")
@settings(max_examples=50)
@given(people(), slips, slips, st.sampled_from(("0.00", "250.00", "5000.00")))
def test_either_order_gives_the_same_sums(
    someone: Someone, first: Slip, second: Slip, absorbed: str
) -> None:
    """Costs, own payment, first pay and what is in scope to the fen, at any hospitals.

    The deductible and the funds too, unless the order decides who bears the deductible.
    """
    one, other = (after(someone, each, absorbed) for each in permutations((first, second)))
    assert one.split == other.split
    assert (one.sums.costs, one.sums.visits) == (other.sums.costs, other.sums.visits)
    decides = order_decides(someone, {first.level, second.level}, absorbed)
    event(f"the order decides: {decides}")
    if not decides:
        assert_alike(one.sums, other.sums)


def assert_alike(one: YearSums, other: YearSums) -> None:
    """The deductible to the fen, each fund within the rounding of two payments."""
    assert one.deductible == other.deductible
    assert abs(one.fund - other.fund) <= ROUNDING
    assert one.diseases.keys() == other.diseases.keys()
    for disease, row in one.diseases.items():
        assert row.counted == other.diseases[disease].counted
        assert abs(row.paid - other.diseases[disease].paid) <= ROUNDING
    for code in one.funds.keys() | other.funds.keys():
        mine, theirs = (sums.funds.get(code) for sums in (one, other))
        paid = [row.paid if row else ZERO for row in (mine, theirs)]
        assert abs(paid[0] - paid[1]) <= ROUNDING + ROUNDING


PER_VISIT = ("379902", "990100", "990200")
"""Areas whose ordinary deductible is no matter of the year."""


def is_reckoned_by_the_year(someone: Someone) -> bool:
    rule = rule_of(someone)
    return rule is not None and rule.counts_by_year


@settings(max_examples=20)
@given(people(PER_VISIT).filter(lambda who: not is_reckoned_by_the_year(who)), slips, slips)
def test_without_a_yearly_deductible_the_pool_is_the_same_to_the_fen(
    someone: Someone, first: Slip, second: Slip
) -> None:
    """At hospitals of any levels: each payment is reckoned by itself, the cap cuts their sum."""
    one, other = (after(someone, each, "0.00") for each in permutations((first, second)))
    assert (one.sums.fund, one.sums.diseases) == (other.sums.fund, other.sums.diseases)


with_standards = people(("370800",), ordinary=True).filter(is_reckoned_by_the_year)
"""Whom the levels' standards of Jining are for: nobody with a recognised disease."""


@pytest.mark.req("S4-05")
@settings(max_examples=25)
@given(with_standards, slips, slips, st.sampled_from(("0.00", "60.00", "250.00")))
def test_the_order_moves_no_more_than_the_standards_differ(
    someone: Someone, first: Slip, second: Slip, absorbed: str
) -> None:
    """累计补差 (A1, E13…E20): the lower standard first never absorbs less, nor too much more."""
    rule = rule_of(someone)
    assert rule is not None
    low, high = sorted((first, second), key=lambda slip: rule.deductible.standard(slip.level))
    gap = rule.deductible.standard(high.level) - rule.deductible.standard(low.level)
    lower, higher = (after(someone, each, absorbed).sums for each in ((low, high), (high, low)))
    assert ZERO <= lower.deductible - higher.deductible <= gap


@pytest.mark.req("S4-05")
def test_the_order_decides_where_levels_differ() -> None:
    """E14 (260.00 at level 3) and E13 (its bill at level 1), in either order: both by 004.

    First at level 1: 100 absorbed, then 200 more; first at level 3: 260 absorbed, nothing more.
    """
    someone = Someone("370800", "310", "11", "LONG_RESIDENT", 3, "0.00", "", False, False)
    one = Slip(1, [("A", "260.00", "1", "1")])
    three = Slip(3, [("A", "260.00", "1", "1")])
    sums = [after(someone, order, "0.00").sums for order in ((one, three), (three, one))]
    assert [row.deductible.yuan() for row in sums] == ["300.00", "260.00"]
    assert [row.fund.yuan() for row in sums] == ["142.00", "182.00"]
    assert [row.costs.yuan() for row in sums] == ["520.00", "520.00"]


def test_the_areas_hold_both_kinds() -> None:
    rules = [POLICIES.benefit(area, "310", DAY, DAY) for area in EMPLOYEES]
    assert {rule.counts_by_year for rule in rules if rule} == {True, False}
