"""kill -9 at each step of a partial refund: it goes on, or is unwound, and the money is right (B39).

2208 → 2205 → 2204 → 2206 → 2207, killed as the request leaves and as its answer arrives; what the
next process finds is on disk. (``make crash`` does the same to a real process.)
"""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.domain.open_work import refund_step
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.services.ending import Ending
from desktop.services.queue import item_of
from desktop.services.queue_items import Waiting
from desktop.services.recover import recover
from desktop.services.whole_refund import Refunded, RefundOrder, refund
from desktop.services.whole_settlement import Finished
from tests.rig.examples import Example, examples
from tests.services.counter import Counter
from tests.services.lost import OVER, after, tried

STEPS = ("2208", "2205", "2204", "2206", "2207")
SETTLING = ("2208", "2207")
WHOLE, PART = Money.parse("300.00"), Money.parse("60.00")

each_step = pytest.mark.parametrize("infno", STEPS)
each_moment = pytest.mark.parametrize("moment", ["leaving", "answered"])


@pytest.fixture(scope="module")
def example() -> Example:
    """E39: 300.00 and 150.00, of which the patient paid 300.00; 60.00 go back for the second."""
    return next(example for example in examples() if example.id == "E39")


@pytest.fixture
def settled(counter: Counter, example: Example) -> Finished:
    example.prepare(counter.platform)
    finished = counter.settle(example.bill())
    assert finished.ending is Ending.SETTLED
    return finished


def _killed(counter: Counter, settled: Finished, infno: str, moment: str) -> VisitRecord:
    """What the next process finds, once the queue knows what became of a 2208 or 2207."""

    def die(_: Any) -> None:
        raise KeyboardInterrupt

    arm = counter.wire.before if moment == "leaving" else counter.wire.answer
    arm(infno, die)
    with pytest.raises(KeyboardInterrupt):
        _refund(counter, settled, "2")
    arm(infno, lambda _: None)
    recover(counter.desk)
    if infno in SETTLING:
        assert item_of(counter.desk, settled.visit).state is Waiting.UNKNOWN
        record = tried(counter.desk, settled.visit)
        return record if moment == "answered" else tried(after(counter, OVER), settled.visit)
    assert item_of(counter.desk, settled.visit).state is Waiting.NEEDS_PERSON
    return counter.on_disk(settled)


def _refund(counter: Counter, settled: Finished, *lines: str, **order: Any) -> Refunded:
    booked = settled.record.settlement
    assert booked is not None
    return refund(counter.desk, RefundOrder(str(booked.setl_id), lines, **order), None)


def _rows(counter: Counter, example: Example) -> list[tuple[str, str]]:
    rows = counter.platform.settlements(example.id_number)
    return [(row["state"], row["psn_cash_pay"]) for row in rows]


def _named_step(infno: str, moment: str) -> str:
    """With which transaction it goes on; "" where nothing is half-done."""
    if infno == "2208":
        return "2205" if moment == "answered" else ""
    if infno == "2207":
        return "2206" if moment == "leaving" else ""
    return infno


@each_step
@each_moment
def test_a_killed_refund_goes_on(
    counter: Counter, settled: Finished, example: Example, infno: str, moment: str
) -> None:
    record = _killed(counter, settled, infno, moment)
    assert refund_step(record) == _named_step(infno, moment)
    done = _refund(counter, settled, "2", expected_back=PART)
    if (infno, moment) == ("2207", "answered"):
        assert record.state is State.SETTLED, "the same command ends what the till puts right"
        assert counter.on_disk(settled).at_till == WHOLE - PART
    assert (done.state, done.money_back, done.problems) == ("resettled", PART, ())
    rows = _rows(counter, example)
    assert rows[0] == ("cancelled", "300.00")
    assert [row for row in rows if row[0] == "effective"] == [("effective", "240.00")]


@each_step
@each_moment
def test_a_killed_refund_is_unwound(
    counter: Counter, settled: Finished, example: Example, infno: str, moment: str
) -> None:
    """Where the rest was booked already nothing is half-done: that one is given back by itself."""
    record = _killed(counter, settled, infno, moment)
    done = _refund(counter, settled, unwind=True)
    if (infno, moment) == ("2207", "answered"):
        assert done.state == "failed"
        assert record.settlement is not None
        done = refund(counter.desk, RefundOrder(str(record.settlement.setl_id)), None)
        assert (done.state, done.money_back) == ("cancelled", WHOLE), (
            "the till gave nothing back yet"
        )
    else:
        assert (done.state, done.money_back, done.problems) == ("cancelled", WHOLE, ())
    assert "effective" not in [state for state, _ in _rows(counter, example)]
    assert counter.on_disk(settled).state is State.REVERSED
