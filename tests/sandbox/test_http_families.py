"""One of each family of transactions over a real socket: path styles, files, faults, the terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.messages.catalogue_rows import DRUGS
from desktop.nhsa.messages.column_file import unpack
from desktop.nhsa.messages.verification import FACE_AUTHORISATION, FACE_CHECK
from desktop.nhsa.messages.voucher import VOUCHER_PATH
from tests.rig.practice import Practice
from tests.sandbox.asking import AREA, HOSPITAL, Desk, No, Patient
from tests.sandbox.http_side import http_desk, post, told
from tests.sandbox.test_terminal import OPERATOR

PERSON = "990000198001010017"
ITEM = {"name": "试验药", "class": "02", "kind": "09", "selfpay": "0.10", "limit": "30.00"}


@pytest.fixture
def patient(running: Practice) -> Patient:
    insured = {"insutype": "310", "area": AREA, "psn_type": "11", "account": "10.00"}
    filing = {"kind": "LONG_RESIDENT", "area": "430100", "from": "2021-04-01"}
    who = running.put_person(
        PERSON,
        {
            "name": "孔试验",
            "gend": "1",
            "brdy": "1980-01-01",
            "insured": [insured],
            "filings": [filing],
        },
    )
    return Patient(http_desk(running), str(who["psn_no"]), PERSON)


def at(running: Practice, path: str, infno: str, **nodes: Any) -> Mapping[str, Any]:
    desk = http_desk(running)
    body = json.dumps(desk.envelope(infno, "", nodes)).encode()
    answer = told(post(running, body, f"/fsi/api/{path}"))
    assert str(answer["infcode"]) == "0", answer
    output: Mapping[str, Any] = answer["output"]
    return output


def test_a_catalogue_file_by_its_own_address(running: Practice) -> None:
    named = at(running, TRANSACTIONS["1301"].path, "1301", data={"ver": "v0000"})
    asked = {"file_qury_no": named["file_qury_no"], "filename": named["filename"]}
    desk = http_desk(running)
    nodes = {"fsDownloadIn": {**asked, "fixmedins_code": "plc"}}
    answer = post(running, json.dumps(desk.envelope("9102", "", nodes)).encode())
    assert answer.headers["content-type"] == "application/octet-stream"
    assert len(unpack(DRUGS, answer.content)) == named["data_cnt"] > 90


@pytest.mark.req("S0-16")
def test_limits_and_shares_are_what_the_control_surface_put(running: Practice) -> None:
    span = {"area": "430100", "from": "2023-05-01", "to": None, "limit": "25.00", "refuses": True}
    running.catalogue("X1", {**ITEM, "limits": [span]})
    page = {"updt_time": "2023-05-02", "page_num": 1, "page_size": 10}
    limits = at(running, "1318", "1318", data=page)
    assert [row["overlmt_dspo_way"] for row in limits["data"]] == ["2", "1"]
    (share,) = at(running, "1319", "1319", data=page)["data"]
    assert (share["hilist_code"], str(share["selfpay_prop"])) == ("X1", "0.1000")


@pytest.mark.req("S1-28")
def test_a_line_is_rejected_and_the_details_are_told(running: Practice, patient: Patient) -> None:
    running.catalogue("X1", ITEM)
    patient.open()
    with pytest.raises(No, match="数量"):
        patient.upload(patient.row("P1", "X1", "40.00", "201"))
    settled = patient.whole("P1", patient.row("P1", "X1", "40.00"))["setlinfo"]
    named = {"psn_no": patient.psn_no, "mdtrt_id": patient.mdtrt_id}
    lines: Any = patient.ask("5204", data={**named, "setl_id": settled["setl_id"]})
    (line,) = lines
    assert (line["overlmt_amt"], line["preselfpay_amt"]) == (10, 3)


def test_code_tables_and_chosen_institutions(running: Practice, patient: Patient) -> None:
    asked = {"type": "chrgitm_lv", "admdvs": "430100", "date": "2023-05-02", "Vali_Flag": "1"}
    found = at(running, TRANSACTIONS["1901"].path, "1901", data=asked)["list"]
    assert [row["label"] for row in found] == ["甲类", "乙类", "丙类"]
    chosen = {
        "psn_no": patient.psn_no,
        "biz_appy_type": "03",
        "begndate": "2023-05-02",
        "fix_srt_no": "1",
        "fixmedins_code": HOSPITAL,
        "fixmedins_name": "演练医院",
    }
    patient.ask("2505", data=chosen)
    rows = patient.ask("5302", data={"psn_no": patient.psn_no, "biz_appy_type": "03"})
    assert [row["fixmedins_code"] for row in rows["psnfixmedin"]] == [HOSPITAL]


def test_the_face_terminal(running: Practice, patient: Patient) -> None:
    assert running.call("GET", "terminal") == {"certno": None, "result": "ok", "notices": []}
    assert running.call("PUT", "terminal", {"certno": PERSON})["certno"] == PERSON
    first = voucher(running, FACE_AUTHORISATION, outBizNo="B1", **OPERATOR)
    data = {"outBizNo": "B1", "authNo": first["data"]["authNo"], **OPERATOR}
    holder = voucher(running, FACE_CHECK, **data)["data"]
    patient.credential = ("01", holder["ecToken"])
    assert patient.register()


def voucher(running: Practice, kind: str, **data: Any) -> Mapping[str, Any]:
    body = {"orgId": HOSPITAL, "transType": kind, "data": data, "extra": {}}
    return told(post(running, json.dumps(body).encode(), VOUCHER_PATH))


@pytest.mark.parametrize("infno", ["1301", "1318", "1901", FACE_AUTHORISATION])
def test_faults_spoil_them_as_well(running: Practice, infno: str) -> None:
    running.fault(infno, "before", "http500")
    if infno == FACE_AUTHORISATION:
        body = {"orgId": HOSPITAL, "transType": infno, "data": {}, "extra": {}}
        spoilt = post(running, json.dumps(body).encode(), VOUCHER_PATH)
    else:
        desk: Desk = http_desk(running)
        spoilt = post(running, json.dumps(desk.envelope(infno, "", {"data": {}})).encode())
    assert spoilt.status_code == 500


@pytest.mark.parametrize("infno", ["1303", "1316", "3301"])
def test_what_is_not_offered_is_refused_by_name(running: Practice, infno: str) -> None:
    with pytest.raises(No, match=infno):
        http_desk(running).ask(infno, "", data={})
