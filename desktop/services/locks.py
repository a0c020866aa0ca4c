"""Locks on visits within one profile (visit.md B49, rule 1 of 3.1)."""

from __future__ import annotations

import threading

from desktop.domain.problems import ProblemCode
from desktop.domain.record import VisitRecord
from desktop.ledger.journal import VisitId
from desktop.services.ending import Ending, stopped
from desktop.services.ports import Desk, VisitKey


class LocalLocks:
    """Every window of this process; a profile belongs to one process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: dict[VisitKey, tuple[VisitId, str]] = {}

    def take(self, key: VisitKey, visit: VisitId, who: str) -> str:
        with self._guard:
            held = self._held.setdefault(key, (visit, who))
            return "" if held == (visit, who) else held[1]

    def release(self, visit: VisitId) -> None:
        with self._guard:
            self._held = {key: held for key, held in self._held.items() if held[0] != visit}


def free_for(desk: Desk, visit: VisitId, record: VisitRecord, who: str) -> bool:
    """Hold the visit for ``who``; False when a window works on it now."""
    person, bill = record.person, record.bill
    if person is None or bill is None:
        return True
    return not desk.locks.take(VisitKey(person.psn_no, bill.visit.visit_no), visit, who)


def open_here(desk: Desk, key: VisitKey, visit: VisitId) -> None:
    """Hold the visit for this window; raises :class:`Stopped` when another one has it."""
    holder = desk.locks.take(key, visit, f"窗口{desk.window}")
    if holder:
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.OPEN_ELSEWHERE, holder)
