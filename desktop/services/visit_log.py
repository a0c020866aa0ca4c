"""One visit's diary: every fact goes to the journal, and the record follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desktop.domain.events import Entry
from desktop.domain.record import VisitRecord, replay
from desktop.ledger.journal import VisitId
from desktop.services.ports import Clock

_NOTHING = VisitRecord()


class Diary(Protocol):
    """Where entries go to stay."""

    def append(self, visit: VisitId, entries: Sequence[Entry], at: datetime) -> None: ...


class VisitLog:
    """The diary of the visit ``visit``.

    :meth:`note` is for facts that cost nothing to lose (answers to questions): they reach the
    disk with the next :meth:`write`, which returns only when everything is there. A request
    that changes anything at the platform is sent after :meth:`write`, never before. ``record`` is
    what the journal tells of the visit by now.
    """

    def __init__(
        self, store: Diary, visit: VisitId, clock: Clock, record: VisitRecord = _NOTHING
    ) -> None:
        self._store = store
        self._clock = clock
        self._waiting: list[Entry] = []
        self.told_here: list[Entry] = []
        """Everything that went by here, oldest first."""
        self.visit = visit
        self.record = record

    def note(self, *entries: Entry) -> None:
        """Remember; on disk with the next write."""
        for entry in entries:
            self.record = self.record.after(entry)
        self._waiting.extend(entries)
        self.told_here.extend(entries)

    def write(self, *entries: Entry) -> None:
        """Put everything remembered and ``entries`` on disk before returning.

        When the journal refuses, the record does not move: what is not written did not happen.
        """
        record = self.record
        for entry in entries:
            record = record.after(entry)
        waiting = (*self._waiting, *entries)
        if waiting:
            self._store.append(self.visit, waiting, self._clock())
        self.record = record
        self.told_here.extend(entries)
        self._waiting.clear()

    def reread(self, record: VisitRecord) -> None:
        """Go on from ``record``, which is what the journal tells by now, and what waits here."""
        self.record = replay(self._waiting, record)
