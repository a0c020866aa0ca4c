"""The insured area's books: a settlement moves the sums of the year, there and back.

Every sum moves by exactly the slip's amounts (A13), but goes back at most to nothing: a person may
have been replaced meanwhile. The personal account has books of its own (:mod:`.account`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from desktop.domain.money import ZERO, Money
from desktop.sandbox.fund_model import FundSums
from desktop.sandbox.model import Settlement, YearSums
from desktop.sandbox.state import State, sums_key

THERE: Final = +1
BACK: Final = -1


def move(state: State, row: Settlement, sign: int, *, visits: int) -> None:
    """Move every sum ``THERE`` or ``BACK``; ``visits`` is what it adds to the year's visits."""
    key = sums_key(row.psn_no, row.insutype, row.year)
    sums = moved(state.sums.get(key) or YearSums(), row, sign)
    state.sums.put(key, msgspec.structs.replace(sums, visits=max(0, sums.visits + visits)))


def moved(sums: YearSums, row: Settlement, sign: int) -> YearSums:
    """The sums of costs and funds after a settlement, or after it is undone."""
    pool = _moved_disease if row.disease else _moved_pool
    return msgspec.structs.replace(
        pool(sums, row, sign),
        costs=_moved(sums.costs, row.amounts.total, sign),
        funds=_moved_funds(sums.funds, row, sign),
    )


def move_account(state: State, row: Settlement, amount: Money, sign: int) -> None:
    """The year's sum of what accounts paid."""
    key = sums_key(row.psn_no, row.insutype, row.year)
    sums = state.sums.get(key) or YearSums()
    state.sums.put(key, msgspec.structs.replace(sums, account=_moved(sums.account, amount, sign)))


def _moved(before: Money, amount: Money, sign: int) -> Money:
    return max(ZERO, before + Money(amount.fen * sign))


def _deductible(row: Settlement) -> Money:
    return row.amounts.deductible if row.by_year else ZERO


def _moved_pool(sums: YearSums, row: Settlement, sign: int) -> YearSums:
    return msgspec.structs.replace(
        sums,
        deductible=_moved(sums.deductible, _deductible(row), sign),
        fund=_moved(sums.fund, row.amounts.pooled, sign),
    )


def _moved_disease(sums: YearSums, row: Settlement, sign: int) -> YearSums:
    """A chronic disease has a deductible and a cap of its own."""
    own = _moved_row(sums.diseases.get(row.disease), _deductible(row), row.amounts.pooled, sign)
    return msgspec.structs.replace(sums, diseases=_kept({**sums.diseases, row.disease: own}))


def _moved_funds(funds: Mapping[str, FundSums], row: Settlement, sign: int) -> dict[str, FundSums]:
    after = dict(funds)
    for extra in row.amounts.extras:
        after[extra.code] = _moved_row(after.get(extra.code), extra.counted, extra.paid, sign)
    return _kept(after)


def _kept(rows: Mapping[str, FundSums]) -> dict[str, FundSums]:
    """Without what is back at nothing, so that undoing leaves no trace."""
    return {name: row for name, row in rows.items() if row != FundSums()}


def _moved_row(before: FundSums | None, counted: Money, paid: Money, sign: int) -> FundSums:
    before = before or FundSums()
    return FundSums(
        counted=_moved(before.counted, counted, sign), paid=_moved(before.paid, paid, sign)
    )
