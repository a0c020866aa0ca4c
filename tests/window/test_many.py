"""Two hundred settlements in one window: memory and latency stay what they were."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

import pytest

from tests.rig.kuasheng import ROOT

pytestmark = pytest.mark.slow

VISITS = 200
_SOME = 50
_WARM = 10
"""Visits until modules, fonts and caches are all there."""


@dataclass(frozen=True, slots=True)
class Flat:
    """The first visits against the last ones, after the warm-up."""

    first: float
    last: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Flat:
        """Of each side the quick quarter: another program on this machine is no growth of ours."""
        warm = values[_WARM:]
        return cls(quantiles(warm[:_SOME], n=4)[0], quantiles(warm[-_SOME:], n=4)[0])

    @property
    def growth(self) -> float:
        return self.last / self.first


@pytest.mark.timeout(900)
def test_the_last_of_two_hundred_visits_are_as_quick_and_as_small_as_the_first() -> None:
    played = subprocess.run(
        [sys.executable, "-m", "tests.window.many_visits", str(VISITS)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    told = json.loads(played.stdout)
    assert len(told["seconds"]) == VISITS
    assert Flat.of(told["seconds"]).growth < 1.25, told["seconds"]
    assert Flat.of(told["kilobytes"]).growth < 1.03, told["kilobytes"]
    assert told["holds"] == []
