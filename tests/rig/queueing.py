"""Time by the clock, less what was spent in the queue for a processor.

A bound of so many seconds is a claim about our programs, not about who else computes on the machine.
The kernel tells for each thread how long it was ready and no processor was free for it; on a machine
of one's own that is nothing.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")


def seconds_in_the_queue(root: int) -> float:
    """Of every thread of a process and of those that it started, as far as they live; 0 where the
    system does not tell.
    """
    if not _PROCESSES.is_dir():
        return 0.0
    return sum(_of_process(pid) for pid in _family(root)) / 1e9


def own_seconds_in_the_queue() -> float:
    """Of the threads of this process alone."""
    return _of_process(os.getpid()) / 1e9


class Stopwatch:
    """Runs from its making; the programs of a test are its own process and all below."""

    def __init__(self) -> None:
        self._queued = seconds_in_the_queue(os.getpid())
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """What the clock says, less what the queue took."""
        return time.monotonic() - self._began - self.queued

    @property
    def queued(self) -> float:
        """Threads that ended meanwhile are not counted."""
        return max(0.0, seconds_in_the_queue(os.getpid()) - self._queued)


def _family(root: int) -> Iterator[int]:
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in _PROCESSES.iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                children[_parent(folder)].append(int(folder.name))
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += children[pid]


def _parent(folder: Path) -> int:
    return int((folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def _of_process(pid: int) -> int:
    """Nanoseconds."""
    total = 0
    with suppress(OSError):
        for thread in (_PROCESSES / str(pid) / "task").iterdir():
            with suppress(OSError):
                total += int((thread / "schedstat").read_text(encoding="ascii").split()[1])
    return total
