"""What is refused of visits, institutions and envelopes; a refusal changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import faults as control_faults
from desktop.sandbox.control import surface as control
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import No
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import presettled, query, refused


def test_a_repeated_registration_opens_another_visit(bench: Bench) -> None:
    """A desk that lost the answer of its 2201 must get on."""
    patient = bench.patient(visit_no="MZ1")
    patient.register()
    first = patient.mdtrt_id
    patient.register()
    assert patient.mdtrt_id != first


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


@pytest.mark.req("S1-15")
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
    bench.now += timedelta(days=1)
    with refused(bench, Reason.DISEASE_ENDED):
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


@dataclass(frozen=True)
class House:
    facts: dict[str, Any]
    reason: Reason
    med_type: str = "11"


@pytest.mark.req("S0-02", "S1-21")
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


@pytest.mark.req("S1-22")
def test_a_suspended_institution_opens_no_visit(bench: Bench) -> None:
    code, patient = bench.desk.hospital, bench.patient()
    control.change_institution(bench.state, code, bodies.InstitutionBody(suspended=True))
    with refused(bench, Reason.INSTITUTION_SUSPENDED):
        patient.register()
    closed = bodies.InstitutionBody(suspended=False, outpatient=False, chronic=False)
    control.change_institution(bench.state, code, closed)
    with refused(bench, Reason.INSTITUTION_NOT_OPEN):
        patient.register()


@pytest.mark.req("S0-02")
def test_unknown_institution_and_care_area(bench: Bench) -> None:
    bench.put()
    bench.desk.care_area = "440300"
    with refused(bench, Reason.INSTITUTION_ELSEWHERE):
        query(bench)
    bench.desk.hospital = "H43010000009"
    with refused(bench, Reason.INSTITUTION_UNKNOWN):
        query(bench)


def test_sign_in_where_it_is_demanded(bench: Bench) -> None:
    bench.put()
    query(bench)
    control_faults.change_options(bench.state, bodies.OptionsBody(require_sign_in=True))
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
    control_faults.change_options(bench.state, bodies.OptionsBody(require_sign_in=True))
    bench.put()
    who = {"opter_no": "001", "mac": "00", "ip": "127.0.0.1"}
    bench.desk.sign_no = bench.desk.ask("9001", "", signIn=who)["signinoutb"]["sign_no"]
    bench.real += timedelta(days=1)
    with refused(bench, Reason.SIGN_NUMBER_UNKNOWN):
        query(bench)


@pytest.mark.parametrize("infno", ["2102", "3203", "1303", "1310", "2207A"])
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
