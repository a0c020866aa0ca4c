"""A keyboard-wedge scanner at the real window (S4-17, cards.md A8): its Enter presses nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest

from tests.journey.at_the_window import SEEN_AFTER
from tests.rig.town import townsman
from tests.window.test_card import text_of
from tests.window.till import DONE, OFFER, READY, SETTLED, Till

ORDINARY, RETIRED, SUSPENDED = (townsman(place) for place in (0, 1, 13))
PAYMENT_CODE = "134512345678901234"


def scan_voucher(till: Till, person: Mapping[str, Any]) -> None:
    till.screen.scan(till.platform.voucher(person["certno"]))


def with_bill(till: Till, person: Mapping[str, Any], **bill: Any) -> None:
    till.booth.drop(person, **bill)
    time.sleep(SEEN_AFTER)


@pytest.mark.req("S0-29", "S2-29", "S4-17")
@pytest.mark.slow
def test_from_the_voucher_to_the_slip_with_every_key_pressed_twice(till: Till) -> None:
    """Complaint 3: the page hangs, the cashier repeats, duplicates appear; not here.

    A patient who comes before the window has made its pages is another test's: here they are.
    """
    time.sleep(1.5)
    with_bill(till, ORDINARY)
    till.platform.fault("2207", "before", "delay", seconds=0.5)
    scan_voucher(till, ORDINARY)
    till.sees(OFFER)
    till.press("F8", "F9", "F9", "F9")
    till.sees(SETTLED)
    till.press("F9", "F9", "F10", "F10")
    till.sees(DONE)
    till.shows_slip(pages=1)
    (booked,) = till.booth.settlements(ORDINARY)
    slip = till.booth.await_slip()
    assert booked["setl_id"] in text_of(slip)
    assert till.booth.slips() == [slip]


@pytest.mark.slow
def test_a_scan_while_a_button_has_the_focus_presses_no_button(till: Till) -> None:
    """On the problem page Tab gives the focus to 重新查询: a scan asks about the next patient."""
    with_bill(till, ORDINARY)
    till.screen.scan(SUSPENDED["certno"])
    till.sees("不能直接结算")
    till.press("Tab")
    scan_voucher(till, ORDINARY)
    till.sees(OFFER)
    assert ORDINARY["name"] in till.words()


@pytest.mark.slow
def test_a_scan_never_confirms_or_settles(till: Till) -> None:
    """The next patient's code while this one's amounts are on screen: told, and nothing pressed."""
    with_bill(till, ORDINARY)
    scan_voucher(till, ORDINARY)
    till.sees(OFFER)
    till.press("F8", "Tab")
    scan_voucher(till, RETIRED)
    till.says("请先做完当前患者")
    assert till.screen.windows(OFFER)
    assert till.booth.settlements(ORDINARY) == []
    assert ORDINARY["name"] in till.words()


@pytest.mark.slow
def test_a_scan_into_the_cash_field_is_no_cash(till: Till) -> None:
    """The code stands in no field, and nothing is collected."""
    with_bill(till, ORDINARY)
    scan_voucher(till, ORDINARY)
    till.sees(OFFER)
    till.press("F8", "F9")
    till.sees(SETTLED)
    code = till.platform.voucher(RETIRED["certno"])
    till.screen.scan(code)
    till.says("请先做完当前患者")
    assert not any(code[:6] in word for word in till.words())
    assert till.booth.slips() == []


@pytest.mark.slow
def test_a_payment_code_is_refused_in_words(till: Till) -> None:
    till.screen.scan(PAYMENT_CODE)
    till.says("不是医保码")
    assert till.screen.windows(READY)
    assert PAYMENT_CODE not in "\n".join(till.words())


@pytest.mark.slow
def test_typed_by_hand_it_is_a_number(till: Till) -> None:
    """A person types slower than a scanner: the number lands in the field, Enter takes it."""
    with_bill(till, ORDINARY)
    till.screen.type(ORDINARY["certno"], delay_ms=80)
    till.says(ORDINARY["certno"])
    till.press("Return")
    till.sees(OFFER)


@pytest.mark.slow
def test_the_last_figure_counts_however_quickly_f10_follows(till: Till) -> None:
    """The figure is still kept back as a scanner's when F10 comes: without it the cash is short."""
    with_bill(till, ORDINARY)
    scan_voucher(till, ORDINARY)
    till.sees(OFFER)
    till.press("F8", "F9")
    till.sees(SETTLED)
    (booked,) = till.booth.settlements(ORDINARY)
    whole = booked["psn_cash_pay"].partition(".")[0]
    till.screen.type(whole, delay_ms=120)
    till.press("0", "F10")
    till.sees(DONE)
