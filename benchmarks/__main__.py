"""``make bench``: every benchmark, one table; exit 1 when a target is missed beyond noise.

``python -m benchmarks window start`` runs these parts only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks import (
    card,
    commits,
    identity,
    month,
    platform,
    play,
    receipt,
    settlement,
    start,
    window,
)
from benchmarks.measures import Measure, Verdict
from benchmarks.settlement import PlatformStalls
from tests.rig.pcsc import PcscUnavailable
from tests.rig.screen import ScreenUnavailable

_ROW = "{:<30} {:>10} {:>17} {:>7}  {:<6}  {}"


_PARTS: Mapping[str, Callable[[], tuple[Measure, ...]]] = {
    "settlement": settlement.measure,
    "platform": platform.measure,
    "play": play.measure,
    "receipt": receipt.measure,
    "month": month.measure,
    "card": card.measure,
    "identity": identity.measure,
    "commits": commits.measure,
    "start": start.measure,
    "window": window.measure,
}


def main(names: Sequence[str]) -> int:
    """Run the parts of these names, or all."""
    if unknown := set(names) - set(_PARTS):
        print(f"no part {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}")
        return 2
    print(_ROW.format("measure", "value", "95 % of medians", "target", "", ""))
    parts = [measure for name, measure in _PARTS.items() if not names or name in names]
    verdicts = [verdict for measure in parts for verdict in _told_of(measure)]
    return int(Verdict.MISSED in verdicts)


def _told_of(measure: Callable[[], tuple[Measure, ...]]) -> list[Verdict]:
    """A target that cannot be measured is not met."""
    try:
        return _told(measure())
    except (PcscUnavailable, PlatformStalls, ScreenUnavailable) as why:
        print(f"{measure.__module__}: not measured: {why}")
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
    sys.exit(main(sys.argv[1:]))
