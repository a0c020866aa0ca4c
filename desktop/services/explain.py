"""The split in one breath: sentences built from the platform's answer alone (ideas 1, S4-05)."""

from __future__ import annotations

from desktop.domain.money import ZERO, Money
from desktop.domain.split import FundShare, Split


def explain(split: Split, first_pay: Money | None) -> tuple[str, ...]:
    """What was paid by whom and why; an amount that was not told is not spoken of."""
    sentences = (_scope(split, first_pay), _fund(split), _left(split))
    return tuple(sentence for sentence in sentences if sentence)


def _scope(split: Split, first_pay: Money | None) -> str:
    parts = [
        (split.full_self_pay, "全自费"),
        (split.over_limit, "超限价"),
        (split.pre_self_pay, "先行自付"),
    ]
    named = "、".join(f"{words}{amount}元" for amount, words in parts if amount)
    temporary = f"（其中临时外出首先自付{first_pay}元）" if first_pay else ""
    if split.in_scope is None:
        return ""
    without = f"，其中{named}{temporary}不在统筹支付范围" if named else ""
    return f"总费用{split.total}元{without}，符合政策范围{split.in_scope}元。"


def _fund(split: Split) -> str:
    if split.pooled_fund is None:
        return ""
    deductible = f"扣除本次起付{split.deductible}元后，" if split.deductible else ""
    if not split.pooled_fund:
        return f"{deductible}本次统筹基金支付0元。"
    rate = f"按{_percent(split)}" if split.pooled_rate and split.pooled_rate.value else ""
    return f"{deductible}{rate}由统筹基金支付{split.pooled_fund}元。"


def _percent(split: Split) -> str:
    return f"{(split.pooled_rate.value * 100).normalize():f}%" if split.pooled_rate else ""


def _left(split: Split) -> str:
    left = remaining_quota(split)
    return "" if left is None else f"本年度统筹基金还可支付{left}元。"


def remaining_quota(split: Split) -> Money | None:
    """What the pooled fund can still pay this year: payable before, minus paid now."""
    row = next((share for share in split.shares if _is_pooled(share)), None)
    if row is None or row.payable is None:
        return None
    return max(ZERO, row.payable - row.paid)


def _is_pooled(share: FundShare) -> bool:
    return share.fund.startswith(("3101", "3901"))
