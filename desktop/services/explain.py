"""The split in one breath: sentences built from the platform's answer alone (ideas 1, S4-05).

Deductible and ratio are told as the reason only where they yield what was paid, the limit only
where the answer tells it; else that the area has rules of its own. What was paid of the deductible
before is told by no transaction: it shows where the standard is known and the bill went beyond it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from desktop.domain.money import ZERO, Money
from desktop.domain.split import FundShare, Split
from desktop.domain.who_pays import FundPaid, funds
from desktop.services.deductible import Standard, standard_of

ROUNDING = Money(5)
"""Areas round line by line, so the ratio of the sum may miss by some fen."""


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
    year: str = "本年"
    estimated: str = "（估算）"
    topped_up: str = "{0}起付标准{1}元、此前已付{2}元{3}，本次再付{4}元；其余{5}元"
    whole: str = "{0}起付标准{1}元{2}，本次付{3}元；其余{4}元"
    begun: str = "{0}起付标准{1}元{2}，本次付{3}元，"
    met: str = "{0}起付标准{1}元{2}，本次不用再付，"
    pays: str = "{0}由统筹基金支付{2}元{3}。"
    pays_by_rate: str = "{0}按{1}%由统筹基金支付{2}元{3}。"
    pays_to_limit: str = "{0}支付比例{1}%，但统筹基金的限额只剩{2}元，支付{2}元{3}。"
    pays_otherwise: str = "{0}支付比例{1}%，统筹基金另按参保地的限额等规定支付{2}元{3}。"
    pays_nothing: str = "{0}本次统筹基金支付0元{1}。"
    used_up: str = "统筹基金的限额已用完，本次支付0元{1}。"
    nothing_otherwise: str = "{0}统筹基金按参保地的限额等规定，本次支付0元{1}。"
    also: str = "；另由{0}"
    together: str = "{0}，医保基金共支付{1}元"
    fund: str = "{0}支付{1}元"
    by_funds: str = "本次由{0}。"
    left: str = "本年度统筹基金还可支付{0}元。"
    none_left: str = "本年度统筹基金的限额到此用完。"


CHINESE = Sentences()


class Voice(Struct, frozen=True):
    """How the split is told: the sentences, an amount of fen as yuan, and a fund's name in them."""

    said: Sentences = CHINESE
    figure: Callable[[Money], str] = Money.yuan
    name: Callable[[str], str] = str


ON_PAPER = Voice()


def explain(
    split: Split,
    first_pay: Money | None,
    voice: Voice = ON_PAPER,
    known: Standard | None = None,
) -> tuple[str, ...]:
    """What was paid by whom and why; an amount that was not told is not spoken of.

    ``known`` is the deductible's standard where the answer itself does not tell it: said as 估算.
    """
    taken = _deductible(split, standard_of(split, known), voice)
    sentences = (_scope(split, first_pay, voice), _paid(split, taken, voice), _left(split, voice))
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
    first = first_pay if first_pay and first_pay > ZERO else None
    temporary = said.temporary.format(figure(first)) if first else ""
    return said.scope_without.format(total, named + temporary, in_scope)


def _paid(split: Split, taken: str, voice: Voice) -> str:
    """The pooled fund with its reason, then every other fund that pays, by its name."""
    rows = funds(split)
    pooled = Money.total(row.paid for row in rows if row.pooled)
    if split.pooled_fund is None or split.pooled_fund != pooled:
        listed = _together(split, rows, voice)
        return voice.said.by_funds.format(listed) if listed else ""
    others = _together(split, (row for row in rows if not row.pooled), voice)
    also = voice.said.also.format(others) if others else ""
    if pooled:
        return _pays(split, pooled, taken, also, voice)
    return _pays_nothing(split, taken, also, voice)


def _together(split: Split, rows: Iterable[FundPaid], voice: Voice) -> str:
    """Each of the funds, then what all funds pay as the platform adds it up."""
    said, figure = voice.said, voice.figure
    paying = [said.fund.format(voice.name(row.words), figure(row.paid)) for row in rows if row.paid]
    listed = said.between.join(paying)
    if not listed or split.fund_total is None:
        return listed
    return said.together.format(listed, figure(split.fund_total))


def _pays(split: Split, paid: Money, taken: str, also: str, voice: Voice) -> str:
    """``taken`` is said before, of the deductible, ``also`` after it, of other funds."""
    said, due = voice.said, _by_rate(split)
    if due is None:
        sentence = said.pays
    elif alike(due, paid):
        sentence = said.pays_by_rate
    elif paid < due and paid == payable_before(split):
        sentence = said.pays_to_limit
    else:
        sentence = said.pays_otherwise
    return sentence.format(taken, _percent(split), voice.figure(paid), also)


def _pays_nothing(split: Split, taken: str, also: str, voice: Voice) -> str:
    said, due = voice.said, _by_rate(split)
    if due is not None and alike(due, ZERO):
        sentence = said.pays_nothing
    elif payable_before(split) == ZERO:
        sentence = said.used_up
    else:
        sentence = said.nothing_otherwise if due else said.pays_nothing
    return sentence.format(taken, also)


def alike(one: Money, other: Money) -> bool:
    return abs(one - other) <= ROUNDING


def _by_rate(split: Split) -> Money | None:
    """What deductible and ratio alone would yield, to see whether they are the reason."""
    rate, in_scope, deductible = split.pooled_rate, split.in_scope, split.deductible
    if rate is None or not rate.value or in_scope is None or deductible is None:
        return None
    return rate.of(in_scope - deductible)


def _deductible(split: Split, standard: Standard | None, voice: Voice) -> str:
    """累计补差 in a breath (S4-05), as far as it is known."""
    taken, in_scope = split.deductible, split.in_scope
    if taken is None or in_scope is None or standard is None or taken > standard.amount:
        return _taken(taken, voice)
    rest = in_scope - taken
    if not standard.amount or not (taken or rest):
        return ""
    return _of_standard(standard, taken, rest, voice)


def _taken(taken: Money | None, voice: Voice) -> str:
    return voice.said.deductible.format(voice.figure(taken)) if taken else ""


def _of_standard(standard: Standard, taken: Money, rest: Money, voice: Voice) -> str:
    """What was paid before shows only where something is left of the bill above it."""
    said, figure = voice.said, voice.figure
    year = said.year if standard.by_year else ""
    mark = said.estimated if standard.estimated else ""
    of = figure(standard.amount)
    if not rest:
        return said.begun.format(year, of, mark, figure(taken))
    if not taken:
        return said.met.format(year, of, mark)
    if taken == standard.amount:
        return said.whole.format(year, of, mark, figure(taken), figure(rest))
    before = figure(standard.amount - taken)
    return said.topped_up.format(year, of, before, mark, figure(taken), figure(rest))


def _percent(split: Split) -> str:
    rate = split.pooled_rate
    return f"{(rate.value * 100).normalize():f}" if rate else ""


def _left(split: Split, voice: Voice) -> str:
    """Nothing where the limit was used up before: that is said already."""
    left = remaining_quota(split)
    if left is None or payable_before(split) == ZERO:
        return ""
    return voice.said.left.format(voice.figure(left)) if left else voice.said.none_left


def remaining_quota(split: Split) -> Money | None:
    """What the pooled fund can still pay this year: payable before, minus paid now."""
    row = _pooled_share(split)
    if row is None or row.payable is None:
        return None
    return max(ZERO, row.payable - row.paid)


def quota_was_used_up(split: Split) -> bool:
    """No fund pays, and the pooled fund's limit had nothing left before this bill (B21)."""
    return payable_before(split) == ZERO and split.fund_total == ZERO


def payable_before(split: Split) -> Money | None:
    """``crt_payb_lmt_amt`` of the pooled fund: what it could pay before this bill."""
    row = _pooled_share(split)
    return row.payable if row else None


def _pooled_share(split: Split) -> FundShare | None:
    return next((share for share in split.shares if share.is_pooled), None)
