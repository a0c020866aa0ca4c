"""What is left this year, estimated from 5206 and the known rule, over the real platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.domain.person import Filing, FilingKind, Insurance, YearSum
from desktop.knowledge.benefits import Counts, load_benefits
from desktop.services.identify import choose_insurance, identify
from desktop.services.known_rule import KnownRules
from desktop.services.outlook import (
    Asked,
    Due,
    Levels,
    Outlook,
    costs_in,
    due_of,
    outlook_of,
    used_in,
)
from tests.rig.town import townsman
from tests.services.counter import TODAY, Counter, bill_of, id_card

RESIDENT = 5
THIS_YEAR = TODAY.date()


def outlook(
    counter: Counter,
    person: Mapping[str, Any],
    known: KnownRules,
    kind: str = "310",
    *,
    day: date = THIS_YEAR,
    area: str = "",
    filing: Filing | None = None,
) -> Outlook | None:
    who = identify(counter.desk, id_card(person["certno"]))
    row = choose_insurance(who, (kind, None))
    row = replace(row, area=AreaCode(area)) if area else row
    return outlook_of(counter.desk, known, Asked(who.psn_no, row, filing, day))


def left(
    counter: Counter,
    person: Mapping[str, Any],
    kind: str = "310",
    day: date = THIS_YEAR,
    area: str = "",
) -> Money | None:
    known = KnownRules(load_benefits)
    found = outlook(counter, person, known, kind, day=day, area=area)
    return found.left if found else None


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
    assert outlook(counter, person, KnownRules()) is None


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


# --- deductible and levels, by the level of this hospital ---------------------------------------

AT_LEVEL_3 = KnownRules(load_benefits, "3")
LONG = Filing(FilingKind.LONG_RESIDENT, AreaCode("430100"), date(2021, 4, 1), None)
TEMP = Filing(FilingKind.REFERRED, AreaCode("430100"), date(2023, 4, 1), None)


def yuan(text: str) -> Money:
    return Money.parse(text)


@pytest.mark.req("S0-23", "S4-04", "S4-05", "S4-24")
def test_nothing_spent_leaves_the_whole_deductible_and_compares_the_levels(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Idea 2: 500.00 in scope are worth 100.00 here and 280.00 at a hospital of level 1."""
    assert outlook(counter, person, AT_LEVEL_3, filing=LONG) == Outlook(
        yuan("2000.00"),
        Due(yuan("300.00"), yuan("300.00"), Counts.YEAR),
        Levels(yuan("500.00"), yuan("100.00"), yuan("280.00"), at_least=False),
    )


@pytest.mark.req("S4-05")
def test_what_was_paid_of_it_is_told_by_nobody(counter: Counter, person: Mapping[str, Any]) -> None:
    """Costs of the year are an upper bound of it, so what is due is one too."""
    counter.settle(bill_of(person))
    found = outlook(counter, person, AT_LEVEL_3, filing=LONG)
    assert found is not None
    assert found.due == Due(Money(0), yuan("300.00"), Counts.YEAR)
    assert found.example is not None
    assert found.example.at_least


@pytest.mark.req("S2-23")
@pytest.mark.parametrize("filing", [TEMP, None])
def test_a_stay_that_may_be_temporary_gives_the_least(
    counter: Counter, person: Mapping[str, Any], filing: Filing | None
) -> None:
    """10 % may be paid first: 450.00 are in scope."""
    found = outlook(counter, person, AT_LEVEL_3, filing=filing)
    assert found is not None
    assert found.example == Levels(yuan("500.00"), yuan("75.00"), yuan("245.00"), at_least=True)


def test_the_example_is_never_more_than_is_left(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.elsewhere(person["certno"], "2023-03-01", "1950.00")
    found = outlook(counter, person, AT_LEVEL_3, filing=LONG)
    assert found is not None
    assert found.example == Levels(yuan("500.00"), yuan("50.00"), None, at_least=False)


@pytest.mark.req("S4-24")
def test_residents_have_no_deductible_and_one_ratio(counter: Counter) -> None:
    assert outlook(counter, townsman(RESIDENT), AT_LEVEL_3, "390", filing=LONG) == Outlook(
        yuan("200.00"), None, Levels(yuan("500.00"), yuan("200.00"), None, at_least=False)
    )


@pytest.mark.parametrize("level", ["", "9"])
def test_a_hospital_without_a_level_knows_the_cap_only(
    counter: Counter, person: Mapping[str, Any], level: str
) -> None:
    known = KnownRules(load_benefits, level)
    assert outlook(counter, person, known, filing=LONG) == Outlook(yuan("2000.00"))


JINING = Insurance("310", AreaCode("370800"), "1101", "1", None, False, "")


@pytest.mark.parametrize(
    ("day", "costs", "due"),
    [
        pytest.param("2023-05-02", None, ("0.00", "300.00"), id="no costs told"),
        pytest.param("2023-05-02", "0.00", ("300.00", "300.00"), id="nothing spent"),
        pytest.param("2023-05-02", "120.00", ("180.00", "300.00"), id="less than the standard"),
        pytest.param("2023-05-02", "900.00", ("0.00", "300.00"), id="more than the standard"),
        pytest.param("2022-05-02", "900.00", ("30.00", "30.00"), id="each visit anew"),
    ],
)
def test_what_is_due_of_the_deductible(day: str, costs: str | None, due: tuple[str, str]) -> None:
    terms = AT_LEVEL_3.terms(JINING, date.fromisoformat(day))
    assert terms is not None
    found = due_of(terms, yuan(costs) if costs else None)
    assert found is not None
    assert (found.least, found.most) == tuple(map(yuan, due))


def test_costs_of_every_kind_of_care_are_added() -> None:
    rows = [
        YearSum("310", "2023", "F0000_11", Money(1)),
        YearSum("310", "2023", "F0000_14", Money(2)),
        YearSum("310", "2022", "F0000_11", Money(4)),
        YearSum("390", "2023", "F0000_11", Money(8)),
        YearSum("310", "2023", "C0000_11", Money(16)),
    ]
    assert costs_in(rows, "310", 2023) == Money(3)
    assert costs_in(rows, "340", 2023) is None


def test_people_of_an_unknown_class_are_not_guessed_at() -> None:
    strange = replace(JINING, person_class="3100")
    assert AT_LEVEL_3.terms(strange, THIS_YEAR) is None


def test_an_area_whose_first_pay_is_not_known_has_no_example(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    known = KnownRules(lambda: structs.replace(load_benefits(), first_pays=()), "3")
    found = outlook(counter, person, known, filing=TEMP)
    assert found is not None
    assert (found.example, found.due is None) == (None, False)
