"""Many settlements in one window: what a cashier waits, and the memory, stay what they were."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from statistics import quantiles

import pytest

from tests.rig.kuasheng import ROOT

_WARM = 4
"""Visits until modules, fonts and caches are all there."""
_FLAT = 1.03
"""The most that the memory may grow from the first third to the last."""


def growth(values: Sequence[float]) -> float:
    """The last third of the visits over the first one, after the warm-up.

    Of each the quick quarter: a visit that waited for another program is no growth of ours.
    """
    warm = values[_WARM:]
    third = len(warm) // 3
    first, last = (quantiles(part, n=4)[0] for part in (warm[:third], warm[-third:]))
    return last / first


def with_a_mib_at_each(kilobytes: Sequence[float]) -> list[float]:
    return [size + 1024 * visit for visit, size in enumerate(kilobytes)]


def played(visits: int) -> Mapping[str, list[float]]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.window.many_visits", str(visits)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    told: dict[str, list[float]] = json.loads(ran.stdout)
    assert len(told["seconds"]) == visits
    assert told["holds"] == []
    return told


def latency(told: Mapping[str, list[float]]) -> float:
    """How what the cashier waits grew, by the clock on the wall, beside a known piece of work: the
    machine may be another one at the end than it was at the beginning.
    """
    return growth(told["seconds"]) / growth(told["pace"])


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_last_of_two_hundred_visits_are_as_quick_and_as_small_as_the_first() -> None:
    told = played(200)
    assert latency(told) < 1.25, told
    assert growth(told["kilobytes"]) < _FLAT, told["kilobytes"]


def test_a_short_day_is_flat() -> None:
    """With some visits less is seen than with two hundred: that nobody waits twice as long at the
    end, and that none leaves a MiB behind, as the same visits show with one added at each.
    """
    told = played(_WARM + 15)
    assert latency(told) < 2.0, told
    assert growth(told["kilobytes"]) < _FLAT, told["kilobytes"]
    assert growth(with_a_mib_at_each(told["kilobytes"])) > _FLAT, told["kilobytes"]


def test_what_grows_is_seen() -> None:
    assert growth([1.0 + visit / 100 for visit in range(50)]) > 1.25
    assert growth([1.0] * 50) == 1.0
