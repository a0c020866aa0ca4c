"""The identities C1–C7 of an answer (benefits.md 2.2): never a benefit computed, only checked."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.balance import Balance, Identity, Verdict, check, doubts
from desktop.domain.money import ZERO, Money
from desktop.domain.quantities import Rate
from desktop.domain.split import FundShare, LineSplit, Split, first_pay

FEN = Money(1)
UNTURNED = ("account_balance", "pooled_rate", "shares")
AMOUNTS = [field.name for field in fields(Split) if field.name not in UNTURNED]
PARTS = ("full_self_pay", "over_limit", "pre_self_pay", "in_scope")
FUNDS = (
    *("pooled_fund", "civil_servant_fund", "company_fund", "critical_illness_fund"),
    *("large_amount_fund", "disabled_fund", "medical_aid", "other_funds"),
)
NULLABLE = [name for name in AMOUNTS if name != "total"]


def share(fund: str, paid: Money) -> FundShare:
    return FundShare(fund, "", paid, None, None, "")


def inpatient_example() -> Split:
    """The answer published with benefits.md 2.2: 23442.46 in all."""
    yuan = Money.parse
    return Split(
        total=yuan("23442.46"),
        full_self_pay=yuan("2533.97"),
        over_limit=yuan("1396.89"),
        pre_self_pay=yuan("703.44"),
        in_scope=yuan("18808.16"),
        deductible=yuan("300.00"),
        pooled_fund=yuan("18000.00"),
        pooled_rate=Rate.parse("0.9"),
        civil_servant_fund=yuan("785.39"),
        company_fund=ZERO,
        critical_illness_fund=ZERO,
        large_amount_fund=ZERO,
        disabled_fund=ZERO,
        medical_aid=ZERO,
        other_funds=ZERO,
        fund_total=yuan("18785.39"),
        personal_part=yuan("4152.06"),
        account=yuan("170.04"),
        family_account=yuan("15.00"),
        cash=yuan("3982.02"),
        hospital_part=yuan("505.01"),
        account_balance=yuan("12.00"),
        shares=(
            share("310100", yuan("18000.00")),
            share("320100", yuan("785.39")),
            share("310200", yuan("155.04")),
            share("310202", yuan("15.00")),
            share("999996", yuan("505.01")),
        ),
    )


SPLIT = inpatient_example()


def verdicts(balance: Balance) -> dict[Identity, Verdict]:
    return dict(balance.verdicts)


def total_of(split: Split) -> Money:
    assert split.total is not None
    return split.total


UPLOADED = total_of(SPLIT)


def failed(split: Split, uploaded: Money = UPLOADED) -> list[Identity]:
    found = verdicts(check(split, uploaded)).items()
    return [identity for identity, verdict in found if verdict is Verdict.FAILS]


def turned(split: Split) -> Split:
    """As 2208 answers: every amount turned, balance and ratio not."""
    amounts: dict[str, Any] = {
        name: amount and -amount for name in AMOUNTS if (amount := getattr(split, name)) is not None
    }
    shares = tuple(replace(share, paid=-share.paid) for share in split.shares)
    return replace(split, **amounts, shares=shares)


def test_a_published_answer_holds() -> None:
    """C1, C2, C3, C4, C5, C6, C7 all hold."""
    balance = check(SPLIT, total_of(SPLIT))
    assert set(verdicts(balance).values()) == {Verdict.HOLDS}
    assert (balance.broken, balance.warnings, balance.unchecked) == ((), (), ())


@pytest.mark.parametrize("name", PARTS)
def test_c1_fails_alone(name: str) -> None:
    changed: dict[str, Any] = {name: getattr(SPLIT, name) + FEN}
    assert failed(replace(SPLIT, **changed)) == [Identity.C1]


def test_what_does_not_add_up_is_said_with_its_figures() -> None:
    """For the telephone with the platform: what came, and what its parts make (B31)."""
    assert SPLIT.cash is not None
    wrong = replace(SPLIT, cash=SPLIT.cash + FEN)
    assert doubts(SPLIT, UPLOADED) == ()
    assert doubts(wrong, UPLOADED) == (
        "C3 个人负担 = 个人账户 + 个人现金（返回 4152.06，应为 170.04 + 3982.03 = 4152.07）",
    )
    assert doubts(SPLIT, UPLOADED + FEN) == (
        "C5 总额 = 上传明细之和（返回 23442.46，应为 23442.47）",
    )
    negative = replace(SPLIT, disabled_fund=-FEN)
    assert doubts(negative, UPLOADED) == ("C6 起付线不超过符合政策范围，且没有负数",)


def test_c2_fails_alone() -> None:
    assert failed(replace(SPLIT, hospital_part=ZERO)) == [Identity.C2]


def test_c3_fails_alone() -> None:
    assert failed(replace(SPLIT, cash=Money.parse("3982.03"))) == [Identity.C3]


def test_c3_account_includes_the_relative() -> None:
    """E42: acct_pay carries acct_mulaid_pay already; adding it again would break C3."""
    assert verdicts(check(SPLIT, total_of(SPLIT)))[Identity.C3] is Verdict.HOLDS
    assert SPLIT.family_account == Money(1500)


@pytest.mark.parametrize("name", FUNDS)
def test_c4_fails_alone_and_only_warns(name: str) -> None:
    changed: dict[str, Any] = {name: getattr(SPLIT, name) + FEN}
    balance = check(replace(SPLIT, **changed), total_of(SPLIT))
    assert balance.warnings == (Identity.C4,)
    assert balance.broken == ()


def test_c5_fails_alone() -> None:
    assert failed(SPLIT, total_of(SPLIT) + FEN) == [Identity.C5]


def test_c6_fails_alone_when_the_deductible_exceeds_the_scope() -> None:
    above = Money.parse("18808.17")
    assert failed(replace(SPLIT, deductible=above)) == [Identity.C6]
    assert failed(replace(SPLIT, deductible=SPLIT.in_scope)) == []


def test_c6_fails_alone_for_a_negative_amount() -> None:
    assert failed(replace(SPLIT, family_account=-FEN)) == [Identity.C6]
    assert failed(replace(SPLIT, deductible=-FEN)) == [Identity.C6]


@pytest.mark.parametrize("name", AMOUNTS)
def test_c6_looks_at_every_amount(name: str) -> None:
    changed: dict[str, Any] = {name: -FEN}
    assert Identity.C6 in failed(replace(SPLIT, **changed))


def test_c6_leaves_the_balance_alone() -> None:
    assert failed(replace(SPLIT, account_balance=-FEN)) == []


@pytest.mark.parametrize("fund", ["310100", "310200", "999999"])
def test_c7_fails_alone_and_only_warns(fund: str) -> None:
    """An unknown fund row counts as a fund: 999999 is nobody's account and no hospital."""
    balance = check(replace(SPLIT, shares=(*SPLIT.shares, share(fund, FEN))), total_of(SPLIT))
    assert balance.warnings == (Identity.C7,)
    assert balance.broken == ()


def test_c7_holds_where_the_area_sends_no_account_rows() -> None:
    rows = tuple(row for row in SPLIT.shares if not row.is_account)
    assert failed(replace(SPLIT, shares=rows)) == []


def test_c7_account_rows_without_an_account_amount_cannot_be_compared() -> None:
    split = replace(SPLIT, account=None)
    assert verdicts(check(split, total_of(split)))[Identity.C7] is Verdict.HOLDS


def test_resident_accounts_are_accounts() -> None:
    assert share("390500", FEN).is_account
    assert share("310200", FEN).is_account
    assert not share("310100", FEN).is_account
    assert share("999996", FEN).is_hospital


@pytest.mark.parametrize(
    ("name", "identities"),
    [
        ("full_self_pay", {Identity.C1}),
        ("in_scope", {Identity.C1, Identity.C6}),
        ("deductible", {Identity.C6}),
        ("fund_total", {Identity.C2, Identity.C4, Identity.C7}),
        ("hospital_part", {Identity.C2}),
        ("personal_part", {Identity.C2, Identity.C3}),
        ("account", {Identity.C3}),
        ("cash", {Identity.C3}),
        ("pooled_fund", {Identity.C4}),
        ("shares", {Identity.C7}),
    ],
)
def test_what_was_not_told_is_named_and_not_failed(name: str, identities: set[Identity]) -> None:
    """A null amount is not zero (C1–C7 as far as they can be checked)."""
    changed: dict[str, Any] = {name: () if name == "shares" else None}
    balance = check(replace(SPLIT, **changed), total_of(SPLIT))
    assert set(balance.unchecked) == identities
    assert (balance.broken, balance.warnings) == ((), ())


def test_c4_counts_a_fund_that_is_not_sent_as_nothing() -> None:
    unsent = replace(SPLIT, disabled_fund=None, medical_aid=None, other_funds=None)
    assert verdicts(check(unsent, total_of(SPLIT)))[Identity.C4] is Verdict.HOLDS


def test_a_cancelled_settlement_holds_turned() -> None:
    """C5 and C6 of a 2208 answer: every amount turned, the balance not."""
    negative = turned(SPLIT)
    assert total_of(negative) == -total_of(SPLIT)
    balance = check(negative, total_of(SPLIT), reversed_=True)
    assert set(verdicts(balance).values()) == {Verdict.HOLDS}


@pytest.mark.parametrize("name", AMOUNTS)
def test_a_cancelled_settlement_with_one_amount_unturned_is_broken(name: str) -> None:
    changed: dict[str, Any] = {name: FEN}
    balance = check(replace(turned(SPLIT), **changed), total_of(SPLIT), reversed_=True)
    assert Identity.C6 in balance.broken


def test_signs_tell_a_settlement_from_its_cancellation() -> None:
    balance = check(turned(SPLIT), total_of(SPLIT))
    assert set(balance.broken) == {Identity.C5, Identity.C6}
    backwards = check(SPLIT, total_of(SPLIT), reversed_=True)
    assert set(backwards.broken) == {Identity.C5, Identity.C6}


def test_only_c4_and_c7_only_warn() -> None:
    assert [i for i in Identity if i.only_warns] == [Identity.C4, Identity.C7]


def test_identities_have_words() -> None:
    assert len({identity.words for identity in Identity}) == len(Identity)


fen = st.integers(0, 10**9).map(Money)


@st.composite
def splits(draw: st.DrawFn) -> Split:
    """Any answer that adds up."""
    parts = [draw(fen) for _ in range(4)]
    total = Money.total(parts)
    deductible = Money(draw(st.integers(0, parts[3].fen)))
    funds = draw(_cut(total))
    rest = total - Money.total(funds)
    hospital = Money(draw(st.integers(0, rest.fen)))
    personal = rest - hospital
    account = Money(draw(st.integers(0, personal.fen)))
    family = Money(draw(st.integers(0, account.fen)))
    rows = [share(str(910000 + n), paid) for n, paid in enumerate(funds)]
    rows += [share("310200", account - family), share("310202", family)]
    amounts: dict[str, Any] = dict(zip((*PARTS, *FUNDS), (*parts, *funds), strict=True))
    return replace(
        SPLIT,
        **amounts,
        total=total,
        deductible=deductible,
        fund_total=Money.total(funds),
        personal_part=personal,
        account=account,
        family_account=family,
        cash=personal - account,
        hospital_part=hospital,
        account_balance=draw(fen),
        shares=(*rows, share("999996", hospital)),
    )


@st.composite
def _cut(draw: st.DrawFn, whole: Money) -> list[Money]:
    """Eight funds that pay the whole or less."""
    marks = sorted(draw(st.lists(st.integers(0, whole.fen), min_size=8, max_size=8)))
    return [Money(high - low) for low, high in zip([0, *marks], marks, strict=False)]


@given(splits())
def test_what_adds_up_holds_forwards_and_turned(split: Split) -> None:
    """C1–C7 on any amounts."""
    assert set(verdicts(check(split, total_of(split))).values()) == {Verdict.HOLDS}
    turned_back = check(turned(split), total_of(split), reversed_=True)
    assert set(verdicts(turned_back).values()) == {Verdict.HOLDS}


@given(splits(), st.sets(st.sampled_from(NULLABLE)))
def test_nulls_never_break_what_adds_up(split: Split, untold: set[str]) -> None:
    nulls: dict[str, Any] = dict.fromkeys(untold)
    assert check(replace(split, **nulls), total_of(split)).broken == ()


@given(splits(), st.sampled_from(["total", "personal_part", "cash", "in_scope"]), fen)
def test_one_wrong_amount_is_always_caught(split: Split, name: str, by: Money) -> None:
    changed: dict[str, Any] = {name: getattr(split, name) + by + FEN}
    assert check(replace(split, **changed), total_of(split)).broken


def line(pre_self_pay: Money | None) -> LineSplit:
    return LineSplit(
        "1", ZERO, None, None, None, None, None, None, pre_self_pay, None, "02", "09", ""
    )


@pytest.mark.req("S2-23")
def test_first_pay_is_what_the_lines_do_not_explain() -> None:
    """S2-23: 首先自付 of temporary-out is a line of its own; E25: 72.65 of which 27.33 are 乙."""
    split = replace(SPLIT, pre_self_pay=Money.parse("72.65"))
    lines = [line(Money.parse("25.00")), line(Money.parse("2.33"))]
    assert first_pay(split, lines) == Money.parse("45.32")


def test_first_pay_is_unknown_when_an_amount_is() -> None:
    assert first_pay(replace(SPLIT, pre_self_pay=None), [line(ZERO)]) is None
    assert first_pay(SPLIT, [line(ZERO), line(None)]) is None
    assert first_pay(SPLIT, []) == SPLIT.pre_self_pay
