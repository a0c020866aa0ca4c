"""The 44 worked examples of benefits.md 2.4 against the pure function, to the fen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.money import Money
from desktop.domain.person import FilingKind
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.sandbox.care_place.splitting import split_line
from desktop.sandbox.insured_place.benefit import AccountUse, Benefit, Standing, Terms, compute
from desktop.sandbox.insured_place.policy import PersonClass, Policies
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.shares import LineShare, sum_of

EXAMPLES = json.loads(
    (Path(__file__).parents[1] / "reference" / "benefit_examples.json").read_text(encoding="utf-8")
)
KINDS = {"LONG": FilingKind.LONG_RESIDENT, "TEMP": FilingKind.OTHER}


@pytest.fixture(scope="module")
def policies() -> Policies:
    return read_policies()


def share(line: Mapping[str, Any]) -> LineShare:
    return split_line(
        UnitPrice.parse(line["price"]),
        Quantity.parse(line.get("qty", "1")),
        selfpay=Rate.parse(line.get("prop", "0")),
        limit=UnitPrice.parse(line["limit"]) if "limit" in line else None,
        covered=line["cls"] != "丙" and not line.get("limit_use_unmet", False),
    )


def standing(given: Mapping[str, Any]) -> Standing:
    state = given.get("state", {})
    use = AccountUse(given.get("acct_used_flag", "0"))
    return Standing(
        Money.parse(state.get("ded_paid", "0")),
        Money.parse(state.get("fund_used", "0")),
        Money.parse(given.get("acct_balance", "0")),
        Money.parse(given.get("mutual_aid_balance", "0")),
        AccountUse.FAMILY if given.get("mutual_aid_flag") == "1" else use,
    )


def computed(given: Mapping[str, Any], policies: Policies) -> tuple[str, Benefit]:
    day = date.fromisoformat(given["date"])
    rule = policies.benefit("370800", given["insutype"], day, day)
    assert rule is not None
    first_pay = policies.first_pay("370800", KINDS[given["group"]], day)
    terms = Terms(rule, PersonClass(given["person"]), int(given["level"]), first_pay)
    return rule.id, compute(sum_of(map(share, given["lines"])), terms, standing(given))


def figures(given: Mapping[str, Any], rule: str, result: Benefit) -> dict[str, str]:
    before = standing(given)
    return {
        "rule": rule,
        "ratio": f"{result.ratio.value:.2f}",
        "dedc_std": result.standard.yuan(),
        "medfee_sumamt": result.total.yuan(),
        "fulamt_ownpay_amt": result.full_self_pay.yuan(),
        "overlmt_selfpay": result.over_limit.yuan(),
        "preselfpay_classB": result.pre_self_pay_b.yuan(),
        "preselfpay_temp": result.first_pay.yuan(),
        "preselfpay_amt": result.pre_self_pay.yuan(),
        "inscp_scp_amt": result.in_scope.yuan(),
        "act_pay_dedc": result.deductible.yuan(),
        "hifp_pay": result.pooled.yuan(),
        "coinsurance": result.coinsurance.yuan(),
        "over_cap": result.over_cap.yuan(),
        "fund_pay_sumamt": result.fund.yuan(),
        "psn_part_amt": result.personal.yuan(),
        "acct_pay": (result.own_account + result.mutual_aid).yuan(),
        "acct_mulaid_pay": result.mutual_aid.yuan(),
        "psn_cash_pay": result.cash.yuan(),
        "ded_paid_after": (before.deductible_paid + result.deductible).yuan(),
        "fund_used_after": (before.fund_used + result.pooled).yuan(),
        "quota_left_after": (result.limit_before - result.pooled).yuan(),
        "acct_balance_after": (before.account - result.own_account).yuan(),
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["input"]["id"])
def test_example(example: Mapping[str, Any], policies: Policies) -> None:
    given = example["input"]
    rule, result = computed(given, policies)
    assert figures(given, rule, result) == example["result"]


def test_there_are_44_examples() -> None:
    assert len(EXAMPLES) == 44
