"""When keys were struck: by their events' own stamps, so that a busy window stretches nothing."""

from __future__ import annotations

from collections.abc import Callable

_LONGEST_HOLD = 10.0
"""Seconds; a stamp further ahead of the clock is of another keyboard, or has begun anew (X11's
after 49 days)."""


class KeyTimes:
    """Seconds of one monotonic time line, for :class:`~ui.input.wedge.WedgeDetector`.

    Nobody knows the zero of the stamps: only what passed between two of them counts. Where there
    is no stamp, or one that cannot be, the moment of handling counts.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._at = self._handled = clock()
        self._stamp = 0

    def struck(self, stamp: int) -> float:
        """When the key of this event was struck; ``stamp`` in milliseconds, 0: it has none."""
        handled = self._clock()
        self._at += self._passed(stamp, handled - self._handled)
        self._handled, self._stamp = handled, stamp
        return self._at

    def now(self) -> float:
        """This moment on the same line: the silence since the last key was handled."""
        return self._at + self._clock() - self._handled

    def _passed(self, stamp: int, by_clock: float) -> float:
        by_stamp = (stamp - self._stamp) / 1000
        can_be = stamp and self._stamp and 0 <= by_stamp <= by_clock + _LONGEST_HOLD
        return by_stamp if can_be else by_clock
