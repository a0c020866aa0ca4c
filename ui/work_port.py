"""Work that takes time, done elsewhere: what a presenter knows of it; no Qt.

A presenter starts a job and hears on its own thread, exactly once, how it ended. ``ui.lanes`` has
the threads, ``ui.work`` brings the ends to the Qt thread.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Completed(Struct, Generic[T_co], frozen=True):
    """The job returned."""

    value: T_co


class Retry(Struct, frozen=True):
    """The job raised :class:`TryAgain`: nothing happened, and the same may work in a moment."""

    reason: object


class Cancelled(Struct, frozen=True):
    """Given up: before it began, or while it ran; what it still brings is thrown away."""


class Failed(Struct, frozen=True):
    """The job raised anything else."""

    error: Exception


Ended = Completed[T] | Retry | Cancelled | Failed
Job = Callable[[], T]


class TryAgain(Exception):
    """Raised by a job that did nothing and may be started again, such as a line that is down."""

    def __init__(self, reason: object) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Lane(Enum):
    """Which threads a job may run on.

    Readers have none: theirs is :class:`card_reader.hardware.HardwareThread` (house rule 7).
    """

    GENERAL = "general"
    DESK = "desk"
    """One thread for whatever uses the journal or the platform: nothing of it runs side by side."""
    PRINT = "print"
    """One thread for all printers: a paper may take a minute, and none overtakes another."""


class Handle(Protocol):
    """A job that was started."""

    def cancel(self) -> bool:
        """Give the job up: it ends at once in ``Cancelled``.

        False when it cannot be given up: it must finish and has begun, or it has ended.
        """
        ...


class Work(Protocol):
    """Runs jobs; every end arrives on the thread that the work belongs to, never inside start."""

    def start(
        self,
        job: Job[T],
        ended: Callable[[Ended[T]], None],
        *,
        lane: Lane = Lane.GENERAL,
        must_finish: bool = False,
    ) -> Handle:
        """Run ``job`` on a thread of ``lane``; ``ended`` hears of it once.

        ``must_finish``: a settlement and its like; closing waits for it. A job started after
        closing began ends in ``Cancelled``, unless it must finish and another is waited for.
        """
        ...


def outcome(job: Job[T]) -> Completed[T] | Retry | Failed:
    """Run the job here and now."""
    try:
        return Completed(job())
    except TryAgain as again:
        return Retry(again.reason)
    except Exception as error:  # noqa: BLE001 - every end is told; the presenter has a screen for it
        return Failed(error)
    except BaseException as error:  # noqa: BLE001 - a library's panic or exit ends no thread of ours
        return Failed(RuntimeError(f"{type(error).__name__}: {error}"))
