"""How many messages the practice platform answers, and that the load generator could ask more.

Each window settles one visit after the other: 1101 2001 2201 2203 2204 2206 2207, the bytes that
our own services once sent. All processes share one machine of two processors.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import get_native_id

from benchmarks.bare_httpx import Sent, record
from benchmarks.counter import NotSettled, open_counter
from benchmarks.load import Load, load
from benchmarks.measures import Measure

ROUNDS = 5
SECONDS = 3.0
WARM_UP = 1.0
WINDOWS = 8


def measure() -> tuple[Measure, ...]:
    """For information: nothing else is as fast or as slow that it could be compared with."""
    with open_counter(durable=False) as counter:
        sent = record(counter)
        url = _address(sent)
        alone = _runs(url, sent, windows=1)
        many = _runs(url, sent, windows=WINDOWS)
    with open_counter(durable=True) as counter:
        kept = record(counter)
        durable = _runs(_address(kept), kept, windows=WINDOWS)
    with _trivial() as trivial:
        ceiling = _runs(trivial, sent, windows=WINDOWS)
    return (
        _rate(f"platform, {WINDOWS} windows", many),
        _rate("  one window", alone),
        _rate("  every booking on disk", durable),
        _rate("  the generator's ceiling", ceiling),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """A load, and how many milliseconds of a processor the server took for each message."""

    load: Load
    server_ms: float


def _runs(url: str, sent: Sequence[Sent], windows: int) -> tuple[_Run, ...]:
    load(url, sent, windows, WARM_UP)
    return tuple(_run(url, sent, windows) for _ in range(ROUNDS))


def _run(url: str, sent: Sequence[Sent], windows: int) -> _Run:
    before = _children_seconds()
    found = load(url, sent, windows, SECONDS)
    return _Run(found, (_children_seconds() - before) / len(found.latencies) * 1000)


def _children_seconds() -> float:
    """Processor time of the running servers: the only children of this process."""
    listed = Path(f"/proc/self/task/{get_native_id()}/children").read_text(encoding="ascii")
    return sum(map(_seconds_of, listed.split()))


def _seconds_of(pid: str) -> float:
    """User and system time, fields 14 and 15 of ``/proc/PID/stat``."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _rate(name: str, runs: Sequence[_Run]) -> Measure:
    """Raises :class:`NotSettled` when anything was refused."""
    loads = [run.load for run in runs]
    refused = sum(each.refused for each in loads)
    if refused:
        raise NotSettled(f"{name.strip()}: {refused} refused")
    rates = sorted(each.rate for each in loads)
    half, most = (median(each.within(share) for each in loads) for share in (0.5, 0.99))
    work, busy = median(run.server_ms for run in runs), median(each.busy for each in loads)
    detail = (
        f"half in {half:.1f} ms, 99 % in {most:.1f} ms; processor: server {work:.2f} ms a message, "
        f"generator busy {busy:.0%}"
    )
    return Measure(name, median(rates), rates[0], rates[-1], " /s", detail=detail)


def _address(sent: Sequence[Sent]) -> str:
    return sent[0].url


@contextmanager
def _trivial() -> Iterator[str]:
    """Runs the server that answers without looking; it ends with its stdin."""
    program = [sys.executable, "-m", "benchmarks.trivial_server"]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield process.stdout.readline().strip()
        process.stdin.close()
