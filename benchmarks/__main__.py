"""``make bench``: every benchmark, one table; exit 1 when a target is missed beyond noise."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benchmarks import card, commits, receipt, settlement, start
from benchmarks.measures import Measure, Verdict
from tests.rig.pcsc import PcscUnavailable

_ROW = "{:<30} {:>10} {:>17} {:>7}  {:<6}  {}"


def main() -> int:
    print(_ROW.format("measure", "value", "95 % of medians", "target", "", ""))
    verdicts = [
        *_told(settlement.measure()),
        *_told(receipt.measure()),
        *_told_of_the_card(),
        *_told(commits.measure()),
        *_told(start.measure()),
    ]
    return int(Verdict.MISSED in verdicts)


def _told_of_the_card() -> list[Verdict]:
    """A target that cannot be measured is not met."""
    try:
        return _told(card.measure())
    except PcscUnavailable as why:
        print(f"card round trips: not measured: {why}")
        return [Verdict.MISSED]


def _told(measures: Sequence[Measure]) -> list[Verdict]:
    for measure in measures:
        print(_line(measure), flush=True)
    return [measure.verdict for measure in measures]


def _line(measure: Measure) -> str:
    target = "" if measure.target is None else f"≤ {measure.target:g}"
    spread = f"{_number(measure.low)} … {_number(measure.high)}"
    value = _number(measure.value) + measure.unit
    return _ROW.format(measure.name, value, spread, target, measure.verdict, measure.detail)


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}" if value >= 20 else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
