"""The e-voucher decode: its odd shapes, and what each means for the patient at the window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from msgspec import structs

from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.identifiers import AreaCode
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.decoder import parse
from desktop.nhsa.envelope import (
    read_voucher_answer,
    read_voucher_request,
    write_voucher_answer,
    write_voucher_request,
)
from desktop.nhsa.gateway import TifGateway
from desktop.nhsa.http_transport import HttpTransport
from desktop.nhsa.messages.sign_in import SIGN_IN
from desktop.nhsa.messages.voucher import VoucherAnswer, VoucherHolder
from desktop.nhsa.outcome import (
    Accepted,
    By,
    NotSent,
    Outcome,
    Refused,
    Unknown,
    WhyUnknown,
    outcome_of_reply,
)
from desktop.nhsa.site import Operator, OperatorKind
from desktop.nhsa.transport import Reply, Timeouts, WhyNotSent
from desktop.nhsa.voucher import voucher_outcome, voucher_request
from tests.nhsa import samples
from tests.nhsa.servers import body_of, refusing, resetting, sending_json, serving

QR = "4243754826492874240001370000"
TOKEN = "370000ec000000000000000000000000000001"
HOLDER = {
    "userName": "李𠮷祥",
    "idNo": samples.ID_NUMBER,
    "idType": "01",
    "ecToken": TOKEN,
    "insuOrg": 370800,
    "gender": None,
}
CREDENTIAL = Credential(
    CredentialKind.VOUCHER,
    TOKEN,
    name="李𠮷祥",
    cert_no=samples.ID_NUMBER,
    area=AreaCode("370800"),
)


def yes(data: object, code: object = 0) -> dict[str, Any]:
    return {"code": code, "type": "success", "message": "成功", "data": data}


def told(body: object, status: int = 200) -> Outcome[Credential]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return voucher_outcome(Reply(status, {}, raw))


@pytest.mark.parametrize("data", [HOLDER, json.dumps(HOLDER), [HOLDER]])
@pytest.mark.parametrize("code", [0, "0"])
def test_the_holder_comes_as_an_object_or_as_its_json_text(data: object, code: object) -> None:
    assert told(yes(data, code)) == Accepted(CREDENTIAL, None)


def test_a_voucher_may_not_tell_its_area() -> None:
    outcome = told(yes({**HOLDER, "insuOrg": ""}))
    assert outcome == Accepted(replace(CREDENTIAL, area=None), None)


def test_a_foreign_qr_code_is_a_no_in_the_services_words() -> None:
    body = {"message": "请使用医保电子凭证二维码", "success": False, "code": 500159, "data": "x"}
    assert told(body) == Refused("请使用医保电子凭证二维码", "500159", By.PLATFORM, None)


def test_401_of_the_gateway_is_a_no() -> None:
    assert told({"code": 401, "message": "签名不一致!"}) == Refused(
        "签名不一致!", "401", By.GATEWAY, None
    )


@pytest.mark.parametrize("status", [200, 302, 401, 502])
@pytest.mark.parametrize(
    "body",
    [
        {"code": 401, "message": "签名不一致!"},
        {"code": "401", "msg": "时间戳过期"},
        {"code": 401, "message": ["odd"]},
        {"code": 999, "msg": "无法访问统一支付平台"},
        b"<html>",
        "签名".encode("gbk"),
    ],
)
def test_a_gateway_is_understood_as_in_every_other_transaction(body: object, status: int) -> None:
    """5.1: one rule for what stands in front of both services."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    other = outcome_of_reply(SIGN_IN, Reply(status, {}, raw), lambda _output: True)
    assert told(body, status) == other


def test_http_401_with_the_gateways_body_is_a_no() -> None:
    found = told({"code": 401, "message": "签名不一致!"}, status=401)
    assert found == Refused("签名不一致!", "401", By.GATEWAY, None)


class _Counted(bytes):
    """A body that knows how often it was read."""

    reads: ClassVar[list[str]] = []

    def decode(self, *how: str) -> str:
        self.reads.append("read")
        return bytes(self).decode(*how)


@pytest.mark.parametrize("code", [0, 401, 999, 500159])
def test_a_body_is_parsed_once(code: int) -> None:
    _Counted.reads.clear()
    voucher_outcome(Reply(200, {}, _Counted(json.dumps(yes(HOLDER, code)).encode())))
    assert _Counted.reads == ["read"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"code": 999, "msg": "无法访问统一支付平台"}, WhyUnknown.GATEWAY_FAILED),
        (yes(None), WhyUnknown.UNREADABLE),
        (yes("not JSON"), WhyUnknown.UNREADABLE),
        (yes({**HOLDER, "ecToken": None}), WhyUnknown.UNREADABLE),
        (yes({**HOLDER, "insuOrg": "济宁"}), WhyUnknown.UNREADABLE),
        ({"data": HOLDER}, WhyUnknown.UNREADABLE),
        ({"code": "many", "data": HOLDER}, WhyUnknown.UNREADABLE),
        (b"<html>", WhyUnknown.UNREADABLE),
        (json.dumps(yes(HOLDER), ensure_ascii=False).encode("gb18030"), WhyUnknown.UNREADABLE),
    ],
)
def test_what_cannot_be_read_is_unknown(body: object, why: WhyUnknown) -> None:
    outcome = told(body)
    assert isinstance(outcome, Unknown)
    assert outcome.why is why


def test_another_http_status_is_unknown() -> None:
    assert told(yes(HOLDER), status=502) == Unknown(WhyUnknown.HTTP_STATUS, "HTTP 502")


def test_the_question_is_that_of_practice_control() -> None:
    kiosk = structs.replace(
        samples.OPERATOR, kind=OperatorKind.KIOSK, office="A1", office_name="收费处"
    )
    body = write_voucher_request(voucher_request(samples.SITE, kiosk, QR))
    assert json.loads(body) == {
        "orgId": "H43010000001",
        "transType": "ec.query",
        "data": {
            "ecQrCode": QR,
            "businessType": "01301",
            "operatorId": "0001",
            "operatorName": "收费员",
            "officeId": "A1",
            "officeName": "收费处",
            "deviceType": "SelfService",
        },
        "extra": {},
    }
    assert read_voucher_request(body) == voucher_request(samples.SITE, kiosk, QR)


def test_an_operator_without_an_office_is_understood() -> None:
    body = write_voucher_request(voucher_request(samples.SITE, Operator("1", "甲"), QR))
    found = read_voucher_request(body).data
    assert (found.ec_qr_code, found.office_id, found.device_type) == (QR, None, None)


@pytest.mark.parametrize("as_text", [False, True])
def test_the_practice_platform_writes_what_the_desk_reads(as_text: bool) -> None:
    holder = VoucherHolder(user_name="李𠮷祥", id_no="1", ec_token="t", insu_org="370800")
    for answer in (VoucherAnswer(code=0, data=holder), VoucherAnswer(code=500159, message="请")):
        body = write_voucher_answer(answer, data_as_text=as_text)
        assert read_voucher_answer(parse(body)) == answer
        if answer.data:
            assert isinstance(json.loads(body)["data"], str) is as_text


@pytest.fixture
def transport() -> Iterator[HttpTransport]:
    with HttpTransport(Timeouts(0.5, 0.5)) as opened:
        yield opened


def desk(transport: HttpTransport, url: str) -> PlatformClient:
    return PlatformClient(
        site=structs.replace(samples.SITE, url=url + "/"),
        operator=samples.OPERATOR,
        gateway=TifGateway("practice", "practice-secret"),
        transport=transport,
        clock=lambda: samples.NOW,
        new_msgid=lambda: samples.MSGID,
    )


def test_a_scan_over_the_line(transport: HttpTransport) -> None:
    with serving(sending_json(yes(HOLDER))) as server:
        assert desk(transport, server.url).decode_voucher(QR) == Accepted(CREDENTIAL, None)
    (request,) = server.requests
    assert request.startswith(b"POST /localcfc/api/hsecfc/localQrCodeQuery HTTP/1.1")
    assert json.loads(body_of(request))["data"]["ecQrCode"] == QR


def test_the_desk_may_act_for_another_operator(transport: HttpTransport) -> None:
    with serving(sending_json(yes(HOLDER))) as server:
        other = desk(transport, server.url).acting_for(Operator("0002", "乙"))
        other.decode_voucher(QR)
    assert json.loads(body_of(server.requests[0]))["data"]["operatorId"] == "0002"


def test_a_scan_without_a_line(transport: HttpTransport) -> None:
    with refusing() as url:
        assert desk(transport, url).decode_voucher(QR) == NotSent(WhyNotSent.NOT_CONNECTED)
    with serving(resetting) as server:
        assert isinstance(desk(transport, server.url).decode_voucher(QR), Unknown)


@pytest.mark.parametrize(
    ("id_type", "kind"),
    [
        *((code, code) for code in ("01", "02", "04", "07", "08", "16", "99")),
        *(("17 ", "17"), (None, "01"), ("", "01"), ("90", "01"), ("A2", "01")),
    ],
)
def test_the_kind_of_paper_that_the_service_names_is_kept(id_type: str | None, kind: str) -> None:
    """A passport's number is never asked for as a resident's."""
    outcome = told(yes({**HOLDER, "idType": id_type}))
    assert isinstance(outcome, Accepted)
    assert outcome.value.cert_kind == kind
