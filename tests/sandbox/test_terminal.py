"""The face terminal: authorisation, identity, and the settlement that it shows (6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from desktop.nhsa.messages.verification import FACE_AUTHORISATION, FACE_CHECK, SETTLEMENT_NOTICE
from desktop.sandbox.control.people import NotThere
from desktop.sandbox.control.terminal import TerminalBody, show_terminal, stand
from desktop.sandbox.exchange.face import CALLED_OFF, FACE_LIFE
from desktop.sandbox.terminal_model import FaceResult
from tests.nhsa.field_tables import tables
from tests.sandbox.asking import HOSPITAL
from tests.sandbox.conftest import Bench

WHO = "990000198001010017"
OPERATOR = {
    "businessType": "01301",
    "operatorId": "001",
    "operatorName": "操作员",
    "officeId": "A03",
    "officeName": "内科",
}


def ask(bench: Bench, kind: str, **data: Any) -> Mapping[str, Any]:
    asked = {"orgId": HOSPITAL, "transType": kind, "data": data, "extra": {}}
    return bench.platform.voucher(asked, bench.now, bench.real)


def stands(bench: Bench, result: FaceResult = FaceResult.OK) -> None:
    stand(bench.state, TerminalBody(certno=bench.put(WHO).certno, result=result))


def authorised(bench: Bench, number: str = "B1") -> str:
    told = ask(bench, FACE_AUTHORISATION, outBizNo=number, **OPERATOR)
    assert (told["code"], told["data"]["outBizNo"]) == (0, number)
    return str(told["data"]["authNo"])


def check(bench: Bench, auth_no: str, number: str = "B1", **changes: Any) -> Mapping[str, Any]:
    data = {"outBizNo": number, "authNo": auth_no, **OPERATOR, **changes}
    return ask(bench, FACE_CHECK, **data)


def test_a_face_becomes_a_credential_that_settles(bench: Bench) -> None:
    stands(bench)
    told = check(bench, authorised(bench))["data"]
    assert (told["idNo"], told["userName"], told["insuOrg"]) == (WHO, "孔试验", "370800")
    patient = bench.patient(bench.put(WHO), credential=("01", told["ecToken"])).open()
    assert patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))["setlinfo"]["setl_id"]


@pytest.mark.parametrize(
    ("result", "code"), [(FaceResult.CANCELLED, CALLED_OFF), (FaceResult.FAILED, 500201)]
)
def test_the_terminal_may_say_no(bench: Bench, result: FaceResult, code: int) -> None:
    stands(bench, result)
    told = ask(bench, FACE_AUTHORISATION, outBizNo="B1", **OPERATOR)
    assert (told["code"], told["success"]) == (code, False)


def test_nobody_stands_there(bench: Bench) -> None:
    assert ask(bench, FACE_AUTHORISATION, outBizNo="B1", **OPERATOR)["code"] == CALLED_OFF
    stands(bench)
    assert show_terminal(bench.state)["certno"] == WHO
    stand(bench.state, TerminalBody(certno=None))
    assert ask(bench, FACE_AUTHORISATION, outBizNo="B1", **OPERATOR)["code"] == CALLED_OFF
    with pytest.raises(NotThere):
        stand(bench.state, TerminalBody(certno="990000199001010018"))


def test_each_authorisation_has_a_number_of_its_own(bench: Bench) -> None:
    stands(bench)
    authorised(bench)
    assert ask(bench, FACE_AUTHORISATION, outBizNo="B1", **OPERATOR)["code"] == 500202
    assert authorised(bench, "B2")


def test_the_identity_comes_once_to_whoever_asked_in_time(bench: Bench) -> None:
    stands(bench)
    auth_no = authorised(bench)
    assert check(bench, "AUTH0")["code"] == 500206
    assert check(bench, auth_no, orgId="H43010000009")["code"] == 500101
    assert check(bench, auth_no, "B2")["code"] == 500203
    bench.real += FACE_LIFE
    assert check(bench, auth_no)["code"] == 500205
    bench.real -= timedelta(seconds=1)
    assert check(bench, auth_no)["code"] == 0
    assert check(bench, auth_no)["code"] == 500204


def notice(auth_no: str, **changes: Any) -> dict[str, Any]:
    fields = next(node for node in tables()[SETTLEMENT_NOTICE]["nodes"] if node["node"] == "data")[
        "fields"
    ]
    told = {row["name"]: "0.00" for row in fields if row["name"] != "drugList"}
    told.update(orgId=HOSPITAL, authNo=auth_no, outBizNo="B1", medicalSettleState="SUCCESS")
    told.update(bizType="settle", idNo=WHO)
    drug = {"ITEM_NO": "1", "ITEMNAME": "阿莫西林", "HI_ITEM": "Y", "PRIC": "12.00"}
    return {**told, "drugList": [drug], **changes}


def test_the_terminal_shows_the_settlement(bench: Bench) -> None:
    stands(bench)
    auth_no = authorised(bench)
    asked = notice(auth_no, totalFee="320.00", medicalSettleNo="S1")
    assert ask(bench, SETTLEMENT_NOTICE, **asked)["code"] == 0
    (shown,) = show_terminal(bench.state)["notices"]
    assert (shown["totalFee"], shown["medicalSettleNo"]) == ("320.00", "S1")
    assert shown["medicalSettleState"] == "SUCCESS"
    failed = {**notice(auth_no, medicalSettleState="FAIL"), "medicalSettleNo": None}
    assert ask(bench, SETTLEMENT_NOTICE, **failed)["code"] == 0
    assert len(show_terminal(bench.state)["notices"]) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"authNo": "AUTH0"}, 500206),
        ({"medicalSettleState": "PERHAPS"}, 500211),
        ({"medicalSettleNo": ""}, 500212),
        ({"totalFee": None}, 500102),
        ({"idNo": "990000198503121038"}, 500214),
        ({"bizType": "refund"}, 500213),
        ({"totalFee": "many"}, 500213),
        ({"hifpAmt": "1,00"}, 500213),
        ({"balance": "1.005"}, 500213),
        ({"drugList": [{"HI_ITEM": "Y"}, {"HI_ITEM": "yes"}]}, 500213),
    ],
)
def test_a_wrong_notice_is_refused(bench: Bench, changes: dict[str, Any], code: int) -> None:
    stands(bench)
    asked = notice(authorised(bench), **changes)
    assert ask(bench, SETTLEMENT_NOTICE, **asked)["code"] == code
    assert show_terminal(bench.state)["notices"] == []


def _needed() -> list[tuple[str, str]]:
    return [
        (kind, row["name"])
        for kind in (FACE_AUTHORISATION, FACE_CHECK, SETTLEMENT_NOTICE)
        for row in tables()[kind]["nodes"][0]["fields"]
        if row["req"] == "Y" and row["name"] != "orgId"
    ]


@pytest.mark.parametrize(("kind", "field"), _needed())
def test_a_question_without_a_needed_field_is_refused_by_its_name(
    bench: Bench, kind: str, field: str
) -> None:
    """``orgId`` stands in the question around it as well."""
    stands(bench)
    data = {"outBizNo": "B1", "authNo": "AUTH0", **OPERATOR}
    asked = notice("AUTH0") if kind == SETTLEMENT_NOTICE else data
    told = ask(bench, kind, **{name: value for name, value in asked.items() if name != field})
    assert told["code"] == 500102
    assert field in told["message"]


def test_an_unknown_kind_is_refused(bench: Bench) -> None:
    assert ask(bench, "cn.nhsa.cert.get")["code"] == 500100
