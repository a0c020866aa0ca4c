"""Work through what waits: lost outcomes and repairs by themselves, the rest by a person.

A settlement waits only as an intent: nothing here sends a 2207 (visit.md 3.3).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from desktop.domain.charges import Bill
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
from desktop.domain.problems import DeskError, ProblemCode, desk_error
from desktop.domain.record import VisitRecord
from desktop.domain.times import CHINA
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.deposits import end_where_it_lay, ended_by
from desktop.services.in_time import at_most, within
from desktop.services.locks import held_for_a_try
from desktop.services.mend import mend
from desktop.services.one_settlement import standing_of
from desktop.services.ports import Desk
from desktop.services.queue_items import (
    Item,
    finished,
    for_cash,
    not_collected,
    opened,
    unreadable,
    waiting,
)
from desktop.services.resolve import resolve_cancel, resolve_settlement
from desktop.services.rest import is_at_rest
from desktop.services.stumbling import readable, stumbled
from desktop.services.told import Told
from desktop.services.visit_log import VisitLog

_WHO = "待办"
LOOK_AT_MOST = timedelta(seconds=10)
"""So long others are looked after before a patient's own settlement."""


class Turn(Enum):
    """What came of a visit's turn in the queue."""

    TRIED = auto()
    NOTHING_DUE = auto()
    HELD = auto()
    """A window works on it."""
    STUMBLED = auto()
    """The program made a fault at it: it stays as it was, and is told."""


def _nothing(_told: Told) -> None:
    return None


def items(desk: Desk, day: date | None = None) -> tuple[Item, ...]:
    """Everything that waits, oldest first; then what came to its end on ``day``, else today."""
    there = _there(desk)
    seen = {item.visit for item in there}
    wanted = day or desk.clock().date()
    since = datetime.combine(wanted, time.min, CHINA)
    lately = (visit for visit in desk.journal.visits_since(since) if visit not in seen)
    ended = _ended(desk, lately)
    return (*there, *(item for item in ended if item.ended and item.ended.date() == wanted))


def every_item(desk: Desk) -> tuple[Item, ...]:
    """The same without a day: every visit that ever waited, and cash that nobody noted down."""
    there = _there(desk)
    seen = {item.visit for item in there}
    rest = [visit for visit in desk.journal.visits() if visit not in seen]
    told = (readable(desk, visit) for visit in rest)
    cash = (not_collected(each) for each in told if each is not None)
    return (*there, *(item for item in cash if item is not None), *_ended(desk, rest))


def _there(desk: Desk) -> tuple[Item, ...]:
    today = desk.clock().date()
    found = (_item(desk, visit, today, for_cash) for visit in desk.journal.open_visits())
    return tuple(item for item in found if item is not None)


def _ended(desk: Desk, visits: Iterable[VisitId]) -> Iterator[Item]:
    told = (readable(desk, visit) for visit in visits)
    found = (finished(each) for each in told if each is not None)
    return (item for item in found if item is not None)


def _item(
    desk: Desk, visit: VisitId, today: date, then: Callable[[Told], Item | None] = _nothing
) -> Item | None:
    """What waits; also where nobody can tell what."""
    told = readable(desk, visit)
    if told is None:
        return unreadable(visit, desk.clock())
    return waiting(told, today) or then(told)


def item_of(desk: Desk, visit: str) -> Item:
    """One item, also when it is done; raises ``DeskError`` (no-such-item)."""
    told = readable(desk, VisitId(visit))
    if told is None:
        return unreadable(VisitId(visit), desk.clock())
    today = desk.clock().date()
    item = (waiting(told, today) or for_cash(told) or finished(told)) if told.entries else None
    if item is None:
        raise desk_error(ProblemCode.NO_SUCH_ITEM, visit)
    return item


def retry_due(desk: Desk) -> None:
    """Work through what is due, once each; what a window holds is left alone.

    A visit at which the program stumbles keeps no other from its turn.
    """
    for visit in desk.journal.open_visits():
        work_on(desk, visit)


def before_settling(desk: Desk, own: Collection[VisitId]) -> tuple[Item, ...]:
    """Every intent without an outcome is tried where it is due, and told where it stays so.

    Rule 6 for who has no window. What is to be settled itself, ``own``, is left alone; nothing more is asked
    when the patient, whose QR code may be a minute old, has waited for others long enough.
    """
    open_now = dict.fromkeys(recorded.visit for recorded in desk.journal.unknown())
    others = [visit for visit in open_now if visit not in own]
    hurried, until = within(desk, LOOK_AT_MOST), desk.clock() + LOOK_AT_MOST
    for visit in others:
        if desk.clock() <= until:
            work_on(hurried, visit)
    left = (_item(desk, visit, until.date()) for visit in others)
    return tuple(item for item in left if item is not None)


def retry(desk: Desk, visit: str) -> None:
    """One item at once, without the backoff.

    Raises ``DeskError`` (no-such-item, open-elsewhere while a window holds the visit, failed where
    the program stumbles).
    """
    turn = work_on(desk, item_of(desk, visit).visit, at_once=True)
    if turn is Turn.HELD:
        raise desk_error(ProblemCode.OPEN_ELSEWHERE)
    if turn is Turn.STUMBLED:
        raise desk_error(ProblemCode.FAILED)


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
    end_where_it_lay(desk, record)
    if _settled_anew(desk, visit, record) or is_at_rest(record, desk.clock()):
        desk.journal.lay_to_rest((visit,))
        desk.memory.forget(visit)


def tidy_all(desk: Desk) -> None:
    """The same for everything that is open: before somebody reads the list."""
    for visit in desk.journal.open_visits():
        told = readable(desk, visit)
        if told is not None:
            tidy(desk, visit, told.record)


def work_on(desk: Desk, visit: VisitId, *, at_once: bool = False) -> Turn:
    """One try at what is due, or ``at_once`` at what is open.

    Where the program itself stumbles, that is a try without an answer: it is on disk, comes again by
    the backoff, and goes to the office as any other. Raises ``DeskError`` where nothing can be done
    for any visit, as when the disk is full.
    """
    told = readable(desk, visit)
    if told is None:
        return Turn.STUMBLED
    try:
        return _turn(desk, visit, told, at_once=at_once)
    except DeskError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next visit is looked after
        stumbled(desk, visit, told, fault)
        return Turn.STUMBLED


def _turn(desk: Desk, visit: VisitId, told: Told, *, at_once: bool) -> Turn:
    if _due(desk, told, at_once=at_once) is None:
        tidy(desk, visit, told.record)
        return Turn.NOTHING_DUE
    with held_for_a_try(desk, told.record, _WHO) as free:
        if free:
            _try(desk, visit, at_once=at_once)
        return Turn.TRIED if free else Turn.HELD


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
    _TRIES[what](at_most(desk, len(tries_at(told.record, what))), log)
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
    ended = ended_by(desk, visit, record) or _by_settlement(desk, visit, record.bill)
    if ended is None:
        return False
    desk.journal.append(visit, (ended,), desk.clock())
    return True


def _by_settlement(desk: Desk, visit: VisitId, bill: Bill) -> SettledAnew | None:
    other = standing_of(desk, bill, visit)
    stands = other is not None and other.record.effectively_settled
    return SettledAnew(other.visit) if other is not None and stands else None
