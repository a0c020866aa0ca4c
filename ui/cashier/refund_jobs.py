"""What a refund at the window asks the services to do; each runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from desktop.domain.account_use import AccountUse
from desktop.domain.credential import Credential
from desktop.domain.money import Money
from desktop.domain.names import masked_name
from desktop.domain.open_work import is_paid_here, is_rest_paid_elsewhere
from desktop.domain.split import Settlement
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.ports import Desk
from desktop.services.refund import Refund, is_of_another_year
from desktop.services.settle import Agreement, Commitment
from desktop.services.visits import Seen, visits
from ui.cashier.counter import Counter, slip_of
from ui.cashier.later_jobs import reopen
from ui.cashier.print_desk import Prepared
from ui.cashier.refund_state import RefundAt, RefundShown, SettledVisit


class Begun(Struct, frozen=True):
    """A refund with the visit held by this window."""

    visit: DeskVisit
    refund: Refund


def settled_on(desk: Desk, day: date) -> tuple[SettledVisit, ...]:
    """Visits of this desk that began on the day and stand settled, newest first."""
    seen = visits(desk.journal, day, None)
    return tuple(_row(row) for row in reversed(seen) if row.record.effectively_settled)


def begin(desk: Desk, visit: DeskVisit) -> Begun:
    """``visit`` is held already; what it remembers is on disk before the refund reads it."""
    visit.save()
    return Begun(visit, Refund(desk, visit.id))


def choose(desk: Desk, row: SettledVisit) -> Begun:
    """Raises ``Stopped`` (open-elsewhere)."""
    return begin(desk, reopen(desk, row.visit))


def present(refund: Refund, credential: Callable[[], Credential]) -> None:
    refund.present(credential())


def settle_rest(refund: Refund, by: str, offered: Settlement) -> Commitment:
    """2207 of the kept lines, with the use of the account that was agreed to before."""
    agreed = refund.record.agreed
    use = AccountUse(agreed.account_use) if agreed else AccountUse.NONE
    here = is_paid_here(refund.record)
    return refund.settle_rest(Agreement(use, by, offered.split.cash, pays_here=here))


def exchanged(counter: Counter, refund: Refund, visit: DeskVisit) -> tuple[DeskVisit, Prepared]:
    """The cash is put right to what the new settlement leaves, and its slip is printed."""
    if is_rest_paid_elsewhere(refund.record):
        refund.paid_elsewhere(counter.operator)
        again = reopen(counter.desk, visit.id)
        return again, slip_of(counter, again)
    again = reopen(counter.desk, visit.id)
    settlement = again.record.settlement
    assert settlement is not None
    assert settlement.split.cash is not None
    again.collect(settlement.split.cash)
    return again, slip_of(counter, again)


def went_through(end: Commitment) -> bool:
    return end.ending is Ending.SETTLED


def difference(paid: Money | None, due: Money | None) -> Money | None:
    """What goes back; negative when the patient must pay more."""
    return None if paid is None or due is None else paid - due


def as_shown(refund: Refund, at: RefundAt, day: date, today: date) -> RefundShown:
    """The page of one refund, before anything is known of the sum."""
    record = refund.record
    settlement = record.to_give_back
    return RefundShown(
        at,
        day,
        bill=record.bill,
        setl_id=(settlement.setl_id or "") if settlement else "",
        back=frozenset(record.refund.lines_back) if record.refund else frozenset(),
        paid=refund.paid,
        elsewhere=not is_paid_here(record),
        other_year=is_of_another_year(record, today),
    )


def _row(seen: Seen) -> SettledVisit:
    record = seen.record
    settlement = record.settlement
    assert settlement is not None
    return SettledVisit(
        visit=seen.visit,
        setl_id=settlement.setl_id or "",
        since=seen.since,
        bill_no=record.bill.key.bill_no if record.bill else "",
        patient=masked_name(record.person.name) if record.person else "",
        total=settlement.split.total,
        cash=settlement.split.cash,
    )
