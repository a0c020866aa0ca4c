"""What the platform refuses, one by one, on the pure core; a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from desktop.sandbox import control
from desktop.sandbox import control_bodies as bodies
from desktop.sandbox import control_people as people
from desktop.sandbox.refusals import Reason, Refused, wording
from desktop.sandbox.state import State
from desktop.sandbox.wordings import WORDINGS
from tests.sandbox.asking import No, Patient
from tests.sandbox.conftest import Bench


def kept(state: State) -> bytes:
    """Everything but the serial, which every answer moves."""
    tables = {name: dict(table.items()) for name, table in state.tables() if name != "settings"}
    return msgspec.json.encode(tables)


def says(text: str, reason: Reason) -> bool:
    """True when the text is one of the reason's wordings, whatever its facts are."""
    parts = [wording.split("{")[0] for wording in WORDINGS[reason]]
    tails = [wording.rpartition("}")[2] for wording in WORDINGS[reason]]
    pairs = zip(parts, tails, strict=True)
    return any(text.startswith(part) and text.endswith(tail) for part, tail in pairs)


@contextmanager
def refused(bench: Bench, reason: Reason) -> Iterator[None]:
    before = kept(bench.state)
    with pytest.raises(No) as no:
        yield
    assert says(no.value.text, reason), f"{no.value.text} is not {reason.name}"
    assert kept(bench.state) == before


def test_every_reason_has_several_wordings_in_the_style_of_the_platform() -> None:
    assert set(WORDINGS) == set(Reason)
    for texts in WORDINGS.values():
        assert len(set(texts)) == len(texts) >= 2
        assert all(text.startswith(("FSI-", "MBS-")) for text in texts)


def test_the_msgid_alone_picks_the_wording() -> None:
    no = Refused(Reason.NOT_FILED)
    assert wording(no, "m1") == wording(no, "m1")
    assert {wording(no, f"m{n}") for n in range(50)} == set(WORDINGS[Reason.NOT_FILED])


# --- the person -----------------------------------------------------------------------------


def query(bench: Bench, **data: str) -> Any:
    asked = {"mdtrt_cert_type": "02", "mdtrt_cert_no": "990000198001010017", **data}
    return bench.desk.ask("1101", "", data=asked)


def test_unknown_person(bench: Bench) -> None:
    with refused(bench, Reason.PERSON_UNKNOWN):
        query(bench)


def test_a_wrong_certificate_beside_the_credential_finds_nobody(bench: Bench) -> None:
    bench.put()
    with refused(bench, Reason.PERSON_UNKNOWN):
        query(bench, certno="990000198001010025")


def test_the_card_needs_its_serial(bench: Bench) -> None:
    bench.put(card_no="A00000001", card_sn="0" * 31 + "A")
    card = {"mdtrt_cert_type": "03", "mdtrt_cert_no": "A00000001"}
    with refused(bench, Reason.FIELD_MISSING):
        query(bench, **card)
    with refused(bench, Reason.CARD_MISMATCH):
        query(bench, **card, card_sn="1" * 32)
    assert query(bench, **card, card_sn="0" * 31 + "a")["baseinfo"]["psn_name"] == "孔试验"


def test_unknown_kind_of_credential(bench: Bench) -> None:
    bench.put()
    with refused(bench, Reason.CREDENTIAL_KIND_UNKNOWN):
        query(bench, mdtrt_cert_type="07")


def test_another_persons_credential(bench: Bench) -> None:
    other = bench.put("990000199001010018")
    patient = bench.patient(bench.put())
    with refused(bench, Reason.CREDENTIAL_OF_ANOTHER):
        patient.register(mdtrt_cert_no=other.certno)


def test_an_area_that_is_not_connected(bench: Bench) -> None:
    patient = bench.patient()
    control.change_area(bench.state, "370800", bodies.AreaBody(connected=False))
    with refused(bench, Reason.AREA_NOT_CONNECTED):
        query(bench)
    with refused(bench, Reason.AREA_NOT_CONNECTED):
        patient.register()


def test_the_insured_area_must_be_told_and_right(bench: Bench) -> None:
    patient = bench.patient()
    patient.area = ""
    with refused(bench, Reason.INSURED_AREA_MISSING):
        patient.register()
    patient.area = "440300"
    with refused(bench, Reason.INSURED_AREA_WRONG):
        patient.register()


def test_an_insurance_that_is_not_held(bench: Bench) -> None:
    patient = bench.patient(insutype="390")
    with refused(bench, Reason.INSURANCE_NOT_HELD):
        patient.register()


BARS: list[tuple[dict[str, Any], Reason]] = [
    ({"insurance": {"status": "2"}}, Reason.INSURANCE_NOT_ACTIVE),
    ({"inpatient": True}, Reason.INPATIENT),
    ({"settlement_suspended": True}, Reason.PERSON_SUSPENDED),
    ({"insurance": {"area": "430200"}}, Reason.INSURED_HERE),
]


@pytest.mark.parametrize(("facts", "reason"), BARS)
def test_who_is_barred_cannot_register(bench: Bench, facts: dict[str, Any], reason: Reason) -> None:
    who = bench.put(**facts)
    patient = bench.patient(who, area=who.insured[0].area)
    with refused(bench, reason):
        patient.register()


@pytest.mark.parametrize(("facts", "reason"), BARS[:3])
def test_who_is_barred_meanwhile_cannot_settle(
    bench: Bench, facts: dict[str, Any], reason: Reason
) -> None:
    patient, shown = presettled(bench)
    bench.put(**facts)
    with refused(bench, reason):
        patient.preview("P1", "100.00")
    with refused(bench, reason):
        patient.settle(shown, "P1")


# --- the filing -----------------------------------------------------------------------------

FILINGS: list[tuple[list[dict[str, Any]], Reason]] = [
    ([], Reason.NOT_FILED),
    (
        [{"kind": "LONG_RESIDENT", "area": "440300", "from": "2021-01-01"}],
        Reason.FILED_ELSEWHERE,
    ),
    (
        [{"kind": "LONG_RESIDENT", "area": "430100", "from": "2023-05-03"}],
        Reason.FILING_NOT_YET,
    ),
    (
        [{"kind": "OTHER", "area": "430000", "from": "2021-01-01", "to": "2023-05-01"}],
        Reason.FILING_ENDED,
    ),
]


@pytest.mark.parametrize(("filings", "reason"), FILINGS)
def test_no_filing(bench: Bench, filings: list[dict[str, Any]], reason: Reason) -> None:
    patient = bench.patient(bench.put(filings=filings)).open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, reason):
        patient.preview("P1", "100.00")


@pytest.mark.parametrize(("filings", "reason"), FILINGS)
def test_2001_tells_why_the_funds_will_not_pay(
    bench: Bench, filings: list[dict[str, Any]], reason: Reason
) -> None:
    rows = benefits(bench, bench.put(filings=filings))
    assert [row["trt_enjymnt_flag"] for row in rows] == ["0", "0"]
    assert all(says(row["trt_chk_rslt"], reason) for row in rows)


def benefits(bench: Bench, who: bodies.PersonBody, **changes: Any) -> list[dict[str, Any]]:
    data = {
        "psn_no": who.psn_no,
        "insutype": "310",
        "fixmedins_code": bench.desk.hospital,
        "med_type": "11",
        "begntime": "2023-05-02 09:00:00",
        **changes,
    }
    return list(bench.desk.ask("2001", "370800", data=data)["trtinfo"])


def test_a_province_filing_covers_its_cities(bench: Bench) -> None:
    filing = {"kind": "OTHER", "area": "430000", "from": "2023-05-02", "to": "2023-05-02"}
    patient = bench.patient(bench.put(filings=[filing])).open()
    answer = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))
    assert answer["setlinfo"]["preselfpay_amt"] == 10


@pytest.mark.parametrize("mark", ["1", "3"])
def test_an_emergency_counts_as_filed(bench: Bench, mark: str) -> None:
    """E27: not filed, med_type 13, temporary-out standard."""
    who = bench.put(filings=[])
    patient = bench.patient(who, med_type="13", flags={"OTP_ER_REFL_FLAG": mark}).open()
    answer = patient.whole("P1", patient.row("P1", bench.item("A"), "1000.00"))
    assert answer["setlinfo"]["preselfpay_amt"] == 100
    assert benefits(bench, who, med_type="13")[0]["trt_enjymnt_flag"] == "1"


@pytest.mark.parametrize("flags", [{}, {"OTP_ER_REFL_FLAG": "2"}])
def test_an_emergency_needs_its_mark(bench: Bench, flags: dict[str, str]) -> None:
    patient = bench.patient(med_type="13", flags=flags)
    patient.register()
    with refused(bench, Reason.EMERGENCY_MARK_MISSING):
        patient.upload_visit()


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ({"TRUM_FLAG": "1"}, Reason.TRAUMA_MARK_MISSING),
        ({"TRUM_FLAG": "1", "REL_TTP_FLAG": "1"}, Reason.THIRD_PARTY),
    ],
)
def test_trauma(bench: Bench, flags: dict[str, str], reason: Reason) -> None:
    patient = bench.patient(flags=flags)
    patient.register()
    with refused(bench, reason):
        patient.upload_visit()
    patient.flags = {"TRUM_FLAG": "1", "REL_TTP_FLAG": "0"}
    patient.upload_visit()


def test_trauma_told_only_at_the_settlement(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.flags = {"TRUM_FLAG": "1", "REL_TTP_FLAG": "1"}
    with refused(bench, Reason.THIRD_PARTY):
        patient.settle(shown, "P1")


@pytest.mark.parametrize("text", ["{", "[]"])
def test_the_extension_is_json_text(bench: Bench, text: str) -> None:
    patient = bench.patient()
    patient.register()
    with refused(bench, Reason.FIELD_WRONG):
        patient.upload_visit(exp_content=text)


# --- the visit ------------------------------------------------------------------------------


def presettled(bench: Bench) -> tuple[Patient, Any]:
    patient = bench.patient().open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    return patient, patient.preview("P1", "100.00")


def test_one_number_in_the_hospital_for_one_visit(bench: Bench) -> None:
    patient = bench.patient(visit_no="MZ1")
    patient.register()
    with refused(bench, Reason.VISIT_NUMBER_TAKEN):
        patient.register()
    patient.withdraw()
    patient.register()


def test_2202_with_lines(bench: Bench) -> None:
    patient, _ = presettled(bench)
    with refused(bench, Reason.VISIT_HAS_LINES):
        patient.withdraw()
    patient.remove("0000")
    with refused(bench, Reason.VISIT_NUMBER_WRONG):
        patient.withdraw(ipt_otp_no="other")
    patient.withdraw()
    with refused(bench, Reason.VISIT_WITHDRAWN):
        patient.withdraw()


def test_unknown_visit_and_another_persons_visit(bench: Bench) -> None:
    patient, _ = presettled(bench)
    other = bench.patient(bench.put("990000199001010018"))
    other.mdtrt_id = patient.mdtrt_id
    with refused(bench, Reason.VISIT_OF_ANOTHER):
        other.remove("P1")
    other.mdtrt_id = "43010"
    with refused(bench, Reason.VISIT_UNKNOWN):
        other.remove("P1")


def test_one_kind_of_care_for_each_visit(bench: Bench) -> None:
    patient, _ = presettled(bench)
    with refused(bench, Reason.CARE_KIND_CHANGED):
        patient.upload_visit(med_type="12")
    with refused(bench, Reason.CARE_KIND_CHANGED):
        patient.preview("P1", "100.00", med_type="12")


def test_nothing_of_a_settled_visit_moves(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.settle(shown, "P1")
    with refused(bench, Reason.VISIT_SETTLED):
        patient.upload_visit(begntime="2023-05-01 09:00:00")


def test_a_visit_needs_its_data_and_a_diagnosis(bench: Bench) -> None:
    patient = bench.patient()
    patient.register()
    with refused(bench, Reason.DIAGNOSIS_MISSING):
        patient.upload_visit(diseinfo=[])
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, Reason.VISIT_DATA_MISSING):
        patient.preview("P1", "100.00")


def test_the_insurance_of_the_visit_stays(bench: Bench) -> None:
    patient, _ = presettled(bench)
    with refused(bench, Reason.INSURANCE_NOT_HELD):
        patient.preview("P1", "100.00", insutype="390")


# --- chronic --------------------------------------------------------------------------------


def test_chronic_care_needs_a_recognition(bench: Bench) -> None:
    recognised = {"dise_codg": "M03900", "from": "2022-01-01", "to": "2023-05-02"}
    who = bench.put(chronic=[recognised])
    patient = bench.patient(who, med_type="14")
    patient.register()
    with refused(bench, Reason.DISEASE_MISSING):
        patient.upload_visit()
    patient.disease = "M01600"
    with refused(bench, Reason.DISEASE_NOT_RECOGNISED):
        patient.upload_visit()
    patient.disease = "M03900"
    with refused(bench, Reason.DISEASE_NOT_RECOGNISED):
        patient.upload_visit(begntime="2023-05-03 09:00:00")
    patient.upload_visit()
    row = patient.row("P1", bench.item("A"), "100.00")
    with refused(bench, Reason.DISEASES_DIFFER):
        patient.upload({**row, "dise_codg": "M01600"})
    assert patient.whole("P1", row)["setlinfo"]["med_type"] == "14"
    answer = patient.ask("5301", data={"psn_no": who.psn_no})["feedetail"]
    assert answer == [
        {
            "opsp_dise_code": "M03900",
            "opsp_dise_name": "高血压",
            "begndate": "2022-01-01",
            "enddate": "2023-05-02",
        }
    ]


# --- the institution ------------------------------------------------------------------------


@dataclass(frozen=True)
class House:
    facts: dict[str, Any]
    reason: Reason
    med_type: str = "11"


@pytest.mark.parametrize(
    "house",
    [
        House({"suspended": True}, Reason.INSTITUTION_SUSPENDED),
        House({"outpatient": False}, Reason.INSTITUTION_NOT_OPEN),
        House({"chronic": False}, Reason.INSTITUTION_NOT_CHRONIC, "14"),
    ],
    ids=lambda house: house.reason.name,
)
def test_an_institution_that_may_not_settle(bench: Bench, house: House) -> None:
    chronic = [{"dise_codg": "M03900", "from": "2022-01-01"}]
    patient = bench.patient(
        bench.put(chronic=chronic), med_type=house.med_type, disease="M03900"
    ).open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    control.change_institution(
        bench.state, bench.desk.hospital, bodies.InstitutionBody(**house.facts)
    )
    with refused(bench, house.reason):
        patient.preview("P1", "100.00")


def test_a_suspended_institution_opens_no_visit(bench: Bench) -> None:
    code, patient = bench.desk.hospital, bench.patient()
    control.change_institution(bench.state, code, bodies.InstitutionBody(suspended=True))
    with refused(bench, Reason.INSTITUTION_SUSPENDED):
        patient.register()
    closed = bodies.InstitutionBody(suspended=False, outpatient=False, chronic=False)
    control.change_institution(bench.state, code, closed)
    with refused(bench, Reason.INSTITUTION_NOT_OPEN):
        patient.register()


def test_unknown_institution_and_care_area(bench: Bench) -> None:
    bench.put()
    bench.desk.care_area = "440300"
    with refused(bench, Reason.INSTITUTION_ELSEWHERE):
        query(bench)
    bench.desk.hospital = "H43010000009"
    with refused(bench, Reason.INSTITUTION_UNKNOWN):
        query(bench)


# --- the lines ------------------------------------------------------------------------------

LINES: list[tuple[dict[str, Any], Reason]] = [
    ({"med_list_codg": "nothing"}, Reason.ITEM_UNKNOWN),
    ({"fee_ocur_time": "2023-05-02 08:59:59"}, Reason.LINE_BEFORE_VISIT),
    ({"fee_ocur_time": "2024-01-01 00:00:00"}, Reason.LINE_OTHER_YEAR),
    ({"fee_ocur_time": "yesterday"}, Reason.FIELD_WRONG),
    ({"det_item_fee_sumamt": "99.99"}, Reason.LINE_AMOUNT_WRONG),
    ({"det_item_fee_sumamt": "99.999"}, Reason.FIELD_WRONG),
    ({"cnt": "0", "det_item_fee_sumamt": "0"}, Reason.LINE_QUANTITY_WRONG),
    ({"chrg_bchno": "0000"}, Reason.BATCH_RESERVED),
    ({"mdtrt_id": ""}, Reason.FIELD_MISSING),
    ({"hosp_appr_flag": None}, Reason.FIELD_MISSING),
]


@pytest.mark.parametrize(("changes", "reason"), LINES)
def test_a_bad_line_takes_the_others_with_it(
    bench: Bench, changes: dict[str, Any], reason: Reason
) -> None:
    patient = bench.patient().open()
    good = patient.row("P1", bench.item("A"), "100.00")
    with refused(bench, reason):
        patient.upload(good, patient.row("P1", "A", "100.00", **changes))


def test_lines_are_named_once_in_a_visit(bench: Bench) -> None:
    patient = bench.patient().open()
    row = patient.row("P1", bench.item("A"), "100.00")
    with refused(bench, Reason.LINE_REPEATED):
        patient.upload(row, row)
    patient.upload(row)
    with refused(bench, Reason.LINE_REPEATED):
        patient.upload(row)
    with refused(bench, Reason.LINE_REPEATED):
        patient.upload({**row, "chrg_bchno": "P2"})
    with refused(bench, Reason.BATCH_REPEATED):
        patient.upload(patient.row("P1", "A", "5.00"))


def test_no_lines_and_mixed_diseases(bench: Bench) -> None:
    patient = bench.patient().open()
    with refused(bench, Reason.FIELD_MISSING):
        patient.upload()
    rows = (
        patient.row("P1", bench.item("A"), "1.00", dise_codg="M1"),
        patient.row("P1", "A", "1.00", dise_codg="M2"),
    )
    with refused(bench, Reason.DISEASES_DIFFER):
        patient.upload(*rows)


def test_2205_of_a_settled_batch(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.settle(shown, "P1")
    with refused(bench, Reason.BATCH_SETTLED):
        patient.remove("P1")
    with refused(bench, Reason.BATCH_SETTLED):
        patient.upload(patient.row("P1", "A", "1.00"))
    with refused(bench, Reason.BATCH_UNKNOWN):
        patient.remove("P2")


def test_0000_removes_whatever_is_unsettled(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.settle(shown, "P1")
    patient.upload(patient.row("P2", "A", "1.00"), patient.row("P3", "A", "1.00"))
    patient.remove("0000")
    patient.remove("0000")
    assert [batch.number for batch in bench.state.batches] == ["P1"]


# --- the settlement -------------------------------------------------------------------------


def test_the_total_is_the_lines_sum(bench: Bench) -> None:
    patient, _ = presettled(bench)
    with refused(bench, Reason.TOTAL_WRONG):
        patient.preview("P1", "100.01")
    with refused(bench, Reason.BATCH_UNKNOWN):
        patient.preview("P2", "100.00")
    with refused(bench, Reason.FIELD_WRONG):
        patient.preview("P1", "100.00", use="3")


@pytest.mark.parametrize(
    "field", ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"]
)
def test_2207_repeats_the_amounts_of_the_last_2206(bench: Bench, field: str) -> None:
    patient, shown = presettled(bench)
    with refused(bench, Reason.AMOUNTS_DIFFER):
        patient.settle(shown, "P1", **{field: "0.01"})


def test_2207_needs_a_2206_of_the_present_lines(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.remove("P1")
    patient.upload(patient.row("P1", "A", "100.00"))
    with refused(bench, Reason.PREVIEW_MISSING):
        patient.settle(shown, "P1")


def test_a_second_2207_of_one_batch(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.settle(shown, "P1")
    with refused(bench, Reason.BATCH_SETTLED):
        patient.settle(shown, "P1")


def test_a_careless_platform_books_the_double(bench: Bench) -> None:
    control.change_options(bench.state, bodies.OptionsBody(repeat_2207=_book()))
    patient, shown = presettled(bench)
    first = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    second = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    states = [row["state"] for row in control.settlements(bench.state, patient.certno)]
    assert (first != second, states) == (True, ["effective", "effective"])
    assert bench.person(bench.put()).year == {}


def _book() -> Any:
    return bodies.read_body(bodies.OptionsBody, b'{"repeat_2207":"book"}').repeat_2207


def test_2208_once(bench: Bench) -> None:
    patient, shown = presettled(bench)
    setl_id = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    with refused(bench, Reason.SETTLEMENT_UNKNOWN):
        patient.cancel("1")
    negative = patient.cancel(setl_id)["setlinfo"]["setl_id"]
    for number in (setl_id, negative):
        with refused(bench, Reason.SETTLEMENT_UNDONE):
            patient.cancel(number)
    with refused(bench, Reason.PREVIEW_MISSING):
        patient.settle(shown, "P1")


# --- the account and the area ---------------------------------------------------------------


def area(bench: Bench, **behaviour: bool) -> None:
    control.change_area(bench.state, "370800", bodies.AreaBody(**behaviour))


def with_account(bench: Bench) -> tuple[Patient, Any]:
    patient = bench.patient().open()
    patient.upload(patient.row("P1", bench.item("A"), "500.00"))
    return patient, patient.preview("P1", "500.00", "1")


def test_a_real_account_fails_by_itself(bench: Bench) -> None:
    """S2-08: the pool's part is booked, the account's goes to cash."""
    area(bench, real_account=True, account_fails=True)
    patient, shown = with_account(bench)
    assert shown["setlinfo"]["acct_pay"] == 400
    answer = patient.settle(shown, "P1", "1")
    info = answer["setlinfo"]
    assert (info["fund_pay_sumamt"], info["acct_pay"], info["psn_cash_pay"]) == (100, 0, 400)
    account = answer["setldetail"][1]
    assert (account["fund_pay_type"], account["fund_payamt"]) == ("310200", 0)
    assert "个人账户扣款失败" in account["setl_proc_info"]


def test_a_virtual_account_fails_with_everything(bench: Bench) -> None:
    area(bench, account_fails=True)
    patient, shown = with_account(bench)
    with refused(bench, Reason.ACCOUNT_FAILED):
        patient.settle(shown, "P1", "1")
    patient.settle(patient.preview("P1", "500.00"), "P1")


def test_an_area_without_a_pool_pays_from_the_account_alone(bench: Bench) -> None:
    area(bench, pooled=False)
    rows = benefits(bench, bench.put())
    assert [row["trt_enjymnt_flag"] for row in rows] == ["0", "1"]
    assert says(rows[0]["trt_chk_rslt"], Reason.POOL_MISSING)
    patient, shown = with_account(bench)
    info = patient.settle(shown, "P1", "1")["setlinfo"]
    assert (info["fund_pay_sumamt"], info["acct_pay"], info["psn_cash_pay"]) == (0, 500, 0)
    assert [row["fund_pay_type"] for row in shown["setldetail"]] == ["310200"]


def test_an_area_without_rules(bench: Bench) -> None:
    who = bench.put(insurance={"area": "320100"})
    patient = bench.patient(who, area="320100").open()
    patient.upload(patient.row("P1", bench.item("A"), "1.00"))
    with refused(bench, Reason.AREA_WITHOUT_RULES):
        patient.preview("P1", "1.00")


# --- the token ------------------------------------------------------------------------------


def token(bench: Bench, certno: str) -> str:
    from desktop.sandbox.vouchers import decode, issue

    who = people.find_person(bench.state, certno)
    qr = issue(bench.state, who, bench.real).qr
    return decode(bench.state, bench.desk.hospital, qr, bench.real).token


def test_a_token_serves_until_the_settlement(bench: Bench) -> None:
    patient = bench.patient()
    patient.credential = ("01", token(bench, patient.certno))
    patient.open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    shown = patient.preview("P1", "100.00")
    setl_id = patient.settle(shown, "P1")["setlinfo"]["setl_id"]
    patient.cancel(setl_id)
    with refused(bench, Reason.TOKEN_USED):
        patient.preview("P1", "100.00")


def test_a_token_serves_half_an_hour_of_the_real_clock(bench: Bench) -> None:
    patient = bench.patient()
    patient.credential = ("01", token(bench, patient.certno))
    bench.now += timedelta(days=1)
    patient.register()
    bench.real += timedelta(minutes=30)
    patient.visit_no = ""
    with refused(bench, Reason.TOKEN_EXPIRED):
        patient.register()
    patient.credential = ("01", "370000ec")
    with refused(bench, Reason.TOKEN_UNKNOWN):
        patient.register()


# --- sign-in, envelope, transactions ---------------------------------------------------------


def test_sign_in_where_it_is_demanded(bench: Bench) -> None:
    bench.put()
    query(bench)
    control.change_options(bench.state, bodies.OptionsBody(require_sign_in=True))
    with refused(bench, Reason.NOT_SIGNED_IN):
        query(bench)
    who = {"opter_no": "001", "mac": "00", "ip": "127.0.0.1"}
    number = bench.desk.ask("9001", "", signIn=who)["signinoutb"]["sign_no"]
    bench.desk.sign_no = "other"
    with refused(bench, Reason.SIGN_NUMBER_UNKNOWN):
        query(bench)
    bench.desk.sign_no = number
    query(bench)
    bench.desk.ask("9002", "", signOut={"sign_no": number, "opter_no": "001"})
    with refused(bench, Reason.SIGN_NUMBER_UNKNOWN):
        query(bench)


def test_a_sign_in_ends_with_its_day(bench: Bench) -> None:
    control.change_options(bench.state, bodies.OptionsBody(require_sign_in=True))
    bench.put()
    who = {"opter_no": "001", "mac": "00", "ip": "127.0.0.1"}
    bench.desk.sign_no = bench.desk.ask("9001", "", signIn=who)["signinoutb"]["sign_no"]
    bench.real += timedelta(days=1)
    with refused(bench, Reason.SIGN_NUMBER_UNKNOWN):
        query(bench)


@pytest.mark.parametrize("infno", ["2601", "3201", "3202", "5201", "5203", "2207A"])
def test_what_is_not_offered_is_refused_by_name(bench: Bench, infno: str) -> None:
    with pytest.raises(No, match=infno):
        bench.desk.ask(infno, "370800", data={})


def test_an_unknown_number_is_no_transaction(bench: Bench) -> None:
    with refused(bench, Reason.UNKNOWN_TRANSACTION):
        bench.desk.ask("7777", "", data={})


@pytest.mark.parametrize(
    "field",
    ["psn_no", "insutype", "begntime", "mdtrt_cert_no", "ipt_otp_no", "dept_code", "caty"],
)
@pytest.mark.parametrize("empty", ["", None])
def test_a_needed_field_is_demanded_by_its_name(
    bench: Bench, field: str, empty: str | None
) -> None:
    patient = bench.patient()
    with pytest.raises(No, match=field):
        patient.register(**{field: empty})
