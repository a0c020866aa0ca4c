"""Nothing holds the Qt thread: every event is timed, and what holds it too long is told.

Held is what :mod:`tests.rig.held` says: a busy machine accuses nobody. Where the system does not
tell what waited for a processor, the limit is four times as high.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.rig.held import Clocks, here, machine_tells

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
        self._limit = LIMIT * (1.0 if machine_tells() else _WITHOUT_SCHEDSTAT)
        self._last = Clocks.at_the_start()
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
        since = self._last = self._last.again()
        try:
            yield
        finally:
            self._depth -= 1
            if not (self._depth or self._off) and time.monotonic() - since.wall > self._limit:
                self._judge(since, Clocks.at_the_end(), Hold(0.0, name, type(receiver).__name__))

    def _judge(self, since: Clocks, now: Clocks, hold: Hold) -> None:
        seconds = since.held_until(now, here())
        if seconds > self._limit:
            self._holds.append(replace(hold, seconds=seconds))


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
