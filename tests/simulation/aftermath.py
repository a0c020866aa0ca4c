"""When the storm is over: the desk's own retries, and a cashier who finishes what waits."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from desktop.domain.open_work import refund_step
from desktop.domain.problems import DeskError
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ports import Desk
from desktop.services.queue import retry_due
from desktop.services.queue_items import Item, Waiting, waiting
from tests.simulation.books import close_the_books, compare_meanwhile
from tests.simulation.cashier import finish, serve, until_trouble
from tests.simulation.window import Errand, Script, Window
from tests.simulation.witness import IN_DOUBT
from tests.simulation.world import World

_EVENINGS = 6
_AT_REST = frozenset(
    (
        *(State.IDLE, State.CREDENTIAL, State.IDENTIFIED, State.ELIGIBLE),
        *(State.NEEDS_FILING, State.REFUSED, State.SELF_PAY, State.CLOSED),
    )
)
_LOST = frozenset((*IN_DOUBT, State.REVERSING))
_HOPELESS = 5
"""Tries on a healthy line after which what a person has is left to that person."""
_ROUNDS = 40
"""More than the backoff needs to reach any definite answer on a healthy line."""


def janitor(world: World) -> Script:
    """What the program's own timer does while people work."""
    for _ in range(6):
        yield
        world.wait(world.chance.of((3, 10, 60)))
        desk = world.process.desks[0]
        if world.chance.happens(0.05):
            compare_meanwhile(world, desk)
        try:
            retry_due(desk)
        except DeskError as error:
            world.story.tell("  the queue cannot work: {}", error)


def settle_down(world: World) -> None:
    """Heal everything, let time pass, retry until nothing is due, then finish every visit."""
    world.heal()
    if world.chance.happens(0.3):
        world.restart()
    _resolve(world, Counter())
    in_vain: Counter[VisitId] = Counter()
    _evenings(world, in_vain)
    close_the_books(world, lambda: _evenings(world, in_vain))


def _evenings(world: World, in_vain: Counter[VisitId]) -> None:
    """Every evening somebody puts the clock right."""
    for evening in range(_EVENINGS):
        world.clock.offset = timedelta(0)
        _resolve(world, in_vain)
        if all(_at_rest(world, visit, in_vain) for visit in world.witness.visits):
            break
        _finish(world, later=evening < _EVENINGS - 2)
    world.clock.offset = timedelta(0)
    _resolve(world, in_vain)


def _at_rest(world: World, visit: VisitId, in_vain: Counter[VisitId]) -> bool:
    """Nobody has anything left to do, but a person to whom the desk gave it."""
    state = world.witness.visits[visit].state
    if state is State.REGISTERED:
        return not refund_step(world.process.desks[0].record(visit))
    return state in _AT_REST or (state in _LOST and in_vain[visit] >= _HOPELESS)


def _resolve(world: World, hopeless: Counter[VisitId]) -> None:
    """Until the desk has nothing to try and the platform nothing to do late."""
    desk = world.process.desks[0]
    for _ in range(_ROUNDS):
        open_ = [item for item in _open_items(desk) if hopeless[item.visit] < _HOPELESS]
        hopeless.update(item.visit for item in open_ if item.state is Waiting.NEEDS_PERSON)
        tries = [item.next_try for item in open_ if item.next_try is not None]
        if not tries and not world.clock.expects:
            break
        pause = min(tries, default=desk.clock()) - desk.clock()
        world.wait(max(pause.total_seconds(), 60.0 if world.clock.expects else 1.0))
        retry_due(desk)
    retry_due(desk)


def _open_items(desk: Desk) -> list[Item]:
    """What ``queue.items`` lists but for what is done."""
    today = desk.clock().date()
    told = (desk.told(visit) for visit in desk.journal.open_visits())
    return [item for item in (waiting(each, today) for each in told) if item is not None]


def _finish(world: World, *, later: bool) -> None:
    """A cashier works through every visit; ``later``: a deferred bill may be settled still."""
    window = Window(world, world.process.desks[0])
    for visit, seen in tuple(world.witness.visits.items()):
        if seen.state is State.DEFERRED:
            _walk(_settled_later(window, visit, 0.6 if later else 0))
        _walk(finish(window, visit))


def _settled_later(window: Window, visit: VisitId, how_likely: float) -> Script:
    """A deferred bill: settled anew by a cashier, or paid by the patient after all."""
    record = window.desk.record(visit)
    bill = record.bill
    who = window.world.person(bill.patient.id_number) if bill else None
    if bill is not None and who is not None and window.happens(how_likely):
        yield from serve(window, Errand(who, bill))
    else:
        deferred = DeskVisit(window.desk, visit)
        yield from until_trouble(window, deferred, window.pays_self(deferred))


def _walk(script: Script) -> None:
    for _ in script:
        pass
