"""``python -m tests.lanes``: every suite of ``make test``, in lanes.

Suites that mostly wait (for a card service, for a time-out, for a killed process to come back) go
beside those that compute; both lanes take about as long. What holds itself to milliseconds goes
alone afterwards, and untraced: tracing every line makes it half as fast again. Each lane is a pytest
of its own; their coverage is put together in ``out/coverage``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TESTS = Path(__file__).parent
ROOT = TESTS.parent
OUT = ROOT / "out" / "coverage"
WAITING = ("card_reader", "crash", "domain", "faults", "hospital", "ledger", "services")
TIMED = ("journey", "ui", "window")


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    suites: tuple[str, ...]
    traced: bool = True
    """For its coverage."""

    @property
    def log(self) -> Path:
        return OUT / f"{self.name}.log"

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        places = [f"tests/{suite}" for suite in self.suites]
        coverage = ("--cov", "--cov-report=") if self.traced else ()
        program = [sys.executable, "-m", "pytest", "--durations=25", *coverage, *places]
        environment = {**os.environ, "COVERAGE_FILE": str(OUT / f"data.{self.name}")}
        return subprocess.Popen(
            program, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("data*"):
        old.unlink()
    began = time.monotonic()
    ends = [*_run(_together()), *_run((Lane("timed", TIMED, traced=False),))]
    print(f"all lanes: {time.monotonic() - began:.0f} s")
    return int(any(ends)) or _joined()


def _together() -> tuple[Lane, ...]:
    """Beside the suites that wait, everything else: a new suite needs no entry here."""
    others = sorted(
        place.name
        for place in TESTS.iterdir()
        if place.name not in (*WAITING, *TIMED) and _has_tests(place)
    )
    return (Lane("waiting", WAITING), Lane("computing", tuple(others)))


def _has_tests(place: Path) -> bool:
    return place.match("test_*.py") or (place.is_dir() and any(place.rglob("test_*.py")))


def _run(lanes: Iterable[Lane]) -> Sequence[int]:
    """Start them all, wait for them all, tell what each said; their exit codes."""
    running = []
    for lane in lanes:
        with lane.log.open("wb") as log:
            running.append((lane, lane.start(log)))
    ends = [process.wait() for _, process in running]
    for (lane, _), end in zip(running, ends, strict=True):
        print(f"=== {lane.name}: {' '.join(lane.suites)}")
        sys.stdout.flush()
        sys.stdout.buffer.write(lane.log.read_bytes())
        print(f"=== {lane.name} ended with {end}", flush=True)
    return ends


def _joined() -> int:
    """One report of all lanes, for ``tests.perfect_coverage``."""
    coverage = [sys.executable, "-m", "coverage"]
    joined = subprocess.run([*coverage, "combine", "--quiet", *_data()], cwd=ROOT, check=False)
    return (
        joined.returncode
        or subprocess.run([*coverage, "json", "--quiet"], cwd=ROOT, check=False).returncode
    )


def _data() -> list[str]:
    return [str(path) for path in sorted(OUT.glob("data.*"))]


if __name__ == "__main__":
    sys.exit(main())
