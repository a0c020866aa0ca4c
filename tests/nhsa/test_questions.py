"""Questions in the house's words: the exact bytes they become, and answers translated back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import CareVisit, Trauma
from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.identifiers import AreaCode, BatchNo
from desktop.domain.money import Money
from desktop.domain.person import Filing, FilingKind
from desktop.domain.quantities import Rate, UnitPrice
from desktop.domain.split import Split
from desktop.nhsa.dates import wire_moment
from desktop.nhsa.envelope import RequestHead, write_request
from desktop.nhsa.messages.benefit_check import BenefitRow
from desktop.nhsa.messages.catalogue_download import DRUG_FILE
from desktop.nhsa.messages.wire import JsonText
from desktop.nhsa.outcome import Accepted, outcome_of_reply, translated
from desktop.nhsa.questions import (
    benefits,
    catalogue,
    charges,
    desk,
    fee_details,
    lookup,
    reconciliation,
    registration,
    reversal,
    settlement,
)
from desktop.nhsa.questions.claim import cross_province_flags
from desktop.nhsa.questions.identify import identify
from desktop.nhsa.questions.question import Question
from desktop.nhsa.transport import Reply
from tests.nhsa import samples
from tests.nhsa.reconciling import CLEARING, DAY, HOSPITAL, OWN, REMOTE
from tests.nhsa.samples import BATCH, CLAIM, INSURANCE, LINE, MSGID, PERSON, SETL_ID, VISIT, answer

GOLDEN = Path(__file__).parent / "golden"
HOLDER = CLAIM.holder
MDTRT_ID = BATCH.mdtrt_id
CARD = Credential(CredentialKind.SOCIAL_SECURITY_CARD, "A00000001", card_sn=samples.CARD_SN)

QUESTIONS: list[Question[Any, Any, Any]] = [
    desk.sign_in("0001", "00-00-00-00-00-00", "127.0.0.1"),
    desk.sign_out("0001", "S1"),
    desk.institution("H43010000001"),
    identify(samples.CREDENTIAL),
    benefits.check_benefits(PERSON.psn_no, INSURANCE, VISIT, "H43010000001"),
    benefits.chronic_recognitions(PERSON.psn_no, INSURANCE.area),
    benefits.year_sums(PERSON.psn_no, INSURANCE.area),
    registration.register(CLAIM),
    registration.cancel_registration(HOLDER, MDTRT_ID, VISIT.visit_no),
    registration.upload_visit(CLAIM, MDTRT_ID),
    charges.upload_lines(CLAIM, MDTRT_ID, BatchNo("B1"), [LINE]),
    charges.remove_lines(HOLDER, MDTRT_ID, charges.ALL_BATCHES),
    settlement.preview(CLAIM, BATCH, AccountUse.OWN),
    settlement.settle(CLAIM, BATCH, AccountUse.FAMILY, samples.AGREED, "00012345"),
    settlement.cancel_settlement(HOLDER, MDTRT_ID, SETL_ID),
    reversal.reverse(HOLDER, MSGID, "2207"),
    lookup.visit_by_number(HOLDER, VISIT.visit_no, VISIT.began, VISIT.kind),
    lookup.settlement_by_id(HOLDER, MDTRT_ID, SETL_ID),
    reconciliation.reconcile_totals(DAY, CLEARING, "310", OWN.sums),
    reconciliation.upload_file(HOSPITAL, OWN.filename, b"PK\x03\x04\xff"),
    reconciliation.reconcile_detail(OWN, REMOTE, CLEARING),
    reconciliation.download_differences(HOSPITAL, REMOTE, OWN.setl_ids),
    catalogue.catalogue_file(DRUG_FILE),
    catalogue.catalogue_items(2, AreaCode("430100"), date(2023, 5, 1)),
    catalogue.price_limits(1, AreaCode("430100")),
    catalogue.first_shares(1, AreaCode("430100")),
    fee_details.fee_details(HOLDER, MDTRT_ID, SETL_ID),
]


def head(question: Question[Any, Any, Any]) -> RequestHead:
    return RequestHead(
        infno=question.infno,
        msgid=MSGID,
        mdtrtarea_admvs="430100",
        insuplc_admdvs=question.area.code if question.area else None,
        recer_sys_code="FSI_LOCAL",
        infver="V1.0",
        opter_type="1",
        opter="0001",
        opter_name="收费员",
        inf_time=wire_moment(samples.NOW),
        fixmedins_code="H43010000001",
        fixmedins_name="演练医院",
    )


def accepted(question: Question[Any, Any, Any], output: object) -> Any:
    reply = Reply(200, {}, json.dumps(answer(output)).encode())
    found = translated(
        outcome_of_reply(question.transaction, reply, lambda out: question.is_ours(out, MSGID)),
        question.to_domain,
    )
    assert isinstance(found, Accepted)
    return found.value


def asked(question: Question[Any, Any, Any]) -> Any:
    return json.loads(write_request(head(question), question.input))["input"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.infno)
def test_the_bytes_of_a_request_are_exactly_these(question: Question[Any, Any, Any]) -> None:
    """An empty number is 0, any other empty field ""; amounts and prices are exact numbers."""
    golden = (GOLDEN / f"{question.infno}.json").read_bytes().rstrip(b"\n")
    assert write_request(head(question), question.input) == golden


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.infno)
def test_the_hash_is_that_of_the_input_as_it_is_sent(question: Question[Any, Any, Any]) -> None:
    body = write_request(head(question), question.input)
    sent = body.partition(b'"input":')[2][:-1]
    assert question.request_hash == hashlib.sha256(sent).hexdigest()


def test_a_card_that_tells_only_its_number_is_a_whole_question() -> None:
    """A 3.0 card: 1101 is tried with card number and card_sn."""
    data = asked(identify(CARD))["data"]
    assert data == {
        "mdtrt_cert_type": "03",
        "mdtrt_cert_no": "A00000001",
        "card_sn": samples.CARD_SN,
        "begntime": "",
        "psn_cert_type": "",
        "certno": "",
        "psn_name": "",
    }


@pytest.mark.parametrize("kind", CertKind)
def test_an_id_card_brings_its_kind_of_paper(kind: CertKind) -> None:
    """人员证件类型, whichever of the list."""
    card = Credential(CredentialKind.ID_CARD, "USA990085031201", name="简", cert_kind=kind)
    data = asked(identify(card))["data"]
    assert (data["mdtrt_cert_type"], data["psn_cert_type"]) == ("02", kind.value)
    assert (data["certno"], data["psn_name"]) == ("USA990085031201", "简")


def test_a_voucher_brings_its_area_and_certificate() -> None:
    area = AreaCode("370800")
    voucher = Credential(CredentialKind.VOUCHER, "370000ec1", cert_no=samples.ID_NUMBER, area=area)
    question = identify(voucher)
    assert question.area == area
    assert asked(question)["data"]["psn_cert_type"] == "01"


def test_a_person_with_several_insurances() -> None:
    rows = [
        {"insutype": "310", "insuplc_admdvs": "370800", "balc": 0, "psn_insu_stas": "1"},
        {"insutype": "39905", "insuplc_admdvs": 430299, "cvlserv_flag": 1, "emp_name": "厂"},
    ]
    base = {
        "psn_no": 37,
        "certno": samples.ID_NUMBER,
        "psn_name": "李𠮷祥",
        "brdy": "1970-01-01",
        "age": 53.0,
        "gend": "9",
    }
    found = accepted(identify(CARD), {"baseinfo": base, "insuinfo": rows})
    assert (found.psn_no, found.birth, found.age, found.sex) == (
        "37",
        date(1970, 1, 1),
        "53.0",
        "9",
    )
    one, other = found.insurances
    assert (one.account_balance, one.civil_servant, one.active) == (Money(0), False, True)
    assert (other.account_balance, other.civil_servant, other.area.code) == (None, True, "430299")


def test_a_fund_that_will_not_pay_says_why_in_its_own_words() -> None:
    rows = [
        {"fund_pay_type": "310100", "trt_enjymnt_flag": 1},
        {"fund_pay_type": "310200", "trt_enjymnt_flag": "0", "trt_chk_rslt": "参保地未开通[x_1]"},
    ]
    question = benefits.check_benefits(PERSON.psn_no, INSURANCE, VISIT, "H43010000001")
    yes, no = accepted(question, {"trtinfo": rows})
    assert (yes.pays, yes.reason, yes.filing) == (True, "", None)
    assert (no.pays, no.reason) == (False, "参保地未开通[x_1]")


FILING = {
    "FILING_KIND": "LONG_RESIDENT",
    "FILING_AREA": "430100",
    "FILING_FROM": "2023-01-01",
    "FILING_TO": None,
}


def told_filing(text: str | None) -> Filing | None:
    row = BenefitRow(
        fund_pay_type="310100",
        trt_enjymnt_flag="1",
        exp_content=None if text is None else JsonText(text),
    )
    return benefits.filing_told(row)


def test_the_filing_extension_is_read() -> None:
    """what-the-desk-knows: some sites add it, as a JSON string."""
    expected = Filing(FilingKind.LONG_RESIDENT, AreaCode("430100"), date(2023, 1, 1), None)
    assert told_filing(json.dumps(FILING)) == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "free text",
        "[]",
        "{}",
        *(
            json.dumps({**FILING, name: wrong})
            for name in ("FILING_KIND", "FILING_AREA", "FILING_FROM")
            for wrong in (None, "x", {"a": 1})
        ),
    ],
)
def test_a_filing_that_cannot_be_read_is_not_told(text: str | None) -> None:
    assert told_filing(text) is None


def test_chronic_recognitions_and_year_sums() -> None:
    chronic = accepted(
        benefits.chronic_recognitions(PERSON.psn_no, INSURANCE.area),
        {"feedetail": {"opsp_dise_code": "M03900", "opsp_dise_name": "高血压", "enddate": "x"}},
    )
    assert (chronic[0].code, chronic[0].begins, chronic[0].ends) == ("M03900", None, None)
    row = {"insutype": 310, "year": 2023, "cum_type_code": "D310101", "cum": "190.5"}
    question = benefits.year_sums(PERSON.psn_no, INSURANCE.area)
    (found,) = accepted(question, {"cuminfo": [row]})
    assert (found.year, found.code, found.value) == ("2023", "D310101", Money(19050))
    assert accepted(question, None) == ()


def test_the_institution_is_the_one_asked_for() -> None:
    rows = [
        {"fixmedins_code": "H43010000002", "fixmedins_name": "别家", "hosp_lv": "5"},
        {"fixmedins_code": "H43010000001", "fixmedins_name": "演练医院", "hosp_lv": "02"},
    ]
    question = desk.institution("H43010000001")
    found = accepted(question, {"medinsinfo": rows})
    assert found == desk.Institution("H43010000001", "演练医院", "02")
    assert accepted(question, {"medinsinfo": rows[0]}) is None


def test_sign_in_and_out() -> None:
    number = {"signinoutb": {"sign_no": 123, "sign_time": "2023-05-02 09:00:00"}}
    assert accepted(desk.sign_in("0001", "m", "i"), number) == "123"
    assert accepted(desk.sign_out("0001", "123"), {"sign_time": {"sign_time": "x"}}) is None


def test_a_line_comes_back_with_the_platforms_split() -> None:
    row = {
        "feedetl_sn": 1,
        "det_item_fee_sumamt": "25",
        "pric_uplmt_amt": 32,
        "selfpay_prop": "0.1",
        "preselfpay_amt": 2.5,
        "chrgitm_lv": "02",
        "memo": None,
    }
    question = charges.upload_lines(CLAIM, MDTRT_ID, BatchNo("B1"), [LINE])
    (found,) = accepted(question, {"result": [row]})
    assert (found.line_no, found.amount, found.pre_self_pay) == ("1", Money(2500), Money(250))
    assert (found.price_limit, found.self_pay_rate) == (UnitPrice.parse("32"), Rate.parse("0.1"))
    assert (found.full_self_pay, found.note) == (None, "")


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, {"TRUM_FLAG": "0"}),
        ({"trauma": Trauma.NO_THIRD_PARTY}, {"TRUM_FLAG": "1", "REL_TTP_FLAG": "0"}),
        ({"trauma": Trauma.THIRD_PARTY}, {"TRUM_FLAG": "1", "REL_TTP_FLAG": "1"}),
        ({"kind": "13"}, {"TRUM_FLAG": "0"}),
        ({"emergency": True}, {"TRUM_FLAG": "0", "OTP_ER_REFL_FLAG": "1"}),
    ],
)
def test_the_cross_province_flags_travel_as_json_text(
    changes: dict[str, Any], flags: dict[str, str]
) -> None:
    visit: CareVisit = replace(VISIT, **changes)
    claim = structs.replace(CLAIM, visit=visit)
    assert json.loads(cross_province_flags(visit)) == flags
    for question in (
        settlement.preview(claim, BATCH, AccountUse.NONE),
        settlement.settle(claim, BATCH, AccountUse.NONE, samples.AGREED, ""),
    ):
        assert json.loads(asked(question)["data"]["exp_content"]) == flags
    info = asked(registration.upload_visit(claim, MDTRT_ID))["mdtrtinfo"]
    assert json.loads(info["exp_content"]) == flags


def test_chronic_care_names_its_disease_everywhere() -> None:
    claim = structs.replace(CLAIM, visit=replace(VISIT, kind="14", disease="M03900"))
    line = asked(charges.upload_lines(claim, MDTRT_ID, BatchNo("B1"), [LINE]))["feedetail"][0]
    info = asked(registration.upload_visit(claim, MDTRT_ID))["mdtrtinfo"]
    assert (line["dise_codg"], info["dise_codg"], info["med_type"]) == ("M03900", "M03900", "14")


def test_a_line_that_was_not_approved_is_left_to_the_catalogue() -> None:
    """0, not 2: only a limited-use item becomes self-paid by it (notes of 2204)."""
    line = replace(LINE, approved=False, outside_prescription=True)
    row = asked(charges.upload_lines(CLAIM, MDTRT_ID, BatchNo("B1"), [line]))["feedetail"][0]
    assert (row["hosp_appr_flag"], row["rx_circ_flag"]) == ("0", "1")


@pytest.mark.parametrize(
    "agreed",
    [
        replace(samples.AGREED, full_self_pay=None),
        replace(samples.AGREED, over_limit=None),
        replace(samples.AGREED, pre_self_pay=None),
        replace(samples.AGREED, in_scope=None),
    ],
)
def test_no_amount_of_2207_is_ever_made_up(agreed: Split) -> None:
    with pytest.raises(settlement.IncompletePreviewError):
        settlement.settle(CLAIM, BATCH, AccountUse.OWN, agreed, "")


@pytest.mark.parametrize(("length", "told"), [(20, True), (21, False), (50, False)])
def test_a_name_longer_than_its_field_is_left_out_not_cut(length: int, told: bool) -> None:
    """1101 knows 50 characters, 2201 and 2206 have 20; ``psn_no`` names the person."""
    named = "阿" * length
    claim = structs.replace(CLAIM, person=replace(PERSON, name=named))
    registered = registration.register(claim).input.data.psn_name
    previewed = settlement.preview(claim, BATCH, AccountUse.NONE).input.data.psn_name
    assert [registered, previewed] == [named if told else None] * 2


def test_a_name_that_lost_a_character_is_not_sent() -> None:
    card = Credential(CredentialKind.SOCIAL_SECURITY_CARD, "C1", "S1", name="张\ufffd")
    data = asked(identify(card))["data"]
    assert not data.get("psn_name")
    assert (data["mdtrt_cert_no"], data["card_sn"]) == ("C1", "S1")
