"""The cashier's presenter, driven as the window drives it, over a real desk and platform."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.money import Money
from desktop.domain.visit import State
from tests.rig.bills import Item
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth, seen
from ui.cashier.halt_wording import problem
from ui.cashier.news import News
from ui.cashier.state import Halt, Intent, Page, ViewState
from ui.cashier.turning import other_sums

ORDINARY, TWO_INSURANCES, UNFILED, SUSPENDED = (townsman(place) for place in (0, 5, 7, 13))


@pytest.mark.req("S1-36", "S4-25")
def test_the_ordinary_path_from_number_to_paper(booth: Booth) -> None:
    """B-path: identify, eligible, upload, offer, agree, settle, cash, slip (S4-18, S0-29)."""
    booth.to_offer(ORDINARY)
    offered = booth.state.offer
    assert offered is not None
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.SETTLED)
    assert booth.state.cash is not None
    assert booth.state.cash.due == offered.split.cash
    booth.presenter.give_cash(booth.state.cash.due + Money(129))
    assert booth.state.cash.change == Money(129)
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    assert booth.state.paper is not None
    assert booth.state.paper.pdf.startswith(b"%PDF")
    settled = booth.platform.settlements(ORDINARY["certno"])
    assert [row["psn_cash_pay"] for row in settled] == [str(offered.split.cash)]


@pytest.mark.req("S1-24")
def test_who_looked_is_written_down_with_the_agreement(booth: Booth) -> None:
    """人证核对 (S4-18): the journal names the operator before anything is sent."""
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    visit = booth.opened.journal.visits()[0]
    agreed = booth.opened.desk.record(visit).agreed
    assert agreed is not None
    assert agreed.identity_checked_by == "0007"


@pytest.mark.req("S1-24")
def test_nothing_is_settled_before_the_person_was_looked_at(booth: Booth) -> None:
    booth.drop(ORDINARY)
    booth.show(ORDINARY)
    booth.presenter.settle()
    assert not booth.work.waiting
    assert booth.state.note is News.CHECK_FIRST


def test_a_second_press_settles_nothing(booth: Booth) -> None:
    """The page hangs, the cashier repeats, duplicates appear: not here (complaint 3)."""
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.presenter.settle()
    assert len(booth.work.waiting) == 1
    assert booth.work.waiting[0].must_finish
    booth.work.run_all()
    booth.presenter.settle()
    assert not booth.work.waiting
    assert len(booth.platform.settlements(ORDINARY["certno"])) == 1


@pytest.mark.req("S0-08")
def test_several_insurances_are_asked_about(booth: Booth) -> None:
    """B06: the window shows the active ones, and settles under the chosen one."""
    booth.drop(TWO_INSURANCES)
    booth.show(TWO_INSURANCES)
    assert booth.on(Page.CHOOSE)
    kinds = [row.kind for row in booth.state.choices]
    booth.presenter.choose_insurance(kinds.index("390"))
    booth.work.run_all()
    assert booth.on(Page.OFFER)
    assert booth.state.insurance is not None
    assert booth.state.insurance.kind == "390"


@pytest.mark.req("S1-20")
def test_an_unfiled_person_files_and_is_asked_again(booth: Booth) -> None:
    """B13, idea 3: filing rescue without starting over."""
    booth.drop(UNFILED)
    booth.show(UNFILED)
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.NEEDS_FILING
    assert Intent.ASK_AGAIN in booth.state.intents
    filing = {"kind": "OTHER", "area": "430100", "from": "2023-05-01", "to": None}
    booth.platform.file(UNFILED["certno"], filing)
    booth.presenter.ask_again()
    booth.work.run_all()
    assert booth.on(Page.OFFER)


def test_a_refused_person_is_told_and_the_next_one_served(booth: Booth) -> None:
    """B11: neutral words, and no dead end."""
    booth.drop(SUSPENDED)
    booth.show(SUSPENDED)
    assert booth.on(Page.STOPPED)
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.REFUSED
    booth.to_offer(ORDINARY)


@pytest.mark.req("S1-33")
def test_a_lost_answer_is_unknown_and_never_offered_again(booth: Booth) -> None:
    """B28: honest words, no cash, no second press."""
    booth.to_offer(ORDINARY)
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.UNKNOWN
    assert booth.state.intents == {
        Intent.FORMS,
        *(Intent.HELP, Intent.QUEUE, Intent.NEXT_PATIENT, Intent.NOT_WAITING),
    }
    visit = booth.opened.journal.visits()[0]
    assert booth.opened.desk.record(visit).state is State.UNKNOWN


def test_a_line_that_is_down_says_so(booth: Booth) -> None:
    """B22: before anything was sent, nothing can have been booked."""
    booth.platform.fault("1101", "before", "reset")
    booth.show(ORDINARY)
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.LINE_DOWN


def test_leaving_takes_everything_back(booth: Booth) -> None:
    """B25: 2205 and 2202; no name stays on the screen."""
    booth.to_offer(ORDINARY)
    booth.presenter.leave()
    booth.work.run_all()
    assert (booth.state.page, booth.state.person) == (Page.READY, None)
    visit = booth.opened.journal.visits()[0]
    assert booth.opened.desk.record(visit).state is State.ELIGIBLE
    assert booth.platform.settlements(ORDINARY["certno"]) == []


def test_another_card_does_not_push_a_settled_patient_away(booth: Booth) -> None:
    """B34: settled and unpaid stays on the window."""
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    booth.show(UNFILED)
    assert booth.on(Page.SETTLED)
    assert booth.state.person is not None
    assert booth.state.person.name == ORDINARY["name"]
    assert booth.state.note is News.FINISH_FIRST


def test_too_little_cash_is_not_collected(booth: Booth) -> None:
    booth.to_offer(ORDINARY)
    booth.presenter.settle()
    booth.work.run_all()
    booth.presenter.give_cash(Money(1))
    booth.presenter.collect()
    assert not booth.work.waiting
    assert booth.on(Page.SETTLED)


@pytest.mark.req("S2-10")
def test_the_account_changes_the_offer_by_the_platforms_own_answer(booth: Booth) -> None:
    """E30: asked for again with 2206, never reckoned here (house rule 2)."""
    booth.to_offer(ORDINARY)
    before = booth.state.offer
    booth.presenter.change_account_use()
    shown = (booth.state.account_use, booth.state.offer)
    assert shown == (AccountUse.NONE, before), "the use belongs to the amounts that stand there"
    booth.work.run_all()
    after = booth.state.offer
    assert booth.state.account_use is AccountUse.OWN
    assert before is not None
    assert after is not None
    assert after.split.account == before.split.cash
    assert after.split.cash == Money(0)


def test_no_bill_yet_waits_and_then_goes_on(booth: Booth) -> None:
    booth.show(ORDINARY)
    assert booth.on(Page.PERSON)
    bill = booth.drop(ORDINARY)
    booth.presenter.take_bill(bill)
    booth.work.run_all()
    assert booth.on(Page.OFFER)


@pytest.mark.parametrize("place", range(29))
def test_nobody_of_the_town_ends_in_a_dead_end(booth: Booth, place: int) -> None:
    """Every person ends with something to press and no traceback."""
    person = townsman(place)
    booth.drop(person)
    booth.show(person)
    assert booth.state.busy is None
    assert booth.state.intents - {Intent.HELP}
    if booth.state.stop is not None:
        assert all(problem.code != "failed" for problem in booth.state.stop.problems)


def test_a_name_of_another_is_shown_beside_the_one_of_the_credential(booth: Booth) -> None:
    """B09: somebody has to see where they differ."""
    booth.drop(ORDINARY, name="孔玲和")
    booth.show(ORDINARY)
    assert booth.state.stop is not None
    assert booth.state.stop.problems[0].code == "patient-mismatch"
    facts = {fact.label: fact.value for fact in problem(booth.state).facts}
    assert facts["凭证上的姓名"] == ORDINARY["name"]
    assert facts["医院单据上的姓名"] == "孔玲和"
    assert "证件号" not in facts


def test_the_number_of_another_is_told_as_such(booth: Booth) -> None:
    """B09: two people may have one name."""
    booth.drop(ORDINARY, name="孔玲和")
    booth.show(ORDINARY)
    bill = booth.state.bill
    assert bill is not None
    other = replace(bill, patient=replace(bill.patient, id_number="990000196604053029"))
    facts = {
        fact.label: fact.value for fact in problem(structs.replace(booth.state, bill=other)).facts
    }
    assert facts["证件号"] == "不同"


def test_a_revision_that_comes_while_the_offer_stands_takes_its_place(booth: Booth) -> None:
    """B26: stale amounts are never settled."""
    booth.to_offer(ORDINARY)
    old = booth.state.bill
    assert old is not None
    shown = booth.state
    states: list[ViewState] = []
    booth.presenter.listen(states.append)
    new = _revise(booth, old)
    booth.presenter.folder_looked_at(seen())
    booth.work.run_all()
    assert booth.on(Page.OFFER)
    pairs = zip((shown, *states), states, strict=False)
    assert any(other_sums(before, state) for before, state in pairs), "F9 waits a moment"
    assert booth.state.bill == new
    assert booth.state.offer is not None
    assert booth.state.offer.split.total == new.total != old.total
    assert booth.state.note == News.REVISED
    booth.presenter.settle()
    booth.work.run_all()
    (booked,) = booth.platform.settlements(ORDINARY["certno"])
    assert booked["medfee_sumamt"] == str(new.total)


def test_nothing_is_revised_below_what_lies_over_the_offer(booth: Booth) -> None:
    """Esc would mean another thing by itself, and throw the patient away."""
    booth.to_offer(ORDINARY)
    old = booth.state.bill
    assert old is not None
    booth.presenter.identity.open_doubts()
    assert booth.state.shows_doubts
    _revise(booth, old)
    booth.presenter.folder_looked_at(seen())
    assert booth.state.busy is None
    booth.presenter.back()
    booth.presenter.folder_looked_at(seen())
    booth.work.run_all()
    assert booth.state.note == News.REVISED


def test_esc_while_a_revision_is_taken_up_throws_no_patient_away(booth: Booth) -> None:
    """It began by itself: Esc, meant for something else, is refused in words."""
    booth.to_offer(ORDINARY)
    assert booth.state.bill is not None
    new = _revise(booth, booth.state.bill)
    booth.presenter.folder_looked_at(seen())
    assert booth.state.busy is not None
    assert not booth.state.busy.may_give_up
    booth.presenter.stage.give_up()
    assert booth.state.note is News.STEP_GOES_ON
    booth.work.run_all()
    assert (booth.state.bill, booth.state.note) == (new, News.REVISED)
    assert booth.on(Page.OFFER)


def test_a_revision_that_nobody_saw_yet_is_shown_before_it_is_settled(booth: Booth) -> None:
    """B26: F9 in the very moment that the file comes."""
    booth.to_offer(ORDINARY)
    assert booth.state.bill is not None
    new = _revise(booth, booth.state.bill)
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.OFFER)
    assert booth.state.bill == new
    assert booth.platform.settlements(ORDINARY["certno"]) == []


def _revise(booth: Booth, old: Bill) -> Bill:
    booth.bills.clear()
    lines = (Item("000339000390000-0039", "胸部CT平扫", "220.00", "1", kind="03"),)
    key = {"bill_no": old.key.bill_no, "visit_no": old.visit.visit_no}
    return booth.drop(ORDINARY, **key, revision=old.key.revision + 1, items=lines)


def test_what_the_hospital_put_right_is_taken_up_without_the_credential(booth: Booth) -> None:
    """B09: the name is mended and exported again; F5 looks again."""
    wrong = booth.drop(ORDINARY, name="孔玲和")
    booth.show(ORDINARY)
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.NEEDS_PERSON
    assert Intent.ASK_AGAIN in booth.state.intents
    booth.bills.clear()
    booth.drop(ORDINARY, bill_no=wrong.key.bill_no, visit_no=wrong.visit.visit_no, revision=2)
    booth.presenter.ask_again()
    booth.work.run_all()
    assert booth.on(Page.OFFER)


def test_what_could_not_be_taken_back_is_told_as_such(booth: Booth) -> None:
    """B25: nothing is settled, and the queue goes on taking it back."""
    booth.to_offer(ORDINARY)
    booth.platform.fault("2205", "before", "reset")
    booth.platform.fault("2202", "before", "reset")
    booth.presenter.leave()
    booth.work.run_all()
    assert booth.on(Page.READY)
    assert booth.state.note == News.LEFT_BEHIND
