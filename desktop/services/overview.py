"""Everything that somebody must come back to, as a window shows it; one try at what is due.

Beside the queue's items it knows what only a cashier ends: money that was not taken, money that is
to be given back, paper (visit.md B34, B35, B38, B42).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.names import masked_name
from desktop.domain.notes import OthersAgreed, Tried
from desktop.domain.open_work import CASH_OPEN, cash_left, refund_step, tries_at, what_is_open
from desktop.domain.prints import paper_left
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.deposits import gone_to
from desktop.services.other_amounts import awaits_yes
from desktop.services.ports import Desk
from desktop.services.queue import Turn, tidy_all, work_on
from desktop.services.queue_items import Item, Kind, unreadable, waiting
from desktop.services.stumbling import readable


class OpenVisit(Struct, frozen=True):
    """One visit that is not at rest; times +08:00, amounts in fen."""

    visit: VisitId
    left: Left
    since: datetime
    item: Item | None
    """What the queue knows of it; None where only a cashier has something to do."""
    last: Tried | None
    bill_no: str
    patient: str
    """Masked: the list may stand on the screen while somebody else is at the window."""
    setl_id: str
    money: Money | None
    """Due from the patient, or to be given back, or held as a deposit; None: none of these."""
    until: date | None = None
    """The last day on which a deferred bill may be settled."""

    too_old: bool = False
    """A deferred bill after its last day: only self-pay is left."""

    awaits_yes: bool = False
    """The patient has still to agree to other amounts than they agreed to before."""

    others_agreed: OthersAgreed | None = None
    """They did, and who told them."""

    has_paper: bool = False
    """A paper waits of which it can be said that nobody wants it."""

    @property
    def by_itself(self) -> bool:
        """The queue ends it without anybody."""
        return self.left is Left.UPLOAD


class Overview(Struct, frozen=True):
    """What is open, and what became of the visit that a window follows."""

    open_visits: tuple[OpenVisit, ...]
    followed: VisitRecord | None = None


def first_look(desk: Desk) -> Overview:
    """What an earlier process left, without what ended since."""
    tidy_all(desk)
    return overview(desk, None, None)


def overview(desk: Desk, followed: VisitId | None, held: VisitId | None) -> Overview:
    """Oldest first, without the visit that the window holds."""
    visits = desk.journal.open_visits()
    rows = (_open_visit(desk, visit) for visit in visits if visit != held)
    record = desk.record(followed) if followed is not None else None
    return Overview(tuple(row for row in rows if row is not None), record)


def look_after(desk: Desk, followed: VisitId | None, held: VisitId | None) -> Overview:
    """One try at the first thing that is due, so that a cashier never waits for two; then what is
    open.
    """
    for visit in desk.journal.open_visits():
        if visit != held and work_on(desk, visit) is Turn.TRIED:
            break
    return overview(desk, followed, held)


def _open_visit(desk: Desk, visit: VisitId) -> OpenVisit | None:
    told = readable(desk, visit)
    if told is None:
        return _unreadable(visit, desk.clock())
    record = told.record
    today = desk.clock().date()
    item = waiting(told, today)
    left = _left(record, item)
    if left is None or gone_to(desk, visit, record) is not None:
        return None
    what = what_is_open(record)
    tries = tries_at(record, what) if what is not None else ()
    money_due = record.state in CASH_OPEN
    until = record.deferred.until if record.deferred and left is Left.DEFERRED else None
    return OpenVisit(
        visit=visit,
        left=left,
        since=item.since if item else told.entries[-1].at,
        item=item,
        last=tries[-1] if tries else None,
        bill_no=record.bill.key.bill_no if record.bill else "",
        patient=masked_name(record.person.name) if record.person else "",
        setl_id=(record.settlement.setl_id or "") if record.settlement else "",
        money=_money(record, left),
        until=until,
        too_old=until is not None and today > until,
        awaits_yes=money_due and awaits_yes(record),
        others_agreed=record.others_agreed if money_due else None,
        has_paper=paper_left(record.papers) is not None,
    )


def _unreadable(visit: VisitId, now: datetime) -> OpenVisit:
    item = unreadable(visit, now)
    return OpenVisit(visit, Left.FAULT, now, item, None, "", "", "", None)


_BY_STATE = {
    State.DEFERRED: Left.DEFERRED,
    State.SETTLED: Left.UNPAID,
    State.UNPAID: Left.UNPAID,
    State.COLLECTED: Left.PAPER,
    State.PRINT_PENDING: Left.PAPER,
    State.SETTLED_NEEDS_CHECK: Left.CHECK,
}
_BY_KIND = {
    Kind.SETTLEMENT: Left.UNKNOWN,
    Kind.REVERSAL: Left.UNKNOWN,
    Kind.CANCEL: Left.CANCEL,
    Kind.UPLOAD: Left.UPLOAD,
    Kind.PRINT: Left.PAPER,
}


def _left(record: VisitRecord, item: Item | None) -> Left | None:
    if refund_step(record):
        return Left.HALF_REFUND
    if record.strays and what_is_open(record) is None:
        return Left.STRAY
    cash = cash_left(record)
    if cash is not None and cash.fen < 0:
        return Left.CASH_BACK
    if record.at_till is not None:
        return None
    if record.state in _BY_STATE:
        return _BY_STATE[record.state]
    if record.state is State.REVERSED:
        return None
    return _BY_KIND.get(item.kind) if item else None


def _money(record: VisitRecord, left: Left) -> Money | None:
    if left in (Left.UNPAID, Left.CASH_BACK):
        cash = cash_left(record)
        return abs(cash) if cash is not None else None
    if left is Left.DEFERRED:
        return record.deposit
    return record.cash_taken if left is Left.HALF_REFUND else None


def open_now(rows: tuple[OpenVisit, ...]) -> Iterator[OpenVisit]:
    """What somebody must come back to; the rest ends by itself."""
    return (row for row in rows if not row.by_itself)
