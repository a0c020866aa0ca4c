"""What is not at rest, at the window: shown at start, finished by a person, never lost (B42, B50)."""

from __future__ import annotations

import pytest

from desktop.domain.events import CashTaken
from desktop.domain.left import Left
from desktop.domain.visit import State
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from ui.cashier.news import News
from ui.cashier.state import Halt, Intent, Page

ORDINARY, RETIRED, UNFILED = (townsman(place) for place in (0, 1, 7))


def restarted(booth: Booth) -> Booth:
    """The window of the next morning, over the same journal."""
    again = Booth(booth.platform, booth.opened, booth.folder, later=booth.later, began=booth.began)
    again.presenter.queue.start()
    again.work.run_all()
    return again


def deferred(booth: Booth) -> None:
    booth.defer(ORDINARY)
    assert booth.state.note == News.DEFERRED
    booth.bills.clear()


def unknown_in_list(booth: Booth) -> None:
    """The answer to a 2207 is lost, the next patient's turn comes, and the list is opened."""
    booth.to_offer(ORDINARY)
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.next_patient()
    booth.wait(3)
    booth.presenter.queue.show()


def finish(booth: Booth, left: Left) -> None:
    """Open the list and finish its one row of this kind."""
    booth.wait(3)
    booth.presenter.queue.show()
    (row,) = [row for row in booth.state.desk.open_visits if row.left is left]
    booth.presenter.queue.choose(row.visit)
    assert Intent.FINISH in booth.state.intents
    booth.presenter.queue.finish()
    booth.work.run_all()


# --- at start -----------------------------------------------------------------------------


def test_a_quiet_desk_starts_without_a_list(booth: Booth) -> None:
    assert not restarted(booth).state.shows_queue


def test_a_lost_cash_step_is_shown_before_the_next_settlement(today: Booth) -> None:
    """Settled, and the program ended before the cash was taken: found at start, then collected."""
    today.settle(ORDINARY)
    due = today.state.cash
    assert due is not None
    today.presenter.stage.let_go()
    again = restarted(today)
    assert again.state.shows_queue
    (row,) = again.state.desk.open_visits
    assert (row.left, row.money) == (Left.UNPAID, due.due)
    assert row.patient != ORDINARY["name"]
    finish(again, Left.UNPAID)
    assert again.on(Page.SETTLED)
    again.presenter.collect()
    again.work.run_all()
    assert again.on(Page.DONE)
    assert again.record().cash_taken == due.due


def test_a_request_without_an_outcome_is_unknown_and_shown(booth: Booth) -> None:
    """B50: killed between 2207 and its answer."""
    booth.to_offer(ORDINARY)
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    again = restarted(booth)
    assert again.state.shows_queue
    assert again.state.desk.unknown_settlements == 1
    finish(again, Left.UNKNOWN)
    assert again.state.stop is not None
    assert again.state.stop.halt is Halt.UNKNOWN
    again.wait(6)
    assert again.on(Page.SETTLED)


def test_a_slip_that_was_not_printed_is_printed_from_the_list(booth: Booth) -> None:
    booth.settle(ORDINARY)
    visit, cash = booth.presenter.stage.visit, booth.state.cash
    assert visit is not None
    assert cash is not None
    booth.desk.journal.append(visit.id, (CashTaken(cash.due),), booth.clock())
    booth.presenter.stage.let_go()
    again = restarted(booth)
    finish(again, Left.PAPER)
    assert again.on(Page.DONE)
    assert again.record().state is State.PRINTED
    assert again.record().cash_taken == cash.due


def test_a_card_shown_at_once_goes_before_the_list(today: Booth) -> None:
    today.settle(ORDINARY)
    today.presenter.stage.let_go()
    again = restarted(today)
    again.drop(RETIRED, bill_no="B9", visit_no="V9")
    again.show(RETIRED)
    assert again.on(Page.OFFER)
    assert not again.state.shows_queue
    again.presenter.queue.show()
    again.presenter.queue.finish()
    assert again.state.note is News.FINISH_BEFORE_THIS


# --- one row ------------------------------------------------------------------------------


@pytest.mark.req("S3-25")
def test_the_office_gets_a_case_without_personal_data(booth: Booth) -> None:
    """B28: message ids, no name and no number of a person; and the desk goes on looking."""
    unknown_in_list(booth)
    booth.presenter.queue.hand_over()
    booth.work.run_all()
    case = booth.state.case
    assert case is not None
    assert str(booth.record().msgid) in case.words
    assert ORDINARY["name"] not in case.words
    assert ORDINARY["certno"] not in case.words
    booth.wait(6)
    assert booth.record().state is State.SETTLED


def test_retry_does_not_wait_for_the_backoff(booth: Booth) -> None:
    unknown_in_list(booth)
    booth.presenter.queue.retry()
    booth.work.run_all()
    assert booth.record().state is State.SETTLED


def test_esc_closes_the_list_and_nothing_else(booth: Booth) -> None:
    booth.drop(ORDINARY)
    booth.show(ORDINARY)
    assert booth.on(Page.OFFER)
    booth.presenter.queue.show()
    assert booth.state.shows_queue
    booth.presenter.back()
    assert booth.on(Page.OFFER)
    assert not booth.state.shows_queue


# --- the line is down ---------------------------------------------------------------------


def test_waiting_goes_on_where_it_stopped(booth: Booth) -> None:
    """WAIT in the middle of the uploads: what may be there is taken back, then all of it again."""
    booth.drop(ORDINARY)
    booth.platform.fault("2206", "before", "reset")
    booth.platform.fault("2205", "before", "reset")
    booth.show(ORDINARY)
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.LINE_DOWN
    booth.presenter.ask_again()
    booth.work.run_all()
    assert booth.on(Page.OFFER), booth.state.stop


def test_waiting_before_the_person_is_known_reads_the_credential_again(booth: Booth) -> None:
    booth.drop(ORDINARY)
    booth.platform.fault("1101", "before", "reset")
    booth.show(ORDINARY)
    booth.presenter.ask_again()
    booth.work.run_all()
    assert booth.on(Page.OFFER), booth.state.stop


def test_without_a_bill_nothing_can_be_deferred(booth: Booth) -> None:
    booth.platform.fault("2001", "before", "reset")
    booth.show(ORDINARY)
    offered = {Intent.DEFER_DEPOSIT, Intent.DEFER_SIGNED, Intent.SELF_PAY} & booth.state.intents
    assert offered == {Intent.SELF_PAY}


def test_a_deferred_bill_is_settled_later_and_the_deposit_goes_back(booth: Booth) -> None:
    """B22: a new settlement, with its patient, the amounts on screen, and the fee date kept."""
    deferred(booth)
    record = booth.record()
    assert record.state is State.DEFERRED
    assert record.deferred is not None
    assert record.bill is not None
    assert record.deferred.deposit == record.bill.total
    finish(booth, Left.DEFERRED)
    assert booth.on(Page.READY)
    assert booth.state.errand is not None
    booth.show(ORDINARY)
    assert booth.on(Page.OFFER), booth.state.stop
    assert booth.platform.settlements(ORDINARY["certno"]) == []
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    cash = booth.state.cash
    assert cash is not None
    assert cash.change == record.bill.total - cash.due
    booth.presenter.collect()
    booth.work.run_all()
    booth.wait(3)
    assert booth.record(0).state is State.CLOSED
    assert booth.state.desk.open_visits == ()


def test_somebody_else_cannot_settle_the_deferred_bill(booth: Booth) -> None:
    deferred(booth)
    finish(booth, Left.DEFERRED)
    booth.show(RETIRED)
    assert booth.state.stop is not None
    assert booth.state.stop.problems[0].code == "patient-mismatch"


def test_a_deferred_bill_ends_as_self_pay_too(booth: Booth) -> None:
    """3.3: after its last day nothing else is left; the list says so."""
    deferred(booth)
    booth.wait(3)
    booth.presenter.queue.show()
    booth.presenter.queue.pay_self()
    booth.work.run_all()
    assert booth.record().state is State.SELF_PAY
    assert booth.state.desk.open_visits == ()


def test_an_errand_can_be_given_up(booth: Booth) -> None:
    deferred(booth)
    finish(booth, Left.DEFERRED)
    booth.presenter.leave()
    assert booth.state.errand is None
    assert booth.record().state is State.DEFERRED


def test_signing_takes_no_money(booth: Booth) -> None:
    booth.line_down(ORDINARY)
    booth.presenter.outage.defer_signed()
    booth.work.run_all()
    deferral = booth.record().deferred
    assert deferral is not None
    assert (deferral.deposit, deferral.by) == (None, "0001")


@pytest.mark.parametrize("person", [ORDINARY, UNFILED])
def test_self_pay_is_written_down(booth: Booth, person: dict[str, str]) -> None:
    """B22, B13: who pays everything is at rest, and nothing says that a sheet was printed."""
    if person is ORDINARY:
        booth.platform.fault("2001", "before", "reset")
    booth.drop(person)
    booth.show(person)
    booth.presenter.outage.pay_self()
    booth.work.run_all()
    assert (booth.state.page, booth.state.note) == (Page.READY, News.SELF_PAID)
    assert booth.record().state is State.SELF_PAY
    assert booth.record().printed == 0


# --- booked, but not as it should be ------------------------------------------------------


def test_a_patient_who_cannot_pay_is_left_unpaid(today: Booth) -> None:
    """B34: it stays settled and on the list."""
    today.settle(ORDINARY)
    today.presenter.check.leave_unpaid()
    today.work.run_all()
    assert (today.state.page, today.state.note) == (Page.READY, News.UNPAID)
    assert today.record().state is State.UNPAID
    finish(today, Left.UNPAID)
    assert today.on(Page.SETTLED)


def test_an_unpaid_settlement_is_taken_back(booth: Booth) -> None:
    """B33: 2208 for a patient who cannot pay; no cash was taken, so none goes back."""
    booth.settle(ORDINARY)
    booth.presenter.refund.take()
    booth.work.run_all()
    assert booth.on(Page.REFUND)
    booth.presenter.refund.agree()
    booth.work.run_all()
    assert booth.on(Page.READY)
    assert booth.record().state is State.CLOSED
    states = [row["state"] for row in booth.platform.settlements(ORDINARY["certno"])]
    assert sorted(states) == ["cancelled", "negative"]
