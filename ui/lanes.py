"""Jobs on threads, without Qt: ``post`` brings each end to the thread that waits for it.

The threads are daemons: a card reader that hangs, or an abandoned question, never keeps the
program from leaving. What must finish is waited for by :meth:`ThreadWork.close`; what runs on in a
library, as a slip that is being drawn, by :meth:`ThreadWork.leave`: the interpreter takes libraries
down at its end, and a thread within one of them would take the process along.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from queue import SimpleQueue
from typing import TypeVar

from ui.work_port import Cancelled, Ended, Handle, Job, Lane, outcome

T = TypeVar("T")

Post = Callable[[Callable[[], None]], None]
"""Has a call made on the home thread; may be called from any thread."""

THREADS: Mapping[Lane, int] = {
    Lane.GENERAL: 4,
    Lane.DESK: 1,
    Lane.PRINT: 1,
}


class ThreadWork:
    """The ``Work`` port on threads. All methods belong to the home thread."""

    def __init__(self, post: Post, threads: Mapping[Lane, int] = THREADS) -> None:
        self._post = post
        self._lanes = {lane: _Lane(lane.value, count) for lane, count in threads.items()}
        self._running: set[_Started] = set()
        self._finished: Callable[[], None] | None = None
        self._stays: Callable[[], bool] | None = None
        self._closed = False

    def start(
        self,
        job: Job[T],
        ended: Callable[[Ended[T]], None],
        *,
        lane: Lane = Lane.GENERAL,
        must_finish: bool = False,
    ) -> Handle:
        started = _Started(self._post, must_finish, self._forget)
        self._running.add(started)
        run = started.runner(job, ended)
        if self._takes(must_finish):
            self._lanes[lane].put(run)
        else:
            started.cancel()
        return started

    @property
    def must_wait(self) -> bool:
        """Whether something runs that closing would have to wait for."""
        return any(started.must_finish for started in self._running)

    def close(self, finished: Callable[[], None], stays: Callable[[], bool] | None = None) -> None:
        """Give up what may be given up, and call ``finished`` once after the rest; where it ``stays``
        open for what the rest brought, work goes on instead, until it is closed again.

        ``finished`` is called on the home thread, at once when nothing must finish. Until then the
        end of a settlement may start what must finish too; anything else ends in ``Cancelled``.
        """
        self._finished, self._stays = finished, stays
        for started in tuple(self._running):
            if not started.must_finish:
                started.cancel()
        self._finish_if_idle()

    def leave(self, limit: float) -> None:
        """After the closing: wait until all threads have ended, ``limit`` seconds at most."""
        until = time.monotonic() + limit
        for lane in self._lanes.values():
            lane.join(until)

    def _takes(self, must_finish: bool) -> bool:
        return not self._closed and (self._finished is None or must_finish)

    def _forget(self, started: _Started) -> None:
        self._running.discard(started)
        self._finish_if_idle()

    def _finish_if_idle(self) -> None:
        if self._finished is None or self._closed or self.must_wait:
            return
        if self._stays is not None and self._stays():
            self._finished = None
            return
        self._closed = True
        for lane in self._lanes.values():
            lane.close()
        self._finished()


class _Started:
    """One job; whoever first says how it ended is heard, on the home thread."""

    def __init__(self, post: Post, must_finish: bool, forget: Callable[[_Started], None]) -> None:
        self.must_finish = must_finish
        self._post = post
        self._forget = forget
        self._lock = threading.Lock()
        self._begun = False
        self._ended = False
        self._tell_cancelled: Callable[[], None] = _nothing

    def runner(self, job: Job[T], ended: Callable[[Ended[T]], None]) -> Callable[[], None]:
        """What the lane's thread calls."""

        def tell(end: Ended[T]) -> None:
            try:
                ended(end)
            finally:
                self._forget(self)

        def run() -> None:
            if self._begin():
                end = outcome(job)
                if self._end():
                    self._post(lambda: tell(end))

        self._tell_cancelled = lambda: tell(Cancelled())
        return run

    def cancel(self) -> bool:
        with self._lock:
            if self._ended or (self.must_finish and self._begun):
                return False
            self._ended = True
        self._post(self._tell_cancelled)
        return True

    def _begin(self) -> bool:
        with self._lock:
            self._begun = not self._ended
            return self._begun

    def _end(self) -> bool:
        """True for the first who says so."""
        with self._lock:
            first, self._ended = not self._ended, True
            return first


class _Lane:
    """A few threads on one queue; each is made when a job comes and no other one is free."""

    def __init__(self, name: str, count: int) -> None:
        self._name = name
        self._count = count
        self._threads: list[threading.Thread] = []
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._free = 0

    def put(self, run: Callable[[], None]) -> None:
        with self._lock:
            free = self._free > 0
            self._free -= free
        if not free and len(self._threads) < self._count:
            name = f"{self._name}-{len(self._threads)}"
            thread = threading.Thread(target=self._serve, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        self._jobs.put(run)

    def close(self) -> None:
        for _thread in self._threads:
            self._jobs.put(None)

    def join(self, until: float) -> None:
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _serve(self) -> None:
        while (run := self._jobs.get()) is not None:
            run()
            with self._lock:
                self._free += 1


def _nothing() -> None:
    """Nobody has to be told."""
