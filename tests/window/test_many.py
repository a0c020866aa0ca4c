"""Two hundred settlements in one window: memory and latency stay what they were."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pytest

from tests.rig.kuasheng import ROOT

pytestmark = pytest.mark.slow

_WARM = 10
"""Visits until modules, fonts and caches are all there."""


@dataclass(frozen=True, slots=True)
class Flat:
    """The first visits against the last ones, after the warm-up."""

    first: float
    last: float

    @classmethod
    def of(cls, values: Sequence[float], some: int) -> Flat:
        warm = values[_WARM:]
        return cls(median(warm[:some]), median(warm[-some:]))

    @property
    def growth(self) -> float:
        return self.last / self.first


@pytest.mark.parametrize(
    ("visits", "some"),
    [(60, 20), pytest.param(200, 50, marks=pytest.mark.timeout(900))],
)
def test_the_last_visits_are_as_quick_and_as_small_as_the_first(visits: int, some: int) -> None:
    played = subprocess.run(
        [sys.executable, "-m", "tests.window.many_visits", str(visits)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    told = json.loads(played.stdout)
    assert len(told["seconds"]) == visits
    assert Flat.of(told["seconds"], some).growth < 1.25, told["seconds"]
    assert Flat.of(told["kilobytes"], some).growth < 1.03, told["kilobytes"]
