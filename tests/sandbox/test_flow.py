"""The main flow on the pure core: what comes back, and what the sums are afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from desktop.sandbox.control import surface as control
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import Bench


@pytest.mark.req("S2-10", "S1-34", "S4-22")
def test_one_settlement_moves_the_year_and_the_account(bench: Bench) -> None:
    """E30: the account pays the in-policy part, 丙 and over-limit stay cash."""
    who = bench.put(year={"2023": {"deductible_paid": "300.00", "fund_used": "0.00"}})
    a = bench.item("A")
    b = bench.item("B", **{"class": "02", "selfpay": "0.10"})
    c = bench.item("C", **{"class": "03"})
    capped = bench.item("D", limit="18.00")
    patient = bench.patient(who).open()
    rows = [
        patient.row("P1", a, "200.00"),
        patient.row("P1", b, "100.00"),
        patient.row("P1", c, "30.00"),
        patient.row("P1", capped, "20.00"),
    ]
    answer = patient.whole("P1", *rows, use="1")
    info = answer["setlinfo"]
    assert (info["fund_pay_sumamt"], info["acct_pay"], info["psn_cash_pay"]) == (
        Decimal("154.00"),
        Decimal("164.00"),
        Decimal("32.00"),
    )
    assert info["balc"] == Decimal("1336.00")
    assert [row["fund_pay_type"] for row in answer["setldetail"]] == ["310100", "310200"]
    after = bench.person(who)
    assert after.year["2023"].fund_used == "154.00"
    assert after.insured[0].account == "1336.00"


def test_the_answer_carries_the_msgid_and_the_names(bench: Bench) -> None:
    patient = bench.patient().open()
    shown = _preview(bench, patient)
    info = shown["setlinfo"]
    assert info["setl_time"] is None
    assert "setl_id" not in info
    settled = patient.settle(shown, "P1")["setlinfo"]
    assert settled["medins_setl_id"].endswith(f"{int(info['medins_setl_id'][-4:]) + 1:04d}")
    assert settled["setl_time"] == "2023-05-02 09:30:00"
    assert settled["psn_name"] == "孔试验"


def _preview(bench: Bench, patient: Patient) -> Mapping[str, Any]:
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    return patient.preview("P1", "100.00")


def _kept(bench: Bench) -> Mapping[str, Mapping[str, object]]:
    """Every row but the count of numbers given out, and the batches, which note what was shown."""
    return {
        place: dict(table.items())
        for place, table in bench.state.tables()
        if place not in ("settings", "batches")
    }


@pytest.mark.parametrize("use", ["0", "1", "2"])
def test_2206_books_nothing(bench: Bench, use: str) -> None:
    who = bench.put()
    patient = bench.patient(who).open()
    patient.upload(patient.row("P1", bench.item("A"), "900.00"))
    before = _kept(bench)
    first = patient.preview("P1", "900.00", use)
    second = patient.preview("P1", "900.00", use)
    assert _kept(bench) == before
    assert control.settlements(bench.state, who.certno) == []
    patient.settle(second, "P1")
    assert len(control.settlements(bench.state, who.certno)) == 1
    assert _kept(bench) != before
    for name in ("medins_setl_id",):
        first["setlinfo"].pop(name)
        second["setlinfo"].pop(name)
    assert first == second
