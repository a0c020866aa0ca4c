"""How disturbed the machine is at this moment: what no clock of the system tells.

A processor's other half that computes for another program, or a memory that others fill, makes every
slot slower without taking the processor away from it.
"""

from __future__ import annotations

import time
from statistics import median

MOST = 1.5
"""So much longer may something take on a machine that computes for somebody else beside."""
_PIECE = 20_000


class Pace:
    """Compares a known piece of work with its own best."""

    def __init__(self) -> None:
        self._best = min(_piece() for _ in range(20))

    def slowness(self) -> float:
        """1 on a machine of one's own, at most :data:`MOST`; takes a millisecond or two."""
        now = median(_piece() for _ in range(3))
        self._best = min(self._best, now)
        return min(now / self._best, MOST)


def _piece() -> float:
    since = time.monotonic()
    for _ in range(_PIECE):
        pass
    return time.monotonic() - since
