"""One bill, one settlement: across visits, windows, clocks and a platform that books doubles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.account_use import AccountUse
from desktop.domain.identifiers import SetlId
from desktop.domain.money import Money
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.reconciliation import Period
from desktop.nhsa.questions.settlement import cancel_settlement
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.queue import items
from desktop.services.queue_items import Kind, Waiting
from desktop.services.reconcile import compare
from desktop.services.register import holder_of
from desktop.services.settle import Agreement
from desktop.services.whole_refund import RefundOrder, refund
from desktop.services.whole_settlement import Finished
from tests.rig.bills import BillOf
from tests.services.counter import MEDICINE, TODAY, Counter, bill_of, codes, eligible
from tests.services.lost import answered_at
from tests.services.stops import refused_with

AGREED = Agreement(AccountUse.NONE, "0001")


def _offered(counter: Counter, bill: BillOf, at: DeskVisit | None = None) -> DeskVisit:
    """A window that shows the amounts and waits for the patient's yes."""
    visit = eligible(counter.desk, counter.order(bill).bill, at)
    visit.upload()
    visit.offer(AccountUse.NONE)
    return visit


@pytest.mark.parametrize("fault", [None, "reset"])
def test_a_bill_that_another_visit_settled_meanwhile_is_not_sent(
    counter: Counter, person: Mapping[str, Any], fault: str | None
) -> None:
    """The same bill under another 门诊号: no lock stands between, the journal does."""
    counter.platform.options(repeat_2207="book")
    window = _offered(counter, bill_of(person))
    if fault:
        counter.platform.fault("2207", "after", fault)
    other = counter.settle(bill_of(person, visit_no="V0002"))
    assert other.ending is (Ending.UNKNOWN if fault else Ending.SETTLED)
    with pytest.raises(Stopped) as told:
        window.commit(AGREED)
    code = "outcome-unknown" if fault else "already-settled"
    assert [problem.code for problem in told.value.problems] == [code]
    assert len(counter.wire.of("2207")) == 1


def test_a_visit_that_is_opened_twice_is_sent_once(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The lock is the same window's, and what the second opening remembers is old."""
    counter.platform.options(repeat_2207="book")
    bill = bill_of(person)
    first = _offered(counter, bill)
    first.save()
    second = DeskVisit(counter.desk, first.id)
    assert first.commit(AGREED).ending is Ending.SETTLED
    assert refused_with(second.commit, AGREED) == ["open-elsewhere"]
    assert len(counter.effective(bill)) == 1


def test_a_bill_of_a_higher_revision_is_another_bill(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Contracts: the key; whoever orders it without a window is told what stands beside it."""
    first = counter.settle(bill_of(person))
    second = counter.settle(bill_of(person, revision=2))
    assert (second.ending, codes(second)) == (Ending.SETTLED, ["revision-settled"])
    assert str(first.record.settlement.setl_id) in second.problems[0].detail  # type: ignore[union-attr]
    assert codes(counter.settle(bill_of(person))) == ["already-settled"]


def test_a_window_settles_no_revision_beside_another_one(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The charges of both would be paid twice: first the refund, which frees the bill."""
    first = counter.settle(bill_of(person))
    window = DeskVisit(counter.desk)
    with pytest.raises(Stopped) as told:
        _offered(counter, bill_of(person, revision=2), window)
    window.release()
    assert told.value.ending is Ending.NEEDS_PERSON
    assert [problem.code for problem in told.value.problems] == ["revision-settled"]
    assert counter.wire.infnos.count("2204") == 1
    order = RefundOrder(str(first.record.settlement.setl_id))  # type: ignore[union-attr]
    assert refund(counter.desk, order, None).state == "cancelled"
    assert _offered(counter, bill_of(person, revision=2)).commit(AGREED).ending is Ending.SETTLED


@pytest.mark.parametrize("minutes", [-3, 3])
def test_a_wrong_clock_at_the_preview_settles_nothing(
    counter: Counter, person: Mapping[str, Any], minutes: int
) -> None:
    """B48: fee dates and tokens hang on it; what was uploaded is taken back."""
    counter.wire.answer("2206", answered_at(timedelta(minutes=minutes)))
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["clock-wrong"])
    assert counter.wire.infnos[-2:] == ["2205", "2202"]
    assert counter.effective(bill_of(person)) == []


def test_a_wrong_clock_in_the_middle_of_a_refund_stops_it_half_way(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    settled = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    order = RefundOrder(str(settled.record.settlement.setl_id), ("2",))  # type: ignore[union-attr]
    counter.wire.answer("2206", answered_at(timedelta(minutes=3)))
    done = refund(counter.desk, order, None)
    assert [problem.code for problem in done.problems] == ["refund-half-done", "clock-wrong"]
    counter.wire.answer("2206", lambda _: None)
    assert refund(counter.desk, order, None).state == "resettled"


def test_a_platform_that_books_twice_by_itself_is_shown_to_a_person(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Contracts: it shows in 3202, and the visit that was settled stays settled."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "duplicate")
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.SETTLED
    assert items(counter.desk) == ()
    days = Period(TODAY.date(), counter.desk.clock().date())
    assert compare(counter.desk, days).problem is None
    (item,) = items(counter.desk)
    assert (item.kind, item.state) == (Kind.SETTLEMENT, Waiting.NEEDS_PERSON)
    numbers = {row["setl_id"] for row in counter.effective(bill_of(person))}
    (stray,) = numbers - {finished.record.settlement.setl_id}  # type: ignore[union-attr]
    assert stray in item.reason
    assert codes(counter.settle(bill_of(person))) == ["already-settled"]


def _give_back(counter: Counter, finished: Finished, stray: SetlId) -> None:
    """2208 by the office, which this desk knows nothing of."""
    record, desk = finished.record, counter.desk
    assert record.mdtrt_id is not None
    question = cancel_settlement(holder_of(record), record.mdtrt_id, stray)
    assert isinstance(desk.platform.ask(question, desk.next_msgid()), Accepted)


def test_a_stray_is_found_by_its_msgid_and_stays_until_its_own_days_are_compared(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Reconciled on another day than the journal's, and once more for the day after."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "duplicate")
    finished = counter.settle(bill_of(person))
    day, today = TODAY.date(), counter.desk.clock().date()
    standing = finished.record.settlement
    assert standing is not None
    for compared in (Period.of(day), Period.of(day + timedelta(days=1)), Period.of(today)):
        compare(counter.desk, compared)
        (item,) = items(counter.desk)
        assert item.state is Waiting.NEEDS_PERSON
        assert str(standing.setl_id) not in item.reason
    (stray,) = counter.on_disk(finished).strays
    _give_back(counter, finished, stray)
    compare(counter.desk, Period(day, today + timedelta(days=1)))
    assert items(counter.desk) == ()


def test_another_day_is_not_compared(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.settle(bill_of(person))
    assert compare(counter.desk, Period.of(date(2023, 5, 3))).differences == ()


def test_the_account_comes_back_with_the_cash(counter: Counter, person: Mapping[str, Any]) -> None:
    """B38: what the account paid for the returned line is on it again."""
    settled = counter.settle(bill_of(person, MEDICINE, MEDICINE), account=AccountUse.OWN)
    before = settled.record.settlement
    assert before is not None
    order = RefundOrder(str(before.setl_id), ("2",))
    done = refund(counter.desk, order, None)
    assert (done.state, done.problems) == ("resettled", ())
    assert done.new is not None
    (booked,) = counter.effective(bill_of(person))
    assert booked["acct_pay"] == done.new.split.account.yuan()  # type: ignore[union-attr]
    assert done.money_back == before.split.cash - done.new.split.cash  # type: ignore[operator]
    paid, left = Money.parse(booked["acct_pay"]), counter.platform.person(person["certno"])
    balance = Money.parse(left["insured"][0]["account"])
    assert balance + paid == Money.parse(person["insured"][0]["account"])
