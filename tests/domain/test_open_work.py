"""When "not found" may be believed, when it is tried again, and what is open (rules 4 to 6; B28)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.notes import Found, HandedOver, Open, Tried
from desktop.domain.open_work import (
    BACKOFF,
    OFFICE_AFTER,
    Sent,
    is_due,
    is_handed_over,
    next_try,
    refund_step,
    surely_not_booked,
    tries_at,
    what_is_open,
)
from desktop.domain.record import VisitRecord
from desktop.domain.times import CHINA
from desktop.domain.visit import State

SENT_AT = datetime(2023, 5, 2, 9, tzinfo=CHINA)
HORIZON = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
MOMENTS = st.integers(0, 3 * 3600).map(lambda seconds: timedelta(seconds=seconds))
JUMPS = st.integers(-5 * 3600, 5 * 3600).map(lambda seconds: timedelta(seconds=seconds))


def looked(
    after: timedelta,
    found: Found = Found.NOT_FOUND,
    jump: timedelta = timedelta(0),
    skew: timedelta = timedelta(0),
) -> Tried:
    """A look ``after`` sending; the PC's clock has jumped since, the platform's stands apart."""
    at = SENT_AT + after + jump
    return Tried(Open.SETTLEMENT, "3202", found, at, SENT_AT + after + skew)


def sent(skew: timedelta = timedelta(0)) -> Sent:
    return Sent(SENT_AT, SENT_AT + skew)


@pytest.mark.parametrize(
    ("looks", "believed"),
    [
        ((), False),
        ((11,), False),
        ((1, 9), False),
        ((1, 10), True),
        ((1, 2, 11), True),
        ((11, 12), True),
    ],
)
def test_not_found_counts_when_it_is_repeated_after_the_horizon(
    looks: tuple[int, ...], believed: bool
) -> None:
    tries = [looked(timedelta(minutes=minute)) for minute in looks]
    assert surely_not_booked(tries, sent(), HORIZON) is believed


@pytest.mark.parametrize(
    "found", [found for found in Found if found is not Found.NOT_FOUND], ids=lambda f: f.value
)
def test_only_not_found_is_a_not_found(found: Found) -> None:
    tries = [looked(SECOND, found), looked(2 * HORIZON, found)]
    assert not surely_not_booked(tries, sent(), HORIZON)
    assert not surely_not_booked([looked(SECOND), looked(2 * HORIZON, found)], sent(), HORIZON)


def test_a_look_without_the_platforms_time_is_no_witness() -> None:
    blind = Tried(Open.SETTLEMENT, "3202", Found.NOT_FOUND, SENT_AT + 2 * HORIZON)
    assert not surely_not_booked([looked(SECOND), blind], sent(), HORIZON)


def test_where_the_time_of_sending_is_not_known_it_runs_from_the_first_look() -> None:
    late = [looked(2 * HORIZON), looked(2 * HORIZON + SECOND)]
    for unsure in (Sent(None, None), Sent(SENT_AT, None), Sent(None, SENT_AT)):
        assert not surely_not_booked(late, unsure, HORIZON)
        assert surely_not_booked([*late, looked(4 * HORIZON)], unsure, HORIZON)


@given(st.lists(MOMENTS, min_size=2, max_size=6), JUMPS, JUMPS, MOMENTS)
def test_no_jump_of_the_pcs_clock_makes_it_believed_too_early(
    moments: list[timedelta], jump: timedelta, skew: timedelta, when: timedelta
) -> None:
    """The PC's clock may jump at any moment after sending; the platform's may stand anywhere."""
    tries = [
        looked(moment, jump=jump if moment >= when else timedelta(0), skew=skew)
        for moment in sorted(moments)
    ]
    if surely_not_booked(tries, sent(skew), HORIZON):
        assert max(moments) >= HORIZON - timedelta(seconds=5)


@given(JUMPS, JUMPS)
def test_whatever_the_clocks_do_it_is_believed_in_the_end(jump: timedelta, skew: timedelta) -> None:
    tries = [looked(minute * HORIZON, jump=jump, skew=skew) for minute in (1, 2)]
    assert surely_not_booked(tries, sent(skew), HORIZON)


@given(st.integers(0, 40), MOMENTS)
def test_the_backoff_grows_and_never_gives_up(number: int, after: timedelta) -> None:
    tries = [looked(after + n * SECOND) for n in range(number)]
    moment = next_try(tries, SENT_AT)
    last = tries[-1].at if tries else SENT_AT
    assert moment - last == BACKOFF[min(number, len(BACKOFF) - 1)]
    assert is_due(tries, SENT_AT, moment)
    assert not is_due(tries, SENT_AT, moment - SECOND)


@given(st.integers(0, 40), MOMENTS, MOMENTS)
def test_a_clock_that_was_set_back_never_makes_it_wait(
    number: int, after: timedelta, back: timedelta
) -> None:
    tries = [looked(after + n * SECOND) for n in range(number)]
    last = tries[-1].at if tries else SENT_AT
    assert is_due(tries, SENT_AT, last - back - SECOND)


def test_the_backoff_is_that_of_b28() -> None:
    assert [int(wait.total_seconds()) for wait in BACKOFF[:4]] == [5, 15, 30, 60]
    assert list(BACKOFF) == sorted(BACKOFF)
    assert len(BACKOFF) < OFFICE_AFTER


@pytest.mark.parametrize("state", [State.SUBMITTED, State.UNKNOWN, State.DEFERRED_UNKNOWN])
def test_a_settlement_without_an_outcome_is_open(state: State) -> None:
    assert what_is_open(VisitRecord(state)) is Open.SETTLEMENT


def test_a_refund_without_an_outcome_is_open() -> None:
    assert what_is_open(VisitRecord(State.REVERSING)) is Open.CANCEL
    assert refund_step(VisitRecord(State.REVERSED)) == ""


@pytest.mark.parametrize("state", [State.SETTLED, State.COLLECTED, State.CLOSED, State.IDLE])
def test_a_visit_that_left_nothing_is_not_open(state: State) -> None:
    assert what_is_open(VisitRecord(state)) is None


def test_tries_and_hand_overs_belong_to_what_they_are_about() -> None:
    cancel = Tried(Open.CANCEL, "5203", Found.NO_ANSWER, SENT_AT)
    record = VisitRecord(
        tried=(looked(SECOND), cancel), handed_over=(HandedOver(Open.CANCEL, "0007"),)
    )
    assert tries_at(record, Open.CANCEL) == (cancel,)
    assert is_handed_over(record, Open.CANCEL)
    assert not is_handed_over(record, Open.SETTLEMENT)
