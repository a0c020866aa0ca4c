"""Does an answer add up: the identities that every split must keep (benefits.md C1–C7).

An amount that was not told is not zero: what cannot be checked is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.money import ZERO, Money
from desktop.domain.split import Split, all_told

_Amounts = tuple[Money | None, ...]


class Identity(StrEnum):
    """The checks of benefits.md 2.2; C4 and C7 only warn."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"

    @property
    def only_warns(self) -> bool:
        """Fund codes are an open set, so areas differ in C4 and C7."""
        return self in (Identity.C4, Identity.C7)

    @property
    def words(self) -> str:
        """The identity in the words of the receipt."""
        return _IDENTITY_WORDS[self]


_IDENTITY_WORDS = {
    Identity.C1: "总额 = 全自费 + 超限价 + 先行自付 + 符合政策范围",
    Identity.C2: "总额 = 基金支付 + 个人负担 + 医院负担",
    Identity.C3: "个人负担 = 个人账户 + 个人现金",
    Identity.C4: "基金支付 = 各项基金之和",
    Identity.C5: "总额 = 上传明细之和",
    Identity.C6: "起付线不超过符合政策范围，且没有负数",
    Identity.C7: "基金分项之和 = 基金支付 + 账户 + 医院负担",
}


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    UNTOLD = "untold"
    """An amount that the check needs was not told."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What the identities say of one answer."""

    verdicts: tuple[tuple[Identity, Verdict], ...]

    def _having(self, verdict: Verdict) -> tuple[Identity, ...]:
        return tuple(identity for identity, found in self.verdicts if found is verdict)

    @property
    def broken(self) -> tuple[Identity, ...]:
        """Failed identities that make a settlement SETTLED_NEEDS_CHECK."""
        return tuple(i for i in self._having(Verdict.FAILS) if not i.only_warns)

    @property
    def warnings(self) -> tuple[Identity, ...]:
        return tuple(i for i in self._having(Verdict.FAILS) if i.only_warns)

    @property
    def unchecked(self) -> tuple[Identity, ...]:
        return self._having(Verdict.UNTOLD)


def check(split: Split, uploaded: Money, *, reversed_: bool = False) -> Balance:
    """Check C1–C7 on one answer; ``uploaded`` is the sum of the lines sent.

    In a 2208 answer (``reversed_``) every amount is turned, the balance and ratios are not.
    """
    sums = _sums(split, uploaded, reversed_=reversed_)
    others = {
        Identity.C4: _funds_add_up(split),
        Identity.C6: _deductible_fits(split, reversed_),
        Identity.C7: _shares_add_up(split),
    }
    return Balance(tuple((i, others.get(i) or _sums_to(*sums[i])) for i in Identity))


def doubts(split: Split, uploaded: Money, *, reversed_: bool = False) -> tuple[str, ...]:
    """What does not add up, with its figures in yuan, for the person who asks the platform."""
    sums = _sums(split, uploaded, reversed_=reversed_)
    return tuple(
        f"{identity} {identity.words}{_figures(*sums[identity]) if identity in sums else ''}"
        for identity in check(split, uploaded, reversed_=reversed_).broken
    )


def _sums(
    split: Split, uploaded: Money, *, reversed_: bool
) -> Mapping[Identity, tuple[Money | None, _Amounts]]:
    """The identities that are one sum: the whole, and the parts that must add up to it."""
    paid = (split.fund_total, split.personal_part, split.hospital_part)
    return {
        Identity.C1: (split.total, _first_parts(split)),
        Identity.C2: (split.total, paid),
        Identity.C3: (split.personal_part, (split.account, split.cash)),
        Identity.C5: (split.total, (-uploaded if reversed_ else uploaded,)),
    }


def _figures(whole: Money | None, parts: _Amounts) -> str:
    told = all_told(parts) or ()
    added = " + ".join(str(part) for part in told)
    total = f" = {Money.total(told)}" if len(told) > 1 else ""
    return f"（返回 {whole}，应为 {added}{total}）"


def _first_parts(split: Split) -> _Amounts:
    return (split.full_self_pay, split.over_limit, split.pre_self_pay, split.in_scope)


def _verdict(holds: bool) -> Verdict:
    return Verdict.HOLDS if holds else Verdict.FAILS


def _sums_to(whole: Money | None, parts: _Amounts) -> Verdict:
    told = all_told((whole, *parts))
    if told is None:
        return Verdict.UNTOLD
    return _verdict(told[0] == Money.total(told[1:]))


def _funds_add_up(split: Split) -> Verdict:
    """C4, where a fund field that the area does not send counts as nothing."""
    if split.fund_total is None or split.pooled_fund is None:
        return Verdict.UNTOLD
    paid = Money.total(amount or ZERO for amount in split.funds_by_field)
    return _verdict(split.fund_total == paid)


def _deductible_fits(split: Split, reversed_: bool) -> Verdict:
    sign = -1 if reversed_ else 1
    amounts = (split.total, *_first_parts(split), split.deductible, *split.funds_by_field)
    personal = (split.fund_total, split.personal_part, split.account, split.family_account)
    every = (*amounts, *personal, split.cash, split.hospital_part)
    if any(amount is not None and amount.fen * sign < 0 for amount in every):
        return Verdict.FAILS
    if split.deductible is None or split.in_scope is None:
        return Verdict.UNTOLD
    return _verdict(split.deductible.fen * sign <= split.in_scope.fen * sign)


def _shares_add_up(split: Split) -> Verdict:
    if split.fund_total is None or (not split.shares and split.fund_total):
        return Verdict.UNTOLD
    funds = (s.paid for s in split.shares if not (s.is_account or s.is_hospital))
    accounts = Money.total(s.paid for s in split.shares if s.is_account)
    if Money.total(funds) != split.fund_total:
        return Verdict.FAILS
    if not accounts or split.account is None:
        return Verdict.HOLDS
    return _verdict(accounts == split.account)
