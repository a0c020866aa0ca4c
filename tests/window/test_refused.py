"""Refused, put right and settled, without starting over (B11, B13, idea 3)."""

from __future__ import annotations

import time

import pytest

from desktop.domain.visit import State
from tests.journey.at_the_window import SEEN_AFTER
from tests.rig.town import townsman
from tests.window.till import (
    DONE,
    OFFER,
    READY,
    SETTLED,
    Till,
    close_while_it_books,
    is_settled_as,
    records,
)

ORDINARY, UNFILED, SUSPENDED = townsman(0), townsman(7), townsman(13)
FILING = {"kind": "OTHER", "area": "430100", "from": "2023-05-01", "to": None}


@pytest.mark.req("S1-20")
def test_an_unfiled_person_files_and_settles_and_the_next_settles_while_the_window_closes(
    till: Till,
) -> None:
    """The cross in the middle of a settlement, end to end (B28): it is booked, and known to be."""
    till.booth.drop(ORDINARY, bill_no="B0002", visit_no="V0002")
    till.booth.drop(UNFILED)
    time.sleep(SEEN_AFTER)
    till.screen.scan(UNFILED["certno"])
    till.sees("需要备案")
    till.says("备案")
    assert till.booth.settlements(UNFILED) == []
    till.platform.file(UNFILED["certno"], FILING)
    till.press("F5")
    till.sees(OFFER)
    till.press("F8", "F9")
    till.sees(SETTLED)
    till.press("F10")
    till.sees(DONE)
    assert len(till.booth.settlements(UNFILED)) == 1
    till.press("F2")
    till.sees(READY)
    till.screen.scan(ORDINARY["certno"])
    till.sees(OFFER)
    till.press("F8")
    close_while_it_books(till, "after")
    (booked,) = till.booth.settlements(ORDINARY)
    left = {visit.state: visit for visit in records(till.booth.profile)}
    assert left.keys() == {State.PRINTED, State.SETTLED}
    assert is_settled_as(left[State.SETTLED], booked)


def test_a_suspended_person_is_refused_in_words_and_nothing_is_booked(till: Till) -> None:
    """Whatever key is pressed then: no registration, no settlement, no slip."""
    till.booth.drop(SUSPENDED)
    time.sleep(SEEN_AFTER)
    till.screen.scan(till.platform.voucher(SUSPENDED["certno"]))
    till.sees("不能直接结算")
    till.says("请患者联系参保地医保部门")
    till.says("暂不能直接结算")
    till.press("F8", "F9", "F10", "Return")
    till.press("F2")
    till.sees(READY)
    assert till.booth.settlements(SUSPENDED) == []
    assert till.booth.slips() == []
    assert till.close() == 0
    assert [visit.settlement for visit in records(till.booth.profile)] in ([], [None])


@pytest.mark.req("S1-33")
@pytest.mark.slow
def test_a_slow_platform_is_seen_to_be_waited_for(till: Till) -> None:
    """Words after 300 ms, seconds after three, both within the window."""
    till.platform.fault("1101", "before", "delay", seconds=4.0)
    till.screen.scan(ORDINARY["certno"])
    till.says("正在核对身份")
    till.says("已用 3 秒")
    till.sees("等待单据")
    assert "正在核对身份" not in till.words()


@pytest.mark.slow
def test_a_slow_question_is_given_up_with_esc_and_the_next_patient_served(till: Till) -> None:
    """The platform would keep the first one waiting for a minute; no cashier does."""
    till.platform.fault("1101", "before", "delay", seconds=60.0)
    till.screen.scan(SUSPENDED["certno"])
    till.says("正在核对身份")
    till.press("Escape")
    till.says("已放弃查询")
    till.platform.clear_faults()
    till.booth.drop(ORDINARY)
    time.sleep(SEEN_AFTER)
    till.screen.scan(ORDINARY["certno"])
    till.sees(OFFER)
    assert ORDINARY["name"] in till.words()
    assert SUSPENDED["name"] not in till.words()
