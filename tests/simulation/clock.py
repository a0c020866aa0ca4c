"""Simulated time: one true clock, the desk's clock beside it, and what happens later by itself."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from desktop.domain.times import CHINA

Happening = Callable[[], None]


class Clock:
    """The platform's time; +08:00 without zone, as the platform's core wants it."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self.offset = timedelta(0)
        """By how much the desk's clock is wrong."""
        self._due: list[tuple[datetime, int, Happening]] = []
        self._order = count()
        self._told_at, self._told = start, start.replace(tzinfo=CHINA)

    def desk(self) -> datetime:
        """What the desk's PC shows, with its zone."""
        return self.true() + self.offset if self.offset else self.true()

    def true(self) -> datetime:
        """The true time, with its zone."""
        if self._told_at is not self.now:
            self._told_at, self._told = self.now, self.now.replace(tzinfo=CHINA)
        return self._told

    def later(self, seconds: float, happening: Happening) -> None:
        """Let something happen that many seconds from now."""
        moment = self.now + timedelta(seconds=seconds)
        heapq.heappush(self._due, (moment, next(self._order), happening))

    @property
    def expects(self) -> int:
        """How many happenings are still to come."""
        return len(self._due)

    def advance(self, seconds: float) -> None:
        """Let time pass; what falls due on the way happens at its moment."""
        end = self.now + timedelta(seconds=seconds)
        while self._due and self._due[0][0] <= end:
            moment, _, happening = heapq.heappop(self._due)
            self.now = max(self.now, moment)
            happening()
        self.now = max(self.now, end)
