"""Messages sent again, or in another order: what is paid fits the visit as it stands at the end."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import Patient, diagnoses
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import presettled, refused
from tests.sandbox.test_audit import CONSULTATION, DIALYSIS, EPOETIN, GENERAL

MOVED = "2023-05-02 09:00:00"
CHRONIC = [{"dise_codg": code, "from": "2022-01-01"} for code in ("M03900", "M01600")]


def begun(bench: Bench, began: str, **facts: Any) -> Patient:
    """A visit of that time with a line of 100.00 of the same time."""
    patient = bench.patient(bench.put(**facts), began=began).open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    return patient


@pytest.mark.req("S1-26", "S4-20")
@pytest.mark.parametrize(
    ("began", "reason"),
    [
        ("2023-05-01 09:00:00", Reason.LINE_BEFORE_VISIT),
        ("2022-12-31 09:00:00", Reason.LINE_BEFORE_VISIT),
    ],
)
def test_a_visit_moved_after_its_lines(bench: Bench, began: str, reason: Reason) -> None:
    patient = begun(bench, began)
    patient.upload_visit(begntime=MOVED)
    with refused(bench, reason):
        patient.preview("P1", "100.00")


def test_a_visit_moved_to_the_year_before_its_lines(bench: Bench) -> None:
    patient = begun(bench, "2023-01-01 09:00:00")
    patient.upload_visit(begntime="2022-12-31 09:00:00")
    with refused(bench, Reason.LINE_OTHER_YEAR):
        patient.preview("P1", "100.00")


@pytest.mark.req("S0-15", "S3-10")
def test_lines_before_the_filing_do_not_get_under_it(bench: Bench) -> None:
    """Filed from 2 May on: the costs of 1 May stay outside, wherever the visit is moved."""
    filing = {"kind": "LONG_RESIDENT", "area": "430100", "from": "2023-05-02"}
    patient = begun(bench, "2023-05-01 09:00:00", filings=[filing])
    with refused(bench, Reason.FILING_NOT_YET):
        patient.preview("P1", "100.00")
    patient.upload_visit(begntime=MOVED)
    with refused(bench, Reason.LINE_BEFORE_VISIT):
        patient.preview("P1", "100.00")


def test_a_visit_moved_between_2206_and_2207_wants_a_new_2206(bench: Bench) -> None:
    """What was shown was reckoned by the rules of another day."""
    patient, shown = presettled(bench)
    patient.upload_visit()
    patient.upload_visit(begntime="2023-05-02 08:00:00")
    with refused(bench, Reason.PREVIEW_MISSING):
        patient.settle(shown, "P1")
    patient.settle(patient.preview("P1", "100.00"), "P1")


def test_the_same_visit_sent_again_changes_nothing(bench: Bench) -> None:
    patient, shown = presettled(bench)
    patient.upload_visit()
    patient.settle(shown, "P1")
    patient.upload_visit()


@pytest.mark.req("S1-15", "S1-29")
@pytest.mark.parametrize("first", ["2203", "2204"])
def test_lines_of_another_disease(bench: Bench, first: str) -> None:
    """Also when the lines came before the visit's data told a disease."""
    patient = bench.patient(bench.put(chronic=CHRONIC), med_type="14", disease="M03900")
    patient.register()
    if first == "2203":
        patient.upload_visit()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    patient.upload_visit(dise_codg="M01600")
    with refused(bench, Reason.DISEASES_DIFFER):
        patient.preview("P1", "100.00")


@pytest.mark.req("S1-15")
@pytest.mark.parametrize(
    "change",
    [
        {"dise_codg": "M01600"},
        {"begntime": "2023-05-02 08:00:00"},
        {"exp_content": '{"TRUM_FLAG":"1","REL_TTP_FLAG":"0"}'},
        {"diseinfo": diagnoses("I10.x00")},
    ],
    ids=str,
)
def test_nothing_that_decided_a_settlement_changes_after_it(
    bench: Bench, change: dict[str, Any]
) -> None:
    patient = bench.patient(bench.put(chronic=CHRONIC), med_type="14", disease="M03900").open()
    done = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, Reason.VISIT_SETTLED):
        patient.upload_visit(**change)
    patient.upload_visit(diseinfo=diagnoses("J06.900", "I10.x00"))
    patient.cancel(done["setlinfo"]["setl_id"])
    patient.upload_visit(**change)


@pytest.mark.req("S1-28")
def test_two_open_batches_are_looked_over_together(bench: Bench) -> None:
    """Either may be taken back before it is paid; beside a paid one the other is refused."""
    patient = bench.patient().open()
    for batch, item in (("P1", CONSULTATION), ("P2", GENERAL)):
        patient.upload(patient.row(batch, item, "10.00"))
    shown = patient.preview("P2", "10.00")
    patient.settle(patient.preview("P1", "10.00"), "P1")
    with refused(bench, Reason.LINE_EXCLUDED):
        patient.preview("P2", "10.00")
    with refused(bench, Reason.LINE_EXCLUDED):
        patient.settle(shown, "P2")
    patient.remove("P2")


@pytest.mark.req("S1-28")
def test_what_was_undone_stands_in_nobodys_way(bench: Bench) -> None:
    """And comes back only where nothing has taken its place."""
    patient = bench.patient().open()
    for batch, minute in (("P1", 10), ("P2", 20)):
        at = f"2023-05-02 09:{minute}:00"
        patient.upload(patient.row(batch, DIALYSIS, "400.00", fee_ocur_time=at))
    done = patient.settle(patient.preview("P1", "400.00"), "P1")
    with refused(bench, Reason.LINE_DAY_TOO_MANY):
        patient.preview("P2", "400.00")
    patient.cancel(done["setlinfo"]["setl_id"])
    patient.settle(patient.preview("P2", "400.00"), "P2")
    with refused(bench, Reason.LINE_DAY_TOO_MANY):
        patient.preview("P1", "400.00")


@pytest.mark.req("S1-28")
def test_lines_before_the_diagnoses_are_looked_over_with_them(bench: Bench) -> None:
    patient = bench.patient()
    patient.register()
    patient.upload(patient.row("P1", EPOETIN, "40.00"))
    patient.upload_visit()
    with refused(bench, Reason.LINE_LIMITED_USE):
        patient.preview("P1", "40.00")
    patient.upload_visit(diseinfo=diagnoses("J06.900", "N18.900"))
    patient.settle(patient.preview("P1", "40.00"), "P1")
