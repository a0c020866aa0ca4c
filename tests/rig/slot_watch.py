"""Nothing holds the Qt thread: every slot is timed, and what holds it too long is told.

A slot is an outermost event, whatever Qt calls within it: the C library beside this file times each
(``slot_watch.c``), so that watching costs no slot the interpreter, for which it would wait while
another thread computes.

Held is what the thread computed, and what it waited: for a lock, a socket, the interpreter, or its
turn behind this program's own threads. Forgiven is what *other programs* cost:

* While this thread, or the one that it waited for (of this program, seen to be waited for by a lock;
  or the virtual screen's), stood ready without a processor (``schedstat``): never more than the
  processors did for others meanwhile (neither idle nor at this program's work), and not the share
  that this program's own threads would have kept it waiting for on a machine of its own. Sleep is
  waiting for nobody: none of it is forgiven, nor is a wait for a socket but the screen's.
* Of other waiting, what the host of a virtual machine took of this processor (steal): a system
  that tells it counts it as nobody's computing.
* Computing counts as what it takes on this processor undisturbed: what another program on its
  other half, or in its memory, costs is seen by a known piece of work.

All are nothing on an idle machine: there a slot has its 50 ms, and no more. Where the system does
not tell of others, wall-clock time counts and the limit is four times as high.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.rig.kuasheng import ROOT

T = TypeVar("T")
LIMIT = 0.050
"""Seconds that one slot may hold the Qt thread."""
MOST = 1.5
"""So much longer may computing take on a machine that computes for somebody else beside."""
_WITHOUT_SCHEDSTAT = 4.0
_LOOK = 0.020
"""Seconds between two looks at where the thread stands."""
_SOURCE = Path(__file__).with_suffix(".c")
_MOST = 1024
_CLOCKS = (
    *("wall", "computed", "delayed", "delayed_other", "delayed_screen"),
    *("rivals", "others", "stolen"),
)
"""``Held`` of the library, in its order."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What the thread was seen to wait for, at so many looks at it."""

    place: str = "?"
    lock: int = 0
    """Or for the interpreter."""
    socket: int = 0
    asleep: int = 0
    """Or for anything else that no thread of ours can hasten."""

    def share(self, many: int) -> float:
        """What part of the looks these are; all of them where nobody looked."""
        seen = self.lock + self.socket + self.asleep
        return many / seen if seen else 1.0


@dataclass(frozen=True, slots=True)
class Held:
    """What the clocks told of one slot; in seconds."""

    wall: float
    computed: float
    delayed: float = 0.0
    """It stood ready itself, and had no processor."""
    delayed_other: float = 0.0
    """So did the other thread of this process that had to wait longest."""
    delayed_screen: float = 0.0
    """So did the virtual screen."""
    rivals: float = 0.0
    """What all other threads of this process computed meanwhile, or would have."""
    others: float = 0.0
    """What all processors together did for other programs meanwhile."""
    stolen: float = 0.0
    """What the host took of the processor that it ran on."""
    slowness: float = 1.0
    """How much longer a known piece of work took right after it than at its best."""
    processors: int = 1
    waits: Waits = Waits()

    @property
    def seconds(self) -> float:
        """What this program held the thread."""
        waited = max(0.0, self.wall - self.computed - self.delayed)
        lent = min(waited, self._delayed_for_it)
        forgiven = min((self.delayed + lent) * (1.0 - self._own_crowd), self.others)
        asleep = waited * self.waits.share(self.waits.asleep) if self.waits.asleep else 0.0
        left = max(0.0, self.wall - self.computed - forgiven)
        stolen = min(self.stolen, max(0.0, left - asleep))
        return self.computed / min(self.slowness, MOST) + left - stolen

    @property
    def _delayed_for_it(self) -> float:
        """Only one of the others had the interpreter: theirs is not summed up."""
        of_a_thread = self.delayed_other * self.waits.share(self.waits.lock)
        of_the_screen = self.delayed_screen * self.waits.share(self.waits.lock + self.waits.socket)
        return max(of_a_thread, of_the_screen)

    @property
    def _own_crowd(self) -> float:
        """The share of its time that a thread would wait for its processor if there were only this
        program: so many threads of it beside, on so many processors, each having its turn.
        """
        threads = 1.0 + self.rivals / self.wall
        return max(0.0, 1.0 - self.processors / threads)


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot that held the thread for ``seconds``; ``where`` it was seen last in between."""

    seconds: float
    computed: float
    """Seconds of them that the thread had the processor; else it waited, as for the interpreter."""
    what: str
    where: str

    def __str__(self) -> str:
        times = f"{self.seconds * 1000:.0f} ms ({self.computed * 1000:.0f} computing)"
        return f"{times}: {self.what} {self.where}"


class _Hold(ctypes.Structure):
    """``Hold`` of the library."""

    _fields_ = (
        ("began", ctypes.c_longlong),
        *((name, ctypes.c_longlong) for name in _CLOCKS),
        *((name, ctypes.c_longlong) for name in ("piece", "best_piece")),
        ("event", ctypes.c_int),
        ("processors", ctypes.c_int),
        ("receiver", ctypes.c_char * 64),
    )

    def held(self, waits: Waits, *, alone: bool) -> Held:
        clocks = {name: getattr(self, name) / 1e9 for name in _CLOCKS}
        slowness = self.piece / self.best_piece
        told = Held(**clocks, slowness=slowness, processors=self.processors, waits=waits)
        return replace(told, stolen=0.0, slowness=1.0) if alone else told


class SlotWatch:
    """Watches the thread that makes it, until the process ends: one for each process.

    ``at_once``: else slots are judged from the window's first picture on. ``alone``: as if
    nobody else was on the host, for tests of the watch itself. Raises ``OSError`` where
    the library cannot be built or Qt is not there.
    """

    def __init__(self, *, at_once: bool, alone: bool = False) -> None:
        self._limit = LIMIT if _machine_tells() else LIMIT * _WITHOUT_SCHEDSTAT
        self._alone = alone
        self._library = ctypes.CDLL(str(_built()))
        if not self._library.slots_watch(ctypes.c_longlong(int(self._limit * 1e9)), int(at_once)):
            raise OSError("no Qt to watch")
        since = ctypes.c_longlong.in_dll(self._library, "slots_since")
        self._onlooker = _Onlooker(threading.get_ident(), since)

    def take(self) -> list[Hold]:
        """What held the thread since the last time."""
        room = (_Hold * _MOST)()
        count = self._library.slots_take(room, _MOST)
        told = [self._told(hold) for hold in room[:count]]
        self._onlooker.seen.clear()
        return [hold for hold in told if hold.seconds > self._limit]

    @contextmanager
    def off(self) -> Iterator[None]:
        """For what no cashier ever waits for; the slot in which it happens is not judged."""
        self._library.slots_off(1)
        try:
            yield
        finally:
            self._library.slots_off(-1)

    def listening(self, hear: Callable[[T], None]) -> Callable[[T], None]:
        """The same listener, timed as a slot is: what a test calls itself is within none."""
        name = getattr(hear, "__qualname__", type(hear).__name__)

        def heard(news: T) -> None:
            outermost = self._library.slots_enter()
            try:
                hear(news)
            finally:
                if outermost:
                    self._library.slots_leave(name.encode("ascii", "replace"))

        return heard

    def _told(self, hold: _Hold) -> Hold:
        waits = self._onlooker.seen.get(hold.began, Waits())
        held = hold.held(waits, alone=self._alone)
        what = _readable(hold.event, hold.receiver.decode())
        return Hold(held.seconds, held.computed, what, waits.place)


class WatchedApplication(QApplication):
    """The application of window tests: every slot of it is judged."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.watch = SlotWatch(at_once=True)


class _Onlooker:
    """A thread that looks, now and then, at what another one is doing that has long been at it."""

    def __init__(self, watched: int, since: ctypes.c_longlong) -> None:
        self.seen: dict[int, Waits] = {}
        """Of each slot, by the nanosecond when it began."""
        self._watched = watched
        self._since = since
        self._kernel = Path(f"/proc/self/task/{threading.get_native_id()}/wchan")
        threading.Thread(target=self._look, name="onlooker", daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK)
            since = self._since.value
            if since and time.monotonic_ns() - since > _LOOK * 1e9:
                waits = _more(self.seen.get(since, Waits()), self._waiting())
                self.seen[since] = replace(waits, place=self._place())

    def _waiting(self) -> str:
        """Where in the system it waits; of one that runs, or may, "0"."""
        try:
            return self._kernel.read_text()
        except OSError:
            return "0"

    def _place(self) -> str:
        """The innermost line of ours; within Qt's own work that is the start of the loop."""
        frame = sys._current_frames().get(self._watched)
        while frame is not None and not frame.f_code.co_filename.startswith(str(ROOT)):
            frame = frame.f_back
        if frame is None:
            return "?"
        return f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_qualname}"


def _more(waits: Waits, place: str) -> Waits:
    """One look more, that found it in this function of the system."""
    if place in ("", "0"):
        return waits
    if "futex" in place:
        return replace(waits, lock=waits.lock + 1)
    if "poll" in place:
        return replace(waits, socket=waits.socket + 1)
    return replace(waits, asleep=waits.asleep + 1)


def _readable(event: int, receiver: str) -> str:
    """An event's name, and the receiver's class from its C++ name, as ``13QWidgetWindow``."""
    kind = QEvent.Type(event).name if event else "call"
    return f"{kind} of {re.sub(r'^N?[0-9]+', '', receiver)}"


def _machine_tells() -> bool:
    return Path("/proc/self/schedstat").exists()


def _built() -> Path:
    """The library, built once for each of its versions; several processes may do it at once."""
    version = hashlib.sha256(_SOURCE.read_bytes()).hexdigest()[:16]
    library = ROOT / "out" / "rig" / f"slot_watch-{version}.so"
    if not library.exists():
        library.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=library.parent) as folder:
            made = Path(folder) / library.name
            flags = ("-shared", "-fPIC", "-fexceptions", "-O2", "-Wall")
            subprocess.run(["cc", *flags, "-o", made, _SOURCE, "-ldl", "-lpthread"], check=True)
            made.replace(library)
    return library
