"""The funds after the pool, one after the other, each from what those before it left; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.money import ZERO, Money
from desktop.sandbox.insured_place.policy import Supplement, SupplementBase


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a fund's base was borne this year, and what the fund paid of it, in fen."""

    base: Money = ZERO
    paid: Money = ZERO


Used = Mapping[str, Counted]
"""This year's sums by fund code."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is in scope and paid by no fund yet; ``over_cap`` of it for want of the pool's cap."""

    in_policy: Money
    over_cap: Money

    def base(self, kind: SupplementBase) -> Money:
        return (
            min(self.over_cap, self.in_policy)
            if kind is SupplementBase.OVER_CAP
            else self.in_policy
        )

    def less(self, extra: Extra) -> Left:
        over = extra.paid if extra.rule.base is SupplementBase.OVER_CAP else ZERO
        return Left(self.in_policy - extra.paid, self.over_cap - over)


@dataclass(frozen=True, slots=True)
class Extra:
    """What one fund after the pool makes of a settlement."""

    rule: Supplement
    base: Money
    threshold: Money
    """What of the base was still due before the fund pays."""
    limit_before: Money
    paid: Money


def pay_after_pool(left: Left, rules: Iterable[Supplement], used: Used) -> tuple[Extra, ...]:
    """Every fund that had something to look at; one with nothing in its base is left out."""
    return tuple(_extras(left, rules, used))


def _extras(left: Left, rules: Iterable[Supplement], used: Used) -> Iterator[Extra]:
    for rule in rules:
        extra = _extra(rule, left.base(rule.base), used.get(rule.fund.code, Counted()))
        left = left.less(extra)
        if extra.base:
            yield extra


def _extra(rule: Supplement, base: Money, before: Counted) -> Extra:
    threshold = min(base, max(ZERO, rule.threshold - before.base))
    limit = max(ZERO, rule.cap - before.paid)
    paid = min(rule.ratio.of(base - threshold), limit)
    return Extra(rule, base, threshold, limit, paid)
