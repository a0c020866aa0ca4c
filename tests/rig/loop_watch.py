"""Times every turn of a program's own event loop, from its waking to its next sleep.

For whole windows, which have busy threads beside the Qt thread: a watchdog that hears every event
(``qt_watch``) itself holds the thread there, since each of the hundred events within one slot waits
until the thread that computes gives the interpreter up. Here Python runs once a turn: GLib, which
Qt's loop stands on under Linux, asks this module to wait in its place.

A turn is all that the loop found ready at once: a slot and the painting that it asks for, at least.
So its limit is half as much again as the 50 ms of one slot, which tests/ui measures one by one; on a
disturbed machine up to half as much more (:mod:`tests.rig.pace`). Held is what the thread computed
in it, and what it waited: for a lock, for a socket, for the interpreter. Of the waiting, that is
forgiven in which this program's threads (this one, or the one that had the interpreter) stood ready
and the system ran another program, and what the host of a virtual machine took for others
(:mod:`tests.rig.stolen`); both are nothing on an idle machine.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rig.kuasheng import ROOT
from tests.rig.pace import Pace
from tests.rig.qt_watch import LIMIT
from tests.rig.stolen import stolen_clock

_PollFunc = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_int)
SLOTS_OF_A_TURN = 1.5
_LOOK = 0.020
"""Seconds between two looks at where the thread stands."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that held the thread for ``seconds``; ``where`` it was seen last in between."""

    seconds: float
    computed: float
    """Seconds of them that the thread had the processor; else it waited, as for the interpreter."""
    where: str

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms ({self.computed * 1000:.0f} computing): {self.where}"


@dataclass(frozen=True, slots=True)
class _Clocks:
    """What the clocks of the calling thread, and of its process, show; in seconds."""

    wall: float
    computed: float
    delayed: float
    stolen: float

    @classmethod
    def at_the_end(cls, stolen: Callable[[], float]) -> _Clocks:
        """The slow look at the system comes last: it is no part of what has been."""
        return cls(time.monotonic(), time.thread_time(), _delayed(), stolen())

    @classmethod
    def at_the_start(cls, stolen: Callable[[], float]) -> _Clocks:
        """The slow look comes first: it is no part of what will be."""
        delayed = _delayed()
        return cls(time.monotonic(), time.thread_time(), delayed, stolen())

    def held_until(self, now: _Clocks) -> float:
        computed = now.computed - self.computed
        waited = now.wall - self.wall - computed
        held = computed + max(0.0, waited - (now.delayed - self.delayed))
        return held - (now.stolen - self.stolen)


class LoopWatch:
    """Watches the event loop of the main thread, from now until the process ends.

    Made on the main thread. ``begins`` is asked at the end of each turn until it says yes: from the
    next one on turns are judged. Raises ``OSError`` where there is no GLib.
    """

    def __init__(
        self,
        begins: Callable[[], bool] = lambda: True,
        slowness: Callable[[], float] | None = None,
        stolen: Callable[[], float] | None = None,
    ) -> None:
        self._stolen = stolen or stolen_clock()
        self._limit = SLOTS_OF_A_TURN * LIMIT
        self._slowness = slowness or Pace().slowness
        self._begins = begins
        self._begun = False
        self._since: _Clocks | None = None
        self._off = 0
        self._turns: list[Turn] = []
        self._onlooker = _Onlooker(threading.get_ident())
        self._poll = ctypes.CDLL(None).poll
        self._poll.argtypes = (ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int)
        self._wait = _PollFunc(self._waited)
        glib = ctypes.CDLL("libglib-2.0.so.0")
        glib.g_main_context_set_poll_func.argtypes = (ctypes.c_void_p, _PollFunc)
        glib.g_main_context_set_poll_func(None, self._wait)

    def take(self) -> list[Turn]:
        """What held the thread since the last time."""
        taken, self._turns = self._turns, []
        return taken

    @contextmanager
    def off(self) -> Iterator[None]:
        """For what no cashier ever waits for; the turn in which it happens is not judged."""
        self._off += 1
        try:
            yield
        finally:
            self._off -= 1
            self._since = None

    def _waited(self, fds: int, count: int, timeout: int) -> int:
        """What GLib calls once a turn, to sleep until something happens."""
        self._judge()
        self._begun = self._begun or self._begins()
        self._onlooker.began = None
        ready = int(self._poll(fds, count, timeout))
        self._since = _Clocks.at_the_start(self._stolen) if self._begun else None
        self._onlooker.began = time.monotonic()
        return ready

    def _judge(self) -> None:
        if self._since is None or self._off:
            return
        if time.monotonic() - self._since.wall < self._limit:
            return
        now, where = _Clocks.at_the_end(self._stolen), self._onlooker.seen
        seconds = self._since.held_until(now)
        if seconds > self._limit and seconds > self._limit * self._slowness():
            computed = now.computed - self._since.computed
            self._turns.append(Turn(seconds, computed, where))


class _Onlooker:
    """A thread that looks, now and then, at what another one is doing that has long been at it."""

    def __init__(self, watched: int) -> None:
        self.began: float | None = None
        """When the turn began; None while the loop sleeps."""
        self.seen = ""
        self._watched = watched
        threading.Thread(target=self._look, name="onlooker", daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK)
            began = self.began
            if began is None:
                self.seen = ""
            elif time.monotonic() - began > _LOOK:
                self.seen = self._place()

    def _place(self) -> str:
        """The innermost line of ours; within Qt's own work that is the start of the loop."""
        frame = sys._current_frames().get(self._watched)
        while frame is not None and not frame.f_code.co_filename.startswith(str(ROOT)):
            frame = frame.f_back
        if frame is None:
            return "?"
        return f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_qualname}"


def _delayed() -> float:
    """Seconds that threads of this process were ready and had no processor, each counted."""
    return sum(_delay_of(thread) for thread in Path("/proc/self/task").iterdir()) / 1e9


def _delay_of(thread: Path) -> int:
    """Nanoseconds; none of a thread that has just ended."""
    try:
        return int((thread / "schedstat").read_bytes().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
