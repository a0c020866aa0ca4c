"""A lost answer in the real window: it moves on by itself, and nothing holds its thread (B28, B30)."""

from __future__ import annotations

import time

import pytest

from desktop.domain.visit import State
from tests.journey.at_the_window import SEEN_AFTER
from tests.rig.town import townsman
from tests.window.later_scenes import LIST
from tests.window.till import DONE, OFFER, READY, SETTLED, Till, records

pytestmark = pytest.mark.slow

ORDINARY = townsman(0)


def lose(till: Till) -> None:
    till.booth.drop(ORDINARY)
    time.sleep(SEEN_AFTER)
    till.screen.scan(ORDINARY["certno"])
    till.sees(OFFER)
    till.platform.fault("2207", "after", "reset")
    till.press("F8", "F9")
    till.sees("待确认")


def test_a_waiting_patient_pays_once_it_is_found(till: Till) -> None:
    lose(till)
    till.says("不要收款，也不要重新结算")
    till.says("秒后再查")
    till.sees(SETTLED)
    till.press("F10")
    till.sees(DONE)
    assert len(till.booth.settlements(ORDINARY)) == 1
    assert till.close() == 0
    (visit,) = records(till.booth.profile)
    assert visit.state is State.PRINTED


def test_one_who_left_pays_from_the_list(till: Till) -> None:
    lose(till)
    till.press("F6")
    till.sees(READY)
    till.says("1 笔结果待确认")
    till.says("1 项待办")
    till.press("F3")
    till.sees(LIST)
    till.press("F9")
    till.sees(SETTLED)
    till.press("F12")
    till.says("应退现金")
    till.press("F9")
    till.sees(READY)
    states = [row["state"] for row in till.booth.settlements(ORDINARY)]
    assert sorted(states) == ["cancelled", "negative"]
