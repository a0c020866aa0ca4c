"""Who pays what on the window: the same as on the slip, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs

from desktop.domain.account_use import AccountUse
from desktop.domain.money import Money
from desktop.domain.split import FundShare, Split
from desktop.knowledge.areas import load_areas
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from ui.cashier import wording
from ui.cashier.line_words import item_class, plain, price
from ui.cashier.state import Halt, Page, ViewState
from ui.theme.tokens import Tone
from ui.widgets.figures import figure_text
from ui.widgets.shown import Sum

EMPLOYEE = townsman(0)


@pytest.fixture
def by_account(booth: Booth) -> Booth:
    """An offer of which the account pays what the pool does not."""
    booth.to_offer(EMPLOYEE)
    booth.presenter.change_account_use()
    booth.work.run_all()
    assert booth.state.account_use is AccountUse.OWN
    return booth


def offered(state: ViewState) -> Split:
    assert state.offer is not None
    return state.offer.split


def shown(sums: tuple[Sum, ...]) -> list[tuple[str, str]]:
    return [(row.label, figure_text(row.amount)) for row in sums]


@pytest.mark.req("S1-34", "S4-05")
def test_account_money_stands_once(by_account: Booth) -> None:
    """Its row of ``setldetail`` is the same money as 个人账户支付."""
    split = offered(by_account.state)
    assert any(row.is_account and row.paid for row in split.shares)
    assert shown(wording.funds(split)) == [("城镇职工基本医疗保险统筹基金", "150.00")]
    total, *paid = wording.payment(split)
    assert total.amount == Money.total(row.amount for row in paid if row.amount)


def test_the_hospitals_part_makes_the_equation_true(by_account: Booth) -> None:
    """C2 with ``hosp_part_amt``: the terms on screen add up, and the bar has a part for it."""
    ten = Money(1000)
    told = offered(by_account.state)
    assert told.account is not None
    split = replace(told, hospital_part=ten, account=told.account - ten)
    terms = wording.equation(split).terms
    assert shown(terms)[-1] == ("医院负担", "10.00")
    assert wording.equation(split).holds
    assert ("医院负担", ten) in [(part.label, part.amount) for part in wording.parts(split)]
    assert ("医院负担", "10.00") in shown(wording.payment(split))


def test_no_signs_claim_a_sum_that_is_none(by_account: Booth) -> None:
    assert not wording.equation(replace(offered(by_account.state), account=None)).holds


@pytest.mark.req("S1-34")
def test_without_rows_of_its_own_every_fund_is_shown(by_account: Booth) -> None:
    split = replace(
        offered(by_account.state),
        shares=(),
        fund_total=Money(20000),
        critical_illness_fund=Money(5000),
    )
    assert shown(wording.funds(split)) == [("统筹基金", "150.00"), ("居民大病保险", "50.00")]


@pytest.mark.req("S1-34")
def test_a_fund_without_a_name_has_ours(by_account: Booth) -> None:
    split = offered(by_account.state)
    rows = tuple(FundShare(code, "", Money(100), None, None, "") for code in ("320100", "988888"))
    told = replace(split, shares=rows, fund_total=Money(200))
    assert [row.label for row in wording.funds(told)] == ["公务员医疗补助", "988888"]


def test_the_key_of_the_bar_is_short(by_account: Booth) -> None:
    labels = [part.label for part in wording.parts(offered(by_account.state))]
    assert labels == ["个人现金", "医保基金", "个人账户"]


def facts(state: ViewState) -> dict[str, str]:
    return {fact.label: fact.value for fact in wording.insurance_facts(state, load_areas())}


def test_after_the_settlement_the_balance_is_the_one_of_its_answer(by_account: Booth) -> None:
    """The slip prints ``balc``; 1101 told it before anything was paid."""
    assert facts(by_account.state)["账户余额"] == "1,500.00 元"
    by_account.presenter.confirm_identity()
    by_account.presenter.settle()
    by_account.work.run_all()
    assert by_account.on(Page.SETTLED)
    assert facts(by_account.state)["账户余额"] == "1,050.00 元"


def test_a_balance_that_did_not_come_back_is_not_guessed(by_account: Booth) -> None:
    """Where the account paid the old balance is wrong; where it did not it still stands."""
    settlement = by_account.state.offer
    assert settlement is not None
    untold = replace(settlement, split=replace(settlement.split, account_balance=None))
    paid = structs.replace(by_account.state, settlement=untold)
    assert facts(paid)["账户余额"] == "没有告知"
    unused = replace(untold, split=replace(untold.split, account=Money(0)))
    still = structs.replace(by_account.state, settlement=unused)
    assert facts(still)["账户余额"] == "1,500.00 元"


LEFT_AFTER = "结算后今年还可报"


def test_an_unknown_outcome_claims_no_settlement(booth: Booth) -> None:
    """B28: what would be left after it is not said while nobody knows whether it is."""
    booth.to_offer(EMPLOYEE)
    assert LEFT_AFTER in facts(booth.state)
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.state.stop is not None
    assert booth.state.stop.halt is Halt.UNKNOWN
    assert LEFT_AFTER not in facts(booth.state)


def test_after_the_settlement_what_is_left_is_said(booth: Booth) -> None:
    booth.settle(EMPLOYEE)
    assert LEFT_AFTER in facts(booth.state)


@pytest.mark.req("S4-21")
def test_a_line_that_the_patient_pays_alone_says_so_in_a_word(booth: Booth) -> None:
    booth.to_offer(EMPLOYEE)
    line = booth.state.lines[0]
    for changed, mark, tone in (
        (replace(line, full_self_pay=line.amount), "自费", Tone.WARNING),
        (replace(line, full_self_pay=Money(0), over_limit=Money(1)), "超限", Tone.WARNING),
        (replace(line, full_self_pay=Money(0), over_limit=Money(0)), "", Tone.NEUTRAL),
    ):
        state = structs.replace(booth.state, lines=(changed,))
        assert [(row.mark, row.tone) for row in wording.lines(state)] == [(mark, tone)]


@pytest.mark.parametrize(
    ("number", "as_number", "as_price"),
    [
        ("2.0000", "2", "2.00"),
        ("2.5000", "2.5", "2.50"),
        ("0.012500", "0.0125", "0.0125"),
        ("1025", "1025", "1,025.00"),
        ("100", "100", "100.00"),
    ],
)
def test_numbers_are_what_they_are_and_prices_stand_in_columns(
    number: str, as_number: str, as_price: str
) -> None:
    assert (plain(Decimal(number)), price(Decimal(number))) == (as_number, as_price)


def test_a_class_nobody_knows_stays_raw() -> None:
    assert [item_class(code) for code in ("02", "99", "")] == ["乙类", "99", ""]
