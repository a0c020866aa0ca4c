"""Who is refused: persons, credentials, filings; a refusal changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.reasons import Reason
from desktop.sandbox.refusals import Refused, wording
from desktop.sandbox.wordings.people import PEOPLE_WORDINGS
from desktop.sandbox.wordings.texts import WORDINGS
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import benefits, presettled, query, refused, says


def test_every_reason_has_several_wordings_in_the_style_of_the_platform() -> None:
    assert set(WORDINGS) == set(Reason)
    for texts in WORDINGS.values():
        assert len(set(texts)) == len(texts) >= 2
        assert any(text.startswith(("FSI-", "MBS-")) for text in texts)


def test_only_the_people_s_side_speaks_without_codes() -> None:
    for reason in set(Reason) - set(PEOPLE_WORDINGS):
        assert all(text.startswith(("FSI-", "MBS-")) for text in WORDINGS[reason])


def test_the_msgid_alone_picks_the_wording() -> None:
    no = Refused(Reason.NOT_FILED)
    assert wording(no, "m1") == wording(no, "m1")
    assert {wording(no, f"m{n}") for n in range(50)} == set(WORDINGS[Reason.NOT_FILED])


def test_unknown_person(bench: Bench) -> None:
    with refused(bench, Reason.PERSON_UNKNOWN):
        query(bench)


def test_a_wrong_certificate_beside_the_credential_finds_nobody(bench: Bench) -> None:
    bench.put()
    with refused(bench, Reason.PERSON_UNKNOWN):
        query(bench, certno="990000198001010025")


@pytest.mark.req("S0-29", "S1-23")
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
    ({"insurance": {"status": "2"}}, Reason.INSURANCE_PAUSED),
    ({"insurance": {"status": "4"}}, Reason.INSURANCE_ENDED),
    ({"insurance": {"status": "3"}}, Reason.INSURANCE_INVALID),
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


@pytest.mark.parametrize(("facts", "reason"), BARS[:-1])
def test_who_is_barred_meanwhile_cannot_settle(
    bench: Bench, facts: dict[str, Any], reason: Reason
) -> None:
    patient, shown = presettled(bench)
    bench.put(**facts)
    with refused(bench, reason):
        patient.preview("P1", "100.00")
    with refused(bench, reason):
        patient.settle(shown, "P1")


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


@pytest.mark.req("S0-15", "S1-09")
@pytest.mark.parametrize(("filings", "reason"), FILINGS)
def test_2001_tells_why_the_funds_will_not_pay(
    bench: Bench, filings: list[dict[str, Any]], reason: Reason
) -> None:
    rows = benefits(bench, bench.put(filings=filings))
    assert [row["trt_enjymnt_flag"] for row in rows] == ["0", "0"]
    assert all(says(row["trt_chk_rslt"], reason) for row in rows)


@pytest.mark.req("S0-27", "S1-14")
def test_a_province_filing_covers_its_cities(bench: Bench) -> None:
    filing = {"kind": "OTHER", "area": "430000", "from": "2023-05-02", "to": "2023-05-02"}
    patient = bench.patient(bench.put(filings=[filing])).open()
    answer = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))
    assert answer["setlinfo"]["preselfpay_amt"] == 10


@pytest.mark.req("S3-13")
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


@pytest.mark.req("S3-14")
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
