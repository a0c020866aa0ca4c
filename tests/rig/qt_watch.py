"""Nothing holds the Qt thread: every event is timed, and what holds it too long is told.

Held is wall-clock time less the time that the thread stood ready but another process had the
processor (``/proc/.../schedstat``), so a busy machine accuses nobody, yet sleeping, waiting for a
lock or a socket, and computing all count. Where the system has no such file, wall-clock time counts
and the limit is four times as high.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.rig.pace import Pace
from tests.rig.stolen import stolen_clock

T = TypeVar("T")
LIMIT = 0.050
"""Seconds that one event may hold the Qt thread."""
_WITHOUT_SCHEDSTAT = 4.0


@dataclass(frozen=True, slots=True)
class Hold:
    """An event that held the Qt thread for ``seconds``."""

    seconds: float
    event: str
    receiver: str

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms: {self.event} of {self.receiver}"


class HoldWatch:
    """Times outermost events; what is delivered within another one belongs to that."""

    def __init__(self) -> None:
        self._held, self._limit = held_clock()
        self._slowness = Pace().slowness
        self._depth = 0
        self._off = 0
        self._holds: list[Hold] = []

    def take(self) -> list[Hold]:
        """What held the thread since the last time."""
        taken, self._holds = self._holds, []
        return taken

    @contextmanager
    def off(self) -> Iterator[None]:
        """For what no cashier ever waits for, such as building the window at the start."""
        self._off += 1
        try:
            yield
        finally:
            self._off -= 1

    @property
    def within(self) -> bool:
        """Whether an event is being timed: what it contains need not be, and must cost nothing."""
        return self._depth > 0

    def listening(self, hear: Callable[[T], None]) -> Callable[[T], None]:
        """The same listener, timed as an event is: what a test calls itself is within none."""
        receiver = getattr(hear, "__self__", hear)

        def heard(news: T) -> None:
            with self.timed(receiver, getattr(hear, "__name__", "call")):
                hear(news)

        return heard

    @contextmanager
    def timed(self, receiver: object, name: str) -> Iterator[None]:
        self._depth += 1
        since = self._held()
        try:
            yield
        finally:
            self._depth -= 1
            seconds = self._held() - since
            if not (self._depth or self._off) and self._is_long(seconds):
                self._holds.append(Hold(seconds, name, type(receiver).__name__))

    def _is_long(self, seconds: float) -> bool:
        """On a disturbed machine up to half as much more is allowed."""
        return seconds > self._limit and seconds > self._limit * self._slowness()


class WatchedApplication(QApplication):
    """The application of window tests."""

    def __init__(self, arguments: list[str]) -> None:
        self.watch = HoldWatch()
        super().__init__(arguments)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self.watch.within:
            return super().notify(receiver, event)
        with self.watch.timed(receiver, event.type().name):
            return super().notify(receiver, event)


def held_clock() -> tuple[Callable[[], float], float]:
    """A clock of this thread that stands still while others, or the host, have the processor; the limit."""
    statistics = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    if not statistics.exists():
        return time.monotonic, LIMIT * _WITHOUT_SCHEDSTAT
    file, stolen = os.open(statistics, os.O_RDONLY), stolen_clock()

    def held() -> float:
        waited_for_processor = int(os.pread(file, 96, 0).split()[1])
        return time.monotonic() - waited_for_processor / 1e9 - stolen()

    return held, LIMIT
