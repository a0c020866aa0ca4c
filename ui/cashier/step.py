"""A step of the cashier that runs elsewhere, and may be given up where it only asks; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop.nhsa.waits import Wait
from ui.cashier.doing import Doing
from ui.work_port import Handle

T = TypeVar("T")


class Step:
    """A step of the cashier that runs; without ``wait`` it cannot be given up."""

    def __init__(self, doing: Doing, wait: Wait | None) -> None:
        self.doing = doing
        self._wait = wait
        self.handle: Handle | None = None
        self.given_up = False

    @property
    def may_be_given_up(self) -> bool:
        """It only asks; nothing of it books anything."""
        return self._wait is not None

    def under_its_wait(self, job: Callable[[], T]) -> Callable[[], T]:
        """The job, whose questions end when it is given up."""
        wait = self._wait
        if wait is None:
            return job

        def waiting() -> T:
            with wait.on_this_thread():
                return job()

        return waiting

    def cut_off(self) -> None:
        """The window closes: no thread is kept by a question that nobody hears the answer of."""
        if self._wait is not None:
            self._wait.give_up()

    def give_up(self) -> None:
        """Nothing where it has to be waited for, or has just ended."""
        if self._wait is not None and self.handle is not None and self.handle.cancel():
            self.given_up = True
            self._wait.give_up()
