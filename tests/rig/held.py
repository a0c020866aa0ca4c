"""How long this program held one of its threads, whatever else ran on the machine meanwhile.

Of a thread that waits, the system says (``/proc/self/task/.../schedstat``) how long it stood ready
and another program had the processor. Only that is forgiven: sleeping, waiting for a lock, a socket
or the interpreter, and computing all count.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

_LATELY = 0.005
_TASKS = Path("/proc/self/task")


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks of the calling thread, and of its process, show; in seconds."""

    wall: float
    computed: float
    delayed: Mapping[str, float]
    """Of each thread of the process, by its number: how long it was ready and had no processor."""
    looked: float = 0.0
    """When ``delayed`` was looked at."""

    @classmethod
    def at_the_end(cls) -> Clocks:
        """The slow look at the system comes last: it is no part of what has been."""
        wall, computed = time.monotonic(), time.thread_time()
        return cls(wall, computed, _delays(), wall)

    @classmethod
    def at_the_start(cls) -> Clocks:
        """The slow look comes first: it is no part of what will be."""
        delayed = _delays()
        wall = time.monotonic()
        return cls(wall, time.thread_time(), delayed, wall)

    def again(self) -> Clocks:
        """The same a moment later, where one look in five milliseconds is enough."""
        now = time.monotonic()
        if now - self.looked > _LATELY:
            return Clocks.at_the_start()
        return replace(self, wall=now, computed=time.thread_time())

    def held_until(self, now: Clocks, thread: str) -> float:
        """Seconds that this program held the ``thread``, whose clocks these are, since then.

        All that it computed; and of its waiting all but what it stood ready itself without a
        processor, and what the one thread that it may have waited for did. Threads are not summed
        up: only one of them has the interpreter. On an idle machine nothing is forgiven.
        """
        computed = now.computed - self.computed
        waited = now.wall - self.wall - computed
        delays = {
            other: delay - self.delayed.get(other, 0.0) for other, delay in now.delayed.items()
        }
        own = delays.pop(thread, 0.0)
        return computed + max(0.0, waited - own - max(delays.values(), default=0.0))


def here() -> str:
    """The number of the calling thread."""
    return str(threading.get_native_id())


def machine_tells() -> bool:
    """Whether the system knows what waited for a processor; else other programs count as ours."""
    return Path("/proc/self/schedstat").exists()


def _delays() -> Mapping[str, float]:
    if not machine_tells():
        return {}
    return {thread.name: _delay_of(thread) / 1e9 for thread in _TASKS.iterdir()}


def _delay_of(thread: Path) -> int:
    """Nanoseconds; none of a thread that has just ended."""
    try:
        return int((thread / "schedstat").read_bytes().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
