"""Who pays what: one answer for the slip, the window and the command."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from desktop.domain.money import Money
from desktop.domain.split import FundShare, Split
from desktop.domain.who_pays import division, equation, funds, is_equation, payment


def yuan(text: str) -> Money:
    return Money.parse(text)


def share(fund: str, paid: str, name: str = "") -> FundShare:
    return FundShare(fund, name, yuan(paid), None, None, "")


_UNTOLD = {field.name: None for field in fields(Split) if field.name != "shares"}
UNTOLD = Split(**_UNTOLD)  # type: ignore[arg-type]
WITH_ACCOUNT = replace(
    UNTOLD,
    total=yuan("600.00"),
    pooled_fund=yuan("150.00"),
    fund_total=yuan("150.00"),
    account=yuan("450.00"),
    cash=yuan("0.00"),
    shares=(
        share("310100", "150.00", "统筹基金甲"),
        share("310200", "450.00", "个人账户基金"),
        share("999996", "0.00"),
    ),
)


def told(split: Split) -> list[tuple[str, str]]:
    return [(row.words, str(row.amount)) for row in payment(split)]


@pytest.mark.req("S1-34")
def test_the_account_pays_once() -> None:
    """Its row of ``setldetail`` is no fund: whatever is listed adds up to the total."""
    assert told(WITH_ACCOUNT) == [
        ("医疗费总额", "600.00"),
        ("统筹基金甲", "150.00"),
        ("个人账户支付", "450.00"),
        ("个人现金支付", "0.00"),
    ]


def test_the_hospitals_part_is_a_term_and_no_fund() -> None:
    split = replace(
        WITH_ACCOUNT,
        account=yuan("440.00"),
        hospital_part=yuan("10.00"),
        shares=(share("310100", "150.00"), share("999996", "10.00")),
    )
    assert [str(row.amount) for row in equation(split)] == ["600.00", "150.00", "440.00", "10.00"]
    assert is_equation(split)
    assert [row.payer for row in equation(split)][1:] == ["医保基金", "个人账户", "医院负担"]
    assert [row.words for row in payment(split)][1:] == [
        *("职工医保统筹基金", "个人账户支付", "医院负担", "个人现金支付")
    ]


def test_what_the_family_pays_is_a_part_of_the_account() -> None:
    figures = payment(replace(WITH_ACCOUNT, family_account=yuan("15.00")))
    assert [(row.words, row.is_part) for row in figures][2:4] == [
        ("个人账户支付", False),
        ("其中 家庭共济", True),
    ]


@pytest.mark.parametrize("missing", ["total", "fund_total", "account", "cash"])
def test_an_amount_that_is_missing_makes_no_equation(missing: str) -> None:
    assert is_equation(WITH_ACCOUNT)
    assert not is_equation(replace(WITH_ACCOUNT, **{missing: None}))  # type: ignore[arg-type]
    assert not is_equation(replace(WITH_ACCOUNT, **{missing: yuan("1.00")}))  # type: ignore[arg-type]


BY_FIELD = replace(
    UNTOLD,
    fund_total=yuan("767.34"),
    pooled_fund=yuan("330.00"),
    critical_illness_fund=yuan("200.00"),
    civil_servant_fund=yuan("0.00"),
    medical_aid=yuan("237.34"),
)


@pytest.mark.req("S1-34")
@pytest.mark.parametrize(
    "shares",
    [(), (share("310200", "450.00"),), (share("310100", "330.00"),)],
    ids=["no rows", "an account only", "rows that do not add up"],
)
def test_without_rows_every_fund_field_is_told(shares: tuple[FundShare, ...]) -> None:
    rows = funds(replace(BY_FIELD, shares=shares))
    assert [(row.words, str(row.paid), row.pooled) for row in rows] == [
        ("统筹基金", "330.00", True),
        ("居民大病保险", "200.00", False),
        ("医疗救助", "237.34", False),
    ]


def test_a_fund_field_that_pays_beside_an_untold_pool_is_told() -> None:
    assert [row.words for row in funds(replace(BY_FIELD, pooled_fund=None))] == [
        *("居民大病保险", "医疗救助")
    ]


@pytest.mark.req("S1-34")
def test_a_fund_has_the_platforms_name_ours_or_its_code() -> None:
    split = replace(
        UNTOLD,
        fund_total=yuan("6.00"),
        shares=(
            share("310100", "1.00", "市统筹"),
            share("390200", "2.00"),
            share("410300", "3.00"),
        ),
    )
    assert [row.words for row in funds(split)] == ["市统筹", "居民大病保险", "410300"]


def test_where_no_fund_pays_the_first_says_so() -> None:
    shares = (share("310100", "0.00"), share("330100", "0.00"))
    rows = funds(replace(UNTOLD, fund_total=yuan("0.00"), shares=shares))
    assert [(row.words, str(row.paid)) for row in rows] == [("职工医保统筹基金", "0.00")]


def test_the_division_parts_what_is_paid_first() -> None:
    split = replace(
        UNTOLD,
        full_self_pay=yuan("88.00"),
        pre_self_pay=yuan("72.65"),
        in_scope=yuan("407.85"),
        deductible=yuan("0.00"),
    )
    rows = division(split, yuan("45.32"), yuan("200.00"))
    assert [(row.words, str(row.amount), row.is_part) for row in rows] == [
        ("全自费", "88.00", False),
        ("先行自付", "72.65", False),
        ("其中 乙类先行自付", "27.33", True),
        ("其中 临时外出首先自付", "45.32", True),
        ("符合政策范围", "407.85", False),
        ("起付标准", "200.00", False),
        ("本次起付", "0.00", False),
    ]


@pytest.mark.parametrize("first", [None, Money(0), Money(-1)])
def test_no_first_pay_parts_nothing(first: Money | None) -> None:
    split = replace(UNTOLD, pre_self_pay=yuan("72.65"))
    assert [row.words for row in division(split, first)] == ["先行自付"]
