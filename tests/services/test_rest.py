"""Nothing that somebody must come back to vanishes by its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desktop.domain.account_use import AccountUse
from desktop.domain.money import Money
from desktop.domain.problems import ProblemCode
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.queue import items, retry_due
from desktop.services.queue_items import Waiting
from desktop.services.refund import Refund
from desktop.services.rest import CASH_IS_ASKED_FOR
from desktop.services.settle import Agreement
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


def test_a_rest_booked_with_other_amounts_than_agreed_tells_both_and_waits_for_the_yes(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Rule 2, B39: between the 2206 and the 2207 of the rest the year's quota is used up elsewhere."""
    finished = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    before = finished.record.settlement
    assert before is not None
    assert before.split.cash is not None
    DeskVisit(counter.desk, VisitId(finished.visit)).collect(before.split.cash)
    work = Refund(counter.desk, VisitId(finished.visit))
    work.cancel(("2",), "0001")
    offered = work.offer_rest()
    counter.platform.elsewhere(person["certno"], "2023-05-02", "99999.00", "1900.00")
    terms = Agreement(AccountUse.NONE, "0001", offered.split.cash, pays_here=True)
    end = work.settle_rest(terms)
    booked = work.record.settlement
    assert booked is not None
    (problem,) = end.problems
    assert (end.ending, problem.kind) == (Ending.SETTLED, ProblemCode.AMOUNTS_CHANGED)
    assert f"个人现金 {offered.split.cash} → {booked.split.cash} 元" in problem.detail
    assert _yes(counter) == (True, "")
    work.agree_to_others("0009")
    assert _yes(counter) == (False, "0009")
    yes = work.record.others_agreed
    assert yes is not None
    (agreed,) = [each for each in yes.amounts if each.name == "cash"]
    assert (agreed.agreed, agreed.booked) == (offered.split.cash, booked.split.cash)
    assert counter.on_disk(finished).others_agreed == yes


def _yes(counter: Counter) -> tuple[bool, str]:
    (item,) = [row for row in items(counter.desk) if row.state is not Waiting.DONE]
    return item.awaits_yes, item.yes_by
