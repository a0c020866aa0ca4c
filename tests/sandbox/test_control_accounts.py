"""The books of real accounts over HTTP, and an account's payment that comes back by itself."""

from __future__ import annotations

import pytest

from tests.rig.practice import Practice
from tests.sandbox.asking import Patient
from tests.sandbox.http_side import http_desk
from tests.sandbox.test_control import CERTNO, PERSON


@pytest.mark.req("S2-09")
def test_the_bank_gives_a_payment_back(running: Practice) -> None:
    psn_no = running.call("PUT", f"people/{CERTNO}", PERSON)["psn_no"]
    patient = Patient(http_desk(running), psn_no, CERTNO).open()
    info = patient.whole("P1", patient.row("P1", "A", "500.00"), use="1")["setlinfo"]
    place = f"settlements/{info['setl_id']}/account-return"
    assert running.call("POST", place) == {
        "setl_id": info["setl_id"],
        "fund_pay_sumamt": "100.00",
        "acct_pay": "0.00",
        "psn_cash_pay": "400.00",
    }
    (row,) = running.call("GET", "settlements")
    assert (row["state"], row["acct_pay"], row["psn_cash_pay"]) == ("effective", "0.00", "400.00")
    rows = running.call("GET", f"accounts?certno={CERTNO}")
    assert [(row["state"], row["acct_pay"]) for row in rows] == [
        *(("paid", "400.00"), ("returned", "400.00"))
    ]
    assert running.call("GET", "accounts") == rows
    assert running.call("GET", "accounts?certno=990000000000000000") == []
    again = running.http.post(f"{running.url}/practice/{place}", content=b"{}")
    assert again.status_code == 409
    assert "个人账户" in again.json()["reason"]
