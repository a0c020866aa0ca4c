"""A question whose answer is waited for, and which another thread may give up.

Only questions: a settling transaction is sent under no wait, and nothing can cut it off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, local

Cut = Callable[[], None]
"""Ends the waiting at the socket; may be called from any thread, and more than once."""


class Wait:
    """The questions of one step; :meth:`give_up` ends all of them, now and to come."""

    def __init__(self, of_thread: local) -> None:
        self._of_thread = of_thread
        self._lock = Lock()
        self._given_up = False
        self._cut: Cut | None = None

    @property
    def given_up(self) -> bool:
        return self._given_up

    def give_up(self) -> None:
        """From any thread: what waits hears of it at once, what is asked later is not sent."""
        with self._lock:
            self._given_up = True
            if self._cut is not None:
                self._cut()

    @contextmanager
    def on_this_thread(self) -> Iterator[None]:
        """Whatever this thread asks within is under this wait."""
        self._of_thread.wait = self
        try:
            yield
        finally:
            self._of_thread.wait = None

    @contextmanager
    def cut_by(self, cut: Cut) -> Iterator[None]:
        """While an answer is waited for; within the lock no socket is another's already."""
        with self._lock:
            self._cut = cut
            if self._given_up:
                cut()
        try:
            yield
        finally:
            with self._lock:
                self._cut = None


class Waits:
    """The waits of one line to the platform, by thread."""

    def __init__(self) -> None:
        self._of_thread = local()

    def begin(self) -> Wait:
        return Wait(self._of_thread)

    @property
    def current(self) -> Wait | None:
        """The one that this thread asks under."""
        return getattr(self._of_thread, "wait", None)
