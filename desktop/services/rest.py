"""When nobody has to come back to a visit any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.open_work import is_to_be_exchanged, what_is_open
from desktop.domain.prints import paper_left
from desktop.domain.record import VisitRecord, pays_here
from desktop.domain.visit import State

CASH_IS_ASKED_FOR = timedelta(days=31)
"""So long a settled visit without its cash step is listed, as of a hospital that takes the cash
elsewhere; by the PC's clock. Who was to pay at this desk, left without paying, or paid here for
what was settled before the rest of a refund, is listed for ever.
"""

_DONE = frozenset(
    (
        *(State.IDLE, State.CREDENTIAL, State.IDENTIFIED, State.ELIGIBLE, State.REGISTERED),
        *(State.NEEDS_FILING, State.REFUSED, State.CLOSED, State.SELF_PAY, State.PRINTED),
    )
)


def is_at_rest(record: VisitRecord, now: datetime) -> bool:
    """True when neither a service nor the cashier has anything left to do."""
    if what_is_open(record) is not None or record.strays or paper_left(record.papers):
        return False
    if record.state is State.REVERSED:
        return not record.cash_taken
    if record.at_till is not None and record.state is State.SETTLED:
        return True
    if record.state is State.SETTLED and not (pays_here(record) or is_to_be_exchanged(record)):
        sent = record.submitted.at if record.submitted else None
        return sent is not None and now - sent > CASH_IS_ASKED_FOR
    return record.state in _DONE
