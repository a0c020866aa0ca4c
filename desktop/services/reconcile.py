"""Compare a day with the platform row by row (3202), and keep what is there and not ours in mind.

Zero difference is the acceptance figure (unknown-outcome, rule 8; visit.md B44).
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.events import CancelSubmitted, Entry, Submitted
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.notes import StrayFound, StrayGone
from desktop.domain.open_work import what_is_open
from desktop.ledger.journal import VisitId
from desktop.nhsa.questions.reconciliation import Clearing, Difference, Period, Pile
from desktop.services.day_book import visits_of
from desktop.services.find import Look, NoAnswer, differences
from desktop.services.ports import Desk


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it; ``problem`` when the platform did not answer."""

    differences: tuple[Difference, ...] = ()
    problem: Look | None = None


def compare(desk: Desk, days: Period) -> Compared:
    """3202 of the care place's own agency; a stray settlement is written to its visit.

    A visit whose outcome is still open is left to the queue.
    """
    try:
        found = differences(desk, days, Clearing(desk.place)).value
    except NoAnswer as failure:
        return Compared(problem=failure.look)
    strays = {row.setl_id: row for row in found if row.pile is Pile.ONLY_THERE and row.setl_id}
    sent = {msgid: visit for visit in visits_of(desk, days) for msgid in _sent_by(desk, visit)}
    for visit in dict.fromkeys(sent.values()):
        ours = {no: row for no, row in strays.items() if sent.get(_msgid(row)) == visit}
        _keep(desk, visit, ours)
    return Compared(found)


def _keep(desk: Desk, visit: VisitId, there: dict[SetlId, Difference]) -> None:
    record = desk.record(visit)
    if what_is_open(record) is not None:
        return
    entries: list[Entry] = [StrayGone(known) for known in record.strays if known not in there]
    entries += [
        StrayFound(setl_id, _msgid(row))
        for setl_id, row in there.items()
        if setl_id not in record.strays
    ]
    desk.journal.append(visit, entries, desk.clock())


def _sent_by(desk: Desk, visit: VisitId) -> tuple[Msgid, ...]:
    """Every msgid under which this visit asked for money to move."""
    told = (recorded.entry for recorded in desk.journal.entries(visit))
    return tuple(entry.msgid for entry in told if isinstance(entry, Submitted | CancelSubmitted))


def _msgid(row: Difference) -> Msgid:
    return row.msgid or Msgid("")
