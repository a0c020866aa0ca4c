"""What is left this year, estimated from 5206 and the known rule, over the real platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.domain.person import YearSum
from desktop.knowledge.caps import Caps, load_caps
from desktop.services.identify import choose_insurance, identify
from desktop.services.quota import left_this_year, used_in
from tests.rig.town import townsman
from tests.services.counter import TODAY, Counter, bill_of, id_card

RESIDENT = 5
THIS_YEAR = TODAY.date()


def left(
    counter: Counter,
    person: Mapping[str, Any],
    kind: str = "310",
    day: date = THIS_YEAR,
    caps: Caps | None = None,
    area: str = "",
) -> Money | None:
    who = identify(counter.desk, id_card(person["certno"]))
    row = choose_insurance(who, (kind, None))
    row = replace(row, area=AreaCode(area)) if area else row
    return left_this_year(counter.desk, caps or load_caps(), who.psn_no, row, day)


@pytest.mark.req("S4-09")
def test_nothing_used_leaves_the_whole_cap(counter: Counter, person: Mapping[str, Any]) -> None:
    assert left(counter, person) == Money.parse("2000.00")
    assert counter.wire.infnos == ["1101", "5206"]


@pytest.mark.req("S0-22")
def test_residents_have_their_own_cap(counter: Counter) -> None:
    assert left(counter, townsman(RESIDENT), "390") == Money.parse("200.00")


@pytest.mark.req("S0-23", "S2-05")
def test_what_was_used_at_home_is_taken_off(counter: Counter, person: Mapping[str, Any]) -> None:
    """The platform's sum, never our own history."""
    counter.platform.elsewhere(person["certno"], "2023-03-01", "150.25")
    assert left(counter, person) == Money.parse("1849.75")


def test_what_was_settled_here_is_in_the_sum(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = counter.settle(bill_of(person))
    settled = finished.record.settlement
    assert settled is not None
    assert settled.split.pooled_fund is not None
    assert left(counter, person) == Money.parse("2000.00") - settled.split.pooled_fund


def test_it_never_falls_below_nothing(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.platform.elsewhere(person["certno"], "2023-03-01", "1999.00")
    counter.platform.elsewhere(person["certno"], "2023-03-02", "5.00")
    assert left(counter, person) == Money(0)


def test_an_area_without_a_known_rule_is_not_even_asked(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    assert left(counter, person, area="510100") is None
    assert counter.wire.infnos == ["1101"]


def test_without_knowledge_there_is_no_estimate(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    assert left(counter, person, caps=Caps()) is None


def test_the_year_is_that_of_the_bill(counter: Counter, person: Mapping[str, Any]) -> None:
    """A bill of last year: the platform told this year's sum only, so nothing is known."""
    assert left(counter, person, day=date(2022, 12, 30)) is None


@pytest.mark.parametrize("what", ["reset", "http500", "garble"])
def test_a_query_that_fails_is_no_answer_and_no_error(
    counter: Counter, person: Mapping[str, Any], what: str
) -> None:
    counter.platform.fault("5206", "after", what)
    assert left(counter, person) is None


def test_of_many_sums_the_right_one_is_taken() -> None:
    rows = [
        YearSum("390", "2023", "D390101", Money(1)),
        YearSum("310", "2022", "D310101", Money(2)),
        YearSum("310", "2023", "D310201", Money(3)),
        YearSum("310", "2023", "D310101", Money(4)),
    ]
    assert used_in(rows, "310", 2023) == Money(4)
    assert used_in(rows[:3], "310", 2023) is None
    assert used_in(rows, "340", 2023) is None
