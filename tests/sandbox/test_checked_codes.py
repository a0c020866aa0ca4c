"""Hunan looks at the codes of doctors, diagnoses and lines (V1.1.19; rules of 2204)."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sandbox.reasons import Reason
from tests.sandbox.areas import bench_abroad
from tests.sandbox.asking import Patient, diagnoses
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import refused

NO_DOCTOR = ("D1", "D4301000000012", "430100000001", "d430100000001", "N430100000001", "白大夫")
NO_LINE = ("yp570", "0", "000", "1234567890123456", "1.0", "-1")
NO_DIAGNOSIS = ("上感", "J6.9", "J06.9", "j06.900", "J06.90", "J06,900", "000", "XYZ")
DIAGNOSES = ("J06", "J06.900", "I10.x00", "I63.900x001", "A17.000+", "A01.01.01", "BNP010", "ZYVXI")

pytestmark = pytest.mark.req("S4-20")


def wrong(field: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(field, value) for value in values]


def upload(patient: Patient, changes: dict[str, Any]) -> None:
    patient.upload({**patient.row("P1", "A", "1.00"), **changes})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *wrong("bilg_dr_codg", NO_DOCTOR),
        *wrong("orders_dr_code", NO_DOCTOR),
        *wrong("feedetl_sn", NO_LINE),
    ],
)
def test_a_line_with_a_code_that_is_none(bench: Bench, field: str, value: str) -> None:
    patient = bench.patient().open()
    bench.item("A")
    with refused(bench, Reason.FIELD_WRONG):
        upload(patient, {field: value})


@pytest.mark.parametrize("code", NO_DIAGNOSIS)
def test_a_diagnosis_that_is_none(bench: Bench, code: str) -> None:
    patient = bench.patient().open()
    with refused(bench, Reason.FIELD_WRONG):
        patient.upload_visit(diseinfo=diagnoses("J06.900", code))


@pytest.mark.parametrize("code", DIAGNOSES)
def test_every_kind_of_diagnosis(bench: Bench, code: str) -> None:
    bench.patient().open().upload_visit(diseinfo=diagnoses(code))


def test_who_ordered_need_not_be_told(bench: Bench) -> None:
    bench.item("A")
    upload(bench.patient().open(), {"orders_dr_code": ""})


def test_other_provinces_take_any_text() -> None:
    bench = bench_abroad()
    patient = bench.patient(
        bench.put(filings=[{"kind": "OTHER", "area": "440000", "from": "2022-01-01"}])
    )
    patient.register()
    patient.upload_visit(diseinfo=diagnoses("上感"))
    upload(patient, {"bilg_dr_codg": "1", "orders_dr_code": "2", "feedetl_sn": "yp570"})
