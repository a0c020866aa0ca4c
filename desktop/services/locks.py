"""Locks on visits within one profile (visit.md B49, rule 1 of 3.1)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def held_for_a_try(desk: Desk, record: VisitRecord, who: str) -> Iterator[bool]:
    """True inside while nobody else works on the visit, not even another try; else False."""
    person, bill = record.person, record.bill
    if person is None or bill is None:
        yield True
        return
    one_try = desk.new_visit_id()
    holder = desk.locks.take(VisitKey(person.psn_no, bill.visit.visit_no), one_try, who)
    try:
        yield not holder
    finally:
        desk.locks.release(one_try)


def open_here(desk: Desk, key: VisitKey, visit: VisitId) -> None:
    """Hold the visit for this window; raises :class:`Stopped` when another one has it."""
    holder = desk.locks.take(key, visit, f"窗口{desk.window}")
    if holder:
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.OPEN_ELSEWHERE, holder)
