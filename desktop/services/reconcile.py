"""Compare a day with the platform row by row (3202), and keep what is there and not ours in mind.

Zero difference is the acceptance figure (unknown-outcome, rule 8; visit.md B44).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from desktop.domain.events import CancelSubmitted, Submitted
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.notes import StrayFound, StrayGone
from desktop.domain.open_work import what_is_open
from desktop.domain.split import Settlement
from desktop.ledger.journal import Recorded, VisitId
from desktop.nhsa.questions.reconciliation import Clearing, Difference, Period, Pile
from desktop.services.day_book import booked_of, visits_of
from desktop.services.find import Look, NoAnswer, differences
from desktop.services.ports import Desk


class Compared(Struct, frozen=True):
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
    strays = _only_there(desk, found)
    for visit in dict.fromkeys((*visits_of(desk, days), *strays)):
        _keep(desk, visit, days, strays.get(visit, {}))
    return Compared(found)


def _only_there(
    desk: Desk, found: Iterable[Difference]
) -> Mapping[VisitId, Mapping[SetlId, Msgid]]:
    """What stands under a msgid of ours, by its visit, on whatever day that began."""
    strays: dict[VisitId, dict[SetlId, Msgid]] = defaultdict(dict)
    for row in found:
        stands = row.pile is Pile.ONLY_THERE and not row.refunded
        if stands and row.setl_id and row.msgid:
            for visit in desk.journal.visits_of_msgid(row.msgid):
                strays[visit][row.setl_id] = row.msgid
    return strays


def _keep(desk: Desk, visit: VisitId, days: Period, there: Mapping[SetlId, Msgid]) -> None:
    told = desk.told(visit)
    record = told.record
    if what_is_open(record) is not None:
        return
    booked = [booked.settlement for booked in booked_of(visit, told.entries)]
    known = {*record.strays, *(settlement.setl_id for settlement in booked)}
    found = [StrayFound(no, msgid) for no, msgid in there.items() if no not in known]
    moments = (*_sent(told.entries, desk.policy.settle_horizon), *_settled(booked))
    whole = all(days.holds(moment) for moment in moments)
    gone = [StrayGone(stray) for stray in record.strays if whole and stray not in there]
    desk.journal.append(visit, (*gone, *found), desk.clock())


def _sent(told: Iterable[Recorded], horizon: timedelta) -> Iterator[datetime]:
    """When something may have been booked; what other days show is no proof of its end."""
    for entry in (recorded.entry for recorded in told):
        if isinstance(entry, Submitted | CancelSubmitted) and entry.at is not None:
            yield entry.at
            yield entry.at + horizon


def _settled(booked: Iterable[Settlement]) -> Iterator[datetime]:
    """By the platform's calendar, which may be another one where people practise."""
    return (settlement.settled_at for settlement in booked if settlement.settled_at is not None)
