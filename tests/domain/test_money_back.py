"""What goes back for some lines, before anybody agrees (benefits.md 2.4; E39 and E40)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import ZERO, Money
from desktop.domain.money_back import MoneyBack, money_back
from desktop.domain.quantities import Rate
from desktop.domain.split import FundShare, LineSplit, Split

yuan = Money.parse
FEN = st.integers(0, 200_000).map(Money)
RATE = Rate.parse("0.60")


def line(number: int, amount: str, scope: str | None = None, pre: str = "0.00") -> LineSplit:
    """A 甲 line unless another scope is told."""
    in_scope = yuan(amount if scope is None else scope)
    return LineSplit(
        str(number), yuan(amount), None, None, None, None,
        yuan(amount) - in_scope - yuan(pre), ZERO, yuan(pre), in_scope, "01", "09", "",
    )  # fmt: skip


def split(lines: list[LineSplit], **amounts: str) -> Split:
    """A settlement of these lines whose amounts are told in yuan, all others zero."""
    told = {name: yuan(text) for name, text in amounts.items() if name != "limit"}
    total = Money.total(row.amount for row in lines)
    zero = dict.fromkeys(
        (
            *("over_limit", "pre_self_pay", "deductible", "account", "family_account"),
            *("civil_servant_fund", "company_fund", "critical_illness_fund", "medical_aid"),
            *("large_amount_fund", "disabled_fund", "other_funds", "hospital_part", "pooled_fund"),
        ),
        ZERO,
    )
    base = Split(
        total=total, full_self_pay=ZERO, in_scope=total, pooled_rate=RATE,
        fund_total=told.get("pooled_fund", ZERO), personal_part=None, cash=ZERO,
        account_balance=None, **zero,  # type: ignore[arg-type]
    )  # fmt: skip
    whole = replace(base, **told)  # type: ignore[arg-type]
    if "limit" in amounts:
        share = FundShare(
            "310100", "统筹", whole.pooled_fund or ZERO, None, yuan(amounts["limit"]), ""
        )
        return replace(whole, shares=(share,))
    return whole


E39 = [line(1, "300.00"), line(2, "150.00")]


def e39(**changes: str) -> Split:
    amounts = {"deductible": "200.00", "pooled_fund": "150.00", "cash": "300.00"}
    return split(E39, **{**amounts, "limit": "2000.00", **changes})


def test_e39_and_e40() -> None:
    """Not the 150.00 of the item, and not its share of 100.00."""
    assert money_back(e39(), tuple(E39), {"2"}) == MoneyBack(yuan("60.00"), estimated=True)


def test_everything_is_exact() -> None:
    whole = MoneyBack(yuan("300.00"), estimated=False)
    assert money_back(e39(), tuple(E39), {"1", "2"}) == whole
    other_fund = replace(e39(), fund_total=yuan("170.00"), large_amount_fund=yuan("20.00"))
    assert money_back(other_fund, tuple(E39), {"1", "2"}) == whole


def test_below_the_deductible_the_fund_pays_nothing_again() -> None:
    """Of 450.00 only 150.00 are kept: under the 200.00 that must come first."""
    back = money_back(e39(), tuple(E39), {"1"})
    assert back == MoneyBack(yuan("150.00"), estimated=True)


def test_a_limit_that_cut_the_whole_bill_may_not_cut_the_rest() -> None:
    """E28: 100.00 were left of the cap; the kept half still reaches it."""
    lines = [line(1, "600.00"), line(2, "400.00")]
    told = split(lines, pooled_fund="100.00", cash="900.00", limit="100.00")
    assert money_back(told, tuple(lines), {"2"}) == MoneyBack(yuan("400.00"), estimated=True)


def test_an_account_that_paid_everything_would_again() -> None:
    told = e39(account="300.00", cash="0.00")
    assert money_back(told, tuple(E39), {"2"}) == MoneyBack(ZERO, estimated=True)


def test_an_account_that_ran_out_gives_what_it_had() -> None:
    told = e39(account="47.13", cash="252.87")
    assert money_back(told, tuple(E39), {"2"}) == MoneyBack(yuan("60.00"), estimated=True)


@pytest.mark.parametrize("fund", ["large_amount_fund", "critical_illness_fund", "medical_aid"])
def test_nothing_is_guessed_of_other_funds(fund: str) -> None:
    other = replace(e39(), **{fund: yuan("20.00")}, fund_total=yuan("170.00"))  # type: ignore[arg-type]
    assert money_back(other, tuple(E39), {"2"}) is None


@pytest.mark.parametrize("name", ["deductible", "pooled_rate", "pooled_fund", "cash"])
def test_nothing_is_guessed_of_what_was_not_told(name: str) -> None:
    assert money_back(replace(e39(), **{name: None}), tuple(E39), {"2"}) is None  # type: ignore[arg-type]


def test_nothing_is_guessed_of_lines_that_were_not_split() -> None:
    blind = (E39[0], replace(E39[1], in_scope=None))
    assert money_back(e39(), blind, {"1"}) is None
    assert money_back(e39(), blind, {"2"}) is None


def test_without_cash_there_is_nothing_to_say() -> None:
    assert money_back(replace(e39(), cash=None), tuple(E39), {"1", "2"}) is None


def test_what_is_not_covered_goes_back_whole() -> None:
    """丙: 88.00 that nobody paid a part of."""
    lines = [line(1, "300.00"), line(2, "88.00", "0.00")]
    told = split(
        lines, deductible="200.00", pooled_fund="60.00", cash="328.00",
        in_scope="300.00", full_self_pay="88.00", limit="2000.00",
    )  # fmt: skip
    assert money_back(told, tuple(lines), {"2"}) == MoneyBack(yuan("88.00"), estimated=True)


def test_the_first_pay_is_shared_by_what_is_in_scope() -> None:
    """E24: 1000.00 temporary-out, 10 % first; the kept half bears half of it."""
    lines = [line(1, "500.00"), line(2, "500.00")]
    told = split(
        lines, deductible="300.00", pooled_fund="300.00", cash="700.00",
        in_scope="900.00", pre_self_pay="100.00", limit="2000.00",
    )  # fmt: skip
    told = replace(told, pooled_rate=Rate.parse("0.50"))
    assert money_back(told, tuple(lines), {"2"}) == MoneyBack(yuan("275.00"), estimated=True)


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=6), FEN, st.data())
def test_no_more_goes_back_than_was_paid_nor_than_the_lines_cost(
    amounts: list[int], deductible: Money, data: st.DataObject
) -> None:
    lines = [line(n, Money(fen).yuan()) for n, fen in enumerate(amounts, 1)]
    total = Money(sum(amounts))
    fund = RATE.of(total - min(deductible, total))
    told = split(
        lines, deductible=min(deductible, total).yuan(), pooled_fund=fund.yuan(),
        cash=(total - fund).yuan(), limit=total.yuan(),
    )  # fmt: skip
    numbers = [row.line_no for row in lines]
    back = data.draw(st.sets(st.sampled_from(numbers), min_size=1))
    found = money_back(told, tuple(lines), back)
    assert found is not None
    price = Money.total(row.amount for row in lines if row.line_no in back)
    assert ZERO <= found.cash <= min(price, total - fund)
    assert found.estimated is (len(back) < len(numbers))
