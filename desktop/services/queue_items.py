"""What waits, as people and programs see it (contracts: ``queue``; visit.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.deferral import settle_until
from desktop.domain.events import (
    CancelSubmitted,
    CancelUnknown,
    Deferred,
    Entry,
    FoundNotBooked,
    OutcomeUnknown,
    Submitted,
    Undone,
)
from desktop.domain.identifiers import Msgid
from desktop.domain.money import Money
from desktop.domain.notes import UNKNOWN, Open, RequestAnswered, RequestIntended, Tried
from desktop.domain.open_work import (
    CASH_OPEN,
    cash_left,
    is_handed_over,
    is_rest_paid_elsewhere,
    is_to_be_exchanged,
    next_try,
    refund_step,
    tries_at,
    what_is_open,
)
from desktop.domain.prints import Paper, PaperStanding, PrintIntended, paper_left
from desktop.domain.record import VisitRecord, pays_here
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.other_amounts import awaits_yes
from desktop.services.stumbling import PROGRAM_FAULT
from desktop.services.told import Told


class Kind(StrEnum):
    """What waits."""

    SETTLEMENT = "settlement"
    CANCEL = "cancel"
    REVERSAL = "reversal"
    UPLOAD = "upload"
    INTENT = "intent"
    PRINT = "print"


class Waiting(StrEnum):
    """How it stands."""

    WAITING = "waiting"
    UNKNOWN = "unknown"
    NEEDS_PERSON = "needs-person"
    DONE = "done"


class Item(Struct, frozen=True):
    """One record of the queue; a visit has at most one thing waiting. Times +08:00."""

    visit: VisitId
    kind: Kind
    state: Waiting
    msgid: Msgid | None
    since: datetime
    reason: str
    """Why it waits: the last try, or how it broke off."""
    outcome_unknown: bool = False
    """Nobody knows yet what the platform did, whoever is looking."""
    next_try: datetime | None = None
    """None where only a person goes on."""
    tries: int = 0
    outage: str = ""
    """How the line failed, or the code of the problem; "" where that was not it."""
    by: str = ""
    """Operator who settled, deferred or handed it over; "" for the desk itself."""
    until: date | None = None
    """Age limit, after which a person must decide; None: it has none."""
    step: str = ""
    """The transaction with which a half-done refund goes on."""
    setl_id: str = ""
    cash: Money | None = None
    """What is to be taken, or given back, fen; None where no cash waits."""
    awaits_yes: bool = False
    """Other amounts are booked than the patient agreed to, and they have still to agree."""
    yes_by: str = ""
    """Operator who told them, once they did."""
    at_till: bool = False
    """The hospital's till took the cash, and puts it right."""
    ended: datetime | None = None
    """When it came to its end; None while it waits."""

    @property
    def id(self) -> str:
        return self.visit


def opened(told: Told, what: Open) -> datetime:
    """When the request left that is open now; of an undoing, the first that left its trace."""
    if what is Open.UPLOAD:
        return _first_trace(told)
    return told.since(*_OPENED_BY[what])


def _first_trace(told: Told) -> datetime:
    lost = {sent.msgid for sent in told.record.unanswered}
    sent = [(row.at, row.entry) for row in told.entries]
    intents = [(at, entry.msgid) for at, entry in sent if isinstance(entry, RequestIntended)]
    open_now = [at for at, msgid in intents if msgid in lost]
    return min(open_now, default=intents[0][0])


def waiting(told: Told, today: date) -> Item | None:
    """What waits for this visit; None when nothing does."""
    record = told.record
    what = what_is_open(record)
    if what is not None:
        return _open(told, what)
    if record.torn is not None:
        torn = _for_a_person(told, Kind.SETTLEMENT, Waiting.NEEDS_PERSON, "torn")
        return replace(torn, msgid=record.msgid or record.torn.msgid, outcome_unknown=True)
    if record.strays:
        strays = "、".join(record.strays)
        return _for_a_person(told, Kind.SETTLEMENT, Waiting.NEEDS_PERSON, f"多记 {strays}")
    if record.state is State.SETTLED_NEEDS_CHECK:
        reason = "、".join(record.problems)
        return _for_a_person(told, Kind.SETTLEMENT, Waiting.NEEDS_PERSON, reason)
    if record.state is State.DEFERRED:
        return _intent(told, record.deferred or _left(told), today)
    return _paper(told)


def unreadable(visit: VisitId, now: datetime) -> Item:
    """What the journal holds of the visit cannot be followed: nobody knows what became of it."""
    fault = Item(visit, Kind.SETTLEMENT, Waiting.NEEDS_PERSON, None, now, PROGRAM_FAULT)
    return replace(fault, outcome_unknown=True)


def _paper(told: Told) -> Item | None:
    """A paper that did not come out, or may have; of a visit that waits for one, also none yet."""
    record = told.record
    paper = paper_left(record.papers)
    if paper is None:
        owed = record.state in _OWES_PAPER
        return _for_a_person(told, Kind.PRINT, Waiting.WAITING, "") if owed else None
    doubted = paper.standing is PaperStanding.DOUBTED
    item = _for_a_person(
        told, Kind.PRINT, Waiting.NEEDS_PERSON if doubted else Waiting.WAITING, _why(paper)
    )
    return replace(item, since=told.since(PrintIntended), tries=_times_sent(told, paper.job))


_OWES_PAPER = frozenset((State.COLLECTED, State.PRINT_PENDING))


def _why(paper: Paper) -> str:
    """Code of what kept it in; without one the program ended in the middle."""
    return paper.trouble or ("print-doubted" if paper.sent else "")


def _times_sent(told: Told, job: str) -> int:
    sent = (entry.entry for entry in told.entries if isinstance(entry.entry, PrintIntended))
    return sum(intent.job == job for intent in sent)


def for_cash(told: Told) -> Item | None:
    """Cash that a cashier still owes or is owed, after the platform's part is over (B33, B38)."""
    record, left = told.record, cash_left(told.record)
    if left is not None and left.fen < 0:
        settled = record.effectively_settled and record.taken_back is None
        return _cash_item(told, Kind.SETTLEMENT if settled else Kind.CANCEL, "cash-back", -left)
    if record.state is State.UNPAID:
        return _cash_item(told, Kind.SETTLEMENT, "unpaid", left)
    here = pays_here(record) or is_to_be_exchanged(record)
    return not_collected(told) if here else None


def not_collected(told: Told) -> Item | None:
    """Settled, and no cash was noted down: taken elsewhere, or the cash step was lost."""
    if told.record.state is not State.SETTLED:
        return None
    return _cash_item(told, Kind.SETTLEMENT, "not-collected", cash_left(told.record))


def _cash_item(told: Told, kind: Kind, reason: str, cash: Money | None) -> Item:
    item = _for_a_person(told, kind, Waiting.WAITING, reason)
    item = replace(item, at_till=is_rest_paid_elsewhere(told.record))
    if told.record.state not in CASH_OPEN:
        return replace(item, cash=cash)
    yes = told.record.others_agreed
    asks = awaits_yes(told.record)
    return replace(item, cash=cash, awaits_yes=asks, yes_by=yes.by if yes else "")


def _left(told: Told) -> Deferred:
    """A patient who did not wait for an outcome, which was then that nothing is booked (B30)."""
    record, known = told.record, told.since(FoundNotBooked, Undone).date()
    fee_day = record.bill.visit.began.date() if record.bill else known
    return Deferred("患者没有等候，结算没有入账", settle_until(known, fee_day), by=_by_whom(record))


def finished(told: Told) -> Item | None:
    """What was worked at and came to an end; None when nothing was, or has not."""
    record = told.record
    if not record.tried or what_is_open(record) is not None:
        return None
    last = record.tried[-1]
    return Item(
        visit=told.visit,
        kind=_kind(record, last.what),
        state=Waiting.DONE,
        msgid=_msgid(record, last.what),
        since=opened(told, last.what),
        reason=_words(last),
        tries=len(tries_at(record, last.what)),
        by=_by(record, last.what),
        setl_id=_setl_id(record),
        ended=last.at,
    )


_OPENED_BY: dict[Open, tuple[type[object], ...]] = {
    Open.SETTLEMENT: (Submitted,),
    Open.CANCEL: (CancelSubmitted,),
}


def _open(told: Told, what: Open) -> Item:
    record = told.record
    tries, step = tries_at(record, what), refund_step(record)
    since = opened(told, what)
    return Item(
        visit=told.visit,
        kind=_kind(record, what),
        state=_state(record, what),
        msgid=_msgid(record, what),
        since=since,
        reason=f"下一步 {step}" if step else _last_words(tries),
        outcome_unknown=what is not Open.UPLOAD and not step,
        next_try=None if step else next_try(tries, since),
        tries=len(tries),
        outage=_outage(told, since),
        by=_by(record, what),
        step=step,
        setl_id=_setl_id(record),
    )


def _kind(record: VisitRecord, what: Open) -> Kind:
    if what is Open.SETTLEMENT and record.lost("2601"):
        return Kind.REVERSAL
    return Kind(what.value)


def _state(record: VisitRecord, what: Open) -> Waiting:
    if is_handed_over(record, what) or refund_step(record):
        return Waiting.NEEDS_PERSON
    return Waiting.WAITING if what is Open.UPLOAD else Waiting.UNKNOWN


def _msgid(record: VisitRecord, what: Open) -> Msgid | None:
    match what:
        case Open.SETTLEMENT:
            return record.msgid
        case Open.CANCEL:
            return record.cancel.msgid if record.cancel else None
        case Open.UPLOAD:
            return record.unanswered[0].msgid if record.unanswered else None


def _for_a_person(told: Told, kind: Kind, state: Waiting, reason: str) -> Item:
    record = told.record
    since = told.entries[-1].at
    by, setl_id = _by_whom(record), _setl_id(record)
    return Item(told.visit, kind, state, record.msgid, since, reason, by=by, setl_id=setl_id)


def _intent(told: Told, why: Deferred, today: date) -> Item:
    """A cashier finishes it with the amounts on screen; too old, and a person must decide."""
    return Item(
        visit=told.visit,
        kind=Kind.INTENT,
        state=Waiting.NEEDS_PERSON if today > why.until else Waiting.WAITING,
        msgid=None,
        since=told.since(Deferred, FoundNotBooked, Undone),
        reason=why.reason,
        outage=why.outage,
        by=why.by,
        until=why.until,
    )


def _outage(told: Told, since: datetime) -> str:
    """How this answer was lost, in the words of the outcome; not an earlier one of the visit."""
    since_then = (recorded.entry for recorded in told.entries if recorded.at >= since)
    return next((why for entry in since_then if (why := _lost_by(entry))), "")


def _lost_by(entry: Entry) -> str:
    match entry:
        case OutcomeUnknown(reason) | CancelUnknown(reason):
            return reason
        case RequestAnswered(outcome=outcome, text=text) if outcome == UNKNOWN:
            return text
        case _:
            return ""


def _by(record: VisitRecord, what: Open) -> str:
    given = [handed.by for handed in record.handed_over if handed.what is what]
    return given[-1] if given else _by_whom(record)


def _by_whom(record: VisitRecord) -> str:
    """Who looked at the patient, where somebody did."""
    return record.agreed.identity_checked_by if record.agreed else ""


def _setl_id(record: VisitRecord) -> str:
    return (record.settlement.setl_id or "") if record.settlement else ""


def _last_words(tries: Sequence[Tried]) -> str:
    return _words(tries[-1]) if tries else ""


def _words(tried: Tried) -> str:
    return f"{tried.by} {tried.found} {tried.text}".rstrip()
