"""Bytes → outcome: every shape of 5.1, and the rule of 2207 (contracts)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.domain.account_use import AccountUse
from desktop.domain.money import Money
from desktop.domain.split import Settlement
from desktop.domain.times import CHINA
from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.nhsa.outcome import (
    Accepted,
    By,
    NotSent,
    Outcome,
    Refused,
    Unknown,
    WhyUnknown,
    outcome_of_failure,
    outcome_of_reply,
    translated,
)
from desktop.nhsa.questions import settlement
from desktop.nhsa.questions.charges import upload_lines
from desktop.nhsa.questions.identify import identify
from desktop.nhsa.questions.question import Question
from desktop.nhsa.questions.registration import register, upload_visit
from desktop.nhsa.transport import LostError, NotSentError, Reply, WhyLost, WhyNotSent
from tests.nhsa import samples
from tests.nhsa.samples import BATCH, CLAIM, MSGID, SETL_ID, answer, settled

SETTLE = settlement.settle(CLAIM, BATCH, AccountUse.OWN, samples.AGREED, "")
CANCEL = settlement.cancel_settlement(CLAIM.holder, BATCH.mdtrt_id, SETL_ID)
UPLOAD = upload_lines(CLAIM, BATCH.mdtrt_id, BATCH.number, [samples.LINE])
PREVIEW = settlement.preview(CLAIM, BATCH, AccountUse.OWN)


def ask(question: Question[Any, Any, Any], reply: Reply) -> Outcome[Any]:
    found = outcome_of_reply(
        question.transaction, reply, lambda output: question.is_ours(output, MSGID)
    )
    return translated(found, question.to_domain)


def told(body: object, question: Question[Any, Any, Any] = SETTLE, status: int = 200) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ask(question, Reply(status, {}, raw))


def changed(**changes: object) -> dict[str, Any]:
    return {**settled(), **changes}


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in settled().items() if name not in names}


def test_a_whole_answer_is_a_yes_with_the_amounts_to_the_fen() -> None:
    outcome = told(settled())
    assert isinstance(outcome, Accepted)
    found: Settlement = outcome.value
    assert (found.setl_id, found.msgid) == (SETL_ID, MSGID)
    assert found.split.cash == Money(375)
    assert found.split.family_account is None
    assert found.settled_at == datetime(2023, 5, 2, 9, 30, 5, tzinfo=CHINA)
    assert found.split.shares[0].payable == Money(200_000)


def test_a_preview_has_no_settlement_yet() -> None:
    outcome = told(settled(setl_id=None, setl_time=None), PREVIEW)
    assert isinstance(outcome, Accepted)
    assert (outcome.value.setl_id, outcome.value.settled_at) == (None, None)
    assert outcome.value.split.pooled_fund == Money(1125)


@pytest.mark.parametrize("infcode", [0, "0", "+0", "0000"])
def test_infcode_may_be_number_or_text(infcode: object) -> None:
    assert isinstance(told(changed(infcode=infcode)), Accepted)


@pytest.mark.parametrize("infcode", [-1, "-1", 1, "500"])
def test_another_infcode_in_an_envelope_is_a_no_in_the_platforms_words(infcode: object) -> None:
    outcome = told(changed(infcode=infcode, err_msg="FSI-未备案[bo_1]", output=None))
    assert outcome == Refused("FSI-未备案[bo_1]", str(infcode), By.PLATFORM, outcome.platform_time)


def test_a_refusal_may_lack_times_and_text() -> None:
    body = {"infcode": -1, "inf_refmsgid": None, "refmsg_time": None, "err_msg": None}
    assert told(body) == Refused("", "-1", By.PLATFORM, None)


def test_the_reduced_shape_of_the_framework_is_a_no() -> None:
    body = {"type": "error", "infcode": -1, "err_msg": "未知交易编号！,异常流水号:1"}
    assert isinstance(told(body), Refused)


@pytest.mark.parametrize(
    "body",
    [
        without("infcode"),
        changed(infcode=None),
        changed(infcode=""),
        changed(infcode="成功"),
        changed(infcode=0.0),
        changed(infcode=True),
        changed(infcode={}),
        changed(infcode=[0]),
    ],
)
def test_an_infcode_missing_null_or_unreadable_is_unknown(body: object) -> None:
    assert told(body).why is WhyUnknown.UNREADABLE


@pytest.mark.parametrize(
    "body",
    [
        changed(output=None),
        without("output"),
        changed(output=""),
        changed(output={}),
        changed(output="成功"),
        changed(output={"setlinfo": None}),
        settled(setl_id=None),
        settled(setl_id=""),
        settled(setl_id="null"),
        settled(psn_no=None),
        settled(mdtrt_id=None),
        settled(medins_setl_id=None),
        settled(psn_cash_pay="3.755"),
        settled(hifp_pay="many"),
    ],
)
def test_a_yes_without_what_a_yes_must_hold_is_unknown(body: object) -> None:
    assert told(body).why is WhyUnknown.UNREADABLE


@pytest.mark.parametrize("odd", ["0.33333", "1999.9999", "many", "1E400", {"a": 1}, True])
@pytest.mark.parametrize(
    ("wire", "name"), [("pool_prop_selfpay", "pooled_rate"), ("balc", "account_balance")]
)
def test_what_is_only_shown_never_spoils_a_booked_answer(wire: str, name: str, odd: object) -> None:
    """Contracts, 2207: nothing is reckoned with these, so an odd one is "not told"."""
    outcome = told(settled(**{wire: odd}))
    assert isinstance(outcome, Accepted)
    assert getattr(outcome.value.split, name) is None
    assert outcome.value.split.cash == Money(375)


@pytest.mark.parametrize("odd", ["1999.9999", "many"])
def test_what_is_only_shown_of_a_fund_is_not_told_either(odd: object) -> None:
    row = {"fund_pay_type": "310100", "fund_payamt": 11.25}
    spoilt = {**row, "crt_payb_lmt_amt": odd, "inscp_scp_amt": odd}
    body = answer({"setlinfo": settled()["output"]["setlinfo"], "setldetail": [spoilt]})
    outcome = told(body)
    assert isinstance(outcome, Accepted)
    (share,) = outcome.value.split.shares
    assert (share.paid, share.in_scope, share.payable) == (Money(1125), None, None)


def test_what_is_only_shown_of_a_line_is_not_told_either() -> None:
    row = {"feedetl_sn": "1", "det_item_fee_sumamt": 25, "preselfpay_amt": 2.5}
    odd = {"pric_uplmt_amt": "12.3456789", "selfpay_prop": "0.33333"}
    outcome = told(answer({"result": [{**row, **odd}]}), UPLOAD)
    assert isinstance(outcome, Accepted)
    (line,) = outcome.value
    assert (line.price_limit, line.self_pay_rate) == (None, None)
    assert line.pre_self_pay == Money(250)


RECKONED_WITH = [
    "medfee_sumamt",
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "hifdm_pay",
    "maf_pay",
    "oth_pay",
    "fund_pay_sumamt",
    "psn_part_amt",
    "acct_pay",
    "acct_mulaid_pay",
    "psn_cash_pay",
    "hosp_part_amt",
]


@pytest.mark.parametrize("name", RECKONED_WITH)
def test_an_amount_of_the_identities_is_exact_or_unreadable(name: str) -> None:
    assert told(settled(**{name: "1.005"})).why is WhyUnknown.UNREADABLE
    row = {"fund_pay_type": "310100", "fund_payamt": "1.005"}
    spoilt = {"setlinfo": settled()["output"]["setlinfo"], "setldetail": [row]}
    assert told(answer(spoilt)).why is WhyUnknown.UNREADABLE


@pytest.mark.parametrize(
    "changes",
    [{"medins_setl_id": MSGID[:-1] + "9"}, {"mdtrt_id": "M2"}, {"psn_no": "other"}],
)
@pytest.mark.parametrize("question", [SETTLE, PREVIEW, CANCEL])
def test_an_answer_to_another_msgid_visit_or_person_is_unknown(
    changes: dict[str, object], question: Question[Any, Any, Any]
) -> None:
    assert told(settled(**changes), question).why is WhyUnknown.NOT_OURS


def test_a_null_amount_is_not_told_and_the_settlement_still_booked() -> None:
    """Contracts: "the cash part is null: needs-check", never unknown."""
    outcome = told(settled(psn_cash_pay=None, hosp_part_amt=None, acct_pay=""))
    assert isinstance(outcome, Accepted)
    assert outcome.value.split.cash is None


def test_an_unreadable_date_or_a_new_code_does_not_spoil_a_booked_answer() -> None:
    outcome = told(settled(setl_time="yesterday", psn_type="126013999", age="五十"))
    assert isinstance(outcome, Accepted)
    assert outcome.value.settled_at is None
    assert outcome.value.person_class == "126013999"


@pytest.mark.parametrize(
    ("cash", "expected"),
    [
        ({"psn_cash_pay": -3.75}, Money(-375)),
        ({"pdn_cash_pay": "-3.75", "psn_cash_pay": None}, Money(-375)),
        ({"pdn_cash_pay": -3.75, "psn_cash_pay": -3.75}, Money(-375)),
        ({"pdn_cash_pay": -3.75, "psn_cash_pay": -4}, None),
        ({"pdn_cash_pay": None, "psn_cash_pay": None}, None),
    ],
)
def test_the_cash_of_2208_comes_under_either_spelling(
    cash: dict[str, object], expected: Money | None
) -> None:
    """Interface 0.1 fact 9; psn_part_amt, hosp_part_amt and the person may be null too."""
    body = settled(**{"psn_no": None, "psn_part_amt": None, "medfee_sumamt": -25, **cash})
    outcome = told(body, CANCEL)
    assert isinstance(outcome, Accepted)
    assert outcome.value.split.cash == expected
    assert outcome.value.psn_no is None


@pytest.mark.parametrize("status", [200, 401])
@pytest.mark.parametrize("code", [401, "401"])
def test_401_of_the_gateway_is_a_no_that_reached_nothing(code: object, status: int) -> None:
    outcome = told({"code": code, "message": "签名不一致!"}, status=status)
    assert outcome == Refused("签名不一致!", "401", By.GATEWAY, None)


@pytest.mark.parametrize(
    "body",
    [
        {"code": 999, "msg": "无法访问统一支付平台"},
        {"code": 500, "message": 5},
        {"code": "long and strange, perhaps a name"},
        {"code": {}},
        {"message": "请使用医保电子凭证二维码", "success": False, "code": 500159},
    ],
)
def test_any_other_code_of_a_gateway_is_unknown(body: object) -> None:
    outcome = told(body)
    assert outcome.why is WhyUnknown.GATEWAY_FAILED
    assert "name" not in outcome.text


def test_the_old_wrapper_is_taken_off() -> None:
    wrapped = {"code": "0", "type": "", "message": "", "data": settled()}
    assert isinstance(told(wrapped), Accepted)
    assert isinstance(told({"code": 0, "data": changed(infcode=-1)}), Refused)


def test_a_wrapper_that_does_not_say_yes_is_not_taken_off() -> None:
    assert told({"data": settled()}).why is WhyUnknown.UNREADABLE
    assert told({"code": 1, "data": settled()}).why is WhyUnknown.GATEWAY_FAILED


@pytest.mark.parametrize("data", [None, "text", []])
def test_the_old_wrapper_around_nothing_is_unknown(data: object) -> None:
    assert told({"code": "0", "data": data}).why is WhyUnknown.UNREADABLE


@pytest.mark.parametrize("status", [302, 404, 500, 502, 204])
def test_another_http_status_is_unknown_whatever_the_body_says(status: int) -> None:
    for body in (settled(), changed(infcode=-1), b"<html>", b"", {"code": 401}):
        assert told(body, status=status).why is WhyUnknown.HTTP_STATUS


def test_http_401_without_the_gateways_body_is_unknown() -> None:
    for body in (b"<html>", settled(), b""):
        assert told(body, status=401).why is WhyUnknown.HTTP_STATUS


@pytest.mark.parametrize("infcode", [0, -1])
def test_a_gbk_body_is_unknown_even_as_a_refusal(infcode: int) -> None:
    """A guess at the character set must not open the way to a second settlement."""
    text = json.dumps(changed(infcode=infcode, err_msg="未备案"), ensure_ascii=False)
    assert told(text.encode("gb18030")).why is WhyUnknown.UNREADABLE


def test_every_cut_of_an_answer_is_unknown() -> None:
    whole = json.dumps(settled(), ensure_ascii=False).encode()
    for length in range(len(whole)):
        assert isinstance(told(whole[:length]), Unknown)


def test_a_transaction_without_output_takes_null_for_an_answer() -> None:
    question = upload_visit(CLAIM, BATCH.mdtrt_id)
    for body in (answer(None), answer({}), {"infcode": "0"}):
        outcome = told(body, question)
        assert isinstance(outcome, Accepted)
        assert outcome.value is None


def test_a_registration_of_another_person_is_unknown() -> None:
    body = answer({"data": {"mdtrt_id": "M1", "psn_no": "other"}})
    assert told(body, register(CLAIM)).why is WhyUnknown.NOT_OURS
    assert told(answer({"data": {"mdtrt_id": 12}}), register(CLAIM)).value == "12"


def test_identity_rows_beside_the_output_are_found() -> None:
    """1101 survives insuinfo as one object and idetinfo beside output."""
    row = {"insutype": 310, "insuplc_admdvs": 370800, "balc": "1.50"}
    person = {"psn_no": 1, "certno": samples.ID_NUMBER, "psn_name": "李𠮷祥"}
    body = answer({"baseinfo": person, "insuinfo": row}, idetinfo=[{"psn_idet_type": "2303"}])
    transaction = TRANSACTIONS["1101"]
    found = outcome_of_reply(transaction, Reply(200, {}, json.dumps(body).encode()), bool)
    assert isinstance(found, Accepted)
    assert found.value.idetinfo[0].psn_idet_type == "2303"
    assert translated(found, identify(samples.CREDENTIAL).to_domain).value.insurances[0].kind  # type: ignore[union-attr]


def test_an_insured_area_that_is_none_is_unreadable() -> None:
    person = {"psn_no": 1, "certno": "1", "psn_name": "a"}
    body = answer({"baseinfo": person, "insuinfo": {"insutype": 310, "insuplc_admdvs": "济宁"}})
    outcome = told(body, identify(samples.CREDENTIAL))
    assert (outcome.why, outcome.text) == (
        WhyUnknown.UNREADABLE,
        "insuinfo.insuplc_admdvs: wrong-shape",
    )


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (NotSentError(WhyNotSent.NOT_CONNECTED), NotSent(WhyNotSent.NOT_CONNECTED)),
        (LostError(WhyLost.TIMED_OUT), Unknown(WhyUnknown.TIMED_OUT, "timed-out")),
        (LostError(WhyLost.BROKEN_OFF), Unknown(WhyUnknown.BROKEN_OFF, "broken-off")),
        (LostError(WhyLost.TOO_LARGE), Unknown(WhyUnknown.TOO_LARGE, "too-large")),
    ],
)
def test_what_failed_on_the_way_keeps_its_meaning(
    failure: NotSentError | LostError, outcome: object
) -> None:
    found = outcome_of_failure(failure)
    assert found == outcome
    assert found.platform_time is None


HEADERS = {"date": "Tue, 02 May 2023 01:30:07 GMT"}


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({}, "2023-05-02T09:30:05.123+08:00"),
        ({"respond_time": None}, "2023-05-02T09:30:07+08:00"),
        ({"respond_time": "2023"}, "2023-05-02T09:30:07+08:00"),
        ({"respond_time": "20231302093005123"}, "2023-05-02T09:30:07+08:00"),
        ({"infcode": -1}, "2023-05-02T09:30:05.123+08:00"),
        ({"infcode": None, "respond_time": None}, "2023-05-02T09:30:07+08:00"),
    ],
)
def test_every_answer_tells_the_platforms_time(change: dict[str, object], at: str) -> None:
    """House rule 10: the clock is compared with the answers."""
    outcome = ask(SETTLE, Reply(200, HEADERS, json.dumps(changed(**change)).encode()))
    assert outcome.platform_time == datetime.fromisoformat(at)
    assert outcome.platform_time.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("date", ["", "yesterday", "Tue, 99 May 2023 01:30:07 GMT"])
def test_an_unreadable_date_header_tells_nothing(date: str) -> None:
    outcome = ask(SETTLE, Reply(500, {"date": date}, b""))
    assert outcome.platform_time is None


def test_a_question_translated_keeps_refusals_as_they_are() -> None:
    refused = Refused("x", "-1", By.PLATFORM, None)
    assert translated(refused, lambda _: pytest.fail("nothing to translate")) is refused
