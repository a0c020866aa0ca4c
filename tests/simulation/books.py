"""The day is compared with the platform, and what is held as settled must add up to the fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

import msgspec

from desktop.domain.balance import Verdict, check
from desktop.domain.open_work import what_is_open
from desktop.domain.problems import DeskError
from desktop.domain.record import VisitRecord
from desktop.ledger.journal import VisitId
from desktop.nhsa.questions.reconciliation import Difference, Period
from desktop.sandbox.model import SettlementState
from desktop.services.ports import Desk
from desktop.services.reconcile import compare
from tests.simulation.faults import WorldFault
from tests.simulation.witness import Broken
from tests.simulation.world import World

Records = Mapping[VisitId, VisitRecord]
_CLOCKS_WRONG = timedelta(days=3)
"""More than any clock of a run is wrong."""
BY_A_SUPERVISOR = "does not add up, and a supervisor said so"


def compare_meanwhile(world: World, desk: Desk) -> None:
    """``kuasheng queue reconcile`` in the middle of everything."""
    world.story.tell("  today is compared")
    try:
        found = compare(desk, Period.of(desk.clock().date()))
    except DeskError as error:
        world.story.tell("  it cannot be: {}", error)
        return
    world.compared["in the middle of the day, " + ("no answer" if found.problem else "done")] += 1


def office_clears(world: World) -> bool:
    """All days are compared; now and then the office has what is there twice taken back."""
    if not world.policy.looks_up:
        return False
    _compared(world)
    strays = _strays(world)
    if not strays or world.chance.happens(0.3):
        return False
    _cleared(world, strays)
    return True


def close_the_books(world: World) -> None:
    """Everything is compared once more, and nothing may be left unexplained."""
    if world.policy.looks_up:
        _explained(world, _compared(world))


def _compared(world: World) -> tuple[Difference, ...]:
    found = compare(world.process.desks[0], _days(world))
    if found.problem is not None:
        raise Broken(f"the books cannot be compared on a healthy line: {found.problem.text}")
    return found.differences


def _days(world: World) -> Period:
    began, now = world.began.date(), world.clock.now.date()
    return Period(began - _CLOCKS_WRONG, now + _CLOCKS_WRONG)


def _strays(world: World) -> tuple[str, ...]:
    """Of visits that are not waiting for an answer of their own."""
    records = (world.process.desks[0].record(visit) for visit in world.witness.visits)
    return tuple(
        stray for record in records if what_is_open(record) is None for stray in record.strays
    )


def _cleared(world: World, strays: Iterable[str]) -> None:
    """By telephone: the platform takes its second booking back."""
    rows = world.platform.state.settlements
    for number in strays:
        world.note(WorldFault.CLEARED)
        rows.put(number, msgspec.structs.replace(rows[number], state=SettlementState.REVERSED))


def _explained(world: World, differences: Iterable[Difference]) -> None:
    """Zero difference is the acceptance figure, but for what the platform itself booked twice."""
    if world.met[WorldFault.CLEARED] and _strays(world):
        raise Broken("a stray settlement that the office cleared is still held against a visit")
    twice = 0
    for row in differences:
        if row.msgid not in world.witness.doubled:
            raise Broken(f"the books differ: {row.pile} {row.setl_id}")
        twice += 1
    world.compared[f"at the end, {'what was booked twice' if twice else 'no difference'}"] += 1


def adds_up(world: World, records: Records) -> None:
    """C1 to C7 of every settlement that the desk holds as settled; raises :class:`Broken`.

    What 5203 does not tell of an adopted one is counted as untold.
    """
    for visit, record in records.items():
        if record.effectively_settled:
            _settlement_adds_up(world, visit, record)


def _settlement_adds_up(world: World, visit: VisitId, record: VisitRecord) -> None:
    assert record.settlement is not None
    assert record.bill is not None
    if record.problems:
        world.identities[BY_A_SUPERVISOR] += 1
        return
    for identity, verdict in check(record.settlement.split, record.bill.total).verdicts:
        world.identities[f"{identity} {verdict}"] += 1
        if verdict is Verdict.FAILS:
            raise Broken(f"{visit} is settled, and {identity} {verdict}")
