"""A person replaced by PUT while settlements stand: no sum falls below nothing."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from desktop.sandbox.control import bodies, people
from desktop.sandbox.control import surface as control
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import Bench


def settled(bench: Bench) -> tuple[Patient, str]:
    """300.00 of deductible and 100.00 of the fund in 2023."""
    patient = bench.patient().open()
    answer = patient.whole("P1", patient.row("P1", bench.item("A"), "500.00"), use="1")
    return patient, str(answer["setlinfo"]["setl_id"])


def put_back(bench: Bench, certno: str) -> bodies.PersonBody:
    """PUT what GET gives."""
    given = msgspec.json.encode(people.show_person(bench.state, certno))
    body = bodies.read_body(bodies.PersonBody, given)
    return people.put_person(bench.state, certno, body)


@pytest.mark.parametrize(
    ("year", "after"),
    [
        ({}, ("0.00", "0.00")),
        ({"2023": {"deductible_paid": "200.00", "fund_used": "150.00"}}, ("0.00", "50.00")),
        ({"2023": {"deductible_paid": "301.00", "fund_used": "99.99"}}, ("1.00", "0.00")),
    ],
)
def test_2208_takes_back_at_most_what_is_there(
    bench: Bench, year: dict[str, Any], after: tuple[str, str]
) -> None:
    patient, setl_id = settled(bench)
    who = bench.put(year=year)
    patient.cancel(setl_id)
    sums = bench.person(who).year["2023"]
    assert (sums.deductible_paid, sums.fund_used) == after
    (kept,) = [row for key, row in bench.state.sums.items() if key.startswith(who.psn_no)]
    assert (kept.costs.fen, kept.account.fen, kept.visits) == (0, 0, 0)
    assert put_back(bench, who.certno) == bench.person(who)


def test_a_replaced_year_leaves_no_more_than_the_cap(bench: Bench) -> None:
    """Sums cut off at nothing do not turn what was used at home into a greater cap."""
    rule = bench.platform.policies.benefit("370800", "310", bench.now.date(), bench.now.date())
    assert rule is not None
    patient, setl_id = settled(bench)
    who = bench.put(year={})
    home = bodies.read_body(bodies.ElsewhereBody, b'{"date":"2023-03-01","fund":"50.00"}')
    control.use_elsewhere(bench.state, who.certno, home)
    patient.cancel(setl_id)
    again = bench.patient(who, visit_no="again").open()
    info = again.whole("P9", again.row("P9", "A", "90000.00"))["setlinfo"]
    assert info["fund_pay_sumamt"] == rule.cap.decimal_yuan()


@pytest.mark.parametrize("year", ["0000", "0099", "2023", "9999"])
def test_any_year_comes_back(bench: Bench, year: str) -> None:
    who = bench.put(year={year: {"deductible_paid": "1.00", "fund_used": "2.00"}})
    assert list(who.year) == [year]
    assert put_back(bench, who.certno) == who


def test_what_get_gave_goes_in_after_every_kind_of_change(bench: Bench) -> None:
    patient, setl_id = settled(bench)
    home = {"date": "0999-03-01", "fund": "50.00"}
    body = bodies.read_body(bodies.ElsewhereBody, json.dumps(home).encode())
    control.use_elsewhere(bench.state, patient.certno, body)
    first = put_back(bench, patient.certno)
    patient.cancel(setl_id)
    second = put_back(bench, patient.certno)
    assert set(first.year) == set(second.year) == {"0999", "2023"}
    assert second.year["2023"] == bodies.YearBody()
    assert second.insured[0].account == "1500.00"
