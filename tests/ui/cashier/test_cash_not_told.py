"""Where the platform did not tell what the patient pays, nobody may take money (B31)."""

from __future__ import annotations

from dataclasses import replace as with_other

import pytest
from msgspec.structs import replace

from desktop.domain.problems import Problem, ProblemCode
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from ui.cashier.intents import intents_of
from ui.cashier.reopened import doubts
from ui.cashier.state import Halt, Intent, Page, Stop, ViewState

ORDINARY = townsman(0)
DOUBTED = Problem(ProblemCode.SPLIT_DOES_NOT_ADD_UP)


@pytest.fixture
def offered(booth: Booth) -> ViewState:
    booth.to_offer(ORDINARY)
    return booth.state


def checked(state: ViewState, *problems: Problem) -> frozenset[Intent]:
    return intents_of(replace(state, page=Page.STOPPED, stop=Stop(Halt.NEEDS_CHECK, problems)))


def test_a_supervisor_accepts_sums_but_no_sum_that_is_missing(offered: ViewState) -> None:
    assert Intent.ACCEPT in checked(offered, DOUBTED)
    untold = checked(offered, DOUBTED, Problem(ProblemCode.CASH_NOT_TOLD))
    assert Intent.ACCEPT not in untold
    assert Intent.CANCEL_SETTLEMENT in untold


def test_without_a_sum_there_is_no_key_that_takes_it(offered: ViewState) -> None:
    assert Intent.COLLECT not in intents_of(replace(offered, page=Page.SETTLED, cash=None))


def test_a_settlement_that_told_its_cash_has_no_doubt(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    record = booth.record(0)
    assert doubts(record) == ()
    assert record.settlement is not None
    untold = record.settlement.split
    lost = with_other(record.settlement, split=with_other(untold, cash=None))
    (problem,) = doubts(with_other(record, settlement=lost))
    assert problem.kind is ProblemCode.CASH_NOT_TOLD
