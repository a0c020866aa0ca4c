"""Closing the window is safe at any moment (domain/ideas 18, B28)."""

from __future__ import annotations

import time

import pytest

from tests.journey.at_the_window import SEEN_AFTER
from tests.rig.town import townsman
from tests.window.till import OFFER, READY, Till, close_while_it_books, is_settled_as, records

pytestmark = pytest.mark.slow

ORDINARY = townsman(0)


def to_offer(till: Till) -> None:
    till.booth.drop(ORDINARY)
    time.sleep(SEEN_AFTER)
    till.screen.scan(ORDINARY["certno"])
    till.sees(OFFER)
    till.press("F8")


def test_in_the_middle_of_a_settlement_the_answer_is_waited_for(till: Till) -> None:
    """The platform takes its time before it books (after it: ``test_refused``); nothing is lost."""
    to_offer(till)
    close_while_it_books(till, "before")
    (booked,) = till.booth.settlements(ORDINARY)
    (visit,) = records(till.booth.profile)
    assert is_settled_as(visit, booked)


def test_while_a_question_is_on_its_way_nobody_waits(till: Till) -> None:
    """What books nothing is given up."""
    till.platform.fault("1101", "before", "delay", seconds=10.0)
    till.screen.scan(ORDINARY["certno"])
    till.sees("请稍候")
    asked = time.monotonic()
    assert till.close() == 0
    assert time.monotonic() - asked < 5.0


def test_an_idle_window_goes_at_once(till: Till) -> None:
    assert till.screen.windows(READY)
    asked = time.monotonic()
    assert till.close() == 0
    assert time.monotonic() - asked < 5.0
