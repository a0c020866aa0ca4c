"""A refund whose journal refuses, or whose second 2207 is not booked: never stuck, never forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from desktop.domain.events import Cancelled, Entry, PatientAgreed, Submitted
from desktop.domain.open_work import leaves_traces
from desktop.domain.problems import ProblemCode
from desktop.domain.visit import State
from desktop.ledger.errors import JournalWriteFailed
from desktop.ledger.journal import VisitId
from desktop.nhsa.outcome import NotSent
from desktop.nhsa.transport import WhyNotSent
from desktop.services.whole_refund import RefundOrder, refund
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_refund import ORDINARY, agree, chosen, paid, shown, states
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Halt, Intent, Page


def refusing(booth: Booth, patch: pytest.MonkeyPatch, kind: type[Entry]) -> None:
    """The journal takes nothing that holds such an entry."""
    journal: Any = booth.desk.journal
    append = journal.append

    def refuse(visit: VisitId, entries: Sequence[Entry], at: datetime) -> None:
        if any(isinstance(entry, kind) for entry in entries):
            raise JournalWriteFailed("disk full")
        append(visit, entries, at)

    patch.setattr(journal, "append", refuse)


def lines_back(booth: Booth) -> None:
    """The second line is given back: the 2208 is through, the rest is offered."""
    chosen(booth)
    booth.presenter.refund.taken("2")
    agree(booth)
    assert shown(booth).at is RefundAt.AGREE


def reopened(booth: Booth) -> None:
    booth.presenter.refund.back()
    booth.wait(3)
    booth.presenter.queue.show()
    booth.presenter.queue.finish()
    booth.work.run_all()
    assert shown(booth).at is RefundAt.HALF_DONE


def test_a_booked_2208_that_cannot_be_written_down_is_looked_for(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    cash = paid(booth)
    chosen(booth)
    with monkeypatch.context() as patch:
        refusing(booth, patch, Cancelled)
        agree(booth)
        assert booth.on(Page.STOPPED)
        assert booth.state.stop is not None
        assert booth.state.stop.halt is Halt.UNKNOWN
        assert booth.state.lookup is not None
    assert states(booth) == ["cancelled", "negative"]
    booth.wait(7)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, cash)


def test_a_booked_2208_that_cannot_be_written_down_is_unknown_by_command_too(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid(booth)
    settlement = booth.record().settlement
    assert settlement is not None
    refusing(booth, monkeypatch, Cancelled)
    done = refund(booth.desk, RefundOrder(str(settlement.setl_id)), None)
    assert done.state == "unknown"
    kinds = [problem.kind for problem in done.problems]
    assert kinds == [ProblemCode.OUTCOME_UNKNOWN, ProblemCode.JOURNAL_WRITE_FAILED]


def broken(_outcome: object) -> None:
    raise RuntimeError("a fault of our own")


def stands_unknown(booth: Booth) -> bool:
    """It is told as what may be booked, and asked about."""
    stop = booth.state.stop
    return (
        stop is not None
        and stop.halt is Halt.UNKNOWN
        and [problem.kind for problem in stop.problems] == [ProblemCode.OUTCOME_UNKNOWN]
        and booth.state.lookup is not None
    )


def test_any_failure_after_a_2208_that_left_is_unknown(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """「没有任何扣款」 is not told of what may be booked."""
    paid(booth)
    chosen(booth)
    monkeypatch.setattr("desktop.services.refund.Cancelled", broken)
    agree(booth)
    assert stands_unknown(booth)


def test_any_failure_after_a_2207_that_left_is_unknown(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.settle.Settled", broken)
    booth.settle(ORDINARY)
    assert stands_unknown(booth)


def test_a_2207_whose_intent_cannot_be_written_moves_nothing(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid(booth)
    lines_back(booth)
    with monkeypatch.context() as patch:
        refusing(booth, patch, Submitted)
        agree(booth)
    assert shown(booth).at is RefundAt.HALF_DONE
    booth.presenter.refund.proceed()
    booth.work.run_all()
    assert shown(booth).at is RefundAt.AGREE
    assert booth.record().state is State.PRESETTLED
    agree(booth)
    assert shown(booth).at is RefundAt.CASH


@pytest.mark.parametrize("unwinds", [False, True])
def test_a_refund_that_stuck_in_an_agreement_goes_on(booth: Booth, unwinds: bool) -> None:
    """An earlier version wrote the agreement alone where the intent's write failed."""
    before = paid(booth)
    lines_back(booth)
    visit = booth.opened.journal.visits()[0]
    agreed = booth.record().agreed
    assert isinstance(agreed, PatientAgreed)
    booth.desk.journal.append(visit, (agreed,), booth.clock())
    reopened(booth)
    if unwinds:
        booth.presenter.refund.unwind()
        booth.work.run_all()
        assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, before)
    else:
        booth.presenter.refund.proceed()
        booth.work.run_all()
        assert shown(booth).at is RefundAt.AGREE


def refused_rest(booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 2207 of the rest is written down, and never leaves this PC."""
    lines_back(booth)
    with monkeypatch.context() as patch:
        patch.setattr(booth.line, "ask", lambda *_: NotSent(WhyNotSent.NOT_CONNECTED))
        agree(booth)
    assert booth.record().state is State.CHARGES
    assert shown(booth).at is RefundAt.HALF_DONE


def test_a_refused_2207_of_the_rest_leaves_what_was_paid_on_the_page(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = paid(booth)
    taken = booth.record().settlement
    assert taken is not None
    refused_rest(booth, monkeypatch)
    reopened(booth)
    assert (shown(booth).paid, shown(booth).setl_id) == (before, taken.setl_id)
    booth.presenter.refund.proceed()
    booth.work.run_all()
    offered = shown(booth).offered
    assert offered is not None
    assert offered.split.cash is not None
    assert shown(booth).cash_back == before - offered.split.cash
    assert Intent.REFUND_AGREED in booth.state.intents


def test_unwound_after_a_refused_2207_is_a_whole_refund(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B39: the 2208 is not forgotten, and the registration is withdrawn."""
    before = paid(booth)
    taken = booth.record().settlement
    refused_rest(booth, monkeypatch)
    reopened(booth)
    booth.presenter.refund.unwind()
    booth.work.run_all()
    record = booth.record()
    assert (record.state, record.cancelled, record.settlement) == (State.REVERSED, True, taken)
    assert record.cancelled_by is not None
    assert shown(booth).cash_back == before
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert leaves_traces(booth.record())
    booth.wait(10)
    assert booth.record().cleared


def test_a_sum_that_is_not_known_is_not_agreed_to(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    monkeypatch.setattr("ui.cashier.refund_jobs.difference", lambda _paid, _due: None)
    agree(booth)
    assert shown(booth).at is RefundAt.HALF_DONE
    assert Intent.REFUND_AGREED not in booth.state.intents
    assert shown(booth).problem is not None
