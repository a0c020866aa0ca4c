"""The program is killed in the middle of a settlement: the next window begins with it (B50)."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from desktop.domain.visit import State
from tests.journey.at_the_window import SEEN_AFTER, Surroundings, window_among
from tests.rig.town import townsman
from tests.window.later_scenes import LIST
from tests.window.till import DONE, OFFER, READY, SETTLED, Till, records, spied

pytestmark = pytest.mark.slow

ORDINARY = townsman(0)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_killed_after_booking_it_is_found_and_its_cash_taken_once(
    around: Surroundings, profile: Path, how: signal.Signals
) -> None:
    """Never a second 2207: the list first, then the adopted amounts, the cash, the slip.

    A PC that goes down (SIGTERM) waits for no person either.
    """
    with window_among(around, profile, spied, "") as booth:
        _killed_while_settling(Till(booth), how)
    with window_among(around, profile, spied, "") as booth:
        till = Till(booth)
        till.sees(LIST)
        till.press("Return")
        till.sees(SETTLED)
        till.press("F10")
        till.sees(DONE)
        assert till.close() == 0
        assert till.holds() == []
    assert len(around.platform.settlements(ORDINARY["certno"])) == 1
    (visit,) = records(profile)
    assert visit.state is State.PRINTED
    assert visit.settlement is not None
    assert visit.cash_taken == visit.settlement.split.cash


def _killed_while_settling(till: Till, how: signal.Signals) -> None:
    till.sees(READY)
    till.booth.drop(ORDINARY)
    time.sleep(SEEN_AFTER)
    till.screen.scan(ORDINARY["certno"])
    till.sees(OFFER)
    till.platform.fault("2207", "after", "delay", seconds=20.0)
    till.press("F8", "F9")
    till.sees("请稍候")
    time.sleep(1.0)
    assert till.ask("held") == []
    till.booth.process.send_signal(how)
    assert till.booth.process.wait(10) == -how
