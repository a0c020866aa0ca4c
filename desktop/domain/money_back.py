"""What a patient would get back for some lines of a settled bill, before anybody agrees.

An estimate (估算), from nothing but the platform's own answer: the deductible that it took, the rate
and the limit that it used (benefits.md 2.4, E39 and E40). The true sum is known when the rest has
been asked for anew (2206 after the 2208); giving everything back is exact.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.money import ZERO, Money
from desktop.domain.split import LineSplit, Split, first_pay


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """What goes back in cash, fen."""

    cash: Money
    estimated: bool


def money_back(
    split: Split, lines: tuple[LineSplit, ...], lines_back: Collection[str]
) -> MoneyBack | None:
    """None where the answer does not tell enough for an estimate."""
    if split.cash is None:
        return None
    kept = tuple(line for line in lines if line.line_no not in lines_back)
    if not kept:
        return MoneyBack(split.cash, estimated=False)
    cash = _cash_of(split, lines, kept)
    return None if cash is None else MoneyBack(split.cash - cash, estimated=True)


def _cash_of(
    split: Split, lines: tuple[LineSplit, ...], kept: tuple[LineSplit, ...]
) -> Money | None:
    """The cash part of the kept lines alone, by the terms of the whole settlement."""
    scope, fund = _scope_of(split, lines, kept), split.pooled_fund
    if scope is None or fund is None or _other_fund_paid(split):
        return None
    pooled = _pooled(split, scope)
    if pooled is None:
        return None
    total = Money.total(line.amount for line in kept)
    personal = total - pooled
    return personal - _account_for(split, personal)


def _scope_of(
    split: Split, lines: tuple[LineSplit, ...], kept: tuple[LineSplit, ...]
) -> Money | None:
    """符合政策范围 of the kept lines, after their share of the first pay."""
    told = [line.in_scope for line in kept if line.in_scope is not None]
    whole = [line.in_scope for line in lines if line.in_scope is not None]
    first = first_pay(split, lines)
    if len(told) != len(kept) or len(whole) != len(lines) or first is None:
        return None
    scope, base = Money.total(told), Money.total(whole)
    return scope - _share(first, scope, base)


def _share(whole: Money, part: Money, base: Money) -> Money:
    """``whole × part ÷ base``, half up."""
    if not base:
        return ZERO
    return Money((2 * whole.fen * part.fen + base.fen) // (2 * base.fen))


def _pooled(split: Split, scope: Money) -> Money | None:
    """The fund's part: rate on what is over the deductible, up to what it could still pay."""
    if split.deductible is None or split.pooled_rate is None:
        return None
    over = scope - min(split.deductible, scope)
    return min(split.pooled_rate.of(over), _limit(split))


def _limit(split: Split) -> Money:
    """What the pooled fund could pay at most; at least what it did pay."""
    paid = split.pooled_fund or ZERO
    rows = [share.payable for share in split.shares if share.paid == paid and share.payable]
    return max([paid, *rows]) if rows else max(paid, split.in_scope or paid)


def _account_for(split: Split, personal: Money) -> Money:
    """An account that paid everything would again; one that ran out gives what it had."""
    account = split.account or ZERO
    exhausted = bool(split.cash)
    return min(account, personal) if exhausted else personal


def _other_fund_paid(split: Split) -> bool:
    """大额, 大病, 公务员 … have rules of their own; nothing is guessed of them."""
    return (split.fund_total or ZERO) != (split.pooled_fund or ZERO)
