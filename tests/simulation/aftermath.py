"""When the storm is over: the desk's own retries, and a cashier who finishes what waits."""

from __future__ import annotations

from desktop.domain.problems import DeskError
from desktop.ledger.journal import VisitId
from desktop.services.queue import items, retry_due
from tests.simulation.cashier import Cashier, Script
from tests.simulation.world import World

_ROUNDS = 40
"""More than the backoff needs to reach any definite answer on a healthy line."""


def janitor(world: World) -> Script:
    """What the program's own timer does while people work."""
    for _ in range(6):
        yield
        world.wait(world.chance.of((3, 10, 60)))
        try:
            retry_due(world.process.desks[0])
        except DeskError as error:
            world.story.tell("  the queue cannot work: {}", error)


def settle_down(world: World) -> None:
    """Heal everything, let time pass, retry until nothing is due, then finish every visit."""
    world.heal()
    if world.chance.happens(0.3):
        world.restart()
    for _ in range(3):
        resolve(world)
        _finish(world)
    resolve(world)


def resolve(world: World) -> None:
    """Until the desk has nothing to try and the platform nothing to do late."""
    desk = world.process.desks[0]
    for _ in range(_ROUNDS):
        retry_due(desk)
        waiting = [item.next_try for item in items(desk) if item.next_try is not None]
        if not waiting and not world.clock.expects:
            return
        soonest = min(waiting, default=desk.clock())
        pause = (soonest - desk.clock()).total_seconds()
        world.wait(max(pause, 60.0 if world.clock.expects else 1.0))


def _finish(world: World) -> None:
    cashier = Cashier(world, world.process.desks[0])
    for visit in tuple(world.witness.visits):
        _walk(cashier.finish(VisitId(visit)))


def _walk(script: Script) -> None:
    for _ in script:
        pass
