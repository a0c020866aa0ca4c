"""What a patient left for a bill that was not settled: the journal's fact, read wherever cash is asked.

It lies with the visit that waits (B22) or that the patient paid alone, and belongs to the bill, in
whatever revision and in whatever visit it is settled. What is owed is the patient's part less what
is held. From the fact on that decides about the cash it is the other visit's, which says so itself:
no moment between two writes holds it twice or loses it.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.events import Closed, SettledAnew
from desktop.domain.money import Money
from desktop.domain.notes import DepositCounted
from desktop.domain.open_work import left_cash, refund_step
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.ports import Desk
from desktop.services.stumbling import readable


def left_for(desk: Desk, ours: VisitRecord, visit: VisitId) -> tuple[DepositCounted, ...]:
    """What lies here for the bill of ``visit``, not with itself; for the rest of a refund nothing.

    It is written down in one commit with the fact that makes it the visit's.
    """
    if ours.bill is None or refund_step(ours):
        return ()
    others = desk.journal.visits_of_any_revision(ours.bill.key.bill_no)
    records = {other: desk.record(other) for other in others}
    gone = frozenset(_brought(records.values()))
    left = ((other, left_cash(record)) for other, record in records.items() if other != visit)
    return tuple(DepositCounted(other, cash) for other, cash in left if cash and other not in gone)


def amount(left: Iterable[DepositCounted]) -> Money | None:
    """Its sum, fen; None where nothing was left."""
    cash = [each.cash for each in left]
    return Money.total(cash) if cash else None


def gone_to(desk: Desk, visit: VisitId, record: VisitRecord) -> VisitId | None:
    """The visit to which what was left with this one belongs by now; None while it lies here."""
    if record.bill is None or left_cash(record) is None:
        return None
    others = desk.journal.visits_of_any_revision(record.bill.key.bill_no)
    told = (readable(desk, other) for other in others)
    return next((each.visit for each in told if each and visit in each.record.brought_from), None)


def end_where_it_lay(desk: Desk, record: VisitRecord) -> None:
    """The visits whose deposit became that of ``record`` are over."""
    for name in record.brought_from:
        visit = VisitId(name)
        state = desk.record(visit).state
        if state is State.SELF_PAY:
            desk.journal.append(visit, (Closed(),), desk.clock())


def ended_by(desk: Desk, visit: VisitId, record: VisitRecord) -> SettledAnew | None:
    """Its deposit is another visit's, and with it the bill."""
    other = gone_to(desk, visit, record) if record.state is State.DEFERRED else None
    return SettledAnew(other) if other is not None else None


def _brought(records: Iterable[VisitRecord]) -> Iterable[str]:
    return (visit for record in records for visit in record.brought_from)
