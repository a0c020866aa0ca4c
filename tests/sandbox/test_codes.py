"""Coded inputs: the kinds of care are a closed set, other codes are those of their table."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.charges import CHRONIC
from desktop.sandbox.care_kinds import EMERGENCIES, OFFERED
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import No, Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import benefits, presettled, refused, says

REFUSED = (
    *("21", "2101", "41", "51", "99", "9901", "1103", "18", "XYZ", "13zzz", "1399"),
    *("1401", "140104", "140201", "14 ", "1", "111"),
)
RECOGNISED = [{"dise_codg": "M03900", "from": "2022-01-01"}]


def about(bench: Bench, med_type: str) -> Patient:
    """A patient with the marks and the disease that the kind may ask for."""
    flags = {"OTP_ER_REFL_FLAG": "1"} if med_type in EMERGENCIES else {}
    disease = "M03900" if med_type == CHRONIC else ""
    who = bench.put(chronic=RECOGNISED)
    return bench.patient(who, med_type=med_type, flags=flags, disease=disease)


@pytest.mark.parametrize("med_type", sorted(OFFERED))
def test_an_offered_kind_settles(bench: Bench, med_type: str) -> None:
    patient = about(bench, med_type).open()
    answer = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))
    assert answer["setlinfo"]["med_type"] == med_type


@pytest.mark.req("S1-15")
@pytest.mark.parametrize("med_type", REFUSED)
def test_any_other_kind_is_refused(bench: Bench, med_type: str) -> None:
    """2203 refuses it, 2206 with it is another kind than the visit's, and 2001 tells the no."""
    patient = about(bench, med_type)
    patient.register()
    with refused(bench, Reason.CARE_KIND_NOT_OFFERED):
        patient.upload_visit()
    rows = benefits(bench, bench.put(chronic=RECOGNISED), med_type=med_type)
    assert {row["trt_enjymnt_flag"] for row in rows} == {"0"}
    assert all(says(row["trt_chk_rslt"], Reason.CARE_KIND_NOT_OFFERED) for row in rows)
    patient.upload_visit(med_type="11")
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, Reason.CARE_KIND_CHANGED):
        patient.preview("P1", "100.00")


def test_local_chronic_codes_are_no_way_around_the_recognition(bench: Bench) -> None:
    patient = bench.patient(bench.put(chronic=[]), med_type="1401", disease="M03900")
    patient.register()
    with refused(bench, Reason.CARE_KIND_NOT_OFFERED):
        patient.upload_visit()


FLAGS = [
    ("MDTRT_GRP_TYPE", "5"),
    ("TRUM_FLAG", "2"),
    ("TRUM_FLAG", "是"),
    ("REL_TTP_FLAG", "2"),
    ("OTP_ER_REFL_FLAG", "4"),
]


@pytest.mark.parametrize(("field", "value"), FLAGS)
def test_a_flag_is_one_of_its_table(bench: Bench, field: str, value: str) -> None:
    patient, shown = presettled(bench)
    patient.flags = {field: value}
    with pytest.raises(No, match=field) as no:
        patient.settle(shown, "P1")
    assert says(no.value.text, Reason.FIELD_WRONG)


@pytest.mark.parametrize("value", ["00", "03", "x"])
def test_the_way_of_settling_is_one_of_its_table(bench: Bench, value: str) -> None:
    patient, shown = presettled(bench)
    with pytest.raises(No, match="psn_setlway"):
        patient.preview("P1", "100.00", psn_setlway=value)
    with pytest.raises(No, match="psn_setlway"):
        patient.settle(shown, "P1", psn_setlway=value)


@pytest.mark.parametrize(
    "changes", [{"rx_circ_flag": "2"}, {"rx_circ_flag": "Y"}, {"hosp_appr_flag": "3"}]
)
def test_a_line_s_codes_are_those_of_their_table(bench: Bench, changes: dict[str, Any]) -> None:
    patient = bench.patient().open()
    with pytest.raises(No, match=next(iter(changes))):
        patient.upload(patient.row("P1", bench.item("A"), "100.00", **changes))


@pytest.mark.parametrize(("field", "value"), [("diag_type", "9"), ("vali_flag", "2")])
def test_a_diagnosis_codes_are_those_of_their_table(bench: Bench, field: str, value: str) -> None:
    good = {
        "diag_type": "1", "diag_srt_no": 1, "diag_code": "J06.900", "diag_name": "上呼吸道感染",
        "diag_dept": "内科", "dise_dor_no": "D1", "dise_dor_name": "白大夫",
        "diag_time": "2023-05-02 09:00:00", "vali_flag": "1",
    }  # fmt: skip
    patient = bench.patient()
    patient.register()
    with pytest.raises(No, match=field):
        patient.upload_visit(diseinfo=[good, {**good, "diag_srt_no": 2, field: value}])
