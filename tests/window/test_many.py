"""Two hundred settlements in one window: memory and latency stay what they were."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import pytest

from tests.rig.kuasheng import ROOT

_WARM = 4
"""Visits until modules, fonts and caches are all there."""


@dataclass(frozen=True, slots=True)
class Flat:
    """The first quarter of the visits against the last one, after the warm-up."""

    first: float
    last: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Flat:
        """The middle of each: a visit that waited for another program is no growth of ours."""
        warm = values[_WARM:]
        quarter = len(warm) // 4
        return cls(median(warm[:quarter]), median(warm[-quarter:]))

    @property
    def growth(self) -> float:
        return self.last / self.first


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


def latency(told: Mapping[str, list[float]]) -> list[float]:
    """What the cashier waited at each visit, in pieces of work of the machine as it was then."""
    return [wait / piece for wait, piece in zip(told["seconds"], told["pace"], strict=True)]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_last_of_two_hundred_visits_are_as_quick_and_as_small_as_the_first() -> None:
    told = played(200)
    assert Flat.of(latency(told)).growth < 1.25, told
    assert Flat.of(told["kilobytes"]).growth < 1.03, told["kilobytes"]


def test_a_short_day_is_flat() -> None:
    """The same with a dozen visits: a leak of 2 MiB or of 100 ms a visit would be seen."""
    told = played(_WARM + 8)
    assert Flat.of(latency(told)).growth < 2.0, told
    assert Flat.of(told["kilobytes"]).growth < 1.08, told["kilobytes"]


def test_what_grows_is_seen() -> None:
    assert Flat.of([1.0 + visit / 100 for visit in range(50)]).growth > 1.25
    assert Flat.of([1.0] * 50).growth == 1.0
