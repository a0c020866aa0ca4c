"""One bill from credential to booked, without a window (``kuasheng settle``).

The same steps as the window's, in the order of house.md. One bill, one settlement: what the
journal holds as settled or unknown is never sent again.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.identifiers import AreaCode
from desktop.domain.identity import StandIn
from desktop.domain.one_at_a_time import Beside
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.services import steps
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.one_settlement import found_beside, standing_of
from desktop.services.other_amounts import amounts_changed
from desktop.services.ports import Desk
from desktop.services.settle import Agreement, Commitment


class Order(Struct, frozen=True):
    """What is to be settled, for whom, and on what terms."""

    bill: Bill
    credential: Callable[[], Credential]
    """Reads the credential, when its turn has come."""
    insurance: tuple[str, AreaCode | None] | None
    agreement: Agreement
    stand_in: StandIn | None = None
    """Who came in the patient's place."""
    although: frozenset[str] = frozenset(Beside)
    """Settle although these stand beside the bill, and tell them; anything else stops the order before
    anything is sent."""


class Finished(Struct, frozen=True):
    """How it ended; ``record`` holds every amount and name that came back."""

    visit: str
    """"" where an earlier attempt at the bill cannot be read, so that none was begun."""
    ending: Ending
    problems: tuple[Problem, ...]
    record: VisitRecord


def settle_bill(desk: Desk, order: Order) -> Finished:
    """Settle one bill once; never raises for what can happen at a desk."""
    try:
        earlier = _settled_before(desk, order.bill)
    except Stopped as stop:
        return Finished("", stop.ending, stop.problems, VisitRecord())
    if earlier is not None:
        return earlier
    visit = DeskVisit(desk)
    try:
        ended = _attempt(desk, visit, order)
    except DeskError as error:
        ended = Commitment(Ending.FAILED, error.problems)
    finally:
        visit.release()
    return Finished(visit.id, ended.ending, ended.problems, visit.record)


def _attempt(desk: Desk, visit: DeskVisit, order: Order) -> Commitment:
    notes: tuple[Problem, ...] = ()
    try:
        notes = _admitted(visit, order)
        beside = found_beside(desk, visit.record, visit.id)
        steps.prepare(visit, order.agreement.account_use, order.although)
        notes = (*(each.problem for each in beside), *notes)
    except Stopped as stop:
        visit.save()
        return Commitment(stop.ending, (*notes, *stop.problems))
    ended = steps.settle(visit, order.agreement)
    return Commitment(ended.ending, (*notes, *ended.problems))


def _admitted(visit: DeskVisit, order: Order) -> tuple[Problem, ...]:
    """Everything that only asks: who it is, and whether the funds will pay."""
    steps.take_over(visit, order.bill)
    visit.show(order.credential())
    if order.stand_in is not None:
        visit.name_stand_in(order.stand_in, order.agreement.identity_checked_by)
    found = steps.admit(visit, order.insurance, order.bill)
    assert visit.shown is not None
    return (*visit.shown.remarks, *found.notes)


def _settled_before(desk: Desk, bill: Bill) -> Finished | None:
    """The visit that already settled this bill, or whose outcome is unknown (contracts)."""
    found = standing_of(desk, bill)
    if found is None:
        return None
    record = found.record
    problems = (found.problem, *(_still_amiss(record) or amounts_changed(record)))
    return Finished(found.visit, found.ending, problems, record)


def _still_amiss(record: VisitRecord) -> tuple[Problem, ...]:
    """What was wrong with a settlement that still needs its check."""
    return tuple(Problem(kind) for kind in map(ProblemCode.of, record.problems) if kind)
