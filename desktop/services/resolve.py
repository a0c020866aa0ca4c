"""Find out what became of a lost 2207 or 2208, one try at a time (unknown-outcome; B28, B29, B38).

Nothing here sends a 2207 or a 2208. A lost settlement is looked up and adopted, or reversed by
2601 under an intent of its own, or, "not found" being repeated after the horizon, known not to be
booked. Who decides how often is :mod:`desktop.services.queue`.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from desktop.domain.events import (
    Cancelled,
    CancelUnknown,
    Entry,
    FoundNotBooked,
    OutcomeUnknown,
    Undone,
)
from desktop.domain.identifiers import Msgid
from desktop.domain.notes import (
    UNDONE,
    Found,
    HandedOver,
    Open,
    RequestAnswered,
    Tried,
    ended,
)
from desktop.domain.open_work import Sent, is_handed_over, surely_not_booked, tries_at
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.knowledge.reversals import NotReversed
from desktop.nhsa.outcome import Accepted, Outcome, Refused
from desktop.nhsa.questions.reversal import reverse
from desktop.services.ending import said_no
from desktop.services.find import Look, sent_before, settlement_now, why_no_answer
from desktop.services.ports import Desk, Reversal
from desktop.services.refund import refused_cancel
from desktop.services.register import holder_of
from desktop.services.sending import send
from desktop.services.settle import booked
from desktop.services.visit_log import VisitLog

_GONE = {
    NotReversed.REFUNDED: Found.UNDONE,
    NotReversed.REVERSED: Found.UNDONE,
    NotReversed.NO_SUCH_TRANSACTION: Found.NOT_FOUND,
    NotReversed.NOT_OPEN: Found.REFUSED,
    NotReversed.UNRECOGNISED: Found.REFUSED,
}


def resolve_settlement(desk: Desk, log: VisitLog) -> None:
    """One try at the 2207 of a visit that is unknown; what is known now is in the journal."""
    if log.record.state is State.SUBMITTED:
        log.write(OutcomeUnknown("no answer was written down"))
    if log.record.lost("2601"):
        # It may yet arrive: nothing that a query finds may be adopted any more (B29).
        _reverse(desk, log)
        return
    look = _look(desk, log.record)
    if look.found is Found.BOOKED:
        adopt(desk, log, look, "5203")
    elif look.found is Found.DOUBLE:
        log.write(
            _tried(desk, Open.SETTLEMENT, "3202", look),
            *_told(log.record, Open.SETTLEMENT, "booked twice"),
        )
    elif _may_reverse(desk, log.record, look):
        log.note(_tried(desk, Open.SETTLEMENT, "3202", look))
        _reverse(desk, log)
    elif desk.policy.looks_up:
        _not_found(desk, log, _tried(desk, Open.SETTLEMENT, "3202", look))
    else:
        log.write(
            _tried(desk, Open.SETTLEMENT, "", look),
            *_told(log.record, Open.SETTLEMENT, "no way is open"),
        )


def resolve_cancel(desk: Desk, log: VisitLog) -> None:
    """One try at a lost 2208: 5203 says whether, 3202 under which number; it is never resent."""
    record = log.record
    sent = record.cancel
    assert sent is not None
    assert record.mdtrt_id is not None
    if "5203" not in desk.policy.queries:
        nobody = Look(Found.REFUSED, text="5203 未开通")
        told = _told(record, Open.CANCEL, "no way is open")
        log.write(_tried(desk, Open.CANCEL, "", nobody), *told)
        return
    answer = settlement_now(desk, record, record.mdtrt_id, sent.setl_id)
    if isinstance(answer, Look):
        log.write(_tried(desk, Open.CANCEL, "5203", answer), CancelUnknown(answer.text))
    elif answer.value.refunded:
        _adopt_cancel(desk, log, sent.msgid, sent.at or desk.clock())
    else:
        found = Found.NO_ANSWER if answer.value.refunded is None else Found.NOT_FOUND
        tried = _tried(desk, Open.CANCEL, "5203", Look(found, answer.platform_time))
        tries = (*tries_at(record, Open.CANCEL), tried)
        if surely_not_booked(tries, Sent(sent.at, None), desk.policy.settle_horizon):
            log.write(tried, refused_cancel(record, "5203: not refunded"))
        else:
            log.write(tried, CancelUnknown("5203: not refunded so far"))


def _look(desk: Desk, record: VisitRecord) -> Look:
    submitted = record.submitted
    assert submitted is not None
    return sent_before(desk, record, submitted.msgid, submitted.at or desk.clock())


def adopt(desk: Desk, log: VisitLog, look: Look, by: str) -> None:
    """Booked is settled, whatever was asked in between; undone by 2208 meanwhile is undone."""
    found, bill = look.settlement, log.record.bill
    assert found is not None
    assert bill is not None
    tried = _tried(desk, Open.SETTLEMENT, by, look)
    known: tuple[Entry, ...] = (*reversals_ended(log.record), tried)
    if found.refunded:
        log.write(*known, Undone("5203: refunded"))
    else:
        booked(log, bill, found.settlement, *known)


def _may_reverse(desk: Desk, record: VisitRecord, look: Look) -> bool:
    """Where queries work they come first: a settlement that is found need not be reversed.

    2601 has its turn when they do not answer, and as the second witness after the horizon.
    """
    if desk.policy.reversal is not Reversal.BY_2601 or look.found is Found.BOOKED:
        return False
    if look.found is not Found.NOT_FOUND:
        return True
    return _not_booked(desk, record, _tried(desk, Open.SETTLEMENT, "3202", look))


def _reverse(desk: Desk, log: VisitLog) -> None:
    """2601, its intent on disk before it leaves; only a definite answer ends it (rule 5)."""
    submitted = log.record.submitted
    assert submitted is not None
    question = reverse(holder_of(log.record), submitted.msgid, "2207")
    outcome = send(desk, log, question)
    tried = _tried(desk, Open.SETTLEMENT, "2601", _reversed(desk, outcome))
    match tried.found:
        case Found.UNDONE:
            log.write(*reversals_ended(log.record), tried, Undone("2601"))
        case Found.NOT_FOUND:
            _not_found(desk, log, tried)
        case Found.REFUSED:
            _reversal_refused(desk, log, tried)
        case Found.NO_ANSWER:
            log.write(tried, OutcomeUnknown(f"2601 {tried.text}"))
        case Found.BOOKED | Found.DOUBLE:
            raise AssertionError(tried.found)
        case _:
            assert_never(tried.found)


def _reversed(desk: Desk, outcome: Outcome[None]) -> Look:
    """What the answer of 2601 says of the 2207."""
    if isinstance(outcome, Accepted):
        return Look(Found.UNDONE, outcome.platform_time)
    if isinstance(outcome, Refused) and said_no(outcome):
        why = desk.reversals.why(outcome.text)
        return Look(_GONE[why], outcome.platform_time, text=why.value)
    return Look(Found.NO_ANSWER, outcome.platform_time, text=why_no_answer(outcome))


def _reversal_refused(desk: Desk, log: VisitLog, tried: Tried) -> None:
    """2601 is not open here: then "not found" by query alone must do, and in the end a person.

    A lost 2601 is refused as well then, and stands in the way of no query any more.
    """
    not_open = tried.text == NotReversed.NOT_OPEN
    if _not_booked(desk, log.record):
        log.write(*reversals_ended(log.record), tried, FoundNotBooked(_evidence(desk)))
    elif not_open and desk.policy.looks_up:
        log.write(*reversals_ended(log.record), tried)
    else:
        log.write(
            tried, *(_told(log.record, Open.SETTLEMENT, "no way is open") if not_open else ())
        )


def _not_found(desk: Desk, log: VisitLog, tried: Tried) -> None:
    """It counts when it is repeated after the horizon (rule 4)."""
    if tried.found is Found.NOT_FOUND and _not_booked(desk, log.record, tried):
        log.write(*reversals_ended(log.record), tried, FoundNotBooked(_evidence(desk)))
    else:
        log.write(tried)


def _not_booked(desk: Desk, record: VisitRecord, *more: Tried) -> bool:
    submitted = record.submitted
    assert submitted is not None
    tries = (*tries_at(record, Open.SETTLEMENT), *more)
    sent = Sent(submitted.at, submitted.platform_at)
    return surely_not_booked(tries, sent, desk.policy.settle_horizon)


def _evidence(desk: Desk) -> str:
    seconds = int(desk.policy.settle_horizon.total_seconds())
    return f"not found, again after the horizon of {seconds} s"


def _told(record: VisitRecord, what: Open, why: str) -> tuple[HandedOver, ...]:
    """The insurance office has it now; said once."""
    return () if is_handed_over(record, what) else (HandedOver(what, "desk", why),)


def reversals_ended(record: VisitRecord) -> tuple[RequestAnswered, ...]:
    """Reversals without an answer, whose question is answered now."""
    return ended(record.lost("2601"), UNDONE, "resolved")


def _adopt_cancel(desk: Desk, log: VisitLog, msgid: Msgid, sent: datetime) -> None:
    """The refund is through; its own negative settlement has the 2208's msgid (3202)."""
    look = sent_before(desk, log.record, msgid, sent)
    tried = _tried(desk, Open.CANCEL, "3202", look)
    if look.found is Found.BOOKED and look.settlement is not None:
        log.write(tried, Cancelled(look.settlement.settlement))
    elif "3202" not in desk.policy.queries:
        log.write(tried, Cancelled(None))
    else:
        log.write(tried, CancelUnknown("refunded, the negative number is not known yet"))


def _tried(desk: Desk, what: Open, by: str, look: Look) -> Tried:
    return Tried(what, by, look.found, desk.clock(), look.platform_at, look.text)
