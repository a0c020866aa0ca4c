"""The envelope from both sides: what one writes, the other reads."""

from __future__ import annotations

import json

import pytest

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.decoder import Fault, Unreadable, parse
from desktop.nhsa.encoder import answer_tree, question_tree, to_json
from desktop.nhsa.envelope import (
    RequestHead,
    ResponseHead,
    read_request,
    read_response,
    write_request,
    write_response,
)
from desktop.nhsa.messages.charges import CHARGES, ChargesOutput, ChargeSplit
from desktop.nhsa.messages.registration import REGISTRATION_CANCEL
from desktop.nhsa.messages.wire import Node, Nothing, NumberText
from tests.nhsa.test_questions import QUESTIONS, head

YES = ResponseHead(infcode=NumberText("0"))


def test_the_practice_platform_reads_what_the_desk_writes() -> None:
    for question in QUESTIONS:
        request = read_request(write_request(head(question), question.input))
        assert request.head == head(question)
        found = request.input_of(question.transaction)
        assert question_tree(found) == question_tree(question.input)


def test_the_desk_reads_what_the_practice_platform_writes() -> None:
    split = ChargeSplit(
        feedetl_sn="1",
        det_item_fee_sumamt=Money(-2500),
        cnt=Quantity.parse("2"),
        pric=UnitPrice.parse("0.000001"),
        selfpay_prop=Rate.parse("0"),
    )
    body = write_response(YES, ChargesOutput(result=(split,)))
    response = read_response(parse(body))
    assert response.head == YES
    assert response.output_of(CHARGES) == ChargesOutput(result=(split,))
    assert b'"det_item_fee_sumamt":-25.00,"cnt":2.0000,"pric":0.000001,' in body
    assert b'"selfpay_prop":0.0000,"fulamt_ownpay_amt":null' in body


def test_no_output_is_null() -> None:
    body = write_response(ResponseHead(infcode=NumberText("-1"), err_msg="未备案"), None)
    assert json.loads(body)["output"] is None
    assert json.loads(body)["infcode"] == -1
    assert read_response(parse(body)).output_of(REGISTRATION_CANCEL) == Nothing()


class Numbers(Node, frozen=True, kw_only=True):
    age: NumberText | None = None
    order: int | None = None
    amount: Money | None = None
    name: str | None = None


def test_a_question_says_0_for_an_empty_number_and_an_answer_says_null() -> None:
    assert question_tree(Numbers()) == {"age": 0, "order": 0, "amount": 0, "name": ""}
    assert set(answer_tree(Numbers()).values()) == {None}


@pytest.mark.parametrize(
    ("age", "wire"), [("53.0", b"53.0"), ("53", b"53"), ("五十", '"五十"'.encode())]
)
def test_a_number_that_is_only_shown_is_sent_with_its_digits(age: str, wire: bytes) -> None:
    assert b'{"age":' + wire in to_json(answer_tree(Numbers(age=NumberText(age))))


@pytest.mark.parametrize("missing", ["infno", "msgid", "fixmedins_code", "input"])
def test_a_request_without_its_envelope_is_unreadable(missing: str) -> None:
    tree = json.loads(write_request(head(QUESTIONS[0]), QUESTIONS[0].input))
    del tree[missing]
    with pytest.raises(Unreadable) as caught:
        read_request(json.dumps(tree).encode())
    assert (caught.value.fault, caught.value.where) == (Fault.MISSING, missing)


def test_a_faulty_input_is_named_by_its_field() -> None:
    question = QUESTIONS[0]
    tree = json.loads(write_request(head(question), question.input))
    tree["input"]["signIn"]["mac"] = None
    with pytest.raises(Unreadable, match=r"^signIn\.mac: missing$"):
        read_request(json.dumps(tree).encode()).input_of(question.transaction)


def test_the_envelope_has_the_fields_of_the_table() -> None:
    """Interface 2.1, in its order and with its two spellings of admvs."""
    names = "infno msgid mdtrtarea_admvs insuplc_admdvs recer_sys_code dev_no dev_safe_info cainfo"
    more = (
        "signtype infver opter_type opter opter_name inf_time fixmedins_code fixmedins_name sign_no"
    )
    assert " ".join(RequestHead.__struct_fields__) == f"{names} {more}"
