"""What the informing transactions tell: 1101, 2001, 2204, 5206, and 2208's own shape."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.town import town
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import Bench


@pytest.mark.req("S0-08")
def test_1101_tells_every_insurance(bench: Bench) -> None:
    both = next(person for person in town() if len(person.insured) == 2)
    answer = bench.desk.ask(
        "1101", "", data={"mdtrt_cert_type": "02", "mdtrt_cert_no": both.certno}
    )
    rows = answer["insuinfo"]
    assert [(row["insutype"], row["insuplc_admdvs"]) for row in rows] == [
        ("310", "370800"),
        ("390", "370800"),
    ]
    assert rows[0]["balc"] == Decimal("512.30")
    assert answer["baseinfo"]["psn_cert_type"] == "01"


def trtinfo(bench: Bench, who: bodies.PersonBody, **changes: str) -> list[dict[str, Any]]:
    data = {
        "psn_no": who.psn_no,
        "insutype": "310",
        "fixmedins_code": bench.desk.hospital,
        "med_type": "11",
        "begntime": "2023-05-02 09:00:00",
    }
    return list(bench.desk.ask("2001", "370800", data={**data, **changes})["trtinfo"])


def test_2001_tells_the_filing_where_the_area_extends_it(bench: Bench) -> None:
    who = bench.put()
    rows = trtinfo(bench, who)
    assert [(row["fund_pay_type"], row["trt_enjymnt_flag"]) for row in rows] == [
        ("310100", "1"),
        ("310200", "1"),
    ]
    assert json.loads(rows[0]["exp_content"]) == {
        "FILING_KIND": "LONG_RESIDENT",
        "FILING_AREA": "430100",
        "FILING_FROM": "2021-04-01",
        "FILING_TO": None,
    }
    control.change_area(bench.state, "370800", bodies.AreaBody(filing_extension=False))
    assert trtinfo(bench, who)[0]["exp_content"] is None


def test_2001_has_one_row_for_a_resident(bench: Bench) -> None:
    who = bench.put(insurance={"insutype": "390", "psn_type": "15"})
    assert [row["fund_pay_type"] for row in trtinfo(bench, who, insutype="390")] == ["390100"]


@pytest.mark.parametrize(
    ("restricted", "flag", "own"),
    [
        (True, "0", "100.00"),
        (True, "1", "0.00"),
        (True, "2", "100.00"),
        (False, "0", "0.00"),
        (False, "1", "0.00"),
        (False, "2", "100.00"),
    ],
)
def test_2204_approval(bench: Bench, restricted: bool, flag: str, own: str) -> None:
    """``hosp_appr_flag`` with ``lmt_used_flag``, as the interface document has it."""
    bench.item("R", **{"class": "02", "selfpay": "0.10", "restricted": restricted})
    patient = bench.patient().open()
    row = patient.upload(patient.row("P1", "R", "100.00", hosp_appr_flag=flag))[0]
    assert f"{row['fulamt_ownpay_amt']:.2f}" == own
    assert row["lmt_used_flag"] == ("1" if restricted else "0")
    assert (row["memo"] is not None) == (restricted and flag != "1")


@pytest.mark.req("S0-16", "S1-32")
def test_2204_splits_each_line(bench: Bench) -> None:
    bench.item("B", **{"class": "02", "selfpay": "0.05", "limit": "12.00"})
    patient = bench.patient().open()
    row = patient.upload(patient.row("P1", "B", "15.50", "3"))[0]
    told = {name: f"{row[name]:.2f}" for name in row if name.endswith("amt")}
    assert told == {
        "det_item_fee_sumamt": "46.50",
        "pric_uplmt_amt": "12.00",
        "fulamt_ownpay_amt": "0.00",
        "overlmt_amt": "10.50",
        "preselfpay_amt": "1.80",
        "inscp_scp_amt": "34.20",
    }
    assert (row["chrgitm_lv"], row["selfpay_prop"]) == ("02", Decimal("0.05"))


def sums(patient: Patient, cum_ym: str = "") -> dict[str, Decimal]:
    rows = patient.ask("5206", data={"psn_no": patient.psn_no, "cum_ym": cum_ym})["cuminfo"]
    return {row["cum_type_code"]: row["cum"] for row in rows}


def test_5206_tells_what_was_used(bench: Bench) -> None:
    """Two batches of one visit are one visit; at home only the fund's part is told."""
    who = bench.put(year={"2023": {"deductible_paid": "300.00", "fund_used": "12.00"}})
    patient = bench.patient(who).open()
    bench.item("A")
    patient.whole("P1", patient.row("P1", "A", "100.00"), use="1")
    patient.whole("P2", patient.row("P2", "A", "60.00"))
    body = bodies.read_body(bodies.ElsewhereBody, b'{"date":"2023-04-01","fund":"9.00"}')
    control.use_elsewhere(bench.state, who.certno, body)
    whole = {
        "D310101": Decimal("101.00"),
        "D310201": Decimal("50.00"),
        "F0000_11": Decimal("160.00"),
        "C0000_11": Decimal("1.00"),
    }
    assert sums(patient) == whole
    assert sums(patient, "202305") == {**whole, "D310101": Decimal("80.00")}
    assert sums(patient, "202304")["D310101"] == 9
    assert sums(patient, "202303")["C0000_11"] == 0


def test_5206_is_of_the_present_year(bench: Bench) -> None:
    patient = bench.patient().open()
    patient.whole("P1", patient.row("P1", bench.item("A"), "400.00"))
    assert sums(patient)["D310101"] == 50
    bench.now = datetime(2024, 1, 1)  # noqa: DTZ001 - +08:00 always
    assert sums(patient)["D310101"] == 0


def test_2208_turns_every_amount_but_the_balance(bench: Bench) -> None:
    patient = bench.patient().open()
    booked = patient.whole("P1", patient.row("P1", bench.item("A"), "500.00"), use="1")
    answer = patient.cancel(booked["setlinfo"]["setl_id"])
    info, before = answer["setlinfo"], booked["setlinfo"]
    untold = ("psn_part_amt", "hosp_part_amt", "pool_prop_selfpay")
    for name, value in before.items():
        if name.endswith(("_pay", "amt", "dedc", "selfpay")) and name not in untold:
            assert info[name] == -value, name
    assert info["psn_part_amt"] is None
    assert info["hosp_part_amt"] is None
    assert info["balc"] == Decimal("1500.00")
    assert info["pool_prop_selfpay"] == before["pool_prop_selfpay"]
    assert info["medins_setl_id"] != before["medins_setl_id"]
    assert [row["fund_payamt"] for row in answer["setldetail"]] == [-100, -400]


def test_partial_refund_in_full(bench: Bench) -> None:
    """E39, E40: the whole slip back, the kept item settled anew in the same visit."""
    hospital = bodies.InstitutionBody(level=2)
    control.change_institution(bench.state, bench.desk.hospital, hospital)
    who = bench.put()
    patient = bench.patient(who).open()
    bench.item("A")
    first = patient.whole("P1", patient.row("P1", "A", "300.00"), patient.row("P1", "A", "150.00"))[
        "setlinfo"
    ]
    patient.cancel(first["setl_id"])
    patient.remove("P1")
    second = patient.whole("P2", patient.row("P2", "A", "300.00"))["setlinfo"]
    assert first["psn_cash_pay"] - second["psn_cash_pay"] == 60
    assert bench.person(who).year["2023"] == bodies.YearBody(
        deductible_paid="200.00", fund_used="60.00"
    )


def test_a_filing_here_as_long_is_better_than_an_emergency(bench: Bench) -> None:
    """A15."""
    flags = {"OTP_ER_REFL_FLAG": "1"}
    patient = bench.patient(med_type="13", flags=flags).open()
    info = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))["setlinfo"]
    assert info["preselfpay_amt"] == 0


def test_an_officials_flag(bench: Bench) -> None:
    patient = bench.patient(bench.put(insurance={"official": True})).open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    assert patient.preview("P1", "100.00")["setlinfo"]["cvlserv_flag"] == "1"
