"""The split in one breath: sentences built from the platform's answer alone (ideas 1, S4-05)."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from desktop.domain.money import ZERO, Money
from desktop.domain.split import FundShare, Split


class Sentences(Struct, frozen=True):
    """The sentences with gaps for amounts, Chinese; a window may say them otherwise."""

    full_self_pay: str = "全自费{0}元"
    over_limit: str = "超限价{0}元"
    pre_self_pay: str = "先行自付{0}元"
    between: str = "、"
    temporary: str = "（其中临时外出首先自付{0}元）"
    scope: str = "总费用{0}元，符合政策范围{1}元。"
    scope_without: str = "总费用{0}元，其中{1}不在统筹支付范围，符合政策范围{2}元。"
    deductible: str = "扣除本次起付{0}元后，"
    rate: str = "按{0}%"
    pays_nothing: str = "{0}本次统筹基金支付0元。"
    pays: str = "{0}{1}由统筹基金支付{2}元。"
    left: str = "本年度统筹基金还可支付{0}元。"


CHINESE = Sentences()


class Voice(Struct, frozen=True):
    """How the split is told: the sentences, and an amount of fen in them as yuan."""

    said: Sentences = CHINESE
    figure: Callable[[Money], str] = Money.yuan


ON_PAPER = Voice()


def explain(split: Split, first_pay: Money | None, voice: Voice = ON_PAPER) -> tuple[str, ...]:
    """What was paid by whom and why; an amount that was not told is not spoken of."""
    sentences = (_scope(split, first_pay, voice), _fund(split, voice), _left(split, voice))
    return tuple(sentence for sentence in sentences if sentence)


def _scope(split: Split, first_pay: Money | None, voice: Voice) -> str:
    if split.total is None or split.in_scope is None:
        return ""
    said, figure = voice.said, voice.figure
    total, in_scope = figure(split.total), figure(split.in_scope)
    parts = [
        (split.full_self_pay, said.full_self_pay),
        (split.over_limit, said.over_limit),
        (split.pre_self_pay, said.pre_self_pay),
    ]
    named = said.between.join(words.format(figure(amount)) for amount, words in parts if amount)
    if not named:
        return said.scope.format(total, in_scope)
    temporary = said.temporary.format(figure(first_pay)) if first_pay else ""
    return said.scope_without.format(total, named + temporary, in_scope)


def _fund(split: Split, voice: Voice) -> str:
    if split.pooled_fund is None:
        return ""
    said, figure = voice.said, voice.figure
    deductible = said.deductible.format(figure(split.deductible)) if split.deductible else ""
    if not split.pooled_fund:
        return said.pays_nothing.format(deductible)
    return said.pays.format(deductible, _rate(split, said), figure(split.pooled_fund))


def _rate(split: Split, said: Sentences) -> str:
    rate = split.pooled_rate
    return said.rate.format(f"{(rate.value * 100).normalize():f}") if rate and rate.value else ""


def _left(split: Split, voice: Voice) -> str:
    left = remaining_quota(split)
    return "" if left is None else voice.said.left.format(voice.figure(left))


def remaining_quota(split: Split) -> Money | None:
    """What the pooled fund can still pay this year: payable before, minus paid now."""
    row = next((share for share in split.shares if _is_pooled(share)), None)
    if row is None or row.payable is None:
        return None
    return max(ZERO, row.payable - row.paid)


def _is_pooled(share: FundShare) -> bool:
    return share.fund.startswith(("3101", "3901"))
