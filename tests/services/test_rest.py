"""Nothing that somebody must come back to vanishes by its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desktop.domain.money import Money
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.queue import items, retry_due
from desktop.services.queue_items import Waiting
from desktop.services.rest import CASH_IS_ASKED_FOR
from desktop.services.visits import visits
from desktop.services.whole_refund import RefundOrder, refund
from tests.services.counter import MEDICINE, Counter, bill_of
from tests.services.lost import pc_clock

AFTER = CASH_IS_ASKED_FOR + timedelta(days=1)


def _open(counter: Counter, later: timedelta) -> list[State]:
    """What is listed as open, after the queue was worked through then."""
    desk = pc_clock(counter.desk, later)
    retry_due(desk)
    seen = visits(desk.journal, None, desk.clock())
    return [row.record.state for row in seen]


def test_a_settlement_without_its_cash_is_listed_by_the_desks_own_clock(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The platform's business year is another one: that makes it no older."""
    counter.settle(bill_of(person))
    assert _open(counter, timedelta()) == [State.SETTLED]
    assert _open(counter, AFTER) == []


def test_who_left_without_paying_is_listed_for_ever(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B34."""
    finished = counter.settle(bill_of(person))
    DeskVisit(counter.desk, VisitId(finished.visit)).patient_leaves()
    assert _open(counter, 100 * AFTER) == [State.UNPAID]


def test_a_rest_for_which_older_cash_is_held_is_listed_for_ever(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B39: paid here before the refund, and nobody has exchanged it."""
    finished = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    before = finished.record.settlement
    assert before is not None
    assert before.split.cash is not None
    DeskVisit(counter.desk, VisitId(finished.visit)).collect(before.split.cash)
    done = refund(counter.desk, RefundOrder(str(before.setl_id), ("2",)), None)
    assert done.state == "resettled"
    assert _open(counter, 100 * AFTER) == [State.SETTLED]
    (item,) = [row for row in items(counter.desk) if row.state is not Waiting.DONE]
    assert (item.reason, item.cash) == ("cash-back", done.money_back)


def test_a_rest_that_costs_more_than_the_older_cash_is_asked_for(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    before = finished.record.settlement
    assert before is not None
    DeskVisit(counter.desk, VisitId(finished.visit)).collect(Money(100))
    done = refund(counter.desk, RefundOrder(str(before.setl_id), ("2",)), None)
    assert done.new is not None
    assert done.new.split.cash is not None
    (item,) = [row for row in items(counter.desk) if row.state is not Waiting.DONE]
    assert (item.reason, item.cash) == ("not-collected", done.new.split.cash - Money(100))
