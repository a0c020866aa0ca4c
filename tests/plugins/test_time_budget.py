"""What a suite may take, and which suites are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.time_budget import TESTS, Budgets, Meter, suite_of

BUDGETS = Budgets(whole=100, long=1000, suites={"domain": 10, "project": 5})


def verdicts(meter: Meter, after: float = 1.0, **spent: float) -> list[str]:
    meter.spent.update(spent)
    return list(meter.verdicts(meter.started + after))


def meter(*asked: Path, only_slow: bool = False) -> Meter:
    return Meter(BUDGETS, list(asked), started=50.0, only_slow=only_slow)


def test_the_first_folder_names_the_suite() -> None:
    assert suite_of(TESTS / "domain" / "deep" / "test_money.py") == "domain"
    assert suite_of(TESTS / "test_project.py") == "project"


def test_within_its_budget_nothing_is_said() -> None:
    assert verdicts(meter(TESTS), domain=9.9, project=4.9) == []


def test_a_suite_over_its_budget_is_named() -> None:
    told = verdicts(meter(TESTS / "domain"), domain=10.1)
    assert told == ["suite domain took 10.1 s of its 10 s"]


def test_a_suite_without_a_budget_is_named() -> None:
    told = verdicts(meter(TESTS), ledger=0.1)
    assert told == ["suite ledger has no budget in tests/budgets.toml"]


@pytest.mark.parametrize("asked", [TESTS / "domain" / "test_money.py", TESTS / "ledger"])
def test_a_part_of_a_suite_is_not_judged(asked: Path) -> None:
    assert verdicts(meter(asked), after=500, domain=99) == []


def test_a_suite_that_was_cut_short_is_not_judged() -> None:
    short = meter(TESTS)
    short.cut.add("domain")
    assert verdicts(short, domain=99) == []


def test_the_whole_run_is_judged_by_the_clock() -> None:
    assert verdicts(meter(TESTS), after=101) == ["the run took 101 s of the 100 s named whole"]
    assert verdicts(meter(TESTS.parent), after=101) != []


def test_the_slow_run_has_a_budget_of_its_own() -> None:
    assert verdicts(meter(TESTS, only_slow=True), after=999) == []
    told = verdicts(meter(TESTS, only_slow=True), after=1001)
    assert told == ["the run took 1001 s of the 1000 s named long"]
