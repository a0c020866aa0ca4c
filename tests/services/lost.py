"""Lost settlements: how the answer was lost, and the same desk some minutes later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from desktop.domain.account_use import AccountUse
from desktop.domain.record import VisitRecord
from desktop.ledger.journal import VisitId
from desktop.services.ending import Ending
from desktop.services.ports import Desk, Reversal, SitePolicy
from desktop.services.queue import retry
from desktop.services.whole_settlement import Finished
from tests.services.counter import Counter, bill_of
from tests.services.wire import Edit, Tree

ASKED_LATER = ("9101", "3202", "5203", "5201", "2601", "2202", "2205")
"""Whose ``respond_time`` tells the platform's clock while an outcome is looked for."""
HORIZON = timedelta(minutes=10)
OVER = timedelta(minutes=11)
BY_2208, MANUAL = Reversal.BY_2208, Reversal.MANUAL


def lost_settlement(
    counter: Counter, person: Mapping[str, Any], when: str, what: str = "reset", seconds: float = 0
) -> Finished:
    """A 2207 without a usable answer, at a platform that would book a double."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", when, what, seconds)
    finished = counter.settle(bill_of(person), account=AccountUse.OWN)
    assert finished.ending is Ending.UNKNOWN, finished.problems
    counter.wire.sent.clear()
    return finished


def site(counter: Counter, **policy: Any) -> Desk:
    """The same desk under another policy."""
    return replace(counter.desk, policy=replace(SitePolicy(), **policy))


def after(counter: Counter, passed: timedelta, desk: Desk | None = None) -> Desk:
    """The desk when ``passed`` is over on its clock and on the platform's."""
    platform_clock(counter, passed)
    return pc_clock(desk or counter.desk, passed)


def pc_clock(desk: Desk, moved: timedelta) -> Desk:
    """Only the PC's clock stands elsewhere."""
    told = desk.clock
    return replace(desk, clock=lambda: told() + moved)


def platform_clock(counter: Counter, moved: timedelta) -> None:
    for infno in ASKED_LATER:
        counter.wire.answer(infno, answered_at(moved))


def answered_at(moved: timedelta) -> Edit:
    """``respond_time`` as if the platform answered later."""

    def edit(tree: Tree) -> None:
        told = tree["respond_time"]
        moment = datetime.strptime(f"{told}000", "%Y%m%d%H%M%S%f") + moved  # noqa: DTZ007
        tree["respond_time"] = f"{moment:%Y%m%d%H%M%S%f}"[:17]

    return edit


def tried(desk: Desk, visit: str) -> VisitRecord:
    """One try at once; what the journal holds then."""
    retry(desk, visit)
    return desk.record(VisitId(visit))


def believed_not_booked(counter: Counter, visit: str, desk: Desk | None = None) -> VisitRecord:
    """A look at once and one after the horizon."""
    tried(desk or counter.desk, visit)
    return tried(after(counter, OVER, desk), visit)
