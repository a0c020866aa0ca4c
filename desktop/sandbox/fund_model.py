"""What is remembered of funds and accounts; every amount in fen."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from desktop.domain.money import ZERO, Money
from desktop.domain.quantities import Rate
from desktop.sandbox.row import Row


class FundPaid(Row, frozen=True, kw_only=True):
    """A fund after the pool in one settlement, also one that paid nothing."""

    code: str
    """``fund_pay_type``."""
    name: str
    """"" for a fund that its area leaves nameless."""
    field: str
    """Its field of ``setlinfo``."""
    counted: Money
    """What of the fund's base this settlement brought."""
    paid: Money
    limit: Money
    """Payable limit left before this payment."""
    note: str
    """``setl_proc_info``."""

    def turned(self) -> FundPaid:
        """Signs turned; the limit is no payment and stays."""
        return FundPaid(
            code=self.code,
            name=self.name,
            field=self.field,
            counted=-self.counted,
            paid=-self.paid,
            limit=self.limit,
            note=self.note,
        )


class Amounts(Row, frozen=True, kw_only=True):
    """One settlement in money, as benefits.md 2.2 orders it."""

    total: Money
    full_self_pay: Money
    over_limit: Money
    pre_self_pay: Money
    in_scope: Money
    deductible: Money
    fund: Money
    """基金支付总额: the pool and the funds after it."""
    hospital: Money = ZERO
    """What the hospital bears; of the personal part, it is none."""
    own_account: Money
    mutual_aid: Money
    cash: Money
    ratio: Rate
    limit_before: Money
    """Payable limit of the pool left before this payment."""
    extras: tuple[FundPaid, ...] = ()

    @property
    def pooled(self) -> Money:
        """``hifp_pay``."""
        return self.fund - Money.total(extra.paid for extra in self.extras)

    @property
    def personal(self) -> Money:
        return self.total - self.fund - self.hospital

    @property
    def account(self) -> Money:
        """``acct_pay``: the own account's and the relative's part."""
        return self.own_account + self.mutual_aid

    def in_cash(self) -> Amounts:
        """Before the account's step: its part is the patient's to pay."""
        return msgspec.structs.replace(self, own_account=ZERO, mutual_aid=ZERO, cash=self.personal)

    def turned(self) -> Amounts:
        """All signs turned; the ratio and the limit are no payments and stay."""
        money = {
            name: -value
            for name, value in msgspec.structs.asdict(self).items()
            if isinstance(value, Money) and name != "limit_before"
        }
        extras = tuple(extra.turned() for extra in self.extras)
        return msgspec.structs.replace(self, extras=extras, **money)


class FundSums(Row, frozen=True, kw_only=True):
    """A year's sums of one fund, or of one chronic disease."""

    counted: Money = ZERO
    """What came towards its threshold or deductible."""
    paid: Money = ZERO


class AccountState(StrEnum):
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"


class AccountEntry(Row, frozen=True, kw_only=True):
    """A line in the books of real accounts (S2-09)."""

    setl_id: str
    psn_no: str
    insutype: str
    area: str
    own: Money
    family: Money
    """The relative's part."""
    state: AccountState
    at: datetime
