"""What has not happened yet by the business clock is not settled; a refusal changes nothing."""

from __future__ import annotations

import pytest

from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import business
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import refused


@pytest.mark.parametrize(
    "began", ["2023-05-03 00:00:00", "2023-12-31 09:00:00", "2099-01-01 09:00:00"]
)
def test_a_visit_of_tomorrow_is_not_registered(bench: Bench, began: str) -> None:
    patient = bench.patient(began=began)
    with refused(bench, Reason.VISIT_IN_FUTURE):
        patient.register()
    patient.register(begntime="2023-05-02 09:00:00")
    with refused(bench, Reason.VISIT_IN_FUTURE):
        patient.upload_visit()


@pytest.mark.parametrize("time", ["2023-05-03 00:00:00", "2023-12-31 23:59:59"])
def test_a_fee_of_tomorrow_is_not_taken(bench: Bench, time: str) -> None:
    patient = bench.patient().open()
    row = patient.row("P1", bench.item("A"), "100.00", fee_ocur_time=time)
    with refused(bench, Reason.LINE_IN_FUTURE):
        patient.upload(row)
    bench.now = business(time)
    assert patient.upload(row)


def test_the_day_is_the_grace(bench: Bench) -> None:
    """The clock may stand still within its day, and no two clocks agree to the second."""
    patient = bench.patient(began="2023-05-02 23:59:58").open()
    bench.item("A")
    assert patient.upload(patient.row("P1", "A", "1.00", fee_ocur_time="2023-05-02 23:59:59"))


def test_a_desk_that_is_a_little_ahead_settles_about_midnight(bench: Bench) -> None:
    """Clocks may be two minutes apart (B48), and so is the day for as long."""
    bench.now = business("2023-05-02 23:57:59")
    patient = bench.patient(began="2023-05-03 00:00:00")
    with refused(bench, Reason.VISIT_IN_FUTURE):
        patient.register()
    bench.now = business("2023-05-02 23:58:00")
    patient.register()
