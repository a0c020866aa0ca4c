"""What a person found out where the desk cannot: by telephone, at the office (B28, B31).

Whatever the queue waits for has a verb that ends it: ``found`` (it is there), ``not_booked`` (it
is not there), ``accept`` (it is right as it is). What 5203 can prove is asked, not believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desktop.domain.events import Accepted, Cancelled, FoundNotBooked, OutcomeUnknown, Registered
from desktop.domain.identifiers import MdtrtId, Msgid, SetlId
from desktop.domain.money import Money
from desktop.domain.notes import (
    ACCEPTED,
    Found,
    Open,
    RequestIntended,
    StrayGone,
    TornJudged,
    TraceFound,
    Tried,
    ended,
)
from desktop.domain.open_work import Sent, horizon_is_over, refund_step, tries_at, what_is_open
from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error
from desktop.domain.record import VisitRecord
from desktop.domain.split import Split
from desktop.domain.visit import State
from desktop.nhsa.questions.lookup import FoundSettlement
from desktop.services.find import Look, settlement_now
from desktop.services.locks import held_for_a_try
from desktop.services.mend import other_visits
from desktop.services.ports import Desk
from desktop.services.queue import item_of
from desktop.services.refund import refused_cancel
from desktop.services.register import note_registration_gone
from desktop.services.resolve import adopt, reversals_ended
from desktop.services.told import Told
from desktop.services.visit_log import VisitLog

_WHO = "医保办"
_PERSON = "person"


def found(desk: Desk, visit: str, setl_id: str, by: str = "") -> None:
    """The lost request is booked as ``setl_id``: adopted when 5203 says that it is of our msgid.

    For a lost 2208 it is the negative settlement's number; one of somebody else's 2208 is
    believed when ``by`` vouches for it and it is the exact opposite of what was settled. Raises
    ``DeskError`` (no-such-item, open-elsewhere, no-verdict-needed, other-settlement,
    still-standing, reversal-on-its-way, no-usable-answer).
    """
    with _visit(desk, visit) as (told, log):
        if _waits_for(log.record, Open.SETTLEMENT, Open.CANCEL) is Open.CANCEL:
            _cancelled_as(desk, log, SetlId(setl_id), by)
        else:
            _settled(desk, told, log, SetlId(setl_id))


def registered_as(desk: Desk, visit: str, mdtrt_id: str, by: str) -> None:
    """The lost 2201 is registered as ``mdtrt_id``, says ``by``: the queue takes that back.

    Raises ``DeskError`` (no-such-item, open-elsewhere, no-verdict-needed,
    other-visits-registration).
    """
    with _visit(desk, visit) as (_, log):
        _waits_for(log.record, Open.UPLOAD)
        lost = log.record.lost("2201")
        if not lost:
            raise desk_error(ProblemCode.NO_VERDICT_NEEDED)
        if any(other.mdtrt_id == mdtrt_id for other in other_visits(desk, log)):
            raise desk_error(ProblemCode.OTHER_VISITS_REGISTRATION, mdtrt_id)
        told = _said(desk, Open.UPLOAD, Found.BOOKED, by)
        log.write(told, *ended(lost, ACCEPTED, _PERSON), TraceFound(MdtrtId(mdtrt_id)))


def not_booked(desk: Desk, visit: str, by: str) -> None:
    """The platform has nothing of it, says ``by``; of what may still arrive after the horizon only.

    Of a stray settlement 5203 must say that it is undone. Raises ``DeskError`` (no-such-item,
    open-elsewhere, no-verdict-needed, horizon-not-over, still-standing, no-usable-answer).
    """
    with _visit(desk, visit) as (told, log):
        if log.record.torn is not None:
            log.write(TornJudged(stands=False, by=by))
        elif what_is_open(log.record) is None and log.record.strays:
            _strays_undone(desk, told, log)
        else:
            _NOT_THERE[_waits_for(log.record, *_NOT_THERE)](desk, log, by)


def accept(desk: Desk, visit: str, by: str) -> None:
    """A supervisor accepts what stands: sums that do not add up (B31), a refund whose 2208 is
    somebody else's, or has no number, or a bill of which the journal lost how it was settled.

    Raises ``DeskError`` (no-such-item, open-elsewhere, no-verdict-needed, still-standing,
    no-usable-answer).
    """
    with _visit(desk, visit) as (_, log):
        if log.record.torn is not None:
            log.write(TornJudged(stands=True, by=by))
            return
        if log.record.state is State.SETTLED_NEEDS_CHECK:
            log.write(Accepted(by))
            return
        _waits_for(log.record, Open.CANCEL)
        if "5203" in desk.policy.queries:
            _is_refunded(desk, log.record)
        log.write(_said(desk, Open.CANCEL, Found.UNDONE, by), Cancelled(None))


@contextmanager
def _visit(desk: Desk, wanted: str) -> Iterator[tuple[Told, VisitLog]]:
    """The visit as it is now, held against every window."""
    visit = item_of(desk, wanted).visit
    with held_for_a_try(desk, desk.record(visit), _WHO) as free:
        if not free:
            raise desk_error(ProblemCode.OPEN_ELSEWHERE)
        told = desk.told(visit)
        yield told, VisitLog(desk.journal, visit, desk.clock, told.record)


def _waits_for(record: VisitRecord, *kinds: Open) -> Open:
    """Which of these is open; anything else needs no such verdict."""
    what = what_is_open(record)
    if what not in kinds or refund_step(record):
        raise desk_error(ProblemCode.NO_VERDICT_NEEDED)
    return what


def _settled(desk: Desk, told: Told, log: VisitLog, setl_id: SetlId) -> None:
    submitted = log.record.submitted
    assert submitted is not None
    _no_reversal_on_its_way(desk, told)
    look = _looked_up(desk, log.record, setl_id)
    _is_of(look, submitted.msgid)
    if log.record.state is State.SUBMITTED:
        log.note(OutcomeUnknown("no answer was written down"))
    adopt(desk, log, look, f"{_PERSON} 5203")


def _cancelled_as(desk: Desk, log: VisitLog, setl_id: SetlId, by: str) -> None:
    sent = log.record.cancel
    assert sent is not None
    look = _looked_up(desk, log.record, setl_id)
    negative = _booked_as(look).settlement
    if by and negative.msgid != sent.msgid:
        _is_refunded(desk, log.record)
        if not _opposite(log.record, negative.split):
            raise desk_error(ProblemCode.OTHER_SETTLEMENT, setl_id)
    else:
        _is_of(look, sent.msgid)
    text = " ".join(filter(None, (look.text, by)))
    told = Tried(Open.CANCEL, f"{_PERSON} 5203", Found.BOOKED, desk.clock(), look.platform_at, text)
    log.write(told, Cancelled(negative))


def _opposite(record: VisitRecord, negative: Split) -> bool:
    """The other half of what the visit stands on: total, funds, account and cash turned."""
    assert record.settlement is not None
    turned = [None if amount is None else -amount for amount in _sums(record.settlement.split)]
    return turned == _sums(negative) and negative.total is not None


def _sums(split: Split) -> list[Money | None]:
    return [split.total, split.fund_total, split.account, split.cash]


def _is_refunded(desk: Desk, record: VisitRecord) -> None:
    """5203 of what was to be given back; raises ``DeskError`` (still-standing)."""
    assert record.cancel is not None
    look = _looked_up(desk, record, record.cancel.setl_id)
    if not _booked_as(look).refunded:
        raise desk_error(ProblemCode.STILL_STANDING, record.cancel.setl_id)


def _strays_undone(desk: Desk, told: Told, log: VisitLog) -> None:
    """One that the platform does not show as undone stays, and so do the others.

    They were booked in the registration that the visit had then.
    """
    known = [row.entry.mdtrt_id for row in told.entries if isinstance(row.entry, Registered)]
    for stray in log.record.strays:
        if not _booked_as(_looked_up(desk, log.record, stray, known[-1])).refunded:
            raise desk_error(ProblemCode.STILL_STANDING, stray)
    log.write(*(StrayGone(stray) for stray in log.record.strays))


def _looked_up(
    desk: Desk, record: VisitRecord, setl_id: SetlId, mdtrt_id: MdtrtId | None = None
) -> Look:
    asked = mdtrt_id or record.mdtrt_id
    assert asked is not None
    answer = settlement_now(desk, record, asked, setl_id)
    if isinstance(answer, Look):
        raise DeskError(Problem(ProblemCode.NO_USABLE_ANSWER, answer.text, quoted=True))
    return Look(Found.BOOKED, answer.platform_time, answer.value, f"setl_id {setl_id}")


def _booked_as(look: Look) -> FoundSettlement:
    assert look.settlement is not None
    return look.settlement


def _is_of(look: Look, msgid: Msgid) -> None:
    found = _booked_as(look)
    if not found.is_of(msgid):
        raise desk_error(ProblemCode.OTHER_SETTLEMENT, found.settlement.setl_id or "")


def _settlement_not_there(desk: Desk, log: VisitLog, by: str) -> None:
    submitted = log.record.submitted
    assert submitted is not None
    _horizon_is_over(desk, log.record, Open.SETTLEMENT, Sent(submitted.at, submitted.platform_at))
    told = _said(desk, Open.SETTLEMENT, Found.NOT_FOUND, by)
    if log.record.state is State.SUBMITTED:
        log.note(OutcomeUnknown("no answer was written down"))
    log.write(*reversals_ended(log.record), told, FoundNotBooked(f"{_PERSON} {by}"))


def _cancel_not_there(desk: Desk, log: VisitLog, by: str) -> None:
    sent = log.record.cancel
    assert sent is not None
    _horizon_is_over(desk, log.record, Open.CANCEL, Sent(sent.at, None))
    told = _said(desk, Open.CANCEL, Found.NOT_FOUND, by)
    log.write(told, refused_cancel(log.record, f"{_PERSON} {by}"))


def _traces_not_there(desk: Desk, log: VisitLog, by: str) -> None:
    """No money hangs on it: what arrives later books nothing."""
    note_registration_gone(log)
    log.write(_said(desk, Open.UPLOAD, Found.NOT_FOUND, by))


_NOT_THERE: dict[Open, Callable[[Desk, VisitLog, str], None]] = {
    Open.SETTLEMENT: _settlement_not_there,
    Open.CANCEL: _cancel_not_there,
    Open.UPLOAD: _traces_not_there,
}


def _said(desk: Desk, what: Open, found: Found, by: str) -> Tried:
    return Tried(what, _PERSON, found, desk.clock(), text=by)


def _no_reversal_on_its_way(desk: Desk, told: Told) -> None:
    """A lost 2601 may still undo what 5203 shows now; only what was told after it counts."""
    if not told.record.lost("2601"):
        return
    sent = next(row for row in reversed(told.entries) if isinstance(row.entry, RequestIntended))
    later = [row.entry for row in told.entries if row.seq > sent.seq]
    tries = [entry for entry in later if isinstance(entry, Tried)]
    horizon = desk.policy.settle_horizon
    if not horizon_is_over(tries, Sent(sent.at, None), desk.clock(), horizon):
        after = f"{sent.at + horizon:%H:%M:%S} 之后"
        raise desk_error(ProblemCode.REVERSAL_ON_ITS_WAY, after)


def _horizon_is_over(desk: Desk, record: VisitRecord, what: Open, sent: Sent) -> None:
    horizon, now = desk.policy.settle_horizon, desk.clock()
    if not horizon_is_over(tries_at(record, what), sent, now, horizon):
        after = f"{(sent.at or now) + horizon:%H:%M:%S} 之后"
        raise desk_error(ProblemCode.HORIZON_NOT_OVER, after)
