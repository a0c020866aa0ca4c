"""When nobody has to come back to a visit any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.open_work import what_is_open
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State

CASH_IS_ASKED_FOR = timedelta(days=31)
"""So long a settled visit without its cash step is listed; the journal keeps it for ever."""

_DONE = frozenset(
    (
        *(State.IDLE, State.CREDENTIAL, State.IDENTIFIED, State.ELIGIBLE, State.REGISTERED),
        *(State.NEEDS_FILING, State.REFUSED, State.CLOSED, State.SELF_PAY, State.PRINTED),
    )
)
_NO_CASH_YET = frozenset((State.SETTLED, State.UNPAID))


def is_at_rest(record: VisitRecord, now: datetime) -> bool:
    """True when neither a service nor the cashier has anything left to do."""
    if what_is_open(record) is not None or record.strays:
        return False
    if record.state is State.REVERSED:
        return not record.cash_taken
    if record.state in _NO_CASH_YET:
        settled = record.settlement.settled_at if record.settlement else None
        return settled is not None and now - settled > CASH_IS_ASKED_FOR
    return record.state in _DONE
