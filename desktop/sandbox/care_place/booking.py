"""The care place's books: a settlement stands at its batch and its visit, or stands no more."""

from __future__ import annotations

import msgspec

from desktop.domain.money import Money
from desktop.sandbox.care_place.visits import any_settled
from desktop.sandbox.model import Line, Settlement, SettlementState, Visit
from desktop.sandbox.state import State, batch_key


def enter(state: State, row: Settlement, visit: Visit) -> bool:
    """Store an effective settlement; True when it is the first that stands of its visit."""
    first = not any_settled(state, state.batches_of(visit))
    key = batch_key(row.mdtrt_id, row.batch)
    batch = state.batches[key]
    numbers = (*batch.settlements, row.setl_id)
    state.batches.put(key, msgspec.structs.replace(batch, settlements=numbers))
    state.settlements.put(row.setl_id, row)
    _move_visit(state, row.mdtrt_id, row.amounts.deductible)
    return first


def strike(state: State, row: Settlement, became: SettlementState) -> bool:
    """Undo an effective settlement; True when none of its visit stands any more.

    Its batch wants a new 2206 before it is settled again.
    """
    state.settlements.put(row.setl_id, msgspec.structs.replace(row, state=became))
    key = batch_key(row.mdtrt_id, row.batch)
    batch = state.batches[key]
    state.batches.put(key, msgspec.structs.replace(batch, presettled=None))
    _move_visit(state, row.mdtrt_id, -row.amounts.deductible)
    return not any_settled(state, state.batches_of(state.visits[row.mdtrt_id]))


def take_back(state: State, key: str) -> None:
    """Drop a batch; what was once settled with its lines stays known by the settlement."""
    batch = state.batches[key]
    for number in batch.settlements:
        state.taken_back.put(number, batch)
    state.batches.drop(key)


def lines_of(state: State, row: Settlement) -> tuple[Line, ...]:
    """The lines as they stood at the settlement, whatever its batch number names since."""
    number = row.undoes or row.setl_id
    batch = state.taken_back.get(number) or state.batches.get(batch_key(row.mdtrt_id, row.batch))
    return batch.lines if batch and number in batch.settlements else ()


def _move_visit(state: State, mdtrt_id: str, deductible: Money) -> None:
    visit = state.visits[mdtrt_id]
    paid = visit.deductible + deductible
    state.visits.put(mdtrt_id, msgspec.structs.replace(visit, deductible=paid))
