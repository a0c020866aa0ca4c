"""Sums that do not add up are a supervisor's, not the cashier's (B31)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.left import Left
from desktop.domain.visit import State
from tests.commands.careless import careless
from tests.rig.practice import Practice
from tests.rig.town import townsman
from tests.services.counter import TODAY
from tests.ui.cashier.booth import Booth, booth_at
from ui.cashier.news import News
from ui.cashier.state import Halt, Intent, Page

ORDINARY = townsman(0)


def _wrong(tree: dict[str, Any]) -> None:
    tree["output"]["setlinfo"]["psn_part_amt"] = "0.01"


@pytest.fixture
def unbalanced(running_platform: Practice, tmp_path: Path) -> Iterator[Booth]:
    """A booth whose settlement was answered with sums that do not add up."""
    running_platform.reset()
    running_platform.clock(TODAY.isoformat())
    with (
        careless(running_platform.url, "2207", _wrong) as url,
        booth_at(running_platform, tmp_path / "profile", tmp_path, url) as booth,
    ):
        booth.settle(ORDINARY)
        assert booth.state.stop is not None
        assert booth.state.stop.halt is Halt.NEEDS_CHECK
        yield booth


def test_nobody_accepts_without_a_name(unbalanced: Booth) -> None:
    unbalanced.presenter.check.accept()
    assert not unbalanced.work.waiting
    assert unbalanced.state.note is News.NAME_SUPERVISOR


def test_a_supervisor_accepts_and_the_cash_is_taken(unbalanced: Booth) -> None:
    unbalanced.presenter.check.name(" 9001 ")
    unbalanced.presenter.check.accept()
    unbalanced.work.run_all()
    assert unbalanced.on(Page.SETTLED)
    assert unbalanced.state.stop is None
    assert unbalanced.state.awaits_yes, "the patient agreed to other sums than the supervisor"
    unbalanced.presenter.amounts_agreed()
    unbalanced.work.run_all()
    unbalanced.presenter.collect()
    unbalanced.work.run_all()
    assert unbalanced.on(Page.DONE)


def test_it_is_taken_back_instead(unbalanced: Booth) -> None:
    assert Intent.CANCEL_SETTLEMENT in unbalanced.state.intents
    unbalanced.presenter.refund.take()
    unbalanced.work.run_all()
    unbalanced.presenter.refund.agree()
    unbalanced.work.run_all()
    assert unbalanced.on(Page.READY)
    assert unbalanced.record().state is State.CLOSED
    states = [row["state"] for row in unbalanced.platform.settlements(ORDINARY["certno"])]
    assert sorted(states) == ["cancelled", "negative"]


def test_it_stays_on_the_list_and_is_opened_from_there(unbalanced: Booth) -> None:
    problems = unbalanced.state.stop.problems if unbalanced.state.stop else ()
    unbalanced.presenter.next_patient()
    unbalanced.wait(3)
    (row,) = unbalanced.state.desk.open_visits
    assert row.left is Left.CHECK
    unbalanced.presenter.queue.show()
    unbalanced.presenter.queue.finish()
    unbalanced.work.run_all()
    assert unbalanced.state.stop is not None
    assert unbalanced.state.stop.halt is Halt.NEEDS_CHECK
    assert {p.kind for p in unbalanced.state.stop.problems} == {p.kind for p in problems}
