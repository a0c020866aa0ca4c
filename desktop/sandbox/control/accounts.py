"""The books of real accounts on the control surface, and the undoing of one step; pure."""

from __future__ import annotations

from datetime import datetime

from desktop.sandbox.fund_model import AccountEntry
from desktop.sandbox.insured_place.account import give_back_alone
from desktop.sandbox.state import State, serial_of


def show_accounts(state: State, certno: str | None) -> list[dict[str, object]]:
    """Every step, settlement by settlement; of everybody when no certificate is named."""
    who = state.person_by_certificate(certno.upper()) if certno else None
    mine = who.psn_no if who else certno
    rows = (row for row in state.accounts if mine is None or row.psn_no == mine)
    return [_entry(row) for row in sorted(rows, key=lambda row: (serial_of(row.setl_id), row.at))]


def return_account(state: State, setl_id: str, at: datetime) -> dict[str, object]:
    """The bank gives an account's payment back by itself, the pool's part stays (S2-09).

    Raises :class:`~desktop.sandbox.insured_place.account.NothingToReturn`.
    """
    row = give_back_alone(state, setl_id, at)
    return {
        "setl_id": row.setl_id,
        "fund_pay_sumamt": row.amounts.fund.yuan(),
        "acct_pay": row.amounts.account.yuan(),
        "psn_cash_pay": row.amounts.cash.yuan(),
    }


def _entry(row: AccountEntry) -> dict[str, object]:
    return {
        "setl_id": row.setl_id,
        "insutype": row.insutype,
        "insuplc_admdvs": row.area,
        "acct_pay": (row.own + row.family).yuan(),
        "acct_mulaid_pay": row.family.yuan(),
        "state": row.state,
        "at": row.at,
    }
