"""Threads for hardware, one for each reader, and a bound on every step they take (house rule 7).

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
from typing import Generic, TypeVar

from card_reader.faults import CardError
from desktop.domain.problems import ProblemCode

_T = TypeVar("_T")
_FAREWELL = 1.0
_MOST_RETIRED = 4

Blame = ProblemCode | Callable[[], ProblemCode]
"""What a late step means; asked for when it is late, where that depends."""


class WrongThread(RuntimeError):
    """Hardware was touched from outside its thread: a defect of the program."""


class Abandoned(Exception):
    """The job's caller has stopped waiting; the job ends at its next step."""


class Pulse:
    """What a job shows of its progress: when its present step began, and what lateness means."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._step: tuple[float, Blame] = (clock(), ProblemCode.CARD_HUNG)
        self._abandoned = False

    def beat(self, if_late: Blame = ProblemCode.CARD_HUNG, grace: float = 0.0) -> None:
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
        blame = self._step[1]
        return blame if isinstance(blame, ProblemCode) else blame()


class Errand(Generic[_T]):
    """A job that is under way, as whoever sent it sees it."""

    def __init__(self, clock: Callable[[], float], limit: float) -> None:
        self._pulse = Pulse(clock)
        self._limit = limit
        self._future = Future[_T]()
        self.late = False
        """It was given up; its end is still noticed."""

    @property
    def done(self) -> bool:
        return self._future.done()

    def left(self) -> float:
        """Seconds until its present step is late."""
        return self._pulse.left(self._limit)

    def give_up(self) -> CardError:
        """It ends at its next step; the problem that its lateness is."""
        self.late = True
        return CardError(self._pulse.abandon())

    def result(self) -> _T:
        """Of an errand that is done; raises what the job raised."""
        return self._future.result()

    def wait(self, seconds: float) -> bool:
        """Whether it is done within ``seconds``."""
        return not wait([self._future], timeout=seconds).not_done

    def fulfil(self, job: Callable[[Pulse], _T]) -> None:
        try:
            self._future.set_result(job(self._pulse))
        except BaseException as problem:  # noqa: BLE001 - the sender gets it, whatever it is
            self._future.set_exception(problem)


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
        self._last: Errand[object] | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, job: Callable[[Pulse], _T], limit: float) -> _T:
        """Do ``job`` on the thread; each of its steps may last ``limit`` seconds.

        Raises what the job raises, and :class:`CardError` (CARD_HUNG, or what the step named)
        when a step is late, or when an earlier job still hangs.
        """
        with self._turn:
            self._refuse_while_stuck(limit)
            return _watch(self._sent(job, limit, _nobody))

    def begin(
        self, job: Callable[[Pulse], _T], limit: float, ended: Callable[[], None]
    ) -> Errand[_T] | None:
        """The same without waiting for it; ``ended`` is called on the thread when it is over.

        None while the thread has another job.
        """
        if not self._turn.acquire(blocking=False):
            return None
        try:
            occupied = self._last is not None and not self._last.done
            return None if occupied else self._sent(job, limit, ended)
        finally:
            self._turn.release()

    @property
    def stuck(self) -> bool:
        """A job that was given up still hangs."""
        return self._last is not None and self._last.late and not self._last.done

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    @property
    def is_here(self) -> bool:
        return threading.get_ident() == self._thread.ident

    def assert_here(self) -> None:
        """Raises :class:`WrongThread` on any other thread."""
        if not self.is_here:
            raise WrongThread

    def retire(self) -> None:
        """Take no more jobs; the thread ends when its present one does. Does not wait for it."""
        self._jobs.put(None)

    def close(self) -> None:
        """End the thread; one that hangs ends when its card is pulled, or with the program."""
        self.retire()
        if not self.stuck:
            self._thread.join(_FAREWELL)

    def _sent(
        self, job: Callable[[Pulse], _T], limit: float, ended: Callable[[], None]
    ) -> Errand[_T]:
        errand = Errand[_T](self._clock, limit)
        self._last = errand  # type: ignore[assignment]  # only asked whether it is done

        def work() -> None:
            errand.fulfil(job)
            ended()

        self._jobs.put(work)
        return errand

    def _refuse_while_stuck(self, limit: float) -> None:
        """A card just pulled needs a moment until its call returns."""
        if self._last is not None and not self._last.wait(limit):
            raise CardError(ProblemCode.CARD_HUNG)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class Crew:
    """The hardware threads of one room: one for each reader that was ever asked, so that what
    hangs in one of them holds no other. From any thread.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turn = threading.Lock()
        self._threads: dict[str, HardwareThread] = {}
        self._retired: list[HardwareThread] = []

    def of(self, reader: str) -> HardwareThread:
        """The thread of that reader; "" for the one that asks the service itself."""
        with self._turn:
            if reader not in self._threads:
                self._threads[reader] = HardwareThread(self._clock)
            return self._threads[reader]

    def replace(self, reader: str) -> bool:
        """Put a new thread in the place of one that hangs, whose end is noticed here.

        False while too many hang already: a driver that never returns must not eat the memory.
        """
        with self._turn:
            self._retired = [thread for thread in self._retired if thread.is_alive]
            if len(self._retired) >= _MOST_RETIRED:
                return False
            hanging = self._threads.pop(reader)
            hanging.retire()
            self._retired.append(hanging)
            return True

    def assert_here(self) -> None:
        """Raises :class:`WrongThread` on any thread that is none of them."""
        if not any(thread.is_here for thread in (*self._threads.copy().values(), *self._retired)):
            raise WrongThread

    def close(self) -> None:
        """End them all; those that hang end when their cards are pulled, or with the program."""
        with self._turn:
            for thread in self._threads.values():
                thread.close()


def _watch(errand: Errand[_T]) -> _T:
    while not errand.done:
        left = errand.left()
        if left <= 0:
            raise errand.give_up()
        errand.wait(left)
    return errand.result()


def _nobody() -> None:
    """Is told."""
