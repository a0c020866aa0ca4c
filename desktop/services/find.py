"""Find what became of a request whose answer is lost: 3202 → our msgid → 5203 (B28, B38)."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from desktop.domain.identifiers import MdtrtId, Msgid, SetlId
from desktop.domain.notes import Found
from desktop.domain.record import VisitRecord
from desktop.domain.times import in_china
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Unknown
from desktop.nhsa.questions.lookup import FoundSettlement, settlement_by_id
from desktop.nhsa.questions.question import Question
from desktop.nhsa.questions.reconciliation import (
    Clearing,
    Difference,
    Period,
    download_differences,
    own_file,
    reconcile_detail,
    sent_as,
    upload_file,
)
from desktop.services.day_book import agency_of, own_settlements
from desktop.services.ending import said_no
from desktop.services.ports import Desk
from desktop.services.register import holder_of
from desktop.services.sending import query

T = TypeVar("T")


class Look(Struct, frozen=True):
    """What one look brought; ``settlement`` when something is booked."""

    found: Found
    platform_at: datetime | None = None
    settlement: FoundSettlement | None = None
    text: str = ""


class NoAnswer(Exception):
    """One question of the chain got no usable yes; the look says nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__(look.text)
        self.look = look


def sent_before(desk: Desk, record: VisitRecord, msgid: Msgid, sent: datetime) -> Look:
    """What the platform booked under ``msgid``."""
    if not desk.policy.looks_up:
        return Look(Found.REFUSED, text="3202/5203 未开通")
    try:
        days = _days(desk, record, sent)
        answers = [differences(desk, days, clearing) for clearing in _books(desk, record)]
        asked_at = answers[0].platform_time
        rows = tuple(row for answer in answers for row in sent_as(answer.value, msgid))
        if len(rows) > 1 or any(row.setl_id is None for row in rows):
            return Look(Found.DOUBLE, asked_at, text=_named(rows))
        if not rows:
            return Look(Found.NOT_FOUND, asked_at)
        return _booked(desk, record, msgid, rows[0])
    except NoAnswer as failure:
        return failure.look


def settlement_now(
    desk: Desk, record: VisitRecord, mdtrt_id: MdtrtId, setl_id: SetlId
) -> Accepted[FoundSettlement] | Look:
    """5203 of a settlement whose number is known; a :class:`Look` when that is not answered."""
    try:
        return _answered(desk, settlement_by_id(holder_of(record), mdtrt_id, setl_id))
    except NoAnswer as failure:
        return failure.look


def _books(desk: Desk, record: VisitRecord) -> tuple[Clearing, ...]:
    """Of the agency that the preview named, and of the care place, which may clear it after all."""
    named = agency_of(desk, record.preview or record.settlement)
    return tuple(Clearing(agency) for agency in dict.fromkeys((named, desk.place)))


def _days(desk: Desk, record: VisitRecord, sent: datetime) -> Period:
    """Every day on which it may have been booked, by the platform's own calendar.

    The days of the visit, of the preview and of the request are all in it: a platform for practice
    may live in another year than the PC.
    """
    told = [sent, desk.clock()]
    if record.bill is not None:
        told.append(record.bill.visit.began)
    if record.preview is not None and record.preview.settled_at is not None:
        told.append(record.preview.settled_at)
    days = sorted(in_china(moment).date() for moment in told)
    return Period(days[0], days[-1])


def differences(desk: Desk, days: Period, clearing: Clearing) -> Accepted[tuple[Difference, ...]]:
    """9101, 3202, 9102; what we know already goes along, so that only the rest comes back.

    The time is that of 9101's answer: what 3202 compares is at least as new as that, whereas
    9102 may be slow. Raises :class:`NoAnswer`.
    """
    known = own_settlements(desk, days, clearing.agency)
    own = own_file(desk.institution, days, known)
    uploaded = _answered(desk, upload_file(desk.institution, own.filename, own.content))
    result = _answered(desk, reconcile_detail(own, uploaded.value, clearing)).value
    found = _answered(desk, download_differences(desk.institution, result, own.setl_ids))
    return Accepted(found.value, uploaded.platform_time)


def _booked(desk: Desk, record: VisitRecord, msgid: Msgid, row: Difference) -> Look:
    """5203 tells the amounts; a settlement of another msgid is none of ours."""
    assert row.setl_id is not None
    mdtrt_id = row.mdtrt_id or record.mdtrt_id
    assert mdtrt_id is not None
    answer = settlement_now(desk, record, mdtrt_id, row.setl_id)
    if isinstance(answer, Look):
        return answer
    if not answer.value.is_of(msgid):
        return Look(Found.NO_ANSWER, answer.platform_time, text=f"5203 {row.setl_id} 报文不符")
    return Look(Found.BOOKED, answer.platform_time, answer.value, f"setl_id {row.setl_id}")


def _answered(desk: Desk, question: Question[In, Out, T]) -> Accepted[T]:
    outcome: Outcome[T] = query(desk, question)
    if isinstance(outcome, Accepted):
        return outcome
    raise NoAnswer(_unanswered(question.infno, outcome))


def _unanswered(infno: str, outcome: Outcome[T]) -> Look:
    if said_no(outcome):
        return Look(Found.REFUSED, outcome.platform_time, text=infno)
    return Look(Found.NO_ANSWER, text=f"{infno} {why_no_answer(outcome)}")


def why_no_answer(outcome: Outcome[T]) -> str:
    """How the line failed, in the words of the outcome; the gateway's no is "not-sent"."""
    return outcome.why.value if isinstance(outcome, Unknown | NotSent) else "not-sent"


def _named(rows: tuple[Difference, ...]) -> str:
    return "、".join(row.setl_id or "?" for row in rows)
