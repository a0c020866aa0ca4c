"""The ``Work`` port without threads: jobs run when the test says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct, field

from ui.work_port import Cancelled, Ended, Handle, Job, Lane, outcome

T = TypeVar("T")


class _Waiting(Struct):
    """A job of :class:`InlineWork`; ``run`` does it, or tells that it was given up."""

    run: Callable[[bool], None]
    lane: Lane
    must_finish: bool
    cancelled: bool = False
    ended: bool = False

    def cancel(self) -> bool:
        possible = not (self.ended or self.cancelled)
        self.cancelled |= possible
        return possible

    def end(self) -> None:
        self.ended = True
        self.run(self.cancelled)


class InlineWork(Struct):
    """Jobs wait in order until the test says :meth:`run_one` or :meth:`run_all`; no threads."""

    waiting: deque[_Waiting] = field(default_factory=deque)

    def start(
        self,
        job: Job[T],
        ended: Callable[[Ended[T]], None],
        *,
        lane: Lane = Lane.GENERAL,
        must_finish: bool = False,
    ) -> Handle:
        def run(cancelled: bool) -> None:
            ended(Cancelled() if cancelled else outcome(job))

        waiting = _Waiting(run, lane, must_finish)
        self.waiting.append(waiting)
        return waiting

    def run_one(self) -> None:
        """Do the oldest job and tell its end."""
        self.waiting.popleft().end()

    def run_all(self) -> None:
        """Until nothing waits, also what the ends start."""
        while self.waiting:
            self.run_one()
