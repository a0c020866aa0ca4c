"""The platform over real sockets: addresses, gateway, clocks, e-voucher, errors."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from desktop.domain.times import CHINA
from desktop.nhsa.messages.by_number import TRANSACTIONS
from tests.rig.practice import Practice
from tests.sandbox.asking import HOSPITAL, Desk, Patient
from tests.sandbox.http_side import gateway, http_desk, post, told

ONE = "/fsi/api/rsfComIfsService/callService"
PERSON = "990000198503121038"
ITEM = "XJ01CAA001A001010100001"
TODAY = f"{datetime.now(CHINA):%Y-%m-%d} 00:00:00"


@pytest.fixture
def running(process: Practice) -> Practice:
    process.reset()
    return process


@pytest.fixture
def desk(running: Practice) -> Desk:
    return http_desk(running)


def question(desk: Desk, infno: str = "1101", **data: str) -> bytes:
    asked = {"mdtrt_cert_type": "02", "mdtrt_cert_no": PERSON, **data}
    return json.dumps(desk.envelope(infno, "", {"data": asked})).encode()


@pytest.mark.parametrize("path", [ONE, "/fsi/api/fsiPsnInfoService/queryPsnInfo", "/fsi/api/1101"])
def test_three_path_styles_are_alike(running: Practice, desk: Desk, path: str) -> None:
    answer = told(post(running, question(desk), path))
    assert answer["infcode"] == 0
    assert answer["output"]["baseinfo"]["psn_name"] == "孔令和"


def test_every_offered_transaction_has_its_service_address(running: Practice, desk: Desk) -> None:
    for infno, transaction in TRANSACTIONS.items():
        body = json.dumps(desk.envelope(infno, "", {})).encode()
        answer = told(post(running, body, f"/fsi/api/{transaction.path}"))
        assert "type" not in answer, infno


@pytest.mark.parametrize("path", ["/fsi/api/2207", "/fsi/api/reverseService/revsMethod"])
def test_a_wrong_address_is_a_framework_failure(running: Practice, desk: Desk, path: str) -> None:
    answer = told(post(running, question(desk), path))
    assert answer["type"] == "error"
    assert answer["infcode"] == -1
    assert "未知交易编号" in answer["err_msg"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'{"infno":"1101"}'])
def test_a_bad_body_is_a_framework_failure(running: Practice, body: bytes) -> None:
    assert told(post(running, body))["type"] == "error"


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        (dict, "缺少服务网关的请求头!"),
        (lambda: gateway(paasid="other"), "非法用户!"),
        (lambda: gateway(secret="other"), "签名不一致!"),
        (lambda: gateway(int(time.time()) - 301), "签名时间戳超时!"),
        (lambda: gateway(int(time.time()) + 330), "签名时间戳超时!"),
        (lambda: {**gateway(), "x-tif-timestamp": "soon"}, "签名时间戳超时!"),
    ],
)
def test_gateway_refuses_with_http_200(
    running: Practice, desk: Desk, headers: Callable[[], dict[str, str]], text: str
) -> None:
    """Stamped when the test runs: a whole run lasts longer than a stamp is good for."""
    answer = post(running, question(desk), headers=headers())
    assert answer.status_code == 200
    assert answer.json() == {"code": 401, "message": text}


def test_gateway_takes_a_stamp_four_minutes_off(running: Practice, desk: Desk) -> None:
    late = gateway(int(time.time()) - 240)
    assert told(post(running, question(desk), headers=late))["infcode"] == 0


def test_only_business_time_moves(running: Practice, desk: Desk) -> None:
    moved = running.clock("2023-05-02T09:00:00")
    assert moved["now"] == "2023-05-02T09:00:00"
    answer = post(running, question(desk))
    now = datetime.now(UTC)
    assert abs(parsedate_to_datetime(answer.headers["date"]) - now).total_seconds() < 5
    head = told(answer)
    for name in ("refmsg_time", "respond_time"):
        stamp = datetime.strptime(head[name][:14] + "+0800", "%Y%m%d%H%M%S%z")
        assert abs(stamp - now).total_seconds() < 5
    assert len(head["respond_time"]) == 17
    assert len(head["inf_refmsgid"]) == 30
    assert head["output"]["baseinfo"]["age"] == 38
    assert running.clock(None)["now"][:4] == str(now.year)


def settled(running: Practice, desk: Desk) -> tuple[Patient, Mapping[str, Any]]:
    running.clock("2023-05-02T09:30:00")
    running.catalogue("A", {"name": "甲", "class": "01", "kind": "09"})
    psn_no = running.person(PERSON)["psn_no"]
    patient = Patient(desk, psn_no, PERSON).open()
    return patient, patient.whole("P1", patient.row("P1", "A", "500.00"))


def test_a_settlement_over_http_is_in_the_books(running: Practice, desk: Desk) -> None:
    patient, answer = settled(running, desk)
    info = answer["setlinfo"]
    assert info["fund_pay_sumamt"] == Decimal("100.00")
    assert running.settlements(PERSON) == [
        {
            "setl_id": info["setl_id"],
            "medins_setl_id": info["medins_setl_id"],
            "mdtrt_id": patient.mdtrt_id,
            "chrg_bchno": "P1",
            "state": "effective",
            "medfee_sumamt": "500.00",
            "fund_pay_sumamt": "100.00",
            "acct_pay": "0.00",
            "psn_cash_pay": "400.00",
        }
    ]
    patient.cancel(info["setl_id"])
    rows = running.settlements(PERSON)
    assert [row["state"] for row in rows] == ["cancelled", "negative"]
    assert rows[1]["psn_cash_pay"] == "-400.00"
    assert rows[1]["setl_id"] != info["setl_id"]


def test_amounts_on_the_wire_have_two_decimals(running: Practice, desk: Desk) -> None:
    patient, _ = settled(running, desk)
    patient.upload(patient.row("P2", "A", "10"))
    body = json.dumps(desk.envelope("2206", "370800", {"data": patient.question("P2", "10")}))
    answer = post(running, body.encode()).text
    assert '"medfee_sumamt":10.00' in answer
    assert '"psn_cash_pay":5.00' in answer


def decode(running: Practice, qr: str, **changes: object) -> Mapping[str, Any]:
    data = {
        "ecQrCode": qr,
        "businessType": "01301",
        "operatorId": "001",
        "operatorName": "操作员",
        "officeId": "A03",
        "officeName": "内科",
        "deviceType": "",
    }
    body = {"orgId": HOSPITAL, "transType": "ec.query", "data": data, "extra": {}, **changes}
    path = "/localcfc/api/hsecfc/localQrCodeQuery"
    return told(post(running, json.dumps(body).encode(), path, headers={}))


def test_a_voucher_is_decoded_once(running: Practice, desk: Desk) -> None:
    qr = running.voucher(PERSON)
    assert len(qr) == 28
    assert qr.startswith("424")
    first = decode(running, qr)
    assert (first["code"], first["message"]) == (0, "成功")
    holder = first["data"]
    assert (holder["userName"], holder["idNo"], holder["insuOrg"]) == (
        "孔令和",
        PERSON,
        "370800",
    )
    query = question(desk, mdtrt_cert_type="01", mdtrt_cert_no=holder["ecToken"])
    assert told(post(running, query))["output"]["baseinfo"]["certno"] == PERSON
    again = decode(running, qr)
    assert (again["success"], again["code"]) == (False, 500162)


def test_voucher_data_may_travel_as_text(running: Practice) -> None:
    assert running.options(voucher_data_as_text=True)["voucher_data_as_text"] is True
    data = decode(running, running.voucher(PERSON))["data"]
    assert isinstance(data, str)
    assert json.loads(data)["idNo"] == PERSON


def test_a_foreign_code_is_named_as_such(running: Practice) -> None:
    assert decode(running, "13456")["code"] == 500159
    assert decode(running, "424" + "0" * 25)["code"] == 500160
    assert decode(running, running.voucher(PERSON), orgId="H00000000000")["code"] == 500101
    assert decode(running, "", transType="cn.nhsa.qrcode.get")["code"] == 500100


def test_a_kept_connection_never_stalls(running: Practice, desk: Desk) -> None:
    """A head and a body written one after the other wait 40 ms for an ACK without TCP_NODELAY.

    Every one of them does, once the first few have gone: on a crowded machine one that is quick is
    proof enough.
    """
    body = question(desk)
    took = []
    with httpx.Client(trust_env=False) as kept:
        for _ in range(40):
            began = time.monotonic()
            kept.post(f"{running.url}{ONE}", content=body, headers=gateway()).raise_for_status()
            took.append(time.monotonic() - began)
    assert min(took[20:]) < 0.035, took


@pytest.mark.req("S1-33")
def test_a_slow_insured_area_delays_its_answers(running: Practice, desk: Desk) -> None:
    """What it says, and nothing that the care place does by itself (2203 to 2205, 1201, 9001)."""
    running.area("370800", delay_ms=300)
    patient = Patient(desk, str(running.person(PERSON)["psn_no"]), PERSON, began=TODAY)
    took = {"5301": seconds_of(lambda: patient.ask("5301", data={"psn_no": patient.psn_no}))}
    took["2201"] = seconds_of(patient.register)
    took["2203"] = seconds_of(patient.upload_visit)
    row = patient.row("P1", ITEM, "10.00", fee_ocur_time=TODAY)
    took["2204"] = seconds_of(lambda: patient.upload(row))
    took["2206"] = seconds_of(lambda: patient.preview("P1", "10.00"))
    assert {infno: seconds >= 0.3 for infno, seconds in took.items()} == {
        "5301": True,
        "2201": True,
        "2203": False,
        "2204": False,
        "2206": True,
    }


def seconds_of(asked: Callable[[], object]) -> float:
    began = time.monotonic()
    asked()
    return time.monotonic() - began
