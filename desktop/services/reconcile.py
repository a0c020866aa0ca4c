"""Compare a day with the platform: its sums (3201), then its rows (3202).

What is there and not ours is kept in mind. Zero difference is the acceptance figure
(unknown-outcome, rule 8; visit.md B44).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from desktop.domain.events import CancelSubmitted, Submitted
from desktop.domain.identifiers import AreaCode, Msgid, SetlId
from desktop.domain.notes import StrayFound, StrayGone
from desktop.domain.open_work import what_is_open
from desktop.domain.person import EMPLOYEE, RESIDENT
from desktop.domain.split import Settlement
from desktop.ledger.journal import Recorded, VisitId
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.reconciliation import (
    Clearing,
    Difference,
    Period,
    Pile,
    Sums,
    Verdict,
    reconcile_totals,
    sums_of,
)
from desktop.services.day_book import booked_of, books_of, own_settlements, visits_of
from desktop.services.ending import problem_of
from desktop.services.find import Look, NoAnswer, differences
from desktop.services.ports import Desk
from desktop.services.sending import query

CROSS_PROVINCE = (EMPLOYEE, RESIDENT)
"""Insurances that settle across provinces: their sums are compared though we had none."""


class Totals(Struct, frozen=True):
    """3201 of one agency and one insurance."""

    agency: AreaCode
    insurance: str
    sums: Sums
    """Ours."""
    verdict: Verdict | None
    """What the platform says; None when it did not answer, which ``why`` tells."""
    why: str = ""

    @property
    def equal(self) -> bool:
        return self.verdict is not None and self.verdict.equal


class Compared(Struct, frozen=True):
    """What came of it; ``problem`` when the platform did not answer."""

    differences: tuple[Difference, ...] = ()
    problem: Look | None = None


class Reconciled(Struct, frozen=True):
    """A day beside the platform's; ``rows`` is None where 3202 was not needed."""

    totals: tuple[Totals, ...]
    rows: Compared | None


class Todo(StrEnum):
    """What a difference asks for (B44)."""

    QUEUE = "queue"
    """A lost answer of ours: the queue finds it out, or waits for a person."""
    HAVE_IT_UNDONE = "have-it-undone"
    """Booked under a msgid of ours on which no visit stands."""
    NOT_OURS = "not-ours"
    """No msgid of this desk: another window, or another program."""
    REFUNDED_THERE = "refunded-there"
    """A refund that this desk did not send."""
    NEVER_THERE = "never-there"
    """Only here: it cannot be sent again."""
    AMOUNTS = "amounts"
    SEVERAL = "several"


def reconcile(desk: Desk, days: Period) -> Reconciled:
    """3201 of every agency and insurance; 3202 where sums differ, or something is still open."""
    totals = tuple(_totals(desk, days))
    if all(each.equal for each in totals) and not _something_open(desk):
        return Reconciled(totals, None)
    return Reconciled(totals, compare(desk, days))


def todo(desk: Desk, row: Difference) -> tuple[Todo, VisitId | None]:
    """What this row asks for, and the visit that it is about, where this desk knows it."""
    ours = desk.journal.visits_of_msgid(row.msgid) if row.msgid else ()
    known = desk.journal.visits_of_settlement(row.setl_id) if row.setl_id else ()
    visit = next(iter((*ours, *known)), None)
    if row.pile is not Pile.ONLY_THERE:
        return _OF_PILE[row.pile], visit
    if visit is not None and what_is_open(desk.record(visit)) is not None:
        return Todo.QUEUE, visit
    if row.refunded:
        return Todo.REFUNDED_THERE, visit
    return (Todo.HAVE_IT_UNDONE if visit else Todo.NOT_OURS), visit


_OF_PILE = {
    Pile.ONLY_HERE: Todo.NEVER_THERE,
    Pile.DIFFERS: Todo.AMOUNTS,
    Pile.SEVERAL: Todo.SEVERAL,
}


def _totals(desk: Desk, days: Period) -> Iterator[Totals]:
    books = books_of(desk, days)
    always = {(desk.place, insurance) for insurance in CROSS_PROVINCE}
    for agency, insurance in sorted(books | always, key=lambda book: (book[0].code, book[1])):
        sums = sums_of(own_settlements(desk, days, agency, insurance))
        asked = reconcile_totals(days, Clearing(agency), insurance, sums)
        outcome = query(desk, asked)
        if isinstance(outcome, Accepted):
            yield Totals(agency, insurance, sums, outcome.value)
        else:
            yield Totals(agency, insurance, sums, None, problem_of(outcome, desk.refusals).message)


def _something_open(desk: Desk) -> bool:
    """An outcome that nobody knows, or a stray that may be gone by now."""
    records = map(desk.record, desk.journal.open_visits())
    return bool(desk.journal.unknown()) or any(record.strays for record in records)


def compare(desk: Desk, days: Period) -> Compared:
    """3202 of every agency that clears for us; a stray settlement is written to its visit.

    A visit whose outcome is still open is left to the queue.
    """
    agencies = dict.fromkeys((desk.place, *(agency for agency, _ in books_of(desk, days))))
    try:
        answers = [differences(desk, days, Clearing(agency)) for agency in agencies]
    except NoAnswer as failure:
        return Compared(problem=failure.look)
    found = tuple(row for answer in answers for row in answer.value)
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
