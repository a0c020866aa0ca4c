"""Nothing that somebody must come back to vanishes by its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.queue import retry_due
from desktop.services.rest import CASH_IS_ASKED_FOR
from desktop.services.visits import visits
from tests.services.counter import Counter, bill_of
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
