"""What of a visit is still open, when it is tried again, and when "not found" may be believed.

Pure: every moment comes from the visit's own entries (unknown-outcome, rules 4 to 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.money import Money
from desktop.domain.notes import Found, Open, Tried
from desktop.domain.record import VisitRecord, pays_here
from desktop.domain.visit import State

BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, 120, 300, 600))
"""From one try to the next (visit.md B28); the last one is kept to for ever."""
OFFICE_AFTER = 12
"""Tries after which the insurance office is told; the desk goes on trying."""
_SAME_CLOCK = timedelta(seconds=5)
_OUTCOME_OPEN = frozenset((State.SUBMITTED, State.UNKNOWN, State.DEFERRED_UNKNOWN))
CASH_OPEN = frozenset((State.SETTLED, State.UNPAID))
"""Booked, and its cash has not changed hands."""
_LEFT_WITH = frozenset((State.DEFERRED, State.SELF_PAY))
TRACES = ("2201", "2202", "2204", "2205")
"""Transactions that leave something at the platform, or take it back."""
_AT_THE_PLATFORM = frozenset(
    (
        *(State.IDLE, State.ELIGIBLE, State.NEEDS_FILING, State.REFUSED, State.DEFERRED),
        *(State.REGISTERED, State.CHARGES, State.PRESETTLED, State.CONFIRMED),
        *(State.SELF_PAY, State.CLOSED),
    )
)
_NEXT_OF_REFUND = {
    State.REVERSED: "2205",
    State.REGISTERED: "2204",
    State.CHARGES: "2206",
    State.PRESETTLED: "2207",
    State.CONFIRMED: "2207",
}


def what_is_open(record: VisitRecord) -> Open | None:
    """What a service, or a person, must still finish for this visit; None: it is at rest, or
    nobody but a person can do anything for it (``record.torn``).
    """
    if record.torn is not None:
        return None
    if record.state in _OUTCOME_OPEN:
        return Open.SETTLEMENT
    if record.state is State.REVERSING or refund_step(record):
        return Open.CANCEL
    return Open.UPLOAD if leaves_traces(record) else None


def refund_step(record: VisitRecord) -> str:
    """The transaction with which a half-done partial refund goes on; "" when there is none."""
    return _NEXT_OF_REFUND.get(record.state, "") if _half_refunded(record) else ""


def cash_left(record: VisitRecord) -> Money | None:
    """Cash that the patient has still to pay, fen; negative: it goes back to them.

    What the desk holds of theirs already is paid: for the settlement before the rest of a partial
    refund (B39), while the bill waited (B22). None where no cash is open, or none was told.
    """
    if record.state is State.REVERSED:
        held = record.cash_taken
        return -held if held and not refund_step(record) else None
    if record.state not in CASH_OPEN or record.settlement is None or record.at_till is not None:
        return None
    due, paid = record.settlement.split.cash, _paid_before(record)
    return due if due is None or paid is None else due - paid


def is_rest_paid_elsewhere(record: VisitRecord) -> bool:
    """The rest of a partial refund, of a bill whose cash the hospital's till took: the difference
    changes hands there.
    """
    return record.taken_back is not None and not is_paid_here(record)


def _paid_before(record: VisitRecord) -> Money | None:
    """What the patient paid before this settlement, here or at the till; None: nothing."""
    if record.taken_back is not None and is_rest_paid_elsewhere(record):
        return record.taken_back[0].split.cash
    return record.cash_taken


def left_cash(record: VisitRecord) -> Money | None:
    """What the patient left for a bill that is not settled, fen: a deposit while it waits, or the
    whole of it, which they paid alone. None where nothing lies here.
    """
    return (record.deposit or None) if record.state in _LEFT_WITH else None


def is_paid_here(record: VisitRecord) -> bool:
    """This desk takes the patient's cash, so that what it has not noted down was not paid."""
    return pays_here(record) or record.cash_taken is not None


def is_to_be_exchanged(record: VisitRecord) -> bool:
    """Settled, and the desk holds cash from before: what was paid for the settlement of which this is
    the rest (B39), or what was left while the bill waited (B22).
    """
    settled = record.state in CASH_OPEN
    return settled and _paid_before(record) is not None and cash_left(record) is not None


def leaves_traces(record: VisitRecord) -> bool:
    """A registration or lines of a visit without a settlement are, or may be, at the platform."""
    if record.cancelled:
        return is_given_back(record) and not record.cleared
    if record.settlement is not None or record.state not in _AT_THE_PLATFORM:
        return False
    registered = record.mdtrt_id is not None and not record.joined
    return registered or record.batch is not None or has_lost_traces(record)


def is_given_back(record: VisitRecord) -> bool:
    """Wholly refunded, the cash too: what is at the platform goes 2208 → 2205 → 2202."""
    is_over = record.state is State.CLOSED or record.state is State.REVERSED
    return record.cancelled and is_over and record.refund is None and not record.cash_taken


def has_lost_traces(record: VisitRecord) -> bool:
    """A registration, an upload or its undoing was sent, and nobody knows what became of it."""
    return bool(record.lost(*TRACES))


def tries_at(record: VisitRecord, what: Open) -> tuple[Tried, ...]:
    return tuple(tried for tried in record.tried if tried.what is what)


def is_handed_over(record: VisitRecord, what: Open) -> bool:
    return any(given.what is what for given in record.handed_over)


def next_try(tries: Sequence[Tried], opened: datetime) -> datetime:
    """When to try again; ``opened`` is when it became open."""
    if not tries:
        return opened + BACKOFF[0]
    return tries[-1].at + BACKOFF[min(len(tries), len(BACKOFF) - 1)]


def is_due(tries: Sequence[Tried], opened: datetime, now: datetime) -> bool:
    """Time to try again; a clock that was set back never makes it wait for the old hour."""
    last = tries[-1].at if tries else opened
    return now >= next_try(tries, opened) or now < last


@dataclass(frozen=True, slots=True)
class Sent:
    """When a request left, by the PC and, where it could be reckoned, by the platform."""

    at: datetime | None
    platform_at: datetime | None


def surely_not_booked(tries: Sequence[Tried], sent: Sent, horizon: timedelta) -> bool:
    """ "Not found" counts once it is repeated after the horizon.

    Only the platform's clock counts. Where the PC's clock moved between sending and looking, the
    horizon runs from the first look, which surely came later than the request.
    """
    looks = [tried for tried in tries if tried.found is Found.NOT_FOUND and tried.platform_at]
    if len(looks) < 2:
        return False
    last = looks[-1].platform_at
    return last is not None and last - _not_later_sent(looks[0], sent) >= horizon


def horizon_is_over(tries: Sequence[Tried], sent: Sent, now: datetime, horizon: timedelta) -> bool:
    """Nothing can be booked any more, by the platform's clock where a try was told it.

    ``tries`` came after the request. Without any the PC's clock ``now`` must do.
    """
    told = [tried for tried in tries if tried.platform_at]
    if not told:
        return sent.at is not None and now - sent.at >= horizon
    last = told[-1]
    assert last.platform_at is not None
    since = max(now - last.at, timedelta(0))
    return last.platform_at + since - _not_later_sent(told[0], sent) >= horizon


def _not_later_sent(first: Tried, sent: Sent) -> datetime:
    """A moment of the platform's clock by which the request had left."""
    seen = first.platform_at
    assert seen is not None
    if sent.at is None or sent.platform_at is None or sent.at > first.at:
        return seen
    moved = (seen - first.at) - (sent.platform_at - sent.at)
    return sent.platform_at if abs(moved) <= _SAME_CLOCK else seen


def _half_refunded(record: VisitRecord) -> bool:
    return record.refund is not None and bool(record.refund.lines_back)
