"""What a benchmark hands in, and how two sides are compared on a noisy machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import median
from time import perf_counter

Work = Callable[[], object]


class Verdict(StrEnum):
    """``WITHIN_NOISE``: above the target, but not by more than the runs differ."""

    OK = "ok"
    WITHIN_NOISE = "noise"
    MISSED = "MISSED"
    FOR_INFORMATION = "-"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: the middle of its runs, between ``low`` and ``high``.

    ``target`` is the most it may be; None: only told.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str = ""
    target: float | None = None
    detail: str = ""

    @property
    def verdict(self) -> Verdict:
        if self.target is None:
            return Verdict.FOR_INFORMATION
        if self.value <= self.target:
            return Verdict.OK
        return Verdict.MISSED if self.low > self.target else Verdict.WITHIN_NOISE


def exactly(
    name: str, counts: Sequence[float], target: float | None = None, detail: str = ""
) -> Measure:
    """A count is no sample: the worst of them stands for all."""
    return Measure(name, max(counts), min(counts), max(counts), "", target, detail)


def timed(name: str, seconds: Sequence[float], detail: str = "") -> Measure:
    """The median of some runs, in milliseconds, for information."""
    low, high = confidence(seconds)
    return Measure(
        name, median(seconds) * 1000, low * 1000, high * 1000, " ms", target=None, detail=detail
    )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Seconds of two sides that took turns: entry n of each ran next to the other."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    def ratio(self, name: str, target: float | None, what: tuple[str, str]) -> Measure:
        """The median over the pairs of ours ÷ theirs; ``what`` names the two sides."""
        ratios = [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]
        low, high = confidence(ratios)
        detail = (
            f"{what[0]} {median(self.ours) * 1000:.1f} ms, "
            f"{what[1]} {median(self.theirs) * 1000:.1f} ms, {len(ratios)} pairs"
        )
        return Measure(name, median(ratios), low, high, target=target, detail=detail)


def alternately(ours: Work, theirs: Work, rounds: int, warm_up: int = 2) -> Pairs:
    """Both sides in turn, the first of each pair changing, so that both bear the same noise."""
    for _round in range(warm_up):
        ours()
        theirs()
    pairs = [_pair(ours, theirs, ours_first=number % 2 == 0) for number in range(rounds)]
    return Pairs(tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs))


def seconds(work: Work) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def confidence(sample: Sequence[float]) -> tuple[float, float]:
    """95 % interval of the median, by ranks: no assumption about how noise is spread."""
    ordered = sorted(sample)
    count = len(ordered)
    lowest = max(0, int(count / 2 - 0.98 * sqrt(count)))
    return ordered[lowest], ordered[count - 1 - lowest]


def _pair(ours: Work, theirs: Work, *, ours_first: bool) -> tuple[float, float]:
    if ours_first:
        return seconds(ours), seconds(theirs)
    bare = seconds(theirs)
    return seconds(ours), bare
