"""What a window shows of everything that somebody must come back to (B34, B35, B38, B42)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.events import Printed
from desktop.domain.left import UNKNOWN_OUTCOME, Left
from desktop.domain.money import Money
from desktop.domain.open_work import cash_left, is_to_be_exchanged
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.nhsa.questions.reconciliation import Period
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.form_numbers import SETTLEMENT_SLIP
from desktop.services.overview import OpenVisit, first_look, look_after, open_now, overview
from desktop.services.queue import retry_due
from desktop.services.reconcile import compare
from desktop.services.refund import Refund
from desktop.services.whole_refund import RefundOrder, refund
from desktop.services.whole_settlement import Finished
from tests.rig.bills import Item
from tests.rig.desk_printer import DeskPrinter, jammed, printed_on
from tests.services.counter import MEDICINE, TODAY, Counter, bill_of, id_card, insured
from tests.services.lost import OVER, after, lost_settlement, pc_clock
from tests.services.wire import Sent, setlinfo

CASH = Money.parse("450.00")
OTHER = Item("XM01AEA035A001010100035", "布洛芬缓释胶囊 0.3g*20粒", "21.80")


def _only(counter: Counter) -> OpenVisit:
    (row,) = overview(counter.desk, None, None).open_visits
    return row


def _setl_id(finished: Finished) -> str:
    return str(finished.record.settlement.setl_id)  # type: ignore[union-attr]


def _visit(counter: Counter, finished: Finished) -> DeskVisit:
    return DeskVisit(counter.desk, VisitId(finished.visit))


def _deferred(counter: Counter, person: Mapping[str, Any]) -> DeskVisit:
    visit = insured(counter.desk, counter.order(bill_of(person)).bill)
    visit.defer(Problem(ProblemCode.NOT_CONNECTED), Money.parse("600.00"))
    return visit


def test_of_a_days_visits_only_the_open_ones_are_in_mind(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """All of them would be 45 KiB a settlement, for a whole day."""
    memory = counter.desk.memory
    for number in range(3):
        finished = counter.settle(bill_of(person, bill_no=f"B{number}", visit_no=f"V{number}"))
        assert len(memory) == 0, "its window let go of it"
        visit = _visit(counter, finished)
        visit.collect(CASH)
        visit.write_down(Printed(SETTLEMENT_SLIP, 2))
        visit.close()
    left_open = _deferred(counter, person)
    assert [row.visit for row in look_after(counter.desk, None, None).open_visits] == [left_open.id]
    assert counter.desk.journal.open_visits() == (left_open.id,)
    assert len(memory) == 1


def test_a_desk_with_nothing_open_shows_nothing(counter: Counter) -> None:
    assert first_look(counter.desk).open_visits == ()


def test_from_the_settlement_to_the_paper(counter: Counter, person: Mapping[str, Any]) -> None:
    """B34, B35: first the cash is owed, then the paper, then nothing."""
    finished = counter.settle(bill_of(person))
    settlement = finished.record.settlement
    assert settlement is not None
    row = _only(counter)
    assert (row.left, row.money, row.setl_id) == (
        Left.UNPAID,
        settlement.split.cash,
        settlement.setl_id,
    )
    assert row.patient == f"{person['name'][0]}*{person['name'][-1]}"
    assert (row.bill_no, row.by_itself, row.item) == (bill_of(person).bill_no, False, None)
    visit = _visit(counter, finished)
    visit.collect(CASH)
    assert (_only(counter).left, _only(counter).money) == (Left.PAPER, None)
    assert overview(counter.desk, None, visit.id).open_visits == ()
    printed_on(counter.opened, visit.id, None)
    assert overview(counter.desk, None, None).open_visits == ()


def test_a_printer_that_fails_leaves_the_paper_open(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B35: money is untouched, the paper is in the archive, and still owed on paper."""
    finished = counter.settle(bill_of(person))
    visit = _visit(counter, finished)
    visit.collect(CASH)
    printed_on(counter.opened, visit.id, DeskPrinter(then=(jammed,)))
    assert _only(counter).left is Left.PAPER
    assert counter.desk.record(visit.id).state is State.PRINT_PENDING


def test_an_unknown_settlement_is_looked_after_until_it_is_known(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    row = _only(counter)
    assert (row.left, row.last) == (Left.UNKNOWN, None)
    assert row.left in UNKNOWN_OUTCOME
    followed = VisitId(finished.visit)
    later = look_after(after(counter, timedelta(seconds=6)), followed, None)
    assert later.followed is not None
    assert later.followed.state is State.SETTLED
    assert [open_.left for open_ in later.open_visits] == [Left.UNPAID]


def test_a_try_that_found_nothing_is_told(counter: Counter, person: Mapping[str, Any]) -> None:
    lost_settlement(counter, person, "before")
    assert look_after(after(counter, timedelta(seconds=6)), None, None).open_visits[0].last


def test_what_the_window_holds_is_nobody_elses(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = lost_settlement(counter, person, "before")
    looked = look_after(after(counter, OVER), None, VisitId(finished.visit))
    assert looked.open_visits == ()
    assert counter.wire.sent == []


def test_sums_that_do_not_add_up_are_to_be_checked(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B31."""
    counter.wire.answer("2207", setlinfo(psn_cash_pay="0.01"))
    assert counter.settle(bill_of(person)).ending is Ending.NEEDS_CHECK
    assert (_only(counter).left, _only(counter).money) == (Left.CHECK, None)


def test_a_deferred_bill_has_its_deposit_and_its_last_day(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B22: after that day only self-pay is left."""
    _deferred(counter, person)
    row = _only(counter)
    assert (row.left, row.money, row.too_old) == (Left.DEFERRED, Money.parse("600.00"), False)
    assert row.until is not None
    (aged,) = overview(pc_clock(counter.desk, timedelta(days=400)), None, None).open_visits
    assert aged.too_old


def test_cash_goes_back_after_a_cancelled_settlement(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B38."""
    finished = counter.settle(bill_of(person))
    visit = _visit(counter, finished)
    visit.collect(CASH)
    visit.release()
    refund = Refund(counter.desk, VisitId(finished.visit))
    refund.cancel((), "0001")
    assert (_only(counter).left, _only(counter).money) == (Left.CASH_BACK, CASH)
    refund.give_cash_back()
    refund.release()
    assert _only(counter).by_itself
    later = after(counter, timedelta(seconds=6))
    assert look_after(later, None, None).open_visits == ()


def test_a_cancelled_settlement_that_nobody_had_paid_is_over(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person))
    Refund(counter.desk, VisitId(finished.visit)).cancel((), "0001")
    assert overview(counter.desk, None, None).open_visits == ()


def test_a_lost_cancelling_is_unknown_too(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = counter.settle(bill_of(person))
    counter.platform.fault("2208", "after", "reset")
    Refund(counter.desk, VisitId(finished.visit)).cancel((), "0001")
    row = _only(counter)
    assert row.left is Left.CANCEL
    assert row.left in UNKNOWN_OUTCOME


def test_a_refund_that_stopped_half_way_goes_before_everything_else(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B39: the patient's cash is still here, whatever became of the settlement."""
    finished = counter.settle(bill_of(person, MEDICINE, OTHER))
    visit = _visit(counter, finished)
    visit.collect(CASH)
    visit.release()
    counter.wire.refuse("2204", "FSI-拒绝")
    order = RefundOrder(_setl_id(finished), ("2",))
    refund(counter.desk, order, lambda: id_card(person["certno"]))
    assert (_only(counter).left, _only(counter).money) == (Left.HALF_REFUND, CASH)


def test_an_upload_ends_by_itself(counter: Counter, person: Mapping[str, Any]) -> None:
    """Shown to nobody: the queue takes it back."""

    def die(_: Sent) -> None:
        raise KeyboardInterrupt

    counter.wire.before("2204", die)
    with pytest.raises(KeyboardInterrupt):
        counter.settle(bill_of(person))
    counter.desk.locks.release(counter.opened.journal.open_visits()[0])
    rows = first_look(counter.desk).open_visits
    assert [(row.left, row.by_itself) for row in rows] == [(Left.UPLOAD, True)]
    assert list(open_now(rows)) == []


def test_what_is_booked_beside_the_visit_is_stray(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The line repeats a 2207 and the platform books it twice: shown when the visit is paid."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "duplicate")
    finished = counter.settle(bill_of(person))
    compare(counter.desk, Period(TODAY.date(), counter.desk.clock().date()))
    visit = _visit(counter, finished)
    visit.collect(CASH)
    printed_on(counter.opened, visit.id, None)
    assert _only(counter).left is Left.STRAY


def test_cash_held_from_before_is_exchanged_not_added(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B39: of a settled rest only the difference changes hands."""
    record = counter.settle(bill_of(person)).record
    due = record.settlement.split.cash if record.settlement else None
    assert due is not None
    assert (is_to_be_exchanged(record), cash_left(record)) == (False, due)
    held = replace(record, cash_taken=due + Money.parse("100.00"))
    assert (is_to_be_exchanged(held), cash_left(held)) == (True, -Money.parse("100.00"))


def test_what_the_till_holds_is_nobodys_at_the_window(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B39: the command line told what goes back there; the rest is settled, and off the list."""
    finished = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    assert refund(counter.desk, RefundOrder(_setl_id(finished), ("2",)), None).state == "resettled"
    record = counter.on_disk(finished)
    assert record.settlement is not None
    assert (record.state, record.at_till) == (State.SETTLED, record.settlement.split.cash)
    assert overview(counter.desk, None, None).open_visits == ()
    retry_due(counter.desk)
    assert counter.opened.journal.open_visits() == ()
