"""What may happen to one played visit, each by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.domain.credential import CredentialKind
from desktop.sandbox.model import SettlementState
from desktop.sandbox.play.bills import shelf
from desktop.sandbox.play.care import Care
from desktop.sandbox.play.chance import Chance
from desktop.sandbox.play.counter import AtCounter, Shown
from desktop.sandbox.play.line import Line
from desktop.sandbox.play.story import Paid, Story, give_back, id_card, later
from desktop.sandbox.play.tally import Tally
from tests.sandbox.conftest import Bench

SLIP, REVERSED, CHANGED, SECOND, BY_TELEPHONE, BACK, PARTLY = (
    *(0.003, 0.004, 0.012, 0.06),
    *(0.5, 0.028, 0.5),
)
BEGAN = datetime(2023, 5, 2, 9)  # noqa: DTZ001 - +08:00 always
END = BEGAN + timedelta(days=20)


class Chosen(Chance):
    """Only what has one of these shares happens."""

    def __init__(self, *shares: float) -> None:
        super().__init__(1)
        self._shares = shares

    def happens(self, share: float) -> bool:
        return share in self._shares


def counter(bench: Bench, chance: Chance, **facts: Any) -> AtCounter:
    body = bench.put(**facts)
    who = bench.state.people.where("certno", body.certno)[0]
    place = next(row for row in bench.state.institutions if row.code == "H43010000001")
    line = Line(bench.platform, chance, Tally(), place, BEGAN)
    found = AtCounter(
        line=line,
        who=who,
        insured=who.insured[0],
        care=Care("11", ("J06.900", "急性上呼吸道感染")),
        shown=Shown(CredentialKind.ID_CARD, who.certno),
        visit_no="MZ1",
        begins=BEGAN,
    )
    found.shown = id_card(found)
    return found


def played(bench: Bench, *shares: float, **facts: Any) -> tuple[Tally, Paid | None]:
    chance = Chosen(*shares)
    at = counter(bench, chance, **facts)
    return at.line.tally, Story(at, shelf(bench.state, chance)).play()


def states(bench: Bench) -> list[SettlementState]:
    return [row.state for row in bench.state.settlements]


def test_a_plain_visit(bench: Bench) -> None:
    tally, paid = played(bench)
    assert paid is not None
    assert (tally.settlements, tally.refunds, tally.refusals.total()) == (1, 0, 0)
    assert states(bench) == [SettlementState.EFFECTIVE]


def test_slips_are_refused_and_change_nothing(bench: Bench) -> None:
    tally, paid = played(bench, SLIP)
    assert paid is not None
    assert tally.refusals == {"TOTAL_WRONG": 1, "BATCH_SETTLED": 1}
    assert states(bench) == [SettlementState.EFFECTIVE]


def test_an_answer_that_never_came_is_reversed_and_settled_again(bench: Bench) -> None:
    tally, paid = played(bench, REVERSED)
    assert paid is not None
    assert (tally.settlements, tally.refunds) == (1, 1)
    assert states(bench) == [SettlementState.REVERSED, SettlementState.EFFECTIVE]
    assert bench.state.settlements[paid.setl_id].state is SettlementState.EFFECTIVE


def test_who_changes_their_mind_leaves_no_trace(bench: Bench) -> None:
    tally, paid = played(bench, CHANGED)
    assert paid is None
    assert (tally.abandoned, tally.refusals.total(), states(bench)) == (1, 0, [])
    assert [visit.withdrawn for visit in bench.state.visits] == [True]


def test_a_second_slip_of_one_visit(bench: Bench) -> None:
    tally, paid = played(bench, SECOND)
    assert paid is not None
    assert tally.settlements == 2
    assert {row.batch for row in bench.state.settlements} == {"P1", "P2"}


@pytest.mark.parametrize(("calls", "settled"), [(True, 1), (False, 0)])
def test_who_is_not_filed_may_file_by_telephone(bench: Bench, calls: bool, settled: int) -> None:
    tally, _ = played(bench, *([BY_TELEPHONE] if calls else []), filings=[])
    assert tally.refusals == {"NOT_FILED": 1}
    assert (tally.settlements, len(states(bench))) == (settled, settled)


@pytest.mark.parametrize("partly", [True, False])
def test_the_money_goes_back(bench: Bench, partly: bool) -> None:
    shares = (BACK, PARTLY) if partly else (BACK,)
    tally, paid = played(bench, *shares)
    assert paid is not None
    refund = later(paid, END)
    assert refund is not None
    assert paid.counter.line.now <= refund.at < END
    give_back(refund)
    assert tally.refunds == 1
    first = bench.state.settlements[paid.setl_id]
    assert first.state is SettlementState.CANCELLED
    kept = sum(row.state is SettlementState.EFFECTIVE for row in bench.state.settlements)
    assert kept == int(bool(refund.keeps))


def test_most_keep_their_receipt(bench: Bench) -> None:
    _, paid = played(bench)
    assert paid is not None
    assert later(paid, END) is None


def test_a_refund_that_is_refused_is_left_alone(bench: Bench) -> None:
    """Somebody was quicker."""
    tally, paid = played(bench, BACK)
    assert paid is not None
    refund = later(paid, END)
    assert refund is not None
    give_back(refund)
    give_back(refund)
    assert (tally.refunds, tally.refusals) == (1, {"SETTLEMENT_UNDONE": 1})
