"""What the host of a virtual machine took from its processors (``/proc/stat``, steal).

While it takes them, a thread looks as if it computed: neither its own clock nor its run queue tells.
On a machine that nobody shares it is nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

_STAT = Path("/proc/stat")
_STEAL = 8
"""Of the words in its first line, which is about all processors."""


def stolen_clock() -> Callable[[], float]:
    """Seconds that were taken so far, of all processors together; it ticks in hundredths."""
    if not _STAT.exists():
        return lambda: 0.0
    file, ticks = os.open(_STAT, os.O_RDONLY), os.sysconf("SC_CLK_TCK")

    def stolen() -> float:
        return int(os.pread(file, 256, 0).split(maxsplit=_STEAL + 1)[_STEAL]) / ticks

    return stolen
