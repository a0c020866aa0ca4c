"""Every chronic disease of the national list: paid by a DEMO benefit, or refused in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from desktop.sandbox.insured_place.diseases import CHRONIC
from desktop.sandbox.reasons import Reason
from tests.sandbox.areas import EMPLOYEE, PLACE, RESIDENT, bench_abroad, visit
from tests.sandbox.asking import No, Patient
from tests.sandbox.conftest import POLICIES
from tests.sandbox.refusing import says

DAY = date(2023, 5, 2)
EVERY_DISEASE = "990500"
AREAS = ("370800", "379901", "379902", "430200", "990200", "990300", EVERY_DISEASE)
NO = (Reason.DISEASE_NOT_COVERED, Reason.CHRONIC_NOT_OPEN, Reason.AREA_WITHOUT_RULES)
RECOGNISED = [{"dise_codg": code, "from": "2021-01-01"} for code in CHRONIC]
FILING = {"kind": "LONG_RESIDENT", "area": PLACE, "from": "2021-04-01"}


@pytest.mark.req("S1-29", "S1-31")
@pytest.mark.parametrize("disease", sorted(CHRONIC))
def test_every_national_disease_has_a_demo_benefit(disease: str) -> None:
    rule = POLICIES.chronic_benefit(EVERY_DISEASE, "310", disease, DAY, DAY)
    assert rule is not None
    assert rule.source.demo


@pytest.mark.req("S1-29", "S1-31")
@pytest.mark.parametrize("area", AREAS)
def test_a_disease_is_paid_for_or_refused_in_words(area: str) -> None:
    """Of employees and residents; by a rule of its own, or where the area has none by the
    ordinary one.
    """
    bench = bench_abroad()
    for insurance, disease in product((EMPLOYEE, RESIDENT), CHRONIC):
        who = bench.put(
            insurance={"area": area, **insurance},
            filings=[FILING, {**FILING, "for": "chronic"}],
            chronic=RECOGNISED,
        )
        patient = visit(bench, who, disease)
        row = patient.row("P1", "A", "2000.00")
        found = paid_or_said(patient, row)
        said = isinstance(found, str) and any(says(found, reason) for reason in NO)
        assert said or (isinstance(found, Decimal) and found > 0), (insurance, disease, found)


def paid_or_said(patient: Patient, row: dict[str, Any]) -> Decimal | str:
    """What the funds paid, or the words of the refusal."""
    try:
        return Decimal(patient.whole("P1", row)["setlinfo"]["fund_pay_sumamt"])
    except No as no:
        return no.text
