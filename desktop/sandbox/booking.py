"""Books a settlement and unbooks it again: every sum moves by exactly the slip's amounts (A13)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from desktop.domain.money import ZERO, Money
from desktop.sandbox.calls import any_settled
from desktop.sandbox.model import (
    Amounts,
    Insured,
    Person,
    Settlement,
    SettlementState,
    Visit,
    YearSums,
)
from desktop.sandbox.state import State, batch_key, sums_key


@dataclass(frozen=True, slots=True)
class _Move:
    """By how much a settlement moves each sum; unbooking moves them back."""

    amounts: Amounts
    by_year: bool
    sign: int

    def money(self, amount: Money) -> Money:
        return Money(amount.fen * self.sign)


def book(state: State, row: Settlement, visit: Visit) -> Settlement:
    """Store an effective settlement and move every sum."""
    first = not any_settled(state, state.batches_of(visit))
    key = batch_key(row.mdtrt_id, row.batch)
    batch = state.batches[key]
    numbers = (*batch.settlements, row.setl_id)
    state.batches.put(key, msgspec.structs.replace(batch, settlements=numbers))
    state.settlements.put(row.setl_id, row)
    _apply(state, row, _Move(row.amounts, row.by_year, +1), visits=int(first))
    return row


def unbook(state: State, row: Settlement, became: SettlementState) -> None:
    """Undo an effective settlement; its batch wants a new 2206 before it is settled again."""
    state.settlements.put(row.setl_id, msgspec.structs.replace(row, state=became))
    key = batch_key(row.mdtrt_id, row.batch)
    batch = state.batches[key]
    state.batches.put(key, msgspec.structs.replace(batch, presettled=None))
    visit = state.visits[row.mdtrt_id]
    last = not any_settled(state, state.batches_of(visit))
    _apply(state, row, _Move(row.amounts, row.by_year, -1), visits=-int(last))


def _apply(state: State, row: Settlement, move: _Move, *, visits: int) -> None:
    _move_sums(state, row, move, visits)
    _move_visit(state, row.mdtrt_id, move)
    _move_accounts(state, row, move)


def _move_sums(state: State, row: Settlement, move: _Move, visits: int) -> None:
    """Takes back at most what is there: a person may have been replaced meanwhile."""
    key = sums_key(row.psn_no, row.insutype, row.year)
    sums = state.sums.get(key) or YearSums()
    deductible = move.money(row.amounts.deductible) if move.by_year else ZERO
    state.sums.put(
        key,
        YearSums(
            deductible=max(ZERO, sums.deductible + deductible),
            fund=max(ZERO, sums.fund + move.money(row.amounts.fund)),
            costs=max(ZERO, sums.costs + move.money(row.amounts.total)),
            account=max(ZERO, sums.account + move.money(row.amounts.account)),
            visits=max(0, sums.visits + visits),
        ),
    )


def _move_visit(state: State, mdtrt_id: str, move: _Move) -> None:
    visit = state.visits[mdtrt_id]
    paid = visit.deductible + move.money(move.amounts.deductible)
    state.visits.put(mdtrt_id, msgspec.structs.replace(visit, deductible=paid))


def _move_accounts(state: State, row: Settlement, move: _Move) -> None:
    who = state.people[row.psn_no]
    insured = tuple(
        _moved(each, move) if (each.insutype, each.area) == (row.insutype, row.area) else each
        for each in who.insured
    )
    if row.amounts.account:
        state.people.put(who.psn_no, msgspec.structs.replace(who, insured=insured))


def _moved(insured: Insured, move: _Move) -> Insured:
    return msgspec.structs.replace(
        insured,
        account=insured.account - move.money(move.amounts.own_account),
        mutual_aid=insured.mutual_aid - move.money(move.amounts.mutual_aid),
    )


def balance(who: Person, row: Settlement) -> Money:
    """``balc``: the own account as it stands now."""
    rows = (r for r in who.insured if (r.insutype, r.area) == (row.insutype, row.area))
    return next((found.account for found in rows), ZERO)
