"""A page that turns by itself does not catch the hand: its keys count a moment later."""

from __future__ import annotations

import pytest

from tests.rig.still_clock import StillClock
from ui.cashier.key_guard import A_MOMENT, KeyGuard
from ui.cashier.state import Intent

F6 = (Intent.NOT_WAITING, Intent.LEAVE_UNPAID)
F10 = (Intent.COLLECT,)
WAITING = frozenset((Intent.NOT_WAITING,))
FOUND = frozenset((Intent.LEAVE_UNPAID, Intent.COLLECT))


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def guard(clock: StillClock) -> KeyGuard:
    made = KeyGuard((F6, F10), clock)
    made.show(WAITING, by_itself=False)
    return made


def test_a_new_meaning_counts_after_a_moment(guard: KeyGuard, clock: StillClock) -> None:
    guard.show(FOUND, by_itself=True)
    assert guard.is_too_fresh(F6)
    clock.now += A_MOMENT
    assert not guard.is_too_fresh(F6)


def test_a_key_that_meant_nothing_before_counts_at_once(guard: KeyGuard) -> None:
    guard.show(FOUND, by_itself=True)
    assert not guard.is_too_fresh(F10)


def test_the_same_meaning_shown_again_is_not_fresh(guard: KeyGuard) -> None:
    guard.show(WAITING, by_itself=True)
    assert not guard.is_too_fresh(F6)


def test_what_the_cashier_asked_for_counts_at_once(guard: KeyGuard) -> None:
    guard.show(FOUND, by_itself=False)
    assert not guard.is_too_fresh(F6)


def test_a_busy_moment_without_keys_is_not_forgotten(guard: KeyGuard) -> None:
    guard.show(frozenset(), by_itself=True)
    guard.show(FOUND, by_itself=True)
    assert guard.is_too_fresh(F6)


def test_other_sums_count_after_a_moment_though_the_key_means_the_same(
    guard: KeyGuard, clock: StillClock
) -> None:
    """B26: what is settled is what was seen."""
    guard.show(WAITING, by_itself=False, other_sums=True)
    assert guard.is_too_fresh(F6)
    clock.now += A_MOMENT
    assert not guard.is_too_fresh(F6)
