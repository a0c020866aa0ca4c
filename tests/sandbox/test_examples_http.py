"""All 44 worked examples through HTTP, to the fen (E03 as a second batch of one visit)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.rig.practice import Practice
from tests.sandbox.asking import CHANGSHA, HOSPITAL, Patient
from tests.sandbox.http_side import http_desk

EXAMPLES = json.loads(
    (Path(__file__).parents[1] / "reference" / "benefit_examples.json").read_text(encoding="utf-8")
)
CLASSES = {"甲": "01", "乙": "02", "丙": "03"}
KINDS = {"LONG": "LONG_RESIDENT", "TEMP": "OTHER"}
TYPES = {"active": "11", "retired": "12", "resident": "15"}
CERTNO = "990000198001010017"
COMPARED = (
    *("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt"),
    *("inscp_scp_amt", "act_pay_dedc", "hifp_pay", "fund_pay_sumamt", "psn_part_amt"),
    *("acct_pay", "acct_mulaid_pay", "psn_cash_pay"),
)


@pytest.fixture(scope="module")
def running(process: Practice) -> Practice:
    return process


def prepare(running: Practice, given: Mapping[str, Any], number: int) -> Patient:
    """The person, the hospital's level and the day of the example; the visit opened."""
    emergency = given.get("med_type") == "13"
    state = {} if given["id"] == "E03" else given.get("state", {})
    filing = {"kind": KINDS[given["group"]], "area": CHANGSHA, "from": "2021-04-01"}
    insured = {
        "insutype": given["insutype"],
        "area": "370800",
        "psn_type": TYPES[given["person"]],
        "account": given.get("acct_balance", "0.00"),
        "mutual_aid": given.get("mutual_aid_balance", "0.00"),
    }
    year = {
        "deductible_paid": state.get("ded_paid", "0.00"),
        "fund_used": state.get("fund_used", "0.00"),
    }
    person = {
        "name": "孔试验",
        "gend": "1",
        "brdy": "1980-01-01",
        "insured": [insured],
        "filings": [] if emergency else [filing],
        "year": {given["date"][:4]: year},
    }
    running.clock(f"{given['date']}T10:00:00")
    running.institution(HOSPITAL, level=int(given["level"]))
    psn_no = running.put_person(CERTNO, person)["psn_no"]
    desk = http_desk(running)
    return Patient(
        desk,
        psn_no,
        CERTNO,
        insutype=given["insutype"],
        began=f"{given['date']} 09:00:00",
        med_type=given.get("med_type", "11"),
        flags={"OTP_ER_REFL_FLAG": "1"} if emergency else {},
        visit_no=f"MZ{number}",
    ).open()


def rows(running: Practice, patient: Patient, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for index, line in enumerate(given["lines"]):
        code = f"{given['id']}-{index}"
        unmet = line.get("limit_use_unmet", False)
        item = {
            "name": code,
            "class": CLASSES[line["cls"]],
            "kind": "09",
            "selfpay": line.get("prop", "0.00"),
            "limit": line.get("limit"),
            "restricted": unmet,
        }
        running.catalogue(code, item)
        flag = "0" if unmet else "1"
        found.append(
            patient.row("P1", code, line["price"], line.get("qty", "1"), hosp_appr_flag=flag)
        )
    return found


def absorb_twenty(running: Practice, patient: Patient) -> None:
    """E03: a first batch of 20.00 that the visit's deductible takes whole."""
    running.catalogue("E03-first", {"name": "E03", "class": "01", "kind": "09"})
    patient.whole("P0", patient.row("P0", "E03-first", "20.00"))


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda n: EXAMPLES[n]["input"]["id"])
def test_example(running: Practice, number: int) -> None:
    given, wanted = EXAMPLES[number]["input"], EXAMPLES[number]["result"]
    patient = prepare(running, given, number)
    if given["id"] == "E03":
        absorb_twenty(running, patient)
    use = "2" if given.get("mutual_aid_flag") == "1" else given.get("acct_used_flag", "0")
    answer = patient.whole("P1", *rows(running, patient, given), use=use)
    info = answer["setlinfo"]
    assert {name: f"{info[name]:.2f}" for name in COMPARED} == {
        name: wanted[name] for name in COMPARED
    }
    assert info["pool_prop_selfpay"] == Decimal(wanted["ratio"])
    assert f"{info['balc']:.2f}" == wanted["acct_balance_after"]
    pooled = answer["setldetail"][0]
    left = pooled["crt_payb_lmt_amt"] - pooled["fund_payamt"]
    assert f"{left:.2f}" == wanted["quota_left_after"]
