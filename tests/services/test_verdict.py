"""What a person found out by telephone is believed only as far as it can be proved (B28, B31)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from desktop.domain.notes import Found, Tried
from desktop.domain.problems import DeskError
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.queue import items
from desktop.services.queue_items import Waiting
from desktop.services.refund import Refund
from desktop.services.verdict import accept, found, not_booked
from desktop.services.whole_settlement import Finished
from tests.services.counter import Counter, bill_of
from tests.services.lost import OVER, lost_settlement, pc_clock, site, tried
from tests.services.wire import setlinfo


def _setl_id(counter: Counter, person: Mapping[str, Any]) -> str:
    (booked,) = counter.effective(bill_of(person))
    return str(booked["setl_id"])


def _refused(work: Callable[[], None]) -> list[str]:
    with pytest.raises(DeskError) as told:
        work()
    return [problem.code for problem in told.value.problems]


def test_a_number_that_the_office_names_is_looked_up_and_adopted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    found(counter.desk, finished.visit, _setl_id(counter, person))
    record = counter.on_disk(finished)
    assert (record.state, record.tried[-1].by) == (State.SETTLED, "person 5203")
    assert counter.wire.infnos == ["5203"]


def test_the_number_of_another_settlement_is_not_adopted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Of the same visit even: only the msgid tells."""
    other = counter.settle(bill_of(person))
    counter.platform.fault("2207", "before", "reset")
    finished = counter.settle(bill_of(person, bill_no="B0002"))
    assert finished.ending is Ending.UNKNOWN
    named = str(other.record.settlement.setl_id)  # type: ignore[union-attr]
    assert _refused(lambda: found(counter.desk, finished.visit, named)) == ["other-settlement"]
    assert counter.on_disk(finished).state is State.UNKNOWN


def test_a_number_that_the_platform_does_not_know_is_not_adopted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    assert _refused(lambda: found(counter.desk, finished.visit, "1")) == ["no-usable-answer"]
    assert counter.on_disk(finished).state is State.UNKNOWN


def test_nothing_is_adopted_while_a_reversal_may_still_arrive(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    counter.platform.fault("2601", "before", "reset")
    tried(site(counter, queries=frozenset()), finished.visit)
    number = _setl_id(counter, person)
    early = _refused(lambda: found(counter.desk, finished.visit, number))
    assert early == ["reversal-on-its-way"]
    found(pc_clock(counter.desk, OVER), finished.visit, number)
    record = counter.on_disk(finished)
    assert (record.state, record.unanswered) == (State.SETTLED, ())


def test_nothing_booked_is_believed_after_the_horizon_only(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    early = _refused(lambda: not_booked(counter.desk, finished.visit, "0007"))
    assert early == ["horizon-not-over"]
    not_booked(pc_clock(counter.desk, OVER), finished.visit, "0007")
    assert counter.on_disk(finished).state is State.CHARGES
    said = [row.entry for row in counter.opened.journal.entries(VisitId(finished.visit))]
    (verdict,) = [entry for entry in said if isinstance(entry, Tried)]
    assert (verdict.by, verdict.found, verdict.text) == ("person", Found.NOT_FOUND, "0007")


def test_a_clock_that_was_set_back_makes_no_horizon(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    early = _refused(lambda: not_booked(pc_clock(counter.desk, -OVER), finished.visit, "0007"))
    assert early == ["horizon-not-over"]


def _unbalanced(counter: Counter, person: Mapping[str, Any]) -> Finished:
    counter.wire.answer("2207", setlinfo(psn_cash_pay="0.01"))
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.NEEDS_CHECK
    return finished


def test_a_supervisor_accepts_sums_that_do_not_add_up(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _unbalanced(counter, person)
    accept(counter.desk, finished.visit, "0009")
    assert counter.on_disk(finished).state is State.SETTLED
    assert items(counter.desk) == ()


def test_a_verdict_is_for_what_waits_for_one(counter: Counter, person: Mapping[str, Any]) -> None:
    check, needless = _unbalanced(counter, person), ["no-verdict-needed"]
    desk = pc_clock(counter.desk, OVER)
    assert _refused(lambda: not_booked(desk, check.visit, "0007")) == needless
    assert _refused(lambda: found(desk, check.visit, "1")) == needless
    lost = counter.settle(bill_of(person, bill_no="B0002", visit_no="V0002"))
    assert lost.ending is Ending.NEEDS_CHECK
    unknown = ["no-such-item"]
    assert _refused(lambda: accept(desk, "nothing", "0009")) == unknown


def test_an_unknown_settlement_is_not_accepted(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = lost_settlement(counter, person, "after")
    assert _refused(lambda: accept(counter.desk, finished.visit, "0009")) == ["no-verdict-needed"]


def test_a_window_that_works_on_the_visit_comes_first(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    DeskVisit(counter.desk, VisitId(finished.visit))
    number = _setl_id(counter, person)
    assert _refused(lambda: found(counter.desk, finished.visit, number)) == ["open-elsewhere"]


def _lost_cancel(counter: Counter, person: Mapping[str, Any], when: str) -> Finished:
    finished = counter.settle(bill_of(person))
    counter.platform.fault("2208", when, "reset")
    refund = Refund(counter.desk, VisitId(finished.visit))
    assert refund.cancel((), "0001").ending is Ending.UNKNOWN
    refund.release()
    return finished


def test_the_office_names_the_negative_settlement_of_a_lost_2208(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _lost_cancel(counter, person, "after")
    rows = counter.platform.settlements(person["certno"])
    (negative,) = [str(row["setl_id"]) for row in rows if row["state"] == "negative"]
    (positive,) = [str(row["setl_id"]) for row in rows if row["state"] == "cancelled"]
    assert _refused(lambda: found(counter.desk, finished.visit, positive)) == ["other-settlement"]
    found(counter.desk, finished.visit, negative)
    record = counter.on_disk(finished)
    assert record.state is State.REVERSED
    assert record.cancelled_by is not None
    assert record.cancelled_by.setl_id == negative


def test_a_2208_that_is_not_booked_leaves_the_settlement_standing(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _lost_cancel(counter, person, "before")
    early = _refused(lambda: not_booked(counter.desk, finished.visit, "0007"))
    assert early == ["horizon-not-over"]
    not_booked(pc_clock(counter.desk, OVER), finished.visit, "0007")
    record = counter.on_disk(finished)
    assert (record.state, record.effectively_settled) == (State.SETTLED, True)
    assert [item.state for item in items(counter.desk)] == [Waiting.DONE]
