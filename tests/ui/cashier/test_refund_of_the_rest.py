"""The rest of a partial refund whose 2207 is lost: the cash held from before is never forgotten."""

from __future__ import annotations

import time

import pytest

from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.open_work import refund_step
from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Stopped
from desktop.services.queue import items
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_refund import ORDINARY, agree, chosen, paid, shown, states
from tests.ui.cashier.test_waiting import restarted
from ui.cashier import key_wording, refund_wording
from ui.cashier.news import News
from ui.cashier.refund_state import RefundAt
from ui.cashier.state import Intent, Page

BACK = Money.parse("100.00")
"""550.00 was paid, and the rest leaves 450.00."""
_OFTEN = 40


def rest_offered(booth: Booth) -> Money:
    """The second line goes back, and the rest is on screen to be agreed to; the cash held."""
    held = paid(booth)
    chosen(booth)
    booth.presenter.refund.taken("2")
    agree(booth)
    assert shown(booth).cash_back == BACK
    return held


def lost(booth: Booth, when: str) -> None:
    """The 2207 of the rest; ``when`` its answer is lost: before or after it is booked."""
    booth.platform.fault("2207", when, "reset")
    agree(booth)
    assert Intent.SETTLE_ANEW not in booth.state.intents


def reopened(booth: Booth) -> None:
    """From the list."""
    booth.presenter.queue.show()
    booth.presenter.queue.finish()
    booth.work.run_all()


def found_not_booked(booth: Booth) -> None:
    """Twice looked for, the second time after the horizon by the platform's own clock."""
    for _try in range(_OFTEN):
        booth.wait(10)
        if booth.state.lookup is None:
            return
        assert booth.state.lookup.ruling is None
        time.sleep(0.3)
    raise AssertionError(booth.state.lookup)


def test_a_rest_that_is_not_booked_comes_back_as_the_half_done_refund(hasty: Booth) -> None:
    """B39: never a bill to be settled anew; the difference is reckoned with the cash held."""
    held = rest_offered(hasty)
    lost(hasty, "before")
    found_not_booked(hasty)
    assert (shown(hasty).at, shown(hasty).next_step) == (RefundAt.HALF_DONE, "2206")
    assert shown(hasty).paid == held
    hasty.presenter.refund.proceed()
    hasty.work.run_all()
    assert (shown(hasty).at, shown(hasty).cash_back) == (RefundAt.AGREE, BACK)
    agree(hasty)
    hasty.presenter.refund.give_back()
    hasty.work.run_all()
    assert hasty.record().cash_taken == held - BACK
    assert states(hasty) == ["cancelled", "effective", "negative"]


def test_nobody_takes_the_middle_of_a_partial_refund_back(booth: Booth) -> None:
    """B39: the kept lines go with the refund alone; the cash held stays known."""
    held = rest_offered(booth)
    booth.presenter.refund.back()
    (visit,) = booth.opened.journal.visits()
    opened = DeskVisit(booth.desk, visit)
    with pytest.raises(Stopped) as stop:
        opened.take_back()
    opened.release()
    assert stop.value.problems[0].code == "refund-half-done"
    assert (refund_step(booth.record()), booth.record().cash_taken) == ("2207", held)


def test_a_rest_that_turns_out_booked_asks_for_the_difference(booth: Booth) -> None:
    """B39: 550.00 is in the drawer, so that 100.00 goes back, and no 450.00 is asked for."""
    held = rest_offered(booth)
    lost(booth, "after")
    booth.wait(8)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, BACK)
    assert shown(booth).paid == held
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    assert booth.record().cash_taken == held - BACK
    assert booth.record().state is State.PRINTED


def test_the_list_names_the_difference_after_a_restart(booth: Booth) -> None:
    """B39: settled, and the window fell before the cash was exchanged."""
    rest_offered(booth)
    agree(booth)
    booth.presenter.refund.back()
    again = Booth(booth.platform, booth.opened, booth.folder)
    again.presenter.queue.start()
    again.work.run_all()
    (row,) = again.state.desk.open_visits
    assert (row.left, row.money) == (Left.CASH_BACK, BACK)
    (item,) = items(again.desk)
    assert (item.reason, item.cash) == ("cash-back", BACK)
    reopened(again)
    assert (shown(again).at, shown(again).cash_back) == (RefundAt.CASH, BACK)
    again.presenter.refund.give_back()
    again.work.run_all()
    assert again.record().cash_taken == Money.parse("450.00")


def rest_costs_more(booth: Booth) -> Money:
    """The year's quota is used up elsewhere between the 2206 and the 2207 of the rest."""
    held = rest_offered(booth)
    booth.platform.elsewhere(ORDINARY["certno"], "2023-05-02", "99999.00", "1900.00")
    agree(booth)
    return held


def asks(booth: Booth, held: Money) -> None:
    """Both sums stand there, the difference is of what is booked, and no cash moves before the yes."""
    now, settlement = shown(booth), booth.record().settlement
    assert settlement is not None
    assert settlement.split.cash is not None
    assert (now.at, now.cash_back) == (RefundAt.CASH, held - settlement.split.cash)
    assert now.cash_back != BACK
    warned = refund_wording.warning(now)
    assert f"{held - BACK} → {settlement.split.cash}" in warned
    assert "F5" in refund_wording.hint(now)
    primary = [offer.intent for offer in key_wording.offers(booth.state) if offer.primary]
    assert primary == [Intent.AMOUNTS_AGREED]
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.state.note is News.AGREE_FIRST
    assert booth.record().cash_taken == held


def test_a_rest_that_costs_more_than_was_agreed_waits_for_the_yes(booth: Booth) -> None:
    """Rule 2, B39: told with both sums; after the yes the difference changes hands."""
    held = rest_costs_more(booth)
    asks(booth, held)
    booth.presenter.amounts_agreed()
    booth.work.run_all()
    assert not shown(booth).awaits_yes
    yes = booth.record().others_agreed
    assert yes is not None
    assert yes.by == "0007"
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    settlement = booth.record().settlement
    assert settlement is not None
    assert booth.record().cash_taken == settlement.split.cash


def test_the_yes_to_the_rest_survives_a_restart(booth: Booth) -> None:
    """Asked for as long as it was not given, and never again."""
    held = rest_costs_more(booth)
    booth.presenter.refund.back()
    again = restarted(booth)
    reopened(again)
    asks(again, held)
    again.presenter.amounts_agreed()
    again.work.run_all()
    again.presenter.refund.back()
    third = restarted(again)
    reopened(third)
    assert not shown(third).awaits_yes


def test_who_does_not_agree_to_the_rest_has_it_all_back(booth: Booth) -> None:
    """F12 takes the rest back as well, and the whole of what was paid goes back."""
    held = rest_costs_more(booth)
    assert Intent.CANCEL_SETTLEMENT in booth.state.intents
    booth.presenter.refund.take()
    booth.work.run_all()
    assert shown(booth).at is RefundAt.PLAN
    agree(booth)
    assert (shown(booth).at, shown(booth).cash_back) == (RefundAt.CASH, held)
    assert not shown(booth).awaits_yes
    booth.presenter.refund.give_back()
    booth.work.run_all()
    assert booth.record().state is State.CLOSED
    assert booth.record().cash_taken is None
    assert states(booth) == ["cancelled", "cancelled", "negative", "negative"]
