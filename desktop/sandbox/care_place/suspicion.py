"""What an agency looks at again; nothing of it stops a settlement.

A patient who is suspected is not told so at the window: that is for people to find out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.sandbox.model import Batch, Institution, Settlement, SettlementState
from desktop.sandbox.state import State, batch_key


class Suspicion(StrEnum):
    LATE_UPLOAD = "late_upload"
    """Lines arrived on a later day than that of their fee (S1-26: 实时上传)."""
    TWO_CITIES = "two_cities"
    """One person treated in two cities on one day: who was it? (S4-18: 人证相符)."""
    SAME_ITEM = "same_item"
    """One item for one person on one day at two institutions (S4-32)."""


@dataclass(frozen=True, slots=True)
class Suspected:
    setl_id: str
    suspicions: tuple[Suspicion, ...]


@dataclass(frozen=True, slots=True)
class _Treated:
    """An effective settlement, where and of what."""

    row: Settlement
    batch: Batch
    place: Institution
    day: date

    @property
    def city(self) -> str:
        return self.place.area[:4]

    @property
    def items(self) -> frozenset[str]:
        return frozenset(line.item for line in self.batch.lines)


def suspected(state: State) -> tuple[Suspected, ...]:
    """The effective settlements with something to look at, in booking order."""
    days = defaultdict(list)
    for each in _treated(state):
        days[each.row.psn_no, each.day].append(each)
    return tuple(
        Suspected(each.row.setl_id, found)
        for day in days.values()
        for each in day
        if (found := tuple(_suspicions(each, day)))
    )


def _treated(state: State) -> Iterator[_Treated]:
    for row in state.settlements:
        batch = state.batches.get(batch_key(row.mdtrt_id, row.batch))
        if row.state is SettlementState.EFFECTIVE and batch is not None:
            visit = state.visits[row.mdtrt_id]
            place = state.institutions[visit.institution]
            yield _Treated(row, batch, place, visit.begins.date())


def _suspicions(each: _Treated, day: Iterable[_Treated]) -> Iterator[Suspicion]:
    others = [other for other in day if other.place.code != each.place.code]
    if _came_late(each.batch):
        yield Suspicion.LATE_UPLOAD
    if any(other.city != each.city for other in others):
        yield Suspicion.TWO_CITIES
    if any(other.items & each.items for other in others):
        yield Suspicion.SAME_ITEM


def _came_late(batch: Batch) -> bool:
    """An older store kept no times of uploads."""
    uploaded = batch.uploaded
    return uploaded is not None and any(line.time.date() < uploaded.date() for line in batch.lines)
