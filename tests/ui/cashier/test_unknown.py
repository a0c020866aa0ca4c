"""A lost answer at the window: looked for by itself, never settled twice (B28-B30, B49, B50)."""

from __future__ import annotations

import time

import pytest

from desktop.domain.left import Left
from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from desktop.services.form_numbers import UNCONFIRMED
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_waiting import finish
from ui.cashier.news import News
from ui.cashier.state import Halt, Intent, Page
from ui.cashier.waiting import Ruling

ORDINARY, RETIRED = townsman(0), townsman(1)
_OFTEN = 40


def line_down(booth: Booth) -> bool:
    line = booth.state.desk.line
    assert line is not None
    return line.down_since is not None


def lose(booth: Booth, when: str = "after") -> None:
    """Settled, and the answer is lost."""
    booth.to_offer(ORDINARY)
    booth.platform.fault("2207", when, "reset")
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.UNKNOWN


def test_the_line_is_down_once_a_request_has_no_answer(booth: Booth) -> None:
    """The head tells since when, learned from the requests that were made anyway."""
    booth.platform.fault("1101", "before", "reset")
    booth.show(ORDINARY)
    assert line_down(booth)
    booth.presenter.next_patient()
    booth.show(ORDINARY)
    assert not line_down(booth)


def test_a_refusal_is_an_answer(booth: Booth) -> None:
    booth.show(townsman(13))
    assert booth.state.stop is not None
    assert not line_down(booth)


def test_a_booked_settlement_is_found_and_its_cash_collected(booth: Booth) -> None:
    """B28: 3202 names our msgid, 5203 the amounts; the page moves on by itself."""
    lose(booth)
    lookup = booth.state.lookup
    assert lookup is not None
    assert lookup.msgid
    booth.wait(3)
    assert booth.state.desk.unknown_settlements == 1
    assert booth.state.lookup is not None
    assert booth.state.lookup.tries == 0
    booth.wait(3)
    assert booth.on(Page.SETTLED), booth.state
    assert booth.state.note == News.FOUND_OUT
    (booked,) = booth.platform.settlements(ORDINARY["certno"])
    assert booth.state.cash is not None
    assert booth.state.cash.due.yuan() == booked["psn_cash_pay"]
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    assert booth.record().state is State.PRINTED


def test_the_seconds_to_the_next_try_are_told(booth: Booth) -> None:
    lose(booth)
    booth.wait(3)
    assert booth.state.lookup is not None
    assert booth.state.lookup.seconds_left in (1, 2)


def lose_and_rule(hasty: Booth) -> None:
    """Never arrived, and the queue has found that out."""
    lose(hasty, "before")
    for _try in range(_OFTEN):
        hasty.wait(10)
        lookup = hasty.state.lookup
        assert lookup is not None
        if lookup.ruling is not None:
            break
        assert Intent.SETTLE_ANEW not in hasty.state.intents
        time.sleep(0.3)
    assert hasty.state.lookup is not None
    assert hasty.state.lookup.ruling is Ruling.NOT_BOOKED


def test_what_never_arrived_may_be_settled_anew(hasty: Booth) -> None:
    """2601 says "no such transaction"; repeated after the horizon that counts, and one follows."""
    lose_and_rule(hasty)
    assert hasty.platform.settlements(ORDINARY["certno"]) == []
    hasty.presenter.unknown.settle_anew()
    hasty.work.run_all()
    assert hasty.on(Page.OFFER), hasty.state.stop
    hasty.presenter.confirm_identity()
    hasty.presenter.settle()
    hasty.work.run_all()
    assert hasty.on(Page.SETTLED)
    assert len(hasty.platform.settlements(ORDINARY["certno"])) == 1


def test_a_patient_who_does_not_wait_pays_nothing(booth: Booth) -> None:
    """B30: written down, let go, and still looked for."""
    lose(booth)
    booth.presenter.unknown.not_waiting()
    booth.work.run_all()
    assert (booth.state.page, booth.state.note) == (Page.READY, News.LEFT_WAITING)
    assert booth.record().state is State.DEFERRED_UNKNOWN
    booth.wait(6)
    assert booth.record().state is State.UNPAID
    (row,) = booth.state.desk.open_visits
    assert row.left is Left.UNPAID


def test_the_next_patient_is_served_while_it_is_looked_for(booth: Booth) -> None:
    lose(booth)
    booth.presenter.next_patient()
    booth.settle(RETIRED)
    assert booth.on(Page.SETTLED)
    booth.presenter.collect()
    booth.work.run_all()
    booth.wait(6)
    assert booth.state.desk.unknown_settlements == 0


def slips(booth: Booth) -> list[str]:
    return [paper.form for paper in booth.record().papers if paper.form == UNCONFIRMED]


def test_who_is_sent_away_takes_the_slip_home(booth: Booth) -> None:
    """F9 once, whether F2 is pressed or the next patient simply comes."""
    lose(booth)
    assert slips(booth) == []
    booth.presenter.next_patient()
    booth.work.run_all()
    assert slips(booth) == [UNCONFIRMED]
    finish(booth, Left.UNKNOWN)
    assert booth.state.stop is not None
    booth.show(RETIRED)
    assert slips(booth) == [UNCONFIRMED]
    assert booth.record().state is State.UNKNOWN


def test_the_next_credential_brings_the_slip_of_who_leaves(booth: Booth) -> None:
    lose(booth)
    booth.show(RETIRED)
    assert slips(booth) == [UNCONFIRMED]


def test_whoever_does_not_wait_has_one_slip(booth: Booth) -> None:
    lose(booth)
    booth.presenter.unknown.not_waiting()
    booth.work.run_all()
    assert slips(booth) == [UNCONFIRMED]


def test_what_is_found_out_needs_no_slip(booth: Booth) -> None:
    lose(booth)
    booth.wait(8)
    assert booth.on(Page.SETTLED)
    assert slips(booth) == []


def test_the_queue_keeps_still_while_a_patient_is_asked_for_money(booth: Booth) -> None:
    """A cashier's step never waits for it: it has its turn between patients."""
    lose(booth)
    booth.presenter.next_patient()
    booth.to_offer(RETIRED)
    booth.wait(60)
    assert booth.record().state is State.UNKNOWN
    booth.presenter.leave()
    booth.work.run_all()
    booth.wait(3)
    assert booth.record().state is State.SETTLED


def test_a_visit_in_hand_is_nobody_elses(booth: Booth) -> None:
    """B49: the second window of this profile hears where it is; after the first let go, it may."""
    booth.to_offer(ORDINARY)
    other = Booth(booth.platform, booth.opened, booth.folder, booth.bills, window="02")
    other.show(ORDINARY)
    assert other.state.stop is not None
    assert [problem.code for problem in other.state.stop.problems] == ["open-elsewhere"]
    assert other.state.stop.problems[0].detail == "窗口01"
    booth.presenter.leave()
    booth.work.run_all()
    other.presenter.next_patient()
    other.show(ORDINARY)
    assert other.on(Page.OFFER)


@pytest.mark.parametrize("way", ["next", "another", "not-waiting"])
def test_every_way_out_of_a_visit_lets_it_go(booth: Booth, way: str) -> None:
    lose(booth)
    if way == "next":
        booth.presenter.next_patient()
    elif way == "another":
        booth.show(RETIRED)
    else:
        booth.presenter.unknown.not_waiting()
        booth.work.run_all()
    DeskVisit(booth.desk, booth.opened.journal.visits()[0]).release()


def test_it_is_found_in_the_moment_that_the_patient_leaves(booth: Booth) -> None:
    """The look that was on its way ends first; then the visit is unpaid, not unknown."""
    lose(booth)
    booth.wait(2)
    booth.later += 5
    booth.presenter.queue.tick()
    booth.presenter.unknown.not_waiting()
    booth.work.run_all()
    assert booth.on(Page.READY)
    assert booth.record().state is State.UNPAID


def test_a_journal_that_fails_is_told_and_not_asked_every_second(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue never stops the window; it says so, and comes back later."""
    asked: list[float] = []

    def broken(_journal: object) -> tuple[()]:
        asked.append(booth.later)
        raise desk_error(ProblemCode.JOURNAL_DAMAGED)

    with monkeypatch.context() as patched:
        patched.setattr(type(booth.desk.journal), "open_visits", broken)
        booth.wait(20)
    assert len(asked) == 1
    assert booth.state.note is News.QUEUE_NOT_DONE
    booth.wait(40)
    assert booth.on(Page.READY)


def test_another_window_may_have_taken_it_meanwhile(booth: Booth) -> None:
    """B49: found out, but open at window 02 by then: the page says so instead of waiting on."""
    lose(booth)
    other = Booth(booth.platform, booth.opened, booth.folder, window="02", later=6)
    other.presenter.queue.look()
    other.work.run_all()
    held = DeskVisit(other.desk, booth.opened.journal.visits()[0])
    booth.wait(3)
    assert booth.state.lookup is None
    assert booth.state.stop is not None
    assert booth.state.stop.problems[0].code == "open-elsewhere"
    held.release()
