"""One visit's diary: every fact goes to the journal, and the record follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desktop.domain.events import Entry
from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.record import VisitRecord, replay
from desktop.domain.visit import NotAllowed
from desktop.ledger.journal import Recorded, VisitId
from desktop.services.ports import Clock

_NOTHING = VisitRecord()


class Diary(Protocol):
    """Where entries go to stay."""

    def append(self, visit: VisitId, entries: Sequence[Entry], at: datetime) -> None: ...
    def entries(self, visit: VisitId) -> Sequence[Recorded]: ...
    def writes(self, visit: VisitId) -> int: ...


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
        self._writes = store.writes(visit)
        """When the record was last what the journal tells."""

    def note(self, *entries: Entry) -> None:
        """Remember; on disk with the next write."""
        for entry in entries:
            self.record = self.record.after(entry)
        self._waiting.extend(entries)
        self.told_here.extend(entries)

    def write(self, *entries: Entry) -> None:
        """Put everything remembered and ``entries`` on disk before returning.

        When the journal refuses, the record does not move: what is not written did not happen.
        Raises ``DeskError`` also (open-elsewhere) for what does not follow from what another
        opening of the visit wrote meanwhile: the journal would hold what nobody can follow.
        """
        record = self.record
        for entry in entries:
            record = record.after(entry)
        waiting = (*self._waiting, *entries)
        if waiting:
            self._follows(waiting)
            self._store.append(self.visit, waiting, self._clock())
            self._writes = self._store.writes(self.visit)
        self.record = record
        self.told_here.extend(entries)
        self._waiting.clear()

    def reread(self, record: VisitRecord) -> None:
        """Go on from ``record``, which is what the journal tells by now, and what waits here."""
        self.record = replay(self._waiting, record)
        self._writes = self._store.writes(self.visit)

    def _follows(self, waiting: Sequence[Entry]) -> None:
        """Whoever wrote to the visit since, as a paper that was printed, is no hindrance by that."""
        if self._store.writes(self.visit) == self._writes:
            return
        there = [row.entry for row in self._store.entries(self.visit)]
        try:
            replay((*there, *waiting))
        except NotAllowed as fault:
            raise desk_error(ProblemCode.OPEN_ELSEWHERE) from fault
