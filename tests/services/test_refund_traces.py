"""After a whole refund lines and registration go too: 2208 → 2205 → 2202 (interface document, 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.domain.notes import Found, Open, Tried
from desktop.domain.open_work import leaves_traces, what_is_open
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.nhsa.transport import NotSentError, WhyNotSent
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.queue import item_of, items, retry, retry_due
from desktop.services.queue_items import Kind, Waiting
from desktop.services.refund import Refund
from desktop.services.whole_refund import Refunded, RefundOrder, refund
from desktop.services.whole_settlement import Finished
from tests.services.counter import MEDICINE, Counter, bill_of, codes
from tests.services.lost import after
from tests.services.wire import Sent, refusing

CASH = Money.parse("450.00")
_TWO = (MEDICINE, MEDICINE)


@pytest.fixture
def settled(counter: Counter, person: Mapping[str, Any]) -> Finished:
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.SETTLED
    counter.wire.sent.clear()
    return finished


def _refunded(counter: Counter, finished: Finished) -> Refunded:
    assert finished.record.settlement is not None
    done = refund(counter.desk, RefundOrder(str(finished.record.settlement.setl_id)), None)
    assert done.state == "cancelled"
    return done


def _is_clean(record: VisitRecord) -> bool:
    return record.cleared and what_is_open(record) is None and not leaves_traces(record)


def test_nothing_is_left_at_the_platform(
    counter: Counter, settled: Finished, person: Mapping[str, Any]
) -> None:
    """The papers keep their numbers, and the next bill of the visit registers anew."""
    assert _refunded(counter, settled).steps == ("2208", "2205", "2202")
    record = counter.on_disk(settled)
    assert _is_clean(record)
    assert (record.mdtrt_id, record.lines) == (settled.record.mdtrt_id, settled.record.lines)
    assert (record.state, items(counter.desk)[0].state) == (State.REVERSED, Waiting.DONE)
    again = counter.settle(bill_of(person, revision=2))
    assert (again.ending, again.record.joined) == (Ending.SETTLED, False), codes(again)
    assert again.record.mdtrt_id != record.mdtrt_id


def test_money_comes_first(counter: Counter, settled: Finished) -> None:
    """While the patient's cash is here nothing else waits; then the queue clears up by itself."""
    visit = DeskVisit(counter.desk, VisitId(settled.visit))
    visit.collect(CASH)
    visit.release()
    assert _refunded(counter, settled).steps == ("2208",)
    assert item_of(counter.desk, settled.visit).kind is Kind.CANCEL
    work = Refund(counter.desk, VisitId(settled.visit))
    work.give_cash_back()
    item = item_of(counter.desk, settled.visit)
    assert (item.kind, item.state) == (Kind.UPLOAD, Waiting.WAITING)
    retry_due(after(counter, timedelta(seconds=6)))
    assert _is_clean(counter.on_disk(settled))
    assert counter.wire.infnos == ["2208", "2205", "2202"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("infno", ["2205", "2202"])
def test_a_lost_answer_waits_and_is_cleared_up(
    counter: Counter, settled: Finished, infno: str, when: str
) -> None:
    counter.platform.fault(infno, when, "reset")
    assert infno not in _refunded(counter, settled).steps
    item = item_of(counter.desk, settled.visit)
    assert (item.kind, item.state) == (Kind.UPLOAD, Waiting.WAITING)
    assert counter.on_disk(settled).lost(infno)
    retry(counter.desk, settled.visit)
    assert _is_clean(counter.on_disk(settled))
    assert len(counter.wire.of("2208")) == 1


def test_a_platform_that_keeps_the_registration_has_its_way(
    counter: Counter, settled: Finished
) -> None:
    """No money hangs on it: one more try, and nobody at the office is called for it."""
    counter.wire.answer("2202", refusing("FSI-该就诊存在结算信息，不能撤销[x_1]"))
    assert _refunded(counter, settled).steps == ("2208", "2205")
    assert leaves_traces(counter.on_disk(settled))
    retry(counter.desk, settled.visit)
    assert _is_clean(counter.on_disk(settled))
    assert item_of(counter.desk, settled.visit).state is Waiting.DONE


def _lost(counter: Counter) -> None:
    counter.platform.fault("2202", "before", "reset")


def _not_sent(counter: Counter) -> None:
    def fail(_: Sent) -> None:
        raise NotSentError(WhyNotSent.NOT_CONNECTED)

    counter.wire.before("2202", fail)


@pytest.mark.parametrize("spoil", [_lost, _not_sent])
def test_lost_answers_are_no_refusals(
    counter: Counter, settled: Finished, spoil: Callable[[Counter], None]
) -> None:
    """2202 was never executed: the registration is not given up, however often it is lost."""
    spoil(counter)
    _refunded(counter, settled)
    for _ in range(2):
        spoil(counter)
        retry(counter.desk, settled.visit)
    counter.wire.before("2202", lambda _: None)
    record = counter.on_disk(settled)
    assert {tried.found for tried in record.tried} == {Found.NO_ANSWER}
    assert (record.cleared, leaves_traces(record)) == (False, True)
    retry(counter.desk, settled.visit)
    assert _is_clean(counter.on_disk(settled))
    assert counter.on_disk(settled).tried[-1].found is Found.UNDONE


def test_a_refusal_before_the_refund_does_not_count(counter: Counter, settled: Finished) -> None:
    """One of the platform's two refusals must be of what the refund left."""
    before = Tried(Open.UPLOAD, "5201 2205 2202", Found.REFUSED, counter.desk.clock())
    counter.desk.journal.append(VisitId(settled.visit), (before,), counter.desk.clock())
    counter.wire.answer("2202", refusing("FSI-该就诊存在结算信息，不能撤销[x_1]"))
    _refunded(counter, settled)
    assert leaves_traces(counter.on_disk(settled))
    retry(counter.desk, settled.visit)
    assert _is_clean(counter.on_disk(settled))


def test_the_last_bill_on_a_registration_withdraws_it(
    counter: Counter, settled: Finished, person: Mapping[str, Any]
) -> None:
    other = counter.settle(bill_of(person, bill_no="B0002"))
    assert other.record.joined
    assert _refunded(counter, settled).steps == ("2208", "2205")
    assert _is_clean(counter.on_disk(settled))
    assert counter.on_disk(other).effectively_settled
    assert "2202" not in counter.wire.infnos
    assert _refunded(counter, other).steps == ("2208", "2205", "2202")
    assert _is_clean(counter.on_disk(other))


def test_of_two_bills_given_back_the_one_that_registered_withdraws(
    counter: Counter, settled: Finished, person: Mapping[str, Any]
) -> None:
    other = counter.settle(bill_of(person, bill_no="B0002"))
    assert _refunded(counter, other).steps == ("2208", "2205")
    assert _refunded(counter, settled).steps == ("2208", "2205", "2202")
    assert _is_clean(counter.on_disk(settled))


def test_a_partial_refund_that_was_unwound_is_a_whole_one(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person, *_TWO))
    assert finished.record.settlement is not None
    setl_id = str(finished.record.settlement.setl_id)
    counter.wire.answer("2206", refusing("FSI-系统繁忙[x_1]"))
    half = refund(counter.desk, RefundOrder(setl_id, ("2",)), None)
    assert half.state == "needs-person"
    whole = refund(counter.desk, RefundOrder(setl_id, ("2",), unwind=True), None)
    assert (whole.state, whole.steps) == ("cancelled", ("2205", "2202"))
    assert _is_clean(counter.on_disk(finished))


def test_who_only_joined_and_went_does_not_keep_a_registration(
    counter: Counter, settled: Finished, person: Mapping[str, Any]
) -> None:
    """Seed 20360: the owner let go for another bill, a third had joined and taken its lines back."""
    other = counter.settle(bill_of(person, bill_no="B0002"))
    declined = counter.settle(bill_of(person, bill_no="B0003"), expected_cash="0.01")
    assert counter.on_disk(declined).mdtrt_id == settled.record.mdtrt_id
    assert _refunded(counter, settled).steps == ("2208", "2205")
    assert _refunded(counter, other).steps == ("2208", "2205", "2202")
