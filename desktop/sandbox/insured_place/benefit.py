"""The order of computation of benefits.md 2.2, to the fen; pure.

The care place has split each line (:mod:`desktop.sandbox.care_place.splitting`); the insured area
works on the sums of the batch (:func:`compute`). Half a fen is rounded up at the places that A10
names and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from desktop.domain.money import ZERO, Money
from desktop.domain.quantities import Rate
from desktop.sandbox.insured_place.policy import (
    NOTHING,
    AccountScope,
    BenefitRule,
    DeductibleMode,
    FirstPay,
    FirstPayMode,
    PersonClass,
    Supplement,
)
from desktop.sandbox.insured_place.supplements import Extra, Left, Used, pay_after_pool
from desktop.sandbox.shares import LineShare


class AccountUse(StrEnum):
    """``acct_used_flag``."""

    NONE = "0"
    OWN = "1"
    FAMILY = "2"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the insured area pays by: its rule, this person, this hospital, this filing.

    ``rule`` is None where no pool exists: the funds then pay nothing, the account may.
    """

    rule: BenefitRule | None
    person: PersonClass
    level: int
    first_pay: FirstPay
    account_scope: AccountScope = AccountScope.IN_POLICY
    supplements: tuple[Supplement, ...] = ()
    """The funds after the pool that this person is entitled to, in their order."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the person has paid, used and owns before this settlement, in fen."""

    deductible_paid: Money = ZERO
    """In this visit or this year, as the rule's deductible counts."""
    fund_used: Money = ZERO
    account: Money = ZERO
    mutual_aid: Money = ZERO
    use: AccountUse = AccountUse.NONE
    supplements: Used = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Benefit:
    """The settlement in figures; see benefits.md 2.2 for each name's line."""

    total: Money
    full_self_pay: Money
    over_limit: Money
    pre_self_pay_b: Money
    first_pay: Money
    in_scope: Money
    standard: Money
    deductible: Money
    ratio: Rate
    due: Money
    limit_before: Money
    pooled: Money
    extras: tuple[Extra, ...]
    hospital: Money
    own_account: Money
    mutual_aid: Money

    @property
    def pre_self_pay(self) -> Money:
        """先行自付 on the wire: 乙类 and first pay together."""
        return self.pre_self_pay_b + self.first_pay

    @property
    def fund(self) -> Money:
        """基金支付总额: the pool and every fund after it."""
        return self.pooled + Money.total(extra.paid for extra in self.extras)

    @property
    def over_cap(self) -> Money:
        return self.due - self.pooled

    @property
    def coinsurance(self) -> Money:
        return self.in_scope - self.deductible - self.due

    @property
    def personal(self) -> Money:
        return self.total - self.fund - self.hospital

    @property
    def cash(self) -> Money:
        return self.personal - self.own_account - self.mutual_aid


@dataclass(frozen=True, slots=True)
class _Pooled:
    first_pay: Money
    in_scope: Money
    standard: Money
    deductible: Money
    ratio: Rate
    due: Money
    limit_before: Money
    fund: Money


def compute(bill: LineShare, terms: Terms, standing: Standing) -> Benefit:
    """One settlement of ``bill``; raises KeyError never: a class without ratio is paid nothing."""
    pooled = _pool(bill, terms, standing)
    left = Left(in_policy=pooled.in_scope - pooled.fund, over_cap=pooled.due - pooled.fund)
    extras = pay_after_pool(left, terms.supplements, standing.supplements)
    funds = pooled.fund + Money.total(extra.paid for extra in extras)
    hospital = terms.rule.hospital_share.of(bill.over_limit) if terms.rule else ZERO
    above = bill.full_self_pay + bill.over_limit - hospital
    own, aid = _accounts(bill.total - funds - hospital, above, terms, standing)
    return Benefit(
        total=bill.total,
        full_self_pay=bill.full_self_pay,
        over_limit=bill.over_limit,
        pre_self_pay_b=bill.pre_self_pay,
        first_pay=pooled.first_pay,
        in_scope=pooled.in_scope,
        standard=pooled.standard,
        deductible=pooled.deductible,
        ratio=pooled.ratio,
        due=pooled.due,
        limit_before=pooled.limit_before,
        pooled=pooled.fund,
        extras=extras,
        hospital=hospital,
        own_account=own,
        mutual_aid=aid,
    )


def _pool(bill: LineShare, terms: Terms, standing: Standing) -> _Pooled:
    if terms.rule is None:
        return _Pooled(ZERO, bill.in_scope, ZERO, ZERO, NOTHING, ZERO, ZERO, ZERO)
    rule, ratio = terms.rule, _ratio(terms)
    first_pay = _first_pay(bill.in_scope, terms.first_pay)
    in_scope = bill.in_scope - first_pay
    standard = rule.deductible.standard(terms.level)
    deductible = min(in_scope, _deductible_due(rule, standard, standing))
    due = ratio.of(in_scope - deductible)
    left = max(ZERO, rule.cap - standing.fund_used)
    return _Pooled(first_pay, in_scope, standard, deductible, ratio, due, left, min(due, left))


def _ratio(terms: Terms) -> Rate:
    found = terms.rule.ratio(terms.person, terms.level) if terms.rule else None
    if found is None:
        return NOTHING
    if terms.first_pay.mode is FirstPayMode.RATIO_MINUS:
        return Rate(max(Decimal(0), found.value - terms.first_pay.rate.value))
    return found


def _first_pay(in_scope: Money, first_pay: FirstPay) -> Money:
    return ZERO if first_pay.mode is FirstPayMode.RATIO_MINUS else first_pay.rate.of(in_scope)


def _deductible_due(rule: BenefitRule, standard: Money, standing: Standing) -> Money:
    if rule.deductible.mode is DeductibleMode.NONE:
        return ZERO
    return max(ZERO, standard - standing.deductible_paid)


def _accounts(
    personal: Money, outside: Money, terms: Terms, standing: Standing
) -> tuple[Money, Money]:
    """What the own account and the relative's pay; residents have none (职工 only).

    ``outside`` of the policy's scope is what of the personal part some areas do not let it pay.
    """
    if standing.use is AccountUse.NONE or terms.person is PersonClass.RESIDENT:
        return ZERO, ZERO
    payable = personal
    if terms.account_scope is AccountScope.IN_POLICY:
        payable = personal - outside
    own = min(standing.account, payable)
    aid = min(standing.mutual_aid, payable - own) if standing.use is AccountUse.FAMILY else ZERO
    return own, aid
