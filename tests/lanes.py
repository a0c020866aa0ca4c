"""``python -m tests.lanes``: every suite of ``make test``, in lanes that go side by side.

First what is traced for its coverage: suites that mostly wait (for a card service, a time-out)
beside those that compute, and untraced the one whose killed processes are forks of its own, each of
which would write down its coverage. Then, untraced, what holds itself to milliseconds: the widgets
in two halves, and the real window alone, for it shares the processors with its screen and its
platform. Each lane is a pytest of its own; their coverage is put together in ``out/coverage``.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.perfect_coverage import MEASURED

TESTS = Path(__file__).parent
ROOT = TESTS.parent
OUT = ROOT / "out" / "coverage"
WAITING = ("card_reader", "faults")
FORKING = ("crash",)
CORE = ("domain", "hospital", "ledger", "nhsa", "printing", "sandbox", "simulation")
WIDGETS = "ui"
WINDOWS = ("journey", "window")
TRACER = ("slipcover", "--dont-wrap-pytest", "--json")
PYTEST = ("--durations=25", "-W", "ignore::pytest.PytestAssertRewriteWarning")


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    suites: tuple[str, ...]
    """Folders and files in ``tests``."""
    traced: bool = True
    """For its coverage."""

    @property
    def log(self) -> Path:
        return OUT / f"{self.name}.log"

    def start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        places = [f"tests/{suite}" for suite in self.suites]
        tracer = (*TRACER, "--out", str(OUT / f"{self.name}.json"), "-m") if self.traced else ()
        program = [sys.executable, "-m", *tracer, "pytest", *PYTEST, *places]
        return subprocess.Popen(program, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.json"):
        old.unlink()
    began = time.monotonic()
    ends = [end for lanes in turns() for end in _run(lanes)]
    print(f"all lanes: {time.monotonic() - began:.0f} s")
    return int(any(ends)) or _joined()


def turns() -> Iterator[tuple[Lane, ...]]:
    """Lanes of one turn go side by side; a new suite or file needs no entry here."""
    placed = (*WAITING, *FORKING, *CORE, WIDGETS, *WINDOWS)
    others = (place.name for place in TESTS.iterdir() if _has_tests(place))
    desk = tuple(sorted(name for name in others if name not in placed))
    killed = Lane("killed", FORKING, traced=False)
    yield killed, Lane("waiting", WAITING), Lane("core", CORE), Lane("desk", desk)
    files = sorted(str(file.relative_to(TESTS)) for file in (TESTS / WIDGETS).rglob("test_*.py"))
    halves = (("widgets-1", files[::2]), ("widgets-2", files[1::2]))
    yield tuple(Lane(name, tuple(half), traced=False) for name, half in halves)
    yield (Lane("windows", WINDOWS, traced=False),)


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
    parts = sorted(str(path) for path in OUT.glob("*.json"))
    program = [sys.executable, "-m", *TRACER, "--out", str(MEASURED), "--merge", *parts]
    return subprocess.run(program, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
