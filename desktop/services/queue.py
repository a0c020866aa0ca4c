"""Work through what waits: lost outcomes and repairs by themselves, the rest by a person.

A settlement waits only as an intent: nothing here sends a 2207 (visit.md 3.3).
"""

from __future__ import annotations

from desktop.domain.events import SettledAnew
from desktop.domain.notes import HandedOver, Open
from desktop.domain.open_work import (
    OFFICE_AFTER,
    is_due,
    is_handed_over,
    refund_step,
    tries_at,
    what_is_open,
)
from desktop.domain.problems import ProblemCode, desk_error
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.locks import held_for_a_try
from desktop.services.mend import mend
from desktop.services.one_settlement import standing_of
from desktop.services.ports import Desk
from desktop.services.queue_items import Item, finished, opened, waiting
from desktop.services.resolve import resolve_cancel, resolve_settlement
from desktop.services.rest import is_at_rest
from desktop.services.told import Told
from desktop.services.visit_log import VisitLog

_WHO = "待办"


def items(desk: Desk) -> tuple[Item, ...]:
    """Everything that waits, oldest first; then what was finished of today's visits."""
    today = desk.clock().date()
    open_ = [waiting(desk.told(visit), today) for visit in desk.journal.open_visits()]
    there = [item for item in open_ if item is not None]
    seen = {item.visit for item in there}
    todays = [visit for visit in desk.journal.visits(today) if visit not in seen]
    done = [finished(desk.told(visit)) for visit in todays]
    return (*there, *(item for item in done if item is not None))


def item_of(desk: Desk, visit: str) -> Item:
    """One item, also when it is done; raises ``DeskError`` (no-such-item)."""
    told = desk.told(VisitId(visit))
    today = desk.clock().date()
    item = (waiting(told, today) or finished(told)) if told.entries else None
    if item is None:
        raise desk_error(ProblemCode.NO_SUCH_ITEM, visit)
    return item


def retry_due(desk: Desk) -> None:
    """Work through what is due, once each; what a window holds is left alone."""
    for visit in desk.journal.open_visits():
        _work_on(desk, visit, at_once=False)


def retry(desk: Desk, visit: str) -> None:
    """One item at once, without the backoff.

    Raises ``DeskError`` (no-such-item, open-elsewhere while a window holds the visit).
    """
    if not _work_on(desk, item_of(desk, visit).visit, at_once=True):
        raise desk_error(ProblemCode.OPEN_ELSEWHERE)


def hand_over(desk: Desk, visit: str, text: str = "") -> None:
    """The insurance office has it from here; the desk goes on trying all the same.

    Raises ``DeskError`` (no-such-item, no-verdict-needed where nobody can find out anything).
    """
    item = item_of(desk, visit)
    what = what_is_open(desk.record(item.visit))
    if what is None:
        raise desk_error(ProblemCode.NO_VERDICT_NEEDED)
    desk.journal.append(item.visit, (HandedOver(what, desk.operator, text),), desk.clock())


def tidy(desk: Desk, visit: VisitId, record: VisitRecord) -> None:
    """End what ended elsewhere, and forget what nobody has to come back to."""
    if _settled_anew(desk, visit, record) or is_at_rest(record, desk.clock()):
        desk.journal.lay_to_rest((visit,))


def _work_on(desk: Desk, visit: VisitId, *, at_once: bool) -> bool:
    """False when a window holds the visit."""
    told = desk.told(visit)
    if _due(desk, told, at_once=at_once) is None:
        tidy(desk, visit, told.record)
        return True
    with held_for_a_try(desk, told.record, _WHO) as free:
        if free:
            _try(desk, visit, at_once=at_once)
        return free


def _due(desk: Desk, told: Told, *, at_once: bool) -> Open | None:
    """What is to be tried now; a half-done refund is a person's."""
    what = what_is_open(told.record)
    if what is None or refund_step(told.record):
        return None
    due = at_once or is_due(tries_at(told.record, what), opened(told, what), desk.clock())
    return what if due else None


def _try(desk: Desk, visit: VisitId, *, at_once: bool) -> None:
    """One try; read anew, for a window may have written before it let go of the visit."""
    told = desk.told(visit)
    what = _due(desk, told, at_once=at_once)
    if what is None:
        return
    log = VisitLog(desk.journal, visit, desk.clock, told.record)
    _TRIES[what](desk, log)
    still = what_is_open(log.record) is what
    used_up = len(tries_at(log.record, what)) >= OFFICE_AFTER
    if still and used_up and not is_handed_over(log.record, what):
        log.write(HandedOver(what, "desk", "tries used up"))


_TRIES = {
    Open.SETTLEMENT: resolve_settlement,
    Open.CANCEL: resolve_cancel,
    Open.UPLOAD: mend,
}


def _settled_anew(desk: Desk, visit: VisitId, record: VisitRecord) -> bool:
    """A deferred bill that another visit settled is done; True when that was written down."""
    if record.state is not State.DEFERRED or record.bill is None:
        return False
    other = standing_of(desk, record.bill, visit)
    if other is None or not other.record.effectively_settled:
        return False
    desk.journal.append(visit, (SettledAnew(other.visit),), desk.clock())
    return True
