"""The personal account as a step of its own after the pool's, with books of its own (S2-08)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from desktop.domain.money import Money
from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.accounts import return_account, show_accounts
from desktop.sandbox.control.people import find_person
from desktop.sandbox.fund_model import AccountState
from desktop.sandbox.insured_place.account import NothingToReturn, give_back_alone
from desktop.sandbox.model import Settlement, YearSums
from desktop.sandbox.state import sums_key
from tests.sandbox.areas import bench_abroad, check_identities, insured, paid, visit
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import Bench

REAL = "370800"
VIRTUAL = "430100"


@pytest.fixture
def abroad() -> Bench:
    return bench_abroad()


def settled(
    bench: Bench, area: str, account: str = "1500.00", family: str = "0.00", use: str = "1"
) -> tuple[Patient, Any]:
    """500.00 at level 3 on a fresh year."""
    row = {"insutype": "310", "psn_type": "11", "account": account, "mutual_aid": family}
    patient = visit(bench, insured(bench, area, insurance=row))
    answer = patient.whole("P1", patient.row("P1", "A", "500.00"), use=use)
    check_identities(answer, Decimal(500))
    return patient, answer


def entries(bench: Bench) -> list[tuple[AccountState, str, str]]:
    return [(row.state, row.own.yuan(), row.family.yuan()) for row in bench.state.accounts]


def balances(bench: Bench, patient: Patient) -> tuple[str, str]:
    (row,) = find_person(bench.state, patient.certno).insured
    return row.account.yuan(), row.mutual_aid.yuan()


def year_sums(bench: Bench, patient: Patient) -> YearSums:
    return bench.state.sums.get(sums_key(patient.psn_no, "310", 2023)) or YearSums()


def fail_accounts(bench: Bench, area: str, fails: bool = True) -> None:
    control.change_area(bench.state, area, bodies.AreaBody(account_fails=fails))


@pytest.mark.req("S2-08", "S2-09", "S2-10")
def test_the_account_has_books_of_its_own(abroad: Bench) -> None:
    """First the own money, then the relative's; what is left is cash."""
    patient, answer = settled(abroad, REAL, "300.00", "40.00", use="2")
    info = answer["setlinfo"]
    assert (info["fund_pay_sumamt"], info["acct_pay"], info["acct_mulaid_pay"]) == (100, 340, 40)
    assert (info["psn_cash_pay"], info["balc"]) == (60, 0)
    assert entries(abroad) == [(AccountState.PAID, "300.00", "40.00")]
    assert balances(abroad, patient) == ("0.00", "0.00")
    assert year_sums(abroad, patient).account == Money(34000)


@pytest.mark.req("S2-08")
def test_a_virtual_account_is_kept_with_the_pool(abroad: Bench) -> None:
    """The wire does not tell the two apart; there is no bank whose books could differ."""
    patient, answer = settled(abroad, VIRTUAL)
    assert answer["setlinfo"]["acct_pay"] == 320
    assert balances(abroad, patient) == ("1180.00", "0.00")
    assert entries(abroad) == []


@pytest.mark.req("S2-08")
def test_the_account_fails_and_the_pool_stays(abroad: Bench) -> None:
    """2206 does not see it coming; the patient pays in cash; a 2208 returns the pool's part."""
    fail_accounts(abroad, REAL)
    patient, answer = settled(abroad, REAL)
    info = answer["setlinfo"]
    assert (info["fund_pay_sumamt"], info["acct_pay"], info["psn_cash_pay"]) == (100, 0, 400)
    assert paid(answer) == {"310100": 100, "310200": 0}
    assert info["balc"] == 1500
    assert entries(abroad) == [(AccountState.FAILED, "400.00", "0.00")]
    assert year_sums(abroad, patient).fund == Money(10000)
    check_identities(patient.cancel(info["setl_id"]), Decimal(500), -1)
    assert balances(abroad, patient) == ("1500.00", "0.00")
    assert year_sums(abroad, patient) == YearSums()


def test_a_failed_step_does_not_fail_the_next(abroad: Bench) -> None:
    fail_accounts(abroad, REAL)
    patient, answer = settled(abroad, REAL)
    patient.cancel(answer["setlinfo"]["setl_id"])
    fail_accounts(abroad, REAL, fails=False)
    again = patient.whole("P2", patient.row("P2", "A", "500.00"), use="1")
    assert again["setlinfo"]["acct_pay"] == 400
    assert [state for state, _, _ in entries(abroad)] == [AccountState.FAILED, AccountState.PAID]


@pytest.mark.req("S2-09")
def test_the_account_is_returned_by_itself(abroad: Bench) -> None:
    """The pool's part stays booked; what the account paid falls to the cash, and 5203 says so."""
    patient, answer = settled(abroad, REAL, "300.00", "40.00", use="2")
    setl_id = answer["setlinfo"]["setl_id"]
    give_back_alone(abroad.state, setl_id, abroad.now)
    found = patient.find(setl_id)
    assert (found["fund_pay_sumamt"], found["acct_pay"], found["cash_payamt"]) == (100, 0, 400)
    assert found["balc"] == 300
    assert balances(abroad, patient) == ("300.00", "40.00")
    states = [state for state, _, _ in entries(abroad)]
    assert states == [AccountState.PAID, AccountState.RETURNED]
    sums = year_sums(abroad, patient)
    assert (sums.account, sums.fund) == (Money(0), Money(10000))


@pytest.mark.req("S2-09")
@pytest.mark.parametrize("undo", ["2208", "2601"])
def test_the_pool_is_undone_after_the_account(abroad: Bench, undo: str) -> None:
    """Nothing is given back twice."""
    patient, answer = settled(abroad, REAL)
    info = answer["setlinfo"]
    give_back_alone(abroad.state, info["setl_id"], abroad.now)
    if undo == "2208":
        check_identities(patient.cancel(info["setl_id"]), Decimal(500), -1)
    else:
        patient.reverse(info["medins_setl_id"])
    assert balances(abroad, patient) == ("1500.00", "0.00")
    assert year_sums(abroad, patient) == YearSums()


@pytest.mark.parametrize("undo", ["2208", "2601"])
@pytest.mark.parametrize("area", [REAL, VIRTUAL])
def test_undoing_a_settlement_returns_the_account_too(abroad: Bench, area: str, undo: str) -> None:
    patient, answer = settled(abroad, area, "300.00", "40.00", use="2")
    info = answer["setlinfo"]
    if undo == "2208":
        check_identities(patient.cancel(info["setl_id"]), Decimal(500), -1)
    else:
        patient.reverse(info["medins_setl_id"])
    assert balances(abroad, patient) == ("300.00", "40.00")
    assert year_sums(abroad, patient) == YearSums()
    returned = [(AccountState.PAID, *_SHARES), (AccountState.RETURNED, *_SHARES)]
    assert entries(abroad) == (returned if area == REAL else [])


_SHARES = ("300.00", "40.00")


@pytest.mark.parametrize("why", ["unknown", "virtual", "unused", "twice", "cancelled"])
def test_nothing_to_return(abroad: Bench, why: str) -> None:
    area = VIRTUAL if why == "virtual" else REAL
    patient, answer = settled(abroad, area, use="0" if why == "unused" else "1")
    setl_id = answer["setlinfo"]["setl_id"]
    if why == "twice":
        give_back_alone(abroad.state, setl_id, abroad.now)
    if why == "cancelled":
        patient.cancel(setl_id)
    with pytest.raises(NothingToReturn):
        give_back_alone(abroad.state, "0" if why == "unknown" else setl_id, abroad.now)


def test_the_books_as_the_control_surface_shows_them(abroad: Bench) -> None:
    """Settlement by settlement, of one or of everybody; an account's payment comes back."""
    patient, answer = settled(abroad, REAL, "300.00", "40.00", use="2")
    setl_id = answer["setlinfo"]["setl_id"]
    assert return_account(abroad.state, setl_id, abroad.now) == {
        "setl_id": setl_id,
        "fund_pay_sumamt": "100.00",
        "acct_pay": "0.00",
        "psn_cash_pay": "400.00",
    }
    rows = show_accounts(abroad.state, None)
    assert [(row["state"], row["acct_pay"], row["acct_mulaid_pay"]) for row in rows] == [
        *(("paid", "340.00", "40.00"), ("returned", "340.00", "40.00"))
    ]
    assert show_accounts(abroad.state, patient.certno) == rows
    assert show_accounts(abroad.state, "990000000000000000") == []


def test_a_settlement_of_an_older_state_is_undone_as_before(abroad: Bench) -> None:
    """Rows stored before the funds and the account's books: the new fields have defaults."""
    patient, answer = settled(abroad, REAL)
    number = answer["setlinfo"]["setl_id"]
    told = msgspec.to_builtins(abroad.state.settlements[number])
    for field in ("disease", "pool_code", "pool_name"):
        told.pop(field)
    told["amounts"].pop("extras")
    old = msgspec.convert(told, Settlement)
    abroad.state.settlements.put(number, old)
    abroad.state.accounts.clear()
    key = sums_key(patient.psn_no, "310", 2023)
    sums = msgspec.to_builtins(abroad.state.sums[key])
    for field in ("funds", "diseases"):
        sums.pop(field)
    abroad.state.sums.put(key, msgspec.convert(sums, YearSums))
    back = patient.cancel(number)
    assert paid(back) == {"310100": -100, "310200": -400}
    assert balances(abroad, patient) == ("1500.00", "0.00")
    assert year_sums(abroad, patient) == YearSums()
