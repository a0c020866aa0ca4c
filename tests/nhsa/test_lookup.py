"""Answers of 2601, 3201, 5201, 5203, 9101 and 9102 in the house's words (visit.md B28)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.domain.balance import Identity, check
from desktop.domain.identifiers import MdtrtId, SetlId
from desktop.domain.money import Money
from desktop.nhsa.outcome import (
    Accepted,
    Outcome,
    Refused,
    Unknown,
    WhyUnknown,
    outcome_of_reply,
    translated,
)
from desktop.nhsa.questions import lookup, reconciliation, reversal
from desktop.nhsa.questions.question import Question
from desktop.nhsa.transport import Reply
from tests.nhsa.reconciling import CLEARING, DAY, HOSPITAL, OWN, REMOTE, result
from tests.nhsa.samples import CLAIM, MSGID, PERSON, SETL_ID, VISIT, answer, setlinfo

HOLDER = CLAIM.holder
JSON = {"content-type": "application/json;charset=UTF-8"}
STREAM = {"content-type": "application/octet-stream"}


def told(question: Question[Any, Any, Any], reply: Reply) -> Outcome[Any]:
    found = outcome_of_reply(question.transaction, reply, lambda out: question.is_ours(out, MSGID))
    return translated(found, question.to_domain)


def enveloped(output: object, **changes: object) -> Reply:
    return Reply(200, JSON, json.dumps(answer(output, **changes)).encode())


def accepted(question: Question[Any, Any, Any], output: object) -> Any:
    outcome = told(question, enveloped(output))
    assert isinstance(outcome, Accepted)
    return outcome.value


def found(**changes: object) -> dict[str, Any]:
    """``setlinfo`` of 5203: other names for the personal part and the cash."""
    info = setlinfo(**{"psn_pay": 13.75, "cash_payamt": "3.75", "refd_setl_flag": "0", **changes})
    for name in ("psn_part_amt", "psn_cash_pay", "hosp_part_amt"):
        del info[name]
    return info


BY_ID = lookup.settlement_by_id(HOLDER, MdtrtId("M1"), SETL_ID)


def test_5203_tells_the_settlement_under_its_own_names() -> None:
    value = accepted(BY_ID, {"setlinfo": found()})
    split = value.settlement.split
    assert (split.personal_part, split.cash, split.account) == (
        Money(1375),
        Money(375),
        Money(1000),
    )
    assert (value.refunded, value.is_of(MSGID), value.settlement.setl_id) == (False, True, SETL_ID)
    balance = check(split, Money(2500))
    assert balance.broken == ()
    assert Identity.C2 in balance.unchecked


def test_5203_with_the_names_of_2207_is_read_as_well() -> None:
    split = accepted(BY_ID, {"setlinfo": setlinfo()}).settlement.split
    assert (split.personal_part, split.cash) == (Money(1375), Money(375))


@pytest.mark.parametrize(("flag", "refunded"), [("0", False), ("1", True), (None, None)])
def test_5203_tells_whether_a_2208_undid_it(flag: str | None, refunded: bool | None) -> None:
    """B38: a lost 2208."""
    info = found(refd_setl_flag=flag)
    assert accepted(BY_ID, {"setlinfo": info}).refunded is refunded


@pytest.mark.parametrize(
    "change", [{"setl_id": "S8"}, {"mdtrt_id": "M2"}, {"psn_no": "1"}], ids=lambda c: next(iter(c))
)
def test_5203_of_another_settlement_is_not_believed(change: dict[str, str]) -> None:
    outcome = told(BY_ID, enveloped({"setlinfo": found(**change)}))
    assert isinstance(outcome, Unknown)
    assert outcome.why is WhyUnknown.NOT_OURS


def test_5201_finds_a_lost_registration_by_the_hospitals_number() -> None:
    rows = [
        {"mdtrt_id": "M1", "psn_no": PERSON.psn_no, "ipt_otp_no": "MZ0001", "certno": "x"},
        {"mdtrt_id": "M2", "psn_no": PERSON.psn_no, "ipt_otp_no": "MZ0002"},
        {"mdtrt_id": "M3", "psn_no": "another", "ipt_otp_no": "MZ0001"},
        {"mdtrt_id": "M4", "psn_no": PERSON.psn_no},
    ]
    question = lookup.visit_by_number(HOLDER, VISIT.visit_no, VISIT.began, VISIT.kind)
    assert [visit.mdtrt_id for visit in accepted(question, {"mdtrtinfo": rows})] == ["M1"]
    assert accepted(question, None) == ()


def test_2601_says_no_more_than_yes() -> None:
    question = reversal.reverse(HOLDER, MSGID, "2207")
    assert accepted(question, None) is None
    outcome = told(question, enveloped(None, infcode=-1, err_msg="不能办理冲正交易"))
    assert isinstance(outcome, Refused)
    assert question.transaction.settles


@pytest.mark.parametrize(
    ("code", "equal"), [("0", True), ("000000", True), (0, True), ("1", False), ("000103", False)]
)
def test_3201_is_equal_or_not(code: object, equal: bool) -> None:
    """B44: anything but 0 and 000000 is unequal, with the platform's words."""
    question = reconciliation.reconcile_totals(DAY, CLEARING, "310", OWN.sums)
    verdict = accepted(question, {"stmtinfo": {"stmt_rslt": code, "stmt_rslt_dscr": "说明"}})
    assert (verdict.equal, verdict.code, verdict.words) == (equal, str(code), "说明")


def test_3201_of_another_agency_is_not_believed() -> None:
    question = reconciliation.reconcile_totals(DAY, CLEARING, "310", OWN.sums)
    outcome = told(question, enveloped({"stmtinfo": {"stmt_rslt": "0", "setl_optins": "430200"}}))
    assert isinstance(outcome, Unknown)


def test_9101_answers_without_a_node() -> None:
    question = reconciliation.upload_file(HOSPITAL, OWN.filename, OWN.content)
    number = "M00/00/00/" + "a" * 34
    output = {"file_qury_no": number, "filename": "f.zip", "dld_endtime": "2023-05-09 09:00:00"}
    remote = accepted(question, output)
    assert (remote.number, remote.keeps_until and remote.keeps_until.day) == (number, 9)


def test_3202_names_the_file_with_the_result() -> None:
    question = reconciliation.reconcile_detail(OWN, REMOTE, CLEARING)
    info = {"file_qury_no": "F2", "filename": "r.zip", "dld_endtime": "soon"}
    assert accepted(question, {"fileinfo": info}) == reconciliation.RemoteFile("F2", "r.zip", None)


DOWNLOAD = reconciliation.download_differences(HOSPITAL, REMOTE, frozenset())
LOST = f"P\tM2\tS12\t{MSGID}\t1\t0"


def test_9102_is_a_file_or_an_envelope_by_its_content_type() -> None:
    outcome = told(DOWNLOAD, Reply(200, STREAM, result(LOST)))
    assert isinstance(outcome, Accepted)
    assert outcome.value[0].setl_id == SetlId("S12")
    refusal = told(DOWNLOAD, enveloped(None, infcode="-1", err_msg="文件不存在"))
    assert isinstance(refusal, Refused)
    assert isinstance(told(DOWNLOAD, Reply(200, JSON, result(LOST))), Unknown)
    assert isinstance(told(DOWNLOAD, Reply(500, STREAM, result(LOST))), Unknown)


def test_9102_names_the_place_that_cannot_be_read() -> None:
    outcome = told(DOWNLOAD, Reply(200, STREAM, result(LOST, "P\tM\tS")))
    assert isinstance(outcome, Unknown)
    assert (outcome.why, outcome.text) == (
        WhyUnknown.UNREADABLE,
        "line 2.stmt_rslt: missing",
    )
