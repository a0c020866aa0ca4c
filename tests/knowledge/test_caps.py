"""Yearly caps as data (benefits.md 2.1): by area prefix, insurance and day; never a guess."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.knowledge.caps import Caps, load_caps

JINING = AreaCode("370800")


@pytest.fixture(scope="module")
def caps() -> Caps:
    return load_caps()


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
def test_the_rule_of_the_day(caps: Caps, kind: str, day: str, yuan: str | None) -> None:
    cap = caps.of(JINING, kind, date.fromisoformat(day))
    assert (cap and cap.amount) == (yuan and Money.parse(yuan))


@pytest.mark.parametrize("area", ["370811", "370883"])
def test_districts_share_the_rule_of_their_city(caps: Caps, area: str) -> None:
    assert caps.of(AreaCode(area), "310", date(2023, 5, 2)) is not None


@pytest.mark.parametrize("area", ["370100", "430100", "083700"])
def test_an_unknown_area_is_not_guessed_at(caps: Caps, area: str) -> None:
    assert caps.of(AreaCode(area), "310", date(2023, 5, 2)) is None


def test_every_rule_names_its_source_and_no_two_hold_at_once(caps: Caps) -> None:
    assert all(cap.source for cap in caps.known)
    for cap in caps.known:
        same = [c for c in caps.known if (c.areas, c.insurance) == (cap.areas, cap.insurance)]
        assert [c for c in same if c.holds(JINING, cap.insurance, cap.begins)] == [cap]
