"""Keys are told apart by when they were struck, not by when the window had time for them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.rig.still_clock import StillClock
from ui.input.key_times import KeyTimes


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def gaps(clock: StillClock, *keys: tuple[float, int]) -> list[float]:
    """Seconds between keys; each key with the moment of its handling and its stamp."""
    times, struck = KeyTimes(clock), []
    for handled, stamp in keys:
        clock.now = handled
        struck.append(times.struck(stamp))
    return [round(after - before, 3) for before, after in pairwise(struck)]


def test_keys_handled_at_once_were_struck_apart(clock: StillClock) -> None:
    assert gaps(clock, (101.0, 5000), (101.0, 5200), (101.001, 5410)) == [0.2, 0.21]


def test_keys_handled_apart_were_struck_together(clock: StillClock) -> None:
    assert gaps(clock, (101.0, 5000), (101.4, 5002), (101.401, 5004)) == [0.002, 0.002]


@pytest.mark.parametrize(
    "stamps", [(0, 0), (5000, 0), (0, 5000), (4_294_967_295, 1), (5000, 18_000_000)]
)
def test_a_stamp_that_cannot_be_is_no_stamp(clock: StillClock, stamps: tuple[int, int]) -> None:
    """None, one of another keyboard, one that began anew: then the handling counts."""
    one, other = stamps
    assert gaps(clock, (101.0, one), (101.3, other)) == [0.3]


def test_silence_is_counted_from_the_last_key(clock: StillClock) -> None:
    times = KeyTimes(clock)
    struck = times.struck(5000)
    clock.now += 0.25
    assert times.now() == pytest.approx(struck + 0.25)
