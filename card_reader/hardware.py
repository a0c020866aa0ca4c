"""One thread for all hardware, and a bound on every step it takes (house rule 7).

A card that keeps silent blocks its call without limit, and nothing but pulling the card frees it
(cards.md B6). So the caller watches a pulse instead of waiting for the end: when one step lasts
too long, it is told so and goes on living; the thread frees itself when the card is pulled.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from typing import TypeVar

from card_reader.faults import CardError
from desktop.domain.problems import ProblemCode

_T = TypeVar("_T")
_FAREWELL = 1.0


class WrongThread(RuntimeError):
    """Hardware was touched from outside its thread: a defect of the program."""


class Abandoned(Exception):
    """The job's caller has stopped waiting; the job ends at its next step."""


class Pulse:
    """What a job shows of its progress: when its present step began, and what lateness means."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._step = (clock(), ProblemCode.CARD_HUNG)
        self._abandoned = False

    def beat(self, if_late: ProblemCode = ProblemCode.CARD_HUNG, grace: float = 0.0) -> None:
        """A step begins; ``if_late`` is the problem if it does not end in time.

        ``grace``: so many seconds more than other steps may take, for one that waits for a person.

        Raises :class:`Abandoned` when nobody waits any more.
        """
        if self._abandoned:
            raise Abandoned
        self._step = (self._clock() + grace, if_late)

    def left(self, limit: float) -> float:
        """Seconds until the present step is late."""
        return self._step[0] + limit - self._clock()

    def abandon(self) -> ProblemCode:
        self._abandoned = True
        return self._step[1]


class HardwareThread:
    """A daemon thread that runs one job at a time.

    A daemon, because a hung card must not keep the program from ending.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, name: str = "card-reader"
    ) -> None:
        self._clock = clock
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._turn = threading.Lock()
        self._stuck: Future[object] | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, job: Callable[[Pulse], _T], limit: float) -> _T:
        """Do ``job`` on the thread; each of its steps may last ``limit`` seconds.

        Raises what the job raises, and :class:`CardError` (CARD_HUNG, or what the step named)
        when a step is late, or when an earlier job still hangs.
        """
        with self._turn:
            self._refuse_while_stuck(limit)
            pulse, future = Pulse(self._clock), Future[_T]()
            self._jobs.put(lambda: _fulfil(future, job, pulse))
            return self._watch(future, pulse, limit)

    def assert_here(self) -> None:
        """Raises :class:`WrongThread` on any other thread."""
        if threading.get_ident() != self._thread.ident:
            raise WrongThread

    def close(self) -> None:
        """End the thread; one that hangs ends when its card is pulled, or with the program."""
        self._jobs.put(None)
        if self._stuck is None or self._stuck.done():
            self._thread.join(_FAREWELL)

    def _watch(self, future: Future[_T], pulse: Pulse, limit: float) -> _T:
        while not future.done():
            left = pulse.left(limit)
            if left <= 0:
                self._stuck = future  # type: ignore[assignment]  # only asked whether it is done
                raise CardError(pulse.abandon())
            wait([future], timeout=left)
        return future.result()

    def _refuse_while_stuck(self, limit: float) -> None:
        """A card just pulled needs a moment until its call returns."""
        if self._stuck is not None and wait([self._stuck], timeout=limit).not_done:
            raise CardError(ProblemCode.CARD_HUNG)
        self._stuck = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _fulfil(future: Future[_T], job: Callable[[Pulse], _T], pulse: Pulse) -> None:
    try:
        future.set_result(job(pulse))
    except BaseException as problem:  # noqa: BLE001 - the caller's thread gets it, whatever it is
        future.set_exception(problem)
