"""Hears what devices report, from their own threads."""

from __future__ import annotations

import threading
from typing import TypeVar

from card_reader.noticed import Noticed
from tests.rig.queueing import Stopwatch

T = TypeVar("T")
SOON = 10.0
"""Seconds: a bound for what surely comes, on however busy a machine; no claim about its speed."""


class Witness:
    """Everything that was reported, with its time and thread."""

    def __init__(self) -> None:
        self.events: list[Noticed] = []
        self.threads: set[str] = set()
        self._came = threading.Condition()
        self._taken = 0

    def __call__(self, event: Noticed) -> None:
        with self._came:
            self.events.append(event)
            self.threads.add(threading.current_thread().name)
            self._came.notify_all()

    def next(self, kind: type[T], within: float = SOON) -> T:
        """The next event of that kind; what comes before it is passed over.

        ``within`` are seconds of programs that need not queue for a processor.
        """
        watch = Stopwatch()
        with self._came:
            while True:
                while self._taken < len(self.events):
                    event = self.events[self._taken]
                    self._taken += 1
                    if isinstance(event, kind):
                        return event
                left = within - watch.seconds
                assert left > 0, f"no {kind.__name__} within {within} s: {self.events}"
                self._came.wait(left)

    def rest(self) -> list[Noticed]:
        with self._came:
            rest, self._taken = self.events[self._taken :], len(self.events)
            return rest
