"""Every field of every question: what its table does not allow is refused by its name.

Type, length, digits, date and code, of all transactions and of the e-voucher's door. What is let
through on purpose stands in tests/reference/question_differences.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
import pytest

from desktop.nhsa.decoder import parse
from desktop.nhsa.messages.verification import FACE_AUTHORISATION, FACE_CHECK, SETTLEMENT_NOTICE
from desktop.nhsa.messages.voucher import TRANSACTION_TYPE
from desktop.sandbox.exchange.voucher_calls import VOUCHER_CALLS, VOUCHER_TABLE
from desktop.sandbox.fields import (
    ENVELOPE,
    FILE,
    FieldRule,
    Form,
    read_fields,
    wrong_around,
    wrong_field,
)
from desktop.sandbox.offered import HANDLERS
from desktop.sandbox.platform import read_envelope
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import HOSPITAL, No
from tests.sandbox.conftest import Bench, new_bench
from tests.sandbox.every_transaction import Exchange, tour
from tests.sandbox.question_tables import Departure, fields_of_tables, listed, reasons
from tests.sandbox.refusing import benefits, kept, says

NO_DAY = ("2023-02-30", "2023-2-3", "昨天", "2023-02-03T09:00:00", "20230203")
NO_TIME = ("2023-05-02 25:00:00", "2023-05-02", "昨天", "2023-05-02T09:00:00", "20230502090000")
DAMAGED: Mapping[Form, tuple[Any, ...]] = {
    Form.DAY: (*NO_DAY, "2023-05-02 09:00:00"),
    Form.TIME: NO_TIME,
    Form.DAY_OR_TIME: NO_DAY,
    Form.AREA: ("37080", "3708000", "37080Z", "３７０８００"),
    Form.DEPARTMENT: ("Z", "内科", "A3", "A03."),
    Form.JSON: ("[]", "若干", '{"a":', '"text"', [1], ["{}"]),
    Form.READ: ("若干",),
}
"""What is none of each form."""


@cache
def exchanges() -> tuple[Bench, dict[str, Exchange]]:
    bench = new_bench()
    return bench, tour(bench)


def with_value(nodes: Any, node: str, field: str, value: object) -> dict[str, Any]:
    """The question with that value in the first row of the node."""
    body = nodes[node]
    rows = body if isinstance(body, list) else [body]
    changed = [{**rows[0], field: value}, *rows[1:]]
    return {**nodes, node: changed if isinstance(body, list) else changed[0]}


def damaged(rule: FieldRule) -> Iterator[Any]:
    """Everything that this field must not be."""
    if rule.form is not Form.READ:
        yield from (["若干"], {"a": ["1"]} if rule.form is not Form.JSON else [{}], True)
    if rule.longest is not None and rule.form is not Form.JSON:
        yield "1" * (rule.longest + 1)
    if rule.longest is not None and rule.form is Form.JSON:
        yield json.dumps({"a": "长" * rule.longest}, ensure_ascii=False)
    if rule.digits:
        yield from (*one_too_many(rule.digits), "若干")
    if rule.form is not None:
        yield from DAMAGED[rule.form]
    if rule.codes:
        yield from ("Z", "999999", "1 ")


def one_too_many(digits: str) -> tuple[str, str]:
    """A digit too many before the point, and one behind it."""
    whole, _, decimals = digits.partition(",")
    scale = int(decimals or 0)
    return "1" + "0" * (int(whole) - scale), "1." + "0" * scale + "1"


def test_the_fields_are_those_of_the_tables() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == fields_of_tables()


def test_every_question_has_its_table() -> None:
    doors = {VOUCHER_TABLE, FACE_AUTHORISATION, FACE_CHECK, SETTLEMENT_NOTICE}
    assert set(read_fields()) == {*HANDLERS, ENVELOPE, *doors}


def test_every_listed_difference_is_one_and_every_reason_is_used() -> None:
    printed, ours = fields_of_tables(departing=False), fields_of_tables()
    for infno, node, field, what in listed():
        assert printed[infno][node][field].get(what) != ours[infno][node][field].get(what)
    assert {entry["why"] for entry in listed().values()} == reasons()


def let_through(infno: str) -> Iterator[str]:
    """What of a damaged question was not refused by the field's name."""
    bench, asked = exchanges()[0], exchanges()[1][infno]
    for node, rules in read_fields()[infno].items():
        for field, rule in rules.items():
            for value in damaged(rule):
                try:
                    bench.desk.ask(infno, asked.area, **with_value(asked.nodes, node, field, value))
                except No as no:
                    if field in no.text and says(no.text, Reason.FIELD_WRONG):
                        continue
                yield f"{node}.{field}={value!r}"


@pytest.mark.req("S4-20")
@pytest.mark.parametrize("infno", sorted(HANDLERS))
def test_a_damaged_field_is_refused_by_its_name(infno: str) -> None:
    """And nothing is changed."""
    before = kept(exchanges()[0].state)
    assert list(let_through(infno)) == []
    assert kept(exchanges()[0].state) == before


@pytest.mark.parametrize("place", sorted(d for d, e in listed().items() if "reason" in e))
def test_what_has_words_of_its_own(place: Departure) -> None:
    """A wrong code that another reason tells better is refused for that reason."""
    infno, node, field, _ = place
    bench, asked = exchanges()[0], exchanges()[1][infno]
    reason = Reason[listed()[place]["reason"]]
    if listed()[place]["why"] == "told-in-rows":
        rows = benefits(bench, bench.put(), **{field: "Z"})
        assert {row["trt_enjymnt_flag"] for row in rows} == {"0"}
        assert all(says(row["trt_chk_rslt"], reason) for row in rows)
        return
    with pytest.raises(No) as no:
        bench.desk.ask(infno, asked.area, **with_value(asked.nodes, node, field, "Z"))
    assert says(no.value.text, reason)


@pytest.mark.parametrize("place", sorted(d for d, e in listed().items() if e["why"] == "no-table"))
def test_a_code_without_a_table_is_let_through(place: Departure) -> None:
    infno, node, field, _ = place
    nodes = with_value(exchanges()[1][infno].nodes, node, field, "Z")
    assert wrong_field(infno, as_read(nodes)) is None


def as_read(nodes: Any) -> Any:
    """As the platform reads it: every number is the text that came."""
    return parse(json.dumps(nodes).encode())


def test_a_good_question_has_nothing_wrong() -> None:
    for infno, asked in exchanges()[1].items():
        assert wrong_field(infno, as_read(asked.nodes)) is None


@pytest.mark.parametrize("text", ["99.99", "-99.99", "0099.9900", "7", "1e1", "0"])
def test_what_has_room_in_its_digits(text: str) -> None:
    assert wrong_field("2204", {"feedetail": {"prd_days": text}}) is None


@pytest.mark.parametrize("text", ["100", "-100", "0.001", "1e2", "sieben", "NaN", "inf"])
def test_what_has_no_room_in_its_digits(text: str) -> None:
    assert wrong_field("2204", {"feedetail": {"prd_days": text}}) == "prd_days"


@pytest.mark.parametrize("length", [30, 31])
def test_the_longest_text_is_just_not_too_long(length: int) -> None:
    wrong = wrong_field("2206", {"data": {"psn_no": "长" * length}})
    assert wrong == (None if length == 30 else "psn_no")


def test_every_row_is_looked_at() -> None:
    rows = [{"memo": "短"}, {"memo": "长" * 1001}]
    assert wrong_field("2204", {"feedetail": rows}) == "memo"


@pytest.mark.parametrize("asked", [None, [], {"data": "text"}, {"data": [None]}])
def test_what_is_no_node_is_left_to_its_type(asked: Any) -> None:
    assert wrong_field("2206", asked) is None


AROUND = [
    (field, value)
    for field, rule in read_fields()[ENVELOPE][""].items()
    for value in damaged(rule)
    if isinstance(value, str) and field != "infno"
]


@pytest.mark.parametrize(("field", "value"), AROUND)
def test_the_envelope_is_looked_at_too(field: str, value: str) -> None:
    desk = exchanges()[0].desk
    envelope = desk.envelope("9001", "", exchanges()[1]["9001"].nodes)
    assert wrong_around(read_envelope(json.dumps(envelope).encode()).head) is None
    told = desk.send({**envelope, field: value})
    assert str(told["infcode"]) == "-1"
    assert says(told["err_msg"], Reason.FIELD_WRONG)
    assert field in told["err_msg"]


OPERATOR = {
    "businessType": "01301",
    "operatorId": "001",
    "operatorName": "操作员",
    "officeId": "A03",
    "officeName": "内科",
}
NOTICE = {
    "outBizNo": "B1",
    "medicalSettleState": "SUCCESS",
    "authNo": "A1",
    "totalFee": "1.00",
    "bizType": "settle",
    "idNo": "1",
    "userName": "孔试验",
    "setlTime": "2023-05-02 09:00:00",
    "hospitalName": "演练医院",
    "doctorName": "白大夫",
    "medicalSettleNo": "S1",
    **OPERATOR,
    "drugList": [{"ITEM_NO": "1"}],
}
DOORS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    TRANSACTION_TYPE: (VOUCHER_TABLE, {"ecQrCode": "4" * 28, **OPERATOR}),
    FACE_AUTHORISATION: (FACE_AUTHORISATION, {"outBizNo": "B1", **OPERATOR}),
    FACE_CHECK: (FACE_CHECK, {"outBizNo": "B1", "authNo": "A1", **OPERATOR}),
    SETTLEMENT_NOTICE: (SETTLEMENT_NOTICE, NOTICE),
}
"""Of each call of the e-voucher's door its table, and a question without fault."""
OPTIONAL = {"medicalSettleNo", "drugList"}


def at_the_door(kind: str, org: object = HOSPITAL, **data: Any) -> str:
    """What the door says to it."""
    bench = exchanges()[0]
    asked = {"orgId": org, "transType": kind, "data": {**DOORS[kind][1], **data}, "extra": {}}
    return str(bench.platform.voucher(asked, bench.now, bench.real)["message"])


def slipped_in(kind: str) -> Iterator[str]:
    for node, rules in read_fields()[DOORS[kind][0]].items():
        for field, rule in rules.items():
            for value in damaged(rule):
                told = {"org": value} if field == "orgId" else {field: value}
                row = {"drugList": [told]} if node == "drugList" else told
                if field not in at_the_door(kind, **row):
                    yield f"{field}={value!r}"


@pytest.mark.parametrize("kind", sorted(VOUCHER_CALLS))
def test_the_door_of_the_e_voucher_looks_as_closely(kind: str) -> None:
    assert "格式不正确" not in at_the_door(kind)
    assert list(slipped_in(kind)) == []


@pytest.mark.parametrize("kind", sorted(VOUCHER_CALLS))
def test_the_door_asks_for_what_is_needed(kind: str) -> None:
    table, asked = DOORS[kind]
    for field in read_fields()[table].get("data", asked).keys() & asked.keys() - OPTIONAL:
        missing = field in at_the_door(kind, **{field: None})
        assert missing or (kind == TRANSACTION_TYPE and field.startswith("office"))


@pytest.mark.parametrize("kind", ["cn.nhsa.qrcode.get", "", None, ["ec.query"]])
def test_what_the_door_does_not_offer_it_refuses_by_name(kind: Any) -> None:
    bench = exchanges()[0]
    asked = {"orgId": HOSPITAL, "transType": kind, "data": {}, "extra": {}}
    told = bench.platform.voucher(asked, bench.now, bench.real)
    named = kind if kind and isinstance(kind, str) else "transType不能为空"
    assert (told["code"], named in told["message"]) == (500100, True)


LET_THROUGH = {("1101", "psn_name")}
"""A card's name may be mangled: the desk compares it with the answer (README, What departs)."""
IDENTITY = [("psn_cert_type", "02"), ("certno", "990000198001010025"), ("psn_name", "孔冒名")]


def _beside_a_credential() -> list[tuple[str, str, str]]:
    return [
        (infno, field, value)
        for infno in ("1101", "2201", "2206", "2207")
        for field, value in IDENTITY
        if field in read_fields()[infno]["data"] and (infno, field) not in LET_THROUGH
    ]


@pytest.mark.req("S4-18")
@pytest.mark.parametrize(("infno", "field", "value"), _beside_a_credential())
def test_an_identity_beside_a_good_credential_is_the_credential_s(
    infno: str, field: str, value: str
) -> None:
    """Who shows his own card and tells another's name is nobody."""
    bench, asked = exchanges()[0], exchanges()[1][infno]
    with pytest.raises(No) as no:
        bench.desk.ask(infno, asked.area, **with_value(asked.nodes, "data", field, value))
    nobody = Reason.PERSON_UNKNOWN if infno == "1101" else Reason.CREDENTIAL_OF_ANOTHER
    assert says(no.value.text, nobody)


def test_a_rule_that_says_nothing_asks_for_a_text() -> None:
    assert msgspec.json.decode(b"{}", type=FieldRule) == FieldRule()
