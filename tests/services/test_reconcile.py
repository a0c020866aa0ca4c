"""A day beside the platform's: sums first, rows where they are needed, what each asks for (B44)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.identifiers import Msgid
from desktop.ledger.journal import VisitId
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.reconciliation import Period
from desktop.nhsa.questions.settlement import cancel_settlement
from desktop.services.ending import Ending
from desktop.services.queue import items, retry
from desktop.services.reconcile import Reconciled, Todo, reconcile, todo
from desktop.services.refund import Refund
from desktop.services.register import holder_of
from desktop.services.whole_settlement import Finished
from tests.services.counter import TODAY, Counter, bill_of, counter_at
from tests.services.lost import lost_settlement
from tests.services.wire import Tree, refusing

SUMS = ["3201", "3201"]
ROWS = ["9101", "3202", "9102"]


def _reconciled(counter: Counter) -> Reconciled:
    """From the platform's business day to the PC's: where people practise they are years apart."""
    counter.wire.sent.clear()
    return reconcile(counter.desk, Period(TODAY.date(), counter.desk.clock().date()))


def _todos(counter: Counter, found: Reconciled) -> list[tuple[Todo, VisitId | None]]:
    assert found.rows is not None
    return [todo(counter.desk, row) for row in found.rows.differences]


def _settled(counter: Counter, person: Mapping[str, Any]) -> Finished:
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.SETTLED
    return finished


def test_equal_sums_need_no_rows(counter: Counter, person: Mapping[str, Any]) -> None:
    """Rule 8: zero difference; 3201 alone proves it, for residents and employees."""
    _settled(counter, person)
    found = _reconciled(counter)
    assert counter.wire.infnos == SUMS
    assert found.rows is None
    assert [(each.insurance, each.equal) for each in found.totals] == [("310", True), ("390", True)]
    assert sorted(each.sums.count for each in found.totals) == [0, 1]


def test_a_refund_by_somebody_else_is_named(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = _settled(counter, person)
    _refunded_elsewhere(counter, finished)
    found = _reconciled(counter)
    assert counter.wire.infnos == [*SUMS, *ROWS]
    assert not all(each.equal for each in found.totals)
    assert _todos(counter, found) == [(Todo.REFUNDED_THERE, None)]


def _refunded_elsewhere(counter: Counter, finished: Finished) -> None:
    record = counter.on_disk(finished)
    assert record.settlement
    assert record.settlement.setl_id
    assert record.mdtrt_id
    question = cancel_settlement(holder_of(record), record.mdtrt_id, record.settlement.setl_id)
    assert isinstance(counter.desk.platform.query(question), Accepted)


def test_a_lost_settlement_is_the_queues(counter: Counter, person: Mapping[str, Any]) -> None:
    """Rows are asked for whenever something is unknown, and named as what waits."""
    finished = lost_settlement(counter, person, "after")
    found = _reconciled(counter)
    assert counter.wire.infnos == [*SUMS, *ROWS]
    assert _todos(counter, found) == [(Todo.QUEUE, VisitId(finished.visit))]
    retry(counter.desk, finished.visit)
    assert _reconciled(counter).rows is None


def test_rows_are_asked_for_while_something_is_unknown_though_the_sums_are_equal(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    lost_settlement(counter, person, "before")
    found = _reconciled(counter)
    assert all(each.equal for each in found.totals)
    assert found.rows is not None
    assert found.rows.differences == ()


def test_a_settlement_booked_twice_is_to_be_undone_and_then_gone(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "duplicate")
    finished = _settled(counter, person)
    assert _todos(counter, _reconciled(counter)) == [(Todo.HAVE_IT_UNDONE, VisitId(finished.visit))]
    assert len(items(counter.desk)) == 1


def test_a_settlement_of_another_window_is_not_ours(
    counter: Counter, person: Mapping[str, Any], tmp_path: Path
) -> None:
    """It has a journal of its own."""
    with counter_at(counter.platform, tmp_path / "other", tmp_path) as other:
        assert other.settle(bill_of(person)).ending is Ending.SETTLED
    found = _reconciled(counter)
    assert _todos(counter, found) == [(Todo.NOT_OURS, None)]
    assert items(counter.desk) == ()


def test_sums_that_differ_are_looked_into_and_both_results_are_told(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """3201 says unequal, every row is equal: a platform that counts otherwise."""
    _settled(counter, person)

    def unequal(tree: Tree) -> None:
        tree["output"]["stmtinfo"].update(stmt_rslt="1", stmt_rslt_dscr="不平")

    counter.wire.answer("3201", unequal)
    found = _reconciled(counter)
    assert found.rows is not None
    assert found.rows.differences == ()
    assert [each.verdict.words for each in found.totals if each.verdict] == ["不平", "不平"]


def test_where_3201_is_refused_the_rows_decide(counter: Counter, person: Mapping[str, Any]) -> None:
    _settled(counter, person)
    counter.wire.answer("3201", refusing("FSI-未开通该交易[x_1]"))
    found = _reconciled(counter)
    assert [each.verdict for each in found.totals] == [None, None]
    assert all(each.why for each in found.totals)
    assert found.rows is not None
    assert found.rows.differences == ()


@pytest.mark.parametrize("infno", ["9101", "3202", "9102"])
def test_a_day_without_an_answer_says_so(
    counter: Counter, person: Mapping[str, Any], infno: str
) -> None:
    lost_settlement(counter, person, "before")
    counter.platform.fault(infno, "before", "reset")
    found = _reconciled(counter)
    assert found.rows is not None
    assert found.rows.problem is not None
    assert infno in found.rows.problem.text


def test_what_is_only_here_was_never_there(counter: Counter, person: Mapping[str, Any]) -> None:
    """The platform lost it: it cannot be sent again."""
    finished = _settled(counter, person)
    counter.platform.reset()
    found = _reconciled(counter)
    assert _todos(counter, found) == [(Todo.NEVER_THERE, VisitId(finished.visit))]
    assert counter.desk.journal.visits_of_msgid(Msgid(str(finished.record.msgid)))


def test_a_refund_of_a_later_day_is_in_its_own_days_book(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The visit began on another day: here the platform's, which is years from the PC's."""
    finished = _settled(counter, person)
    refund = Refund(counter.desk, VisitId(finished.visit))
    assert refund.cancel((), "0001").ending is Ending.SETTLED
    refund.release()
    found = reconcile(counter.desk, Period.of(TODAY.date()))
    assert found.rows is None
    assert sorted(each.sums.count for each in found.totals) == [0, 2]
