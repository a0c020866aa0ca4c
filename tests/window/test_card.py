"""From the card in the reader to the slip, at the real window with real keys (S0-29, S4-05)."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.domain.problem_codes import ProblemCode
from tests.journey.at_the_window import SEEN_AFTER
from tests.journey.journey import card_of
from tests.rig.town import townsman
from tests.window.till import DONE, OFFER, READY, SETTLED, Till

ORDINARY, RETIRED = townsman(0), townsman(1)
_AMOUNTS = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")
_UNTRUE = (ProblemCode.CARD_UNREADABLE, ProblemCode.CARD_MUTE, ProblemCode.CARD_HUNG)
"""What the window may not say of a card that somebody pulled."""
_UNTIL_TOLD = 1.5
"""Seconds in which a trouble with a card is told: the service looks each 0.4 s."""


def show_card(till: Till, person: Mapping[str, Any], **bill: Any) -> None:
    """The bill is there, then the card is put in."""
    till.booth.drop(person, **bill)
    time.sleep(SEEN_AFTER)
    till.booth.readers.insert(0, card_of(person))


def text_of(slip: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", slip, "-"], capture_output=True, check=True)
    return told.stdout.decode()


def settle(till: Till) -> None:
    till.sees(OFFER)
    till.press("F8", "F9")
    till.sees(SETTLED)


@pytest.mark.req("S0-29", "S2-03", "S2-29")
def test_from_the_card_to_the_slip(till: Till) -> None:
    """Every figure of the slip is the platform's; cash typed, change told, exactly one booking."""
    show_card(till, ORDINARY)
    settle(till)
    (booked,) = till.booth.settlements(ORDINARY)
    due = Money.parse(booked["psn_cash_pay"])
    till.screen.type((due + Money(1000)).yuan(), delay_ms=80)
    till.says("10.00")
    till.press("F10")
    till.sees(DONE)
    slip = till.booth.await_slip()
    assert till.booth.slips() == [slip]
    text = text_of(slip)
    assert booked["setl_id"] in text
    _slip_agrees(text, booked)
    till.shows_slip(pages=text.count("\f"))


def _slip_agrees(text: str, booked: Mapping[str, Any]) -> None:
    assert ORDINARY["name"] in text
    assert booked["setl_id"] in re.sub(r"\s", "", text)
    shown = set(re.findall(r"-?\d+\.\d{2}", text))
    assert {booked[name] for name in _AMOUNTS} - {"0.00"} <= shown


@pytest.mark.slow
def test_the_split_on_the_window_is_the_platforms(till: Till) -> None:
    """Before F9 nothing is booked, and what stands on the window is what is booked after it."""
    show_card(till, ORDINARY)
    till.sees(OFFER)
    words = "\n".join(till.words())
    assert till.booth.settlements(ORDINARY) == []
    settle(till)
    (booked,) = till.booth.settlements(ORDINARY)
    assert booked["psn_cash_pay"] in words
    assert booked["fund_pay_sumamt"] in words


@pytest.mark.slow
def test_closing_the_card_of_keys_lets_no_patient_go(till: Till) -> None:
    """Esc is 不结算, but not while F1's card covers the amounts; nor does F9 settle under it."""
    show_card(till, ORDINARY)
    till.sees(OFFER)
    till.press("F1")
    till.says("按键一览")
    till.press("Escape")
    till.booth.await_that("按键卡没有关上", lambda: "按键一览" not in till.words())
    assert till.screen.windows(OFFER)
    till.press("F8", "F1", "F9", "Escape", "F1", "F1")
    till.booth.await_that("按键卡没有关上", lambda: "按键一览" not in till.words())
    assert till.booth.settlements(ORDINARY) == []
    till.press("F9")
    till.sees(SETTLED)


@pytest.mark.slow
def test_a_pulled_card_and_a_restarted_service_leave_the_window_alive(till: Till) -> None:
    """Complaint: the reader's service falls over and the window with it; the next card works."""
    till.booth.drop(RETIRED, bill_no="B0002", visit_no="V0002")
    show_card(till, ORDINARY)
    till.sees(OFFER)
    till.booth.readers.remove(0)
    till.booth.readers.stop_service()
    till.press("F8", "F9")
    till.sees(SETTLED)
    till.press("F10")
    till.sees(DONE)
    till.press("F2")
    till.says("读卡服务没有运行")
    till.booth.readers.start_service()
    till.sees(READY)
    till.booth.readers.insert(0, card_of(RETIRED))
    till.sees(OFFER)
    assert RETIRED["name"] in till.words()


@pytest.mark.slow
def test_the_card_pulled_while_it_is_read_is_no_trouble(till: Till) -> None:
    """A hasty patient: the window never calls the card unreadable, and the second try works."""
    till.booth.drop(ORDINARY)
    slow = till.booth.readers.insert(0, dataclasses.replace(card_of(ORDINARY), delay=0.3))
    till.booth.await_that("卡没有开始读", slow.dialogue)
    till.booth.readers.remove(0)
    until = time.monotonic() + _UNTIL_TOLD
    while time.monotonic() < until:
        said = "".join(till.words())
        assert not [code for code in _UNTRUE if code.message in said]
        assert ORDINARY["name"] not in said
    till.booth.readers.insert(0, card_of(ORDINARY))
    till.booth.await_that("没有认出第二次插的卡", lambda: ORDINARY["name"] in till.words())
    told = "".join(till.words())
    assert not [code for code in _UNTRUE if code.message in told]
