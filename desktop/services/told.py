"""A visit as its journal tells it, folded once: each look adds what was written since the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import Protocol

from msgspec import Struct

from desktop.domain.record import VisitRecord, replay
from desktop.ledger.journal import Recorded, VisitId

_KEPT = 512
"""Visits in mind at most; a busy window has fewer open in a day."""


class Told(Struct, frozen=True):
    """A visit as the journal holds it: its entries, oldest first, and what they amount to."""

    visit: VisitId
    entries: tuple[Recorded, ...] = ()
    record: VisitRecord = VisitRecord()

    def with_more(self, fresh: Sequence[Recorded]) -> Told:
        """The same visit after entries that were written since."""
        record = replay((recorded.entry for recorded in fresh), self.record)
        return Told(self.visit, (*self.entries, *fresh), record)

    def since(self, *kinds: type[object]) -> datetime:
        """When the last entry of these kinds was written; of any kind when there is none."""
        moments = [told.at for told in self.entries if isinstance(told.entry, kinds)]
        return moments[-1] if moments else self.entries[-1].at


class Source(Protocol):
    """The part of the journal that the memory reads."""

    def writes(self, visit: VisitId) -> int: ...
    def entries_after(self, visit: VisitId, seq: int) -> Sequence[Recorded]: ...


class Memory:
    """What the visits of one journal amounted to at the last look.

    After a write to a visit the next look asks the journal for what came after the last entry known,
    so no look is ever behind; nobody else writes to the journal of a process. An entry that was read
    stays as it was read: the journal never changes one. Looks come from one thread at a time;
    :meth:`forget` may come from any.
    """

    def __init__(self) -> None:
        self._known: dict[VisitId, tuple[int, Told]] = {}
        """With the writes to the visit at the last look."""
        self._turn = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def told(self, journal: Source, visit: VisitId) -> Told:
        """Raises as the journal's reading does; without entries for a visit that is not known."""
        writes = journal.writes(visit)
        looked, known = self._known.get(visit, (None, Told(visit)))
        if looked != writes:
            known = self._renewed(journal, known)
            self._keep(known, writes)
        return known

    def forget(self, visit: VisitId) -> None:
        """Its window let go of it, or nobody has to come back to it: who looks again, reads again.

        So a day holds what is open, and not every bill of it.
        """
        with self._turn:
            self._known.pop(visit, None)

    def _renewed(self, journal: Source, known: Told) -> Told:
        last = known.entries[-1].seq if known.entries else 0
        fresh = journal.entries_after(known.visit, last)
        return known.with_more(fresh) if fresh else known

    def _keep(self, told: Told, writes: int) -> None:
        with self._turn:
            self._known.pop(told.visit, None)
            self._known[told.visit] = writes, told
            if len(self._known) > _KEPT:
                del self._known[next(iter(self._known))]
