"""The split in sentences: the platform's figures, and silence about what was not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.domain.quantities import Rate
from desktop.domain.split import FundShare, Split, first_pay
from desktop.services.explain import Voice, explain, remaining_quota
from tests.rig.town import townsman
from tests.services.counter import Counter, bill_of


def _yuan(text: str) -> Money:
    return Money.parse(text)


_UNTOLD = {field.name: None for field in fields(Split) if field.name not in ("total", "shares")}
NOTHING_TOLD = Split(total=_yuan("100.00"), **_UNTOLD)  # type: ignore[arg-type]
POOLED = FundShare("310100", "统筹", _yuan("40.00"), None, _yuan("190.00"), "")


def test_nothing_told_says_nothing() -> None:
    assert explain(NOTHING_TOLD, None) == ()


def test_a_total_that_was_not_told_is_not_spoken_of() -> None:
    assert explain(replace(NOTHING_TOLD, total=None, in_scope=_yuan("75.00")), None) == ()


@pytest.mark.req("S0-20", "S0-22", "S2-19", "S4-09")
def test_everything_told() -> None:
    split = replace(
        NOTHING_TOLD,
        full_self_pay=_yuan("10.00"),
        over_limit=_yuan("0.00"),
        pre_self_pay=_yuan("15.00"),
        in_scope=_yuan("75.00"),
        deductible=_yuan("20.00"),
        pooled_fund=_yuan("40.00"),
        pooled_rate=Rate(Decimal("0.5500")),
        shares=(POOLED,),
    )
    scope, fund, left = explain(split, _yuan("5.00"))
    assert scope == (
        "总费用100.00元，其中全自费10.00元、先行自付15.00元"
        "（其中临时外出首先自付5.00元）不在统筹支付范围，符合政策范围75.00元。"
    )
    assert fund == "扣除本次起付20.00元后，按55%由统筹基金支付40.00元。"
    assert left == "本年度统筹基金还可支付150.00元。"


@pytest.mark.parametrize(
    ("deductible", "sentence"),
    [
        (None, "本次统筹基金支付0元。"),
        ("0.00", "本次统筹基金支付0元。"),
        ("75.00", "扣除本次起付75.00元后，本次统筹基金支付0元。"),
    ],
)
def test_nothing_paid(deductible: str | None, sentence: str) -> None:
    taken = _yuan(deductible) if deductible else None
    split = replace(NOTHING_TOLD, pooled_fund=_yuan("0.00"), deductible=taken)
    assert explain(split, None) == (sentence,)


@pytest.mark.parametrize(
    ("shares", "left"),
    [
        ((), None),
        ((replace(POOLED, payable=None),), None),
        ((replace(POOLED, fund="310200"),), None),
        ((POOLED,), "150.00"),
        ((replace(POOLED, paid=_yuan("191.00")),), "0.00"),
        ((replace(POOLED, fund="390100"),), "150.00"),
    ],
)
def test_the_quota_that_is_left(shares: tuple[FundShare, ...], left: str | None) -> None:
    found = remaining_quota(replace(NOTHING_TOLD, shares=shares))
    assert found == (_yuan(left) if left else None)


@pytest.mark.req("S2-23")
def test_a_real_answer_of_a_temporary_visitor(counter: Counter) -> None:
    """S2-14: what temporary-out pays first is named, and adds up with the lines."""
    finished = counter.settle(bill_of(townsman(3)))
    settlement = finished.record.settlement
    assert settlement is not None
    first = first_pay(settlement.split, finished.record.lines)
    text = "".join(explain(settlement.split, first))
    assert first
    assert f"临时外出首先自付{first}元" in text
    assert f"由统筹基金支付{settlement.split.pooled_fund}元" in text


def test_the_real_answer_tells_the_quota(counter: Counter, person: Mapping[str, Any]) -> None:
    settlement = counter.settle(bill_of(person)).record.settlement
    assert settlement is not None
    assert remaining_quota(settlement.split) is not None


def test_a_window_may_group_the_figures_of_the_same_sentences() -> None:
    """Paper has them as they are on the wire; a screen as its other figures."""
    split = replace(
        NOTHING_TOLD,
        total=_yuan("5202.10"),
        in_scope=_yuan("4010.00"),
        pre_self_pay=_yuan("1192.10"),
        deductible=_yuan("1000.00"),
        pooled_fund=_yuan("2107.00"),
        shares=(replace(POOLED, payable=_yuan("99999.00")),),
    )
    grouped = "".join(explain(split, _yuan("1001.00"), Voice(figure=lambda m: f"<{m}>")))
    figures = ("5202.10", "4010.00", "1192.10", "1001.00", "1000.00", "2107.00", "99959.00")
    assert all(f"<{figure}>元" in grouped for figure in figures)
    assert "<" not in "".join(explain(split, None))
