"""What holds for every bill: the identities, the cap, exact undoing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingKind
from desktop.domain.quantities import Quantity, Rate, UnitPrice, line_amount
from desktop.sandbox.care_place.splitting import split_line
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.town import HOSPITAL
from desktop.sandbox.insured_place.benefit import AccountUse, Standing, Terms, compute
from desktop.sandbox.insured_place.policy import FirstPay, FirstPayMode, PersonClass
from desktop.sandbox.insured_place.supplements import Counted
from desktop.sandbox.shares import LineShare, sum_of
from tests.sandbox.areas import check_identities
from tests.sandbox.asking import amount
from tests.sandbox.conftest import POLICIES, Bench, new_bench

EMPTY = control.World((), (), HOSPITAL)
money = st.integers(0, 500_000).map(Money)
prices = st.decimals(0, 3000, places=6).map(UnitPrice)
quantities = st.decimals(Decimal("0.0001"), 200, places=4).map(Quantity)
rates = st.decimals(0, 1, places=4).map(Rate)
first_pays = st.builds(FirstPay, st.sampled_from(FirstPayMode), rates)
shares = st.builds(
    split_line,
    prices,
    quantities,
    selfpay=rates,
    limit=st.none() | prices,
    covered=st.booleans(),
)
rules = st.none() | st.sampled_from((*POLICIES.benefits, *POLICIES.chronic))
after_pool = st.lists(
    st.sampled_from(POLICIES.supplements), max_size=5, unique_by=lambda rule: rule.fund.code
).map(lambda rows: tuple(sorted(rows, key=lambda rule: rule.field.rank)))
terms = st.builds(
    Terms,
    rules,
    st.sampled_from(PersonClass),
    st.sampled_from((1, 2, 3)),
    first_pays,
    supplements=after_pool,
)
counted = st.builds(Counted, money, money)
used = st.dictionaries(st.sampled_from([r.fund.code for r in POLICIES.supplements]), counted)
standings = st.builds(
    Standing, money, money, money, money, st.sampled_from(AccountUse), supplements=used
)


@given(prices, quantities, rates, st.none() | prices, st.booleans())
def test_a_line_splits_without_rest(
    price: UnitPrice, quantity: Quantity, rate: Rate, limit: UnitPrice | None, covered: bool
) -> None:
    share = split_line(price, quantity, selfpay=rate, limit=limit, covered=covered)
    parts = (share.full_self_pay, share.over_limit, share.pre_self_pay, share.in_scope)
    assert share.total == line_amount(price, quantity) == Money.total(parts)
    assert min(parts) >= ZERO


@given(st.lists(shares, min_size=1, max_size=6), terms, standings)
def test_the_identities_hold_on_any_bill(
    bill: list[LineShare], terms: Terms, standing: Standing
) -> None:
    """C1, C2, C3, C5 and C6; nobody pays more than there is."""
    got = compute(sum_of(bill), terms, standing)
    first_parts = (got.full_self_pay, got.over_limit, got.pre_self_pay, got.in_scope)
    assert got.total == Money.total(first_parts)
    assert got.total == got.fund + got.personal + got.hospital
    share = terms.rule.hospital_share if terms.rule else Rate(Decimal(0))
    assert got.hospital == share.of(got.over_limit)
    assert got.personal == got.own_account + got.mutual_aid + got.cash
    assert got.in_scope == got.deductible + got.pooled + got.coinsurance + got.over_cap
    assert got.deductible <= got.in_scope
    amounts = (*first_parts, got.deductible, got.fund, got.coinsurance, got.over_cap, got.cash)
    assert min(*amounts, got.own_account, got.mutual_aid) >= ZERO
    assert got.pooled <= got.limit_before
    assert all(ZERO <= extra.paid <= extra.limit_before for extra in got.extras)
    assert all(ZERO <= extra.threshold <= extra.base for extra in got.extras)
    assert got.fund <= got.in_scope
    assert got.own_account <= standing.account
    assert got.mutual_aid <= standing.mutual_aid


@given(st.lists(shares, min_size=1, max_size=4), terms, standings)
def test_the_account_pays_neither_self_paid_nor_over_limit(
    bill: list[LineShare], terms: Terms, standing: Standing
) -> None:
    got = compute(sum_of(bill), terms, standing)
    assert got.cash >= got.full_self_pay + got.over_limit


# --- through the platform's own door ----------------------------------------------------------

wire_lines = st.lists(
    st.tuples(
        st.decimals(Decimal("0.01"), 900, places=2).map(lambda p: f"{p:.2f}"),
        st.sampled_from(("1", "2", "3.5")),
        st.sampled_from(("A", "B", "C", "D", "R")),
        st.sampled_from(("0", "1", "2")),
    ),
    min_size=1,
    max_size=5,
)
KINDS = ("LONG_RESIDENT", "OTHER")
people = st.fixed_dictionaries(
    {
        "account": st.sampled_from(("0.00", "33.33", "5000.00")),
        "mutual_aid": st.sampled_from(("0.00", "20.00")),
        "psn_type": st.sampled_from(("11", "12")),
    }
)


def town_of_one(person: dict[str, str], kind: str) -> tuple[Bench, Any]:
    bench = new_bench(EMPTY)
    bench.item("A")
    bench.item("B", **{"class": "02", "selfpay": "0.15"})
    bench.item("C", **{"class": "03"})
    bench.item("D", limit="12.50")
    bench.item("R", **{"class": "02", "selfpay": "0.10", "restricted": True})
    filing = {"kind": kind, "area": "430100", "from": "2021-04-01"}
    return bench, bench.put(insurance=person, filings=[filing])


@settings(max_examples=40)
@given(
    st.lists(wire_lines, min_size=1, max_size=3),
    people,
    st.sampled_from(KINDS),
    st.sampled_from(AccountUse),
    st.randoms(use_true_random=False),
)
def test_2208_restores_every_sum(
    bills: list[list[tuple[str, str, str, str]]],
    person: dict[str, str],
    kind: str,
    use: AccountUse,
    chance: Any,
) -> None:
    """Whatever the order of the undoing (A13); each answer's identities on the way."""
    bench, who = town_of_one(person, kind)
    patient = bench.patient(who).open()
    numbers = []
    for index, bill in enumerate(bills):
        rows = [patient.row(f"P{index}", i, p, q, hosp_appr_flag=f) for p, q, i, f in bill]
        answer = patient.whole(f"P{index}", *rows, use=use.value)
        check_identities(answer, sum((Decimal(amount(p, q)) for p, q, _, _ in bill), Decimal(0)))
        numbers.append(answer["setlinfo"]["setl_id"])
    assert Decimal(bench.person(who).year["2023"].fund_used) <= 2000
    chance.shuffle(numbers)
    for number in numbers:
        patient.cancel(number)
    after = bench.person(who)
    assert after.insured == who.insured
    assert {value for year in after.year.values() for value in (year.fund_used,)} == {"0.00"}
    assert after.year["2023"].deductible_paid == "0.00"
    assert next(iter(bench.state.visits)).deductible == ZERO
    assert all(sums.costs == ZERO and sums.visits == 0 for sums in bench.state.sums)


@settings(max_examples=25)
@given(st.lists(st.integers(1, 400_000), min_size=1, max_size=6))
def test_the_cap_is_never_exceeded(fen: list[int]) -> None:
    bench, who = town_of_one({}, "LONG_RESIDENT")
    for each in fen:
        patient = bench.patient(who).open()
        answer = patient.whole("P1", patient.row("P1", "A", Money(each).yuan()))
        pooled = answer["setldetail"][0]
        assert pooled["fund_payamt"] <= pooled["crt_payb_lmt_amt"] <= 2000
    assert Decimal(bench.person(who).year["2023"].fund_used) <= 2000


@given(st.dates(date(2021, 4, 1), date(2030, 12, 31)), st.sampled_from(("310", "390")))
def test_one_rule_pays_on_every_day(day: date, insutype: str) -> None:
    rule = POLICIES.benefit("370811", insutype, day, day)
    assert rule is not None
    assert rule.period.holds(day)
    first_pay = POLICIES.first_pay("370811", FilingKind.OTHER, day)
    assert first_pay.rate.value == (0 if day.year == 2021 else Decimal("0.1"))
