"""个人账户: a step of its own after the pool's (S2-08), with books of its own (S2-09).

In a real-account area (实账户) a bank keeps the money: the step can fail by itself, which leaves
the pool's part booked and the account's to be paid in cash, and it can be undone by itself. In a
virtual-account area the money is a figure of the insured area; the wire tells the two not apart.

``account_fails`` is obeyed in both: practice-control names it beside ``real_account`` and binds
neither to the other, and a lesson that orders a failure gets one. Nothing fails unless ordered.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from desktop.domain.money import ZERO, Money
from desktop.sandbox.fund_model import AccountEntry, AccountState
from desktop.sandbox.insured_place.sums import BACK, THERE, move_account
from desktop.sandbox.model import Insured, Person, Settlement, SettlementState
from desktop.sandbox.state import State

PAID = "个人账户支付"
FAILED = "个人账户扣款失败，该部分请改付现金"
RETURNED = "个人账户扣款已单独退回，该部分请改付现金"


class NothingToReturn(Exception):
    """The account paid nothing for this settlement that could be returned by itself."""

    def __init__(self) -> None:
        super().__init__("该结算没有可以单独退回的个人账户支付")


def charge(state: State, row: Settlement, own: Money, family: Money) -> Settlement:
    """Take the account's part of a booked settlement out of its cash; it may fail."""
    if not own + family:
        return row
    if state.area(row.area).account_fails:
        _enter(state, row, AccountState.FAILED, own, family, row.at)
        return _put(state, row, FAILED)
    paid = _put(state, row, PAID, own, family)
    _move_balance(state, paid, THERE)
    _enter(state, paid, AccountState.PAID, own, family, row.at)
    return paid


def give_back(state: State, row: Settlement, at: datetime) -> None:
    """The account's half of undoing a whole settlement."""
    amounts = row.amounts
    if amounts.account:
        _move_balance(state, row, BACK)
        own, family = amounts.own_account, amounts.mutual_aid
        _enter(state, row, AccountState.RETURNED, own, family, at)


def give_back_alone(state: State, setl_id: str, at: datetime) -> Settlement:
    """Undo the account's step and nothing else: its part of the bill falls to the cash.

    Raises :class:`NothingToReturn`, also in an area without real accounts.
    """
    row = state.settlements.get(setl_id)
    if row is None or row.state is not SettlementState.EFFECTIVE or not row.amounts.account:
        raise NothingToReturn
    if not state.area(row.area).real_account:
        raise NothingToReturn
    give_back(state, row, at)
    return _put(state, row, RETURNED)


def bank_step(state: State, row: Settlement, became: AccountState) -> str:
    """``became`` when that stands in the bank's books of the settlement, else ""."""
    return became if _entry_key(row, became) in state.accounts else ""


def balance(who: Person, row: Settlement) -> Money:
    """``balc``: the own account as it stands now."""
    rows = (r for r in who.insured if (r.insutype, r.area) == (row.insutype, row.area))
    return next((found.account for found in rows), ZERO)


def _put(
    state: State, row: Settlement, note: str, own: Money = ZERO, family: Money = ZERO
) -> Settlement:
    """The settlement with these account parts; what they leave of the personal part is cash."""
    amounts = msgspec.structs.replace(
        row.amounts,
        own_account=own,
        mutual_aid=family,
        cash=row.amounts.personal - own - family,
    )
    changed = msgspec.structs.replace(row, amounts=amounts, account_note=note)
    return state.settlements.put(row.setl_id, changed)


def _move_balance(state: State, row: Settlement, sign: int) -> None:
    who = state.people[row.psn_no]
    insured = tuple(
        _moved(each, row, sign) if (each.insutype, each.area) == (row.insutype, row.area) else each
        for each in who.insured
    )
    state.people.put(who.psn_no, msgspec.structs.replace(who, insured=insured))
    move_account(state, row, row.amounts.account, sign)


def _moved(insured: Insured, row: Settlement, sign: int) -> Insured:
    return msgspec.structs.replace(
        insured,
        account=insured.account - Money(row.amounts.own_account.fen * sign),
        mutual_aid=insured.mutual_aid - Money(row.amounts.mutual_aid.fen * sign),
    )


def _enter(
    state: State, row: Settlement, became: AccountState, own: Money, family: Money, at: datetime
) -> None:
    """The bank's own books: an area without real accounts has none."""
    if state.area(row.area).real_account:
        entry = AccountEntry(
            setl_id=row.setl_id,
            psn_no=row.psn_no,
            insutype=row.insutype,
            area=row.area,
            own=own,
            family=family,
            state=became,
            at=at,
        )
        state.accounts.put(_entry_key(row, became), entry)


def _entry_key(row: Settlement, became: AccountState) -> str:
    return f"{row.setl_id}/{became}"
