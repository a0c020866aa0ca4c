"""What a patient left for a bill is the journal's fact: nothing asks for it a second time (B22)."""

from __future__ import annotations

import dataclasses
import subprocess
import time

import pytest
from msgspec.structs import replace

from desktop.domain.charges import BillKey
from desktop.domain.events import CashReturned
from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from desktop.services.identify import from_id_number
from desktop.services.taken_back import taken_back
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_refund import agree, shown
from tests.ui.cashier.test_waiting import ORDINARY, finish, restarted
from ui.cashier import money_words
from ui.cashier.news import News
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Cash, Intent, Page
from ui.widgets.figures import figure_text
from ui.widgets.shown import Sum

WHOLE = Money.parse("600.00")


def left(booth: Booth) -> None:
    booth.defer(ORDINARY)
    assert booth.record().deposit == WHOLE


def settled(booth: Booth) -> None:
    """What is on offer."""
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()


def goes_back(booth: Booth) -> Cash:
    """The cash step: of the deposit the patient's part stays."""
    assert booth.on(Page.SETTLED), booth.state.stop
    cash = booth.state.cash
    assert cash is not None
    assert (cash.held, cash.change) == (WHOLE, WHOLE - cash.due)
    assert money_words.asked(booth.state) == Sum("应退患者", WHOLE - cash.due, strong=True)
    assert "押金" not in money_words.benefit_notes(booth.state), "the cash page tells it"
    return cash


def collected(booth: Booth) -> None:
    """Nothing more is taken, and every record of the bill is at rest."""
    cash = goes_back(booth)
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    booth.presenter.next_patient()
    booth.wait(40)
    assert booth.state.desk.open_visits == ()
    records = [booth.record(at) for at in range(len(booth.opened.journal.visits()))]
    assert [record.cash_taken for record in records if record.cash_taken] == [cash.due]
    assert [record.deposit for record in records if record.deposit] == []


@pytest.mark.req("S0-29")
def test_the_card_shown_anew_finds_the_deposit(booth: Booth) -> None:
    """Nobody opened the list: the bill lies in the folder, and the patient comes by themselves."""
    left(booth)
    booth.show(ORDINARY)
    assert booth.on(Page.OFFER)
    assert "已收押金 600.00 元" in money_words.benefit_notes(booth.state)
    settled(booth)
    collected(booth)


def test_found_after_unknown_it_still_lies_here(booth: Booth) -> None:
    left(booth)
    finish(booth, Left.DEFERRED)
    booth.show(ORDINARY)
    booth.platform.fault("2207", "after", "reset")
    settled(booth)
    assert booth.on(Page.STOPPED)
    booth.wait(8)
    collected(booth)


def test_killed_before_the_cash_step_the_list_names_what_goes_back(booth: Booth) -> None:
    left(booth)
    booth.show(ORDINARY)
    settled(booth)
    cash = goes_back(booth)
    booth.presenter.stage.let_go()
    again = restarted(booth)
    (row,) = again.state.desk.open_visits
    assert (row.left, row.money) == (Left.CASH_BACK, WHOLE - cash.due)
    again.presenter.queue.finish()
    again.work.run_all()
    collected(again)


def test_settled_anew_after_nothing_was_booked(hasty: Booth) -> None:
    left(hasty)
    hasty.show(ORDINARY)
    hasty.platform.fault("2207", "before", "reset")
    settled(hasty)
    for _try in range(40):
        hasty.wait(10)
        if Intent.SETTLE_ANEW in hasty.state.intents:
            break
        time.sleep(0.3)
    assert Intent.SETTLE_ANEW in hasty.state.intents
    hasty.presenter.unknown.settle_anew()
    hasty.work.run_all()
    assert hasty.on(Page.OFFER), hasty.state.stop
    settled(hasty)
    collected(hasty)


def test_the_large_figure_is_what_is_still_owed(booth: Booth) -> None:
    booth.settle(ORDINARY)
    state = booth.state
    assert state.cash is not None
    due = state.cash.due
    assert money_words.asked(state) == Sum("个人现金", due, strong=True)
    some = replace(state, cash=Cash(due, held=Money(1)))
    assert money_words.asked(some) == Sum("还应收", due - Money(1), strong=True)
    facts = {fact.label: fact.value for fact in money_words.payment_facts(some)}
    assert (facts["个人现金"], facts["已收押金"]) == (figure_text(due), "0.01")
    even = replace(state, cash=Cash(due, held=due))
    assert money_words.asked(even) == Sum("还应收", Money(0), strong=True)
    paid = replace(some, page=Page.DONE)
    assert money_words.asked(paid) == Sum("个人现金", due, strong=True)


def test_the_line_is_down_again_and_nothing_more_is_asked(booth: Booth) -> None:
    """The waiting bill goes on with what was left for it; one row of the list, one deposit."""
    left(booth)
    booth.platform.fault("2206", "before", "reset")
    booth.show(ORDINARY)
    assert booth.state.outage is not None
    assert (booth.state.outage.held, booth.state.outage.asked) == (WHOLE, Money(0))
    assert Intent.DEFER_DEPOSIT not in booth.state.intents
    booth.presenter.outage.defer_signed()
    booth.work.run_all()
    booth.wait(40)
    rows = [row for row in booth.state.desk.open_visits if row.left is Left.DEFERRED]
    assert [row.money for row in rows] == [WHOLE]
    assert [booth.record(at).state for at in (0, 1)] == [State.CLOSED, State.DEFERRED]
    finish(booth, Left.DEFERRED)
    booth.show(ORDINARY)
    settled(booth)
    collected(booth)


def test_who_pays_alone_after_all_pays_what_is_missing(booth: Booth) -> None:
    left(booth)
    booth.platform.fault("2206", "before", "reset")
    booth.show(ORDINARY)
    booth.presenter.outage.pay_self()
    booth.work.run_all()
    assert booth.state.note == News.SELF_PAID_OF_DEPOSIT
    booth.wait(40)
    assert [booth.record(at).state for at in (0, 1)] == [State.CLOSED, State.SELF_PAY]
    assert [booth.record(at).deposit for at in (0, 1)] == [None, WHOLE]


def test_taken_back_before_the_cash_step_the_whole_deposit_goes_back(booth: Booth) -> None:
    """B33: once, whatever became of the record with which it was left."""
    left(booth)
    booth.show(ORDINARY)
    settled(booth)
    booth.presenter.refund.take()
    booth.work.run_all()
    agree(booth)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, WHOLE)
    booth.presenter.refund.give_back()
    booth.work.run_all()
    booth.wait(40)
    assert booth.state.desk.open_visits == ()
    assert [booth.record(at).state for at in (0, 1)] == [State.CLOSED, State.CLOSED]


def test_who_paid_alone_is_settled_after_a_look_and_gets_back_what_is_over(booth: Booth) -> None:
    """The receipt comes back first: the cashier says so by a key that no hand presses by habit."""
    booth.pay_alone(ORDINARY)
    booth.show(ORDINARY)
    assert booth.state.stop is not None
    assert [problem.code for problem in booth.state.stop.problems] == ["paid-by-self"]
    assert Intent.SETTLE_BESIDE in booth.state.intents
    booth.presenter.bill.settle_beside()
    booth.work.run_all()
    assert booth.on(Page.OFFER), booth.state.stop
    settled(booth)
    collected(booth)
    assert booth.record().state is State.CLOSED


def test_who_pays_alone_once_more_is_told_and_decides(booth: Booth) -> None:
    """At the window: another revision of it was paid alone, and the line is down for this one."""
    for revision in (1, 2):
        booth.bills.clear()
        booth.pay_alone(ORDINARY, bill_no="B0001", revision=revision)
    assert booth.state.stop is not None
    assert [problem.code for problem in booth.state.stop.problems] == ["paid-by-self"]
    assert len(booth.opened.journal.visits()) == 1
    assert Intent.SELF_PAY in booth.state.intents
    booth.presenter.outage.pay_self()
    booth.work.run_all()
    assert booth.record(1).state is State.SELF_PAY
    assert len(booth.record(1).beside) == 1


def test_a_deferred_bill_beside_one_that_is_settled_is_told_before_it_is_paid(
    booth: Booth,
) -> None:
    """In the list: pressed once it is told, pressed again it is decided."""
    booth.pay(ORDINARY)
    booth.presenter.next_patient()
    visit = DeskVisit(booth.desk)
    bill = booth.record().bill
    assert bill is not None
    visit.take_bill(dataclasses.replace(bill, key=BillKey("T0001", 1), typed=True))
    visit.show(from_id_number(ORDINARY["certno"]))
    visit.insure(None)
    visit.defer(Problem(ProblemCode.NO_USABLE_ANSWER))
    booth.wait(40)
    booth.presenter.queue.show()
    booth.presenter.queue.choose(visit.id)
    booth.presenter.queue.pay_self()
    booth.work.run_all()
    assert booth.state.trouble is not None
    assert booth.state.trouble.kind is ProblemCode.SETTLED_ALIKE
    assert booth.record(1).state is State.DEFERRED
    booth.presenter.queue.pay_self()
    booth.work.run_all()
    assert booth.record(1).state is State.SELF_PAY
    assert len(booth.record(1).beside) == 1


def test_another_revision_is_refunded_first(booth: Booth) -> None:
    booth.pay(ORDINARY)
    booth.presenter.next_patient()
    booth.bills.clear()
    booth.drop(ORDINARY, bill_no="B0001", revision=2)
    booth.show(ORDINARY)
    assert booth.state.stop is not None
    assert [problem.code for problem in booth.state.stop.problems] == ["revision-settled"]
    assert Intent.SETTLE_BESIDE not in booth.state.intents
    booth.presenter.bill.settle_beside()
    assert booth.on(Page.STOPPED)


def test_taken_back_before_it_was_exchanged_paper_page_and_journal_agree(booth: Booth) -> None:
    """B22, B38: the whole deposit goes back, not the cash part of the settlement."""
    left(booth)
    booth.show(ORDINARY)
    settled(booth)
    goes_back(booth)
    booth.presenter.refund.take()
    booth.work.run_all()
    agree(booth)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, WHOLE)
    booth.presenter.refund.give_back()
    booth.work.run_all()
    (visit,) = [v for v in booth.opened.journal.visits() if booth.desk.record(v).settlement]
    told = booth.desk.told(visit)
    assert [row.entry.cash for row in told.entries if isinstance(row.entry, CashReturned)] == [
        WHOLE
    ]
    back = taken_back(told)
    assert back is not None
    assert (back.paid, back.here) == (WHOLE, True)
    (paper,) = [each for each in told.record.papers if each.form == "F10-money-back"]
    told_on_paper = on_paper(booth.papers.archive.paper(paper.job) or b"")
    assert f"退还现金 {WHOLE}" in told_on_paper
    assert "已付现金" in told_on_paper
    assert f"{WHOLE} 元" in told_on_paper


def on_paper(pdf: bytes) -> str:
    told = subprocess.run(
        ("pdftotext", "-layout", "-", "-"), input=pdf, capture_output=True, check=True
    )
    return " ".join(told.stdout.decode().split())
