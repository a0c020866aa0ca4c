"""The journal's second file without a file: what it must do, its storage simulated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from desktop.ledger.errors import JournalWriteFailed
from desktop.ledger.intent_file import Kept
from tests.simulation.disk import AskFault, Power
from tests.simulation.faults import DiskFault


class Shelf:
    """What the second file holds on disk; outlives every process."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}


class SimulatedIntents:
    """``desktop.ledger.intent_file.SecondFile``.

    Its durable writes can fail or be cut off as the journal's own; a mark may be lost.
    """

    def __init__(
        self, shelf: Shelf, power: Power, ask_fault: AskFault, mark_is_lost: Callable[[], bool]
    ) -> None:
        self._shelf = shelf
        self._power = power
        self._ask_fault = ask_fault
        self._mark_is_lost = mark_is_lost
        self._open: dict[str, Kept] = {}
        self.syncs = 0

    def begin(self, visits: Iterable[Kept]) -> None:
        """Written anew at the opening of the journal."""
        self._power.demand()
        self._open = {kept.visit: kept for kept in visits}
        self._shelf.kept = self._open

    def holds(self, visit: str) -> bool:
        return visit in self._open

    @contextmanager
    def with_commit(self) -> Iterator[None]:
        before = self._open
        try:
            yield
        except JournalWriteFailed:
            if self._power.on:
                self._open = self._shelf.kept = before
            raise

    def keep(self, record: Kept) -> None:
        self._power.demand()
        fault = self._ask_fault()
        if fault is DiskFault.FULL:
            raise JournalWriteFailed
        if fault is DiskFault.KILL_BEFORE:
            raise self._power.cut()
        self._open = self._shelf.kept = {**self._open, record.visit: record}
        self.syncs += 1
        if fault is DiskFault.KILL_AFTER:
            raise self._power.cut()
        if fault is DiskFault.KEPT_AFTER_ALL:
            self._power.cut()
            raise JournalWriteFailed

    def end(self, visit: str) -> None:
        self._power.demand()
        self._open = {other: kept for other, kept in self._open.items() if other != visit}
        if not self._mark_is_lost():
            self._shelf.kept = self._open

    def close(self) -> None:
        """Nothing to let go of."""
