"""What must hold when a run is over and the line is healthy."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.notes import Found, Open
from desktop.domain.one_at_a_time import may_be_the_same
from desktop.domain.open_work import tries_at, what_is_open
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.sandbox.model import Settlement as Booked
from desktop.sandbox.model import SettlementState
from desktop.services.queue import items
from desktop.services.queue_items import Waiting
from tests.simulation.books import Records, adds_up
from tests.simulation.witness import IN_DOUBT, Broken
from tests.simulation.world import World, held_for


def judge(world: World) -> None:
    """Raises :class:`Broken` with the first rule that does not hold."""
    records = {visit: world.process.desks[0].record(visit) for visit in world.witness.visits}
    for visit, record in records.items():
        _as_witnessed(world, visit, record)
        _decided(world, visit, record)
    for visit, record in records.items():
        if record.effectively_settled and record.settlement is not None:
            _platform_agrees(world, visit, record.settlement)
    for bill in world.witness.booked:
        _desk_knows(world, bill, records)
    adds_up(world, records)
    _cash_agrees(world, records)
    _nothing_waits(world, records)
    _no_registration_forgotten(world, records)
    _every_entry_holds(world)


def _as_witnessed(world: World, visit: VisitId, record: VisitRecord) -> None:
    seen = world.witness.visits[visit]
    if seen.state is not record.state:
        raise Broken(f"{visit}: the journal says {record.state}, written was {seen.state}")


def _decided(world: World, visit: VisitId, record: VisitRecord) -> None:
    if record.state not in IN_DOUBT and record.state is not State.REVERSING:
        return
    if record.handed_over and _is_a_persons(world, visit):
        return
    raise Broken(f"{visit} is {record.state} for ever on a healthy line")


def _is_a_persons(world: World, visit: VisitId) -> bool:
    """Booked twice by the platform, or a site that answers no queries: nobody else can know."""
    return world.witness.submitted_doubled(visit) or not world.policy.queries


def _booked_twice(world: World, visit: VisitId, records: Records) -> bool:
    """What the platform booked twice by itself stands against the visit until it is cleared."""
    return bool(records[visit].strays) and world.witness.bill_doubled(_bill_of(world, visit))


def _waits_for_a_persons(world: World, visit: VisitId, records: Records) -> bool:
    """A registration on which another bill was sent whose outcome only a person can find out, or
    that the platform booked twice by itself.
    """
    return any(
        (_is_a_persons(world, other) and record.blocks_new_settlement)
        or world.witness.bill_doubled(_bill_of(world, other))
        for other, record in records.items()
        if record.mdtrt_id is not None and record.mdtrt_id == records[visit].mdtrt_id
    )


def _its_charges_are_a_persons(world: World, visit: VisitId, records: Records) -> bool:
    """A deferred bill of which another attempt has an outcome that only a person can find out."""
    ours = records[visit]
    return ours.state is State.DEFERRED and any(
        _is_a_persons(world, other) and record.blocks_new_settlement
        for other, record in records.items()
        if other != visit and may_be_the_same(ours, record)
    )


def _platform_agrees(world: World, visit: VisitId, known: Settlement) -> None:
    row = world.platform.state.settlements.get(known.setl_id or "")
    if row is None or row.setl_id not in world.witness.effective(_bill_of(world, visit)):
        raise Broken(f"{visit} is settled at the desk, not at the platform")
    if _money_of(row) != _money(known):
        raise Broken(f"{visit}: desk and platform differ in amounts")


def _money_of(row: Booked) -> tuple[object, ...]:
    return (row.amounts.total, row.amounts.account, row.amounts.cash)


def _money(known: Settlement) -> tuple[object, ...]:
    return (known.split.total, known.split.account, known.split.cash)


def _bill_of(world: World, visit: VisitId) -> str:
    return world.witness.visits[visit].bill


def _desk_knows(world: World, bill: str, records: Records) -> None:
    """Every effective settlement belongs to a visit that says so."""
    known = {
        record.settlement.setl_id
        for visit, record in records.items()
        if record.settlement is not None
        and (record.effectively_settled or _is_a_persons(world, visit))
    }
    for number in world.witness.effective(bill):
        msgid = world.platform.state.settlements[number].msgid
        if number not in known and msgid not in world.witness.doubled:
            raise Broken(f"{bill} is settled at the platform, and no visit of the desk says so")


def _cash_agrees(world: World, records: Records) -> None:
    """What lies in the drawer for a bill, in whatever revision, is what the journal says; where it is
    settled, that is the platform's cash parts, and nothing was asked for twice.

    Where only a person can say whether a refund is through, the cash is that person's too.
    """
    desk = world.process.desks[0]
    for bill_no, in_drawer in world.till.items():
        visits = desk.journal.visits_of_any_revision(bill_no)
        if any(records[visit].state is State.REVERSING for visit in visits):
            continue
        held = held_for(desk, bill_no)
        if in_drawer != held:
            raise Broken(f"{bill_no}: {in_drawer} fen in the drawer, {held} in the journal")
        bills = {_bill_of(world, visit) for visit in visits}
        due = [cash for bill in bills for cash in _due(world, bill)]
        doubled = any(world.witness.bill_doubled(bill) for bill in bills)
        if _somebody_decided_to_pay([records[visit] for visit in visits]):
            continue
        if due and held not in (0, sum(due)) and not doubled:
            raise Broken(f"{bill_no}: {held} fen in the drawer, {due} are the patient's part")


def _somebody_decided_to_pay(records: Sequence[VisitRecord]) -> bool:
    """Told what stands beside it, they paid it alone all the same."""
    return any(record.deposit and record.beside for record in records)


def _due(world: World, bill: str) -> list[int]:
    """The cash part of each settlement that stands."""
    rows = world.platform.state.settlements
    return [rows[number].amounts.cash.fen for number in world.witness.effective(bill)]


def _nothing_waits(world: World, records: Records) -> None:
    """Everything that was in the queue came to an end, or to a person."""
    for item in items(world.process.desks[0]):
        if item.state is Waiting.DONE:
            continue
        left = _is_a_persons(world, item.visit) or _booked_twice(world, item.visit, records)
        left = left or _waits_for_a_persons(world, item.visit, records)
        if _its_charges_are_a_persons(world, item.visit, records):
            continue
        if item.state is not Waiting.NEEDS_PERSON or not left:
            raise Broken(f"{item.visit} still waits: {item.kind} {item.state} {item.reason}")


def _no_registration_forgotten(world: World, records: Records) -> None:
    """What nothing stands on is withdrawn, or waits.

    Of a 2201 that the platform carried out twice nobody was told the second number.
    """
    waits = {
        record.bill.visit.visit_no
        for record in records.values()
        if record.bill is not None and what_is_open(record) is not None
    }
    for told in world.witness.registered.values():
        visit = world.platform.state.visits[told[0]]
        done = visit.withdrawn or visit.ipt_otp_no in waits
        if len(told) == 1 and not done and not _is_of_use(world, told[0], records):
            raise Broken(f"the registration of {visit.ipt_otp_no} is forgotten")


def _is_of_use(world: World, mdtrt_id: str, records: Records) -> bool:
    """A settlement stands on it, cash is still to go back, or the platform did not let it go."""
    settled = [row.state for row in world.platform.state.settlements if row.mdtrt_id == mdtrt_id]
    if SettlementState.EFFECTIVE in settled:
        return True
    on_it = [record for record in records.values() if record.mdtrt_id == mdtrt_id]
    kept = (_refused_often(record) or record.cash_taken for record in on_it)
    return bool(settled) and any(kept)


def _refused_often(record: VisitRecord) -> bool:
    tries = tries_at(record, Open.UPLOAD)
    return len([tried for tried in tries if tried.found is Found.REFUSED and tried.by]) > 1


def _every_entry_holds(world: World) -> None:
    """All that was acknowledged is in the chain, and nothing else."""
    report = world.process.journal.verify_chain()
    if not report.ok:
        raise Broken(f"the chain does not hold: {report.first_fault}")
    if report.entries != sum(seen.entries for seen in world.witness.visits.values()):
        raise Broken("an acknowledged record is lost")
