"""``kuasheng practice --play``: a plausible month by the platform's own transactions."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from desktop.domain.identifiers import IdNumber
from desktop.sandbox.control import surface as control
from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.model import SettlementState
from desktop.sandbox.platform import Platform
from desktop.sandbox.play.month import NoRules, play_month
from desktop.sandbox.play.tally import Tally, summary
from desktop.sandbox.play.wish import BadWish, Wish, read_wish
from desktop.sandbox.server import Playing, build, play
from desktop.sandbox.state import State
from tests.sandbox.conftest import POLICIES, WORLD

NOVEMBER = read_wish("2023-11, 240 visits")


def played(wish: Wish, policies: Policies = POLICIES) -> tuple[Platform, Tally]:
    state = State()
    control.reset(state, WORLD, wish.seed)
    platform = Platform(state, policies)
    return platform, play_month(platform, wish, lambda _done: None)


@pytest.fixture(scope="module")
def month() -> tuple[Platform, Tally]:
    return played(NOVEMBER)


def rows(state: State) -> dict[str, bytes]:
    return {
        f"{name}/{key}": msgspec.json.encode(row)
        for name, table in state.tables()
        for key, row in table.items()
    }


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("2023-11, 12000 visits", Wish(date(2023, 11, 1), 12000)),
        ("2024-02,1 visit", Wish(date(2024, 2, 1), 1)),
        (" 2023-12 , 7 visits , seed 42 ", Wish(date(2023, 12, 1), 7, 42)),
    ],
)
def test_a_wish_is_read(text: str, wish: Wish) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", ""),
        ("2023-11", "2023-11"),
        ("2023-11, 5 visits, seed 1, 2", "2023-11, 5 visits, seed 1, 2"),
        ("November, 5 visits", "November"),
        ("2023-13, 5 visits", "2023-13"),
        ("2023-00, 5 visits", "2023-00"),
        ("1999-12, 5 visits", "1999-12"),
        ("2023-11-01, 5 visits", "2023-11-01"),
        ("２０２３-11, 5 visits", "２０２３-11"),
        ("2023-11, many visits", "many visits"),
        ("2023-11, 12000", "12000"),
        ("2023-11, 0 visits", "0 visits"),
        ("2023-11, 1000001 visits", "1000001 visits"),
        ("2023-11, -5 visits", "-5 visits"),
        ("2023-11, 5 visits, 7", "7"),
        ("2023-11, 5 visits, seed x", "seed x"),
    ],
)
def test_what_is_wrong_is_named(text: str, part: str) -> None:
    with pytest.raises(BadWish) as error:
        read_wish(text)
    assert error.value.part == part
    assert repr(part) in str(error.value)


def test_a_month_has_everything(month: tuple[Platform, Tally]) -> None:
    """People of several areas, chronic care, emergencies, refusals and refunds among the visits."""
    platform, tally = month
    state = platform.state
    assert tally.visits == 240
    assert 180 < tally.settlements < 280
    assert {row.area for row in state.settlements} <= tally.areas
    assert len({row.area for row in state.settlements}) >= 5
    assert {"11", "13", "14"} <= {row.med_type for row in state.settlements}
    assert {row.insutype for row in state.settlements} == {"310", "390"}
    assert {"01", "02", "03"} == {row.cert_type for row in state.settlements}
    assert "NOT_FILED" in tally.refusals
    assert len(tally.refusals) > 8
    assert tally.refusals.total() < 0.3 * tally.visits


def test_the_tally_is_the_truth(month: tuple[Platform, Tally]) -> None:
    platform, tally = month
    states = Counter(row.state for row in platform.state.settlements)
    negative = states.pop(SettlementState.NEGATIVE)
    assert negative == states[SettlementState.CANCELLED] > 0
    assert tally.refunds == negative + states[SettlementState.REVERSED]
    assert states.total() == tally.settlements + states[SettlementState.REVERSED]


def test_everything_lies_within_the_month(month: tuple[Platform, Tally]) -> None:
    platform, _ = month
    first, after = datetime.combine(NOVEMBER.first, datetime.min.time()), NOVEMBER.after
    for row in platform.state.settlements:
        assert first <= row.at
        assert row.at.date() < after
    assert platform.state.options.business_now == datetime(2023, 12, 1, 8)  # noqa: DTZ001
    assert len({row.at.date() for row in platform.state.settlements}) > 25


def test_the_people_are_invented(month: tuple[Platform, Tally]) -> None:
    platform, tally = month
    townspeople = {body.certno for body in WORLD.people}
    new = [who for who in platform.state.people if who.certno not in townspeople]
    assert len(new) == tally.people
    for who in new:
        assert IdNumber.parse(who.certno).birth == who.birth
        assert who.certno.startswith("990000")


def test_the_sums_are_those_of_the_settlements(month: tuple[Platform, Tally]) -> None:
    """Nothing was written past the books."""
    state = month[0].state
    used = Counter[str]()
    for row in state.settlements:
        if row.state is SettlementState.EFFECTIVE:
            used[row.psn_no] += row.amounts.total.fen
    costs = Counter[str]()
    for key, sums in state.sums.items():
        costs[key.split("/")[0]] += sums.costs.fen
    townspeople = {who.psn_no for who in state.people if who.certno in town()}
    assert {who: fen for who, fen in costs.items() if fen and who not in townspeople} == dict(used)


def town() -> set[str]:
    return {body.certno for body in WORLD.people}


def test_the_same_wish_tells_the_same_story() -> None:
    wish = read_wish("2023-11, 40 visits")
    (one, first), (other, second) = played(wish), played(wish)
    assert first == second
    assert rows(one.state) == rows(other.state)
    another, _ = played(read_wish("2023-11, 40 visits, seed 2"))
    assert rows(another.state) != rows(one.state)


def test_a_month_without_rules_is_refused() -> None:
    with pytest.raises(NoRules):
        played(read_wish("2011-11, 5 visits"))
    with pytest.raises(NoRules):
        played(NOVEMBER, Policies())


def test_the_next_month_follows(month: tuple[Platform, Tally]) -> None:
    """The same people come again; nobody loses what was paid before."""
    platform, _ = played(read_wish("2023-11, 40 visits"))
    people = len(platform.state.people)
    before = {key: sums.costs for key, sums in platform.state.sums.items()}
    tally = play_month(platform, read_wish("2023-12, 40 visits"), lambda _done: None)
    assert tally.settlements > 20
    assert len(platform.state.people) == people
    after = {key: sums.costs for key, sums in platform.state.sums.items()}
    assert all(after[key] >= costs for key, costs in before.items())


def test_progress_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    said: list[int] = []
    state = State()
    control.reset(state, WORLD, 1)
    play_month(Platform(state, POLICIES), read_wish("2023-11, 20 visits"), said.append)
    assert said == list(range(1, 21))


def test_a_summary_tells_the_month(month: tuple[Platform, Tally]) -> None:
    tally = month[1]
    text = summary(tally, 1.25, datetime(2023, 12, 1, 8))  # noqa: DTZ001 - +08:00 always
    lines = [line.split() for line in text.splitlines()]
    assert ["visits", "240"] in lines
    assert ["refunds", str(tally.refunds)] in lines
    assert ["seconds", "1.2"] in lines
    assert ["clock", "2023-12-01", "08:00:00"] in lines
    name, count = tally.refusals.most_common(1)[0]
    assert [str(count), name] in lines


def test_a_data_folder_is_filled(tmp_path: Path) -> None:
    said: list[str] = []
    wish = read_wish("2023-11, 30 visits, seed 9")
    service = build(tmp_path, wish.seed)
    play(service, Playing(wish, said.append))
    service.store.close()
    assert said[-1].startswith("visits       30")
    again = build(tmp_path)
    assert rows(again.state) == rows(service.state)
    assert len(again.state.settlements) > 15
    again.store.close()
    assert rows(played(wish)[0].state) == rows(again.state)
