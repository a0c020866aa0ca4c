"""Books a settlement with both parties, and unbooks it again."""

from __future__ import annotations

from desktop.sandbox.calls import Call
from desktop.sandbox.care_place.booking import enter, strike
from desktop.sandbox.fund_model import AccountState
from desktop.sandbox.insured_place.account import bank_step, give_back
from desktop.sandbox.insured_place.sums import BACK, THERE, move
from desktop.sandbox.model import Settlement, SettlementState, Visit
from desktop.sandbox.state import State


def book(state: State, row: Settlement, visit: Visit) -> Settlement:
    """Store an effective settlement and move every sum but the account's, whose step comes after."""
    first = enter(state, row, visit)
    move(state, row, THERE, visits=int(first))
    return row


def unbook(call: Call, row: Settlement, became: SettlementState) -> None:
    """Undo an effective settlement; its batch wants a new 2206 before it is settled again."""
    last = strike(call.state, row, became)
    move(call.state, row, BACK, visits=-int(last))
    give_back(call.state, row, call.business_now)
    if row.amounts.account:
        call.way.account = bank_step(call.state, row, AccountState.RETURNED)
