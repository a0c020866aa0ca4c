"""What a person found out where the desk cannot: by telephone, at the office (B28, B31)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from desktop.domain.events import Accepted, Cancelled, Entry, FoundNotBooked, OutcomeUnknown
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.notes import Found, Open, RequestIntended, Tried
from desktop.domain.open_work import refund_step, what_is_open
from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.services.find import Look, settlement_now
from desktop.services.locks import held_for_a_try
from desktop.services.ports import Desk
from desktop.services.queue import item_of
from desktop.services.refund import refused_cancel
from desktop.services.resolve import adopt, reversals_ended
from desktop.services.told import Told
from desktop.services.visit_log import VisitLog

_WHO = "医保办"
_PERSON = "person"


def found(desk: Desk, visit: str, setl_id: str) -> None:
    """The lost request is booked as ``setl_id``: adopted when 5203 says that it is of our msgid.

    For a lost 2208 it is the negative settlement's number. Raises ``DeskError``
    (no-such-item, open-elsewhere, no-verdict-needed, other-settlement, reversal-on-its-way,
    no-usable-answer).
    """
    with _visit(desk, visit) as (told, log):
        if _waits_for(log.record) is Open.CANCEL:
            _cancelled(desk, log, SetlId(setl_id))
        else:
            _settled(desk, told, log, SetlId(setl_id))


def not_booked(desk: Desk, visit: str, by: str) -> None:
    """The platform has nothing of the lost request, says ``by``; after the horizon only.

    Raises ``DeskError`` (no-such-item, open-elsewhere, no-verdict-needed, horizon-not-over).
    """
    with _visit(desk, visit) as (_, log):
        what, record = _waits_for(log.record), log.record
        sent = record.cancel if what is Open.CANCEL else record.submitted
        _horizon_is_over(desk, sent.at if sent else None)
        told = Tried(what, _PERSON, Found.NOT_FOUND, desk.clock(), text=by)
        log.write(*_nothing_booked(record, what, told))


def accept(desk: Desk, visit: str, by: str) -> None:
    """A supervisor accepts a settlement whose sums do not add up (B31).

    Raises ``DeskError`` (no-such-item, open-elsewhere, no-verdict-needed).
    """
    with _visit(desk, visit) as (_, log):
        if log.record.state is not State.SETTLED_NEEDS_CHECK:
            raise desk_error(ProblemCode.NO_VERDICT_NEEDED)
        log.write(Accepted(by))


@contextmanager
def _visit(desk: Desk, wanted: str) -> Iterator[tuple[Told, VisitLog]]:
    """The visit as it is now, held against every window."""
    visit = item_of(desk, wanted).visit
    with held_for_a_try(desk, desk.record(visit), _WHO) as free:
        if not free:
            raise desk_error(ProblemCode.OPEN_ELSEWHERE)
        told = desk.told(visit)
        yield told, VisitLog(desk.journal, visit, desk.clock, told.record)


def _waits_for(record: VisitRecord) -> Open:
    """The lost 2207 or 2208; anything else needs no verdict."""
    what = what_is_open(record)
    if what not in (Open.SETTLEMENT, Open.CANCEL) or refund_step(record):
        raise desk_error(ProblemCode.NO_VERDICT_NEEDED)
    return what


def _settled(desk: Desk, told: Told, log: VisitLog, setl_id: SetlId) -> None:
    submitted = log.record.submitted
    assert submitted is not None
    _no_reversal_on_its_way(desk, told)
    look = _looked_up(desk, log.record, setl_id, submitted.msgid)
    if log.record.state is State.SUBMITTED:
        log.note(OutcomeUnknown("no answer was written down"))
    adopt(desk, log, look, f"{_PERSON} 5203")


def _cancelled(desk: Desk, log: VisitLog, setl_id: SetlId) -> None:
    sent = log.record.cancel
    assert sent is not None
    look = _looked_up(desk, log.record, setl_id, sent.msgid)
    assert look.settlement is not None
    by = Tried(
        Open.CANCEL, f"{_PERSON} 5203", look.found, desk.clock(), look.platform_at, look.text
    )
    log.write(by, Cancelled(look.settlement.settlement))


def _looked_up(desk: Desk, record: VisitRecord, setl_id: SetlId, msgid: Msgid) -> Look:
    assert record.mdtrt_id is not None
    answer = settlement_now(desk, record, record.mdtrt_id, setl_id)
    if isinstance(answer, Look):
        raise desk_error(ProblemCode.NO_USABLE_ANSWER, answer.text)
    if not answer.value.is_of(msgid):
        raise desk_error(ProblemCode.OTHER_SETTLEMENT, setl_id)
    return Look(Found.BOOKED, answer.platform_time, answer.value, f"setl_id {setl_id}")


def _nothing_booked(record: VisitRecord, what: Open, told: Tried) -> tuple[Entry, ...]:
    if what is Open.CANCEL:
        return (told, refused_cancel(record, f"{_PERSON} {told.text}"))
    unsure = (OutcomeUnknown("no answer was written down"),)
    lost = unsure if record.state is State.SUBMITTED else ()
    return (*lost, *reversals_ended(record), told, FoundNotBooked(f"{_PERSON} {told.text}"))


def _no_reversal_on_its_way(desk: Desk, told: Told) -> None:
    """A lost 2601 may still undo what 5203 shows now."""
    if any(sent.infno == "2601" for sent in told.record.unanswered):
        _horizon_is_over(desk, told.since(RequestIntended), ProblemCode.REVERSAL_ON_ITS_WAY)


def _horizon_is_over(
    desk: Desk, sent: datetime | None, early: ProblemCode = ProblemCode.HORIZON_NOT_OVER
) -> None:
    horizon, now = desk.policy.settle_horizon, desk.clock()
    if sent is None or now - sent < horizon:
        raise desk_error(early, f"{(sent or now) + horizon:%H:%M:%S} 之后")
