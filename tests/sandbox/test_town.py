"""Everybody of the demonstration town teaches what their note says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from desktop.sandbox.control.bodies import TownBody
from desktop.sandbox.control.town import town
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import No, Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import says

R = Reason


@dataclass(frozen=True)
class Lesson:
    note: str
    reason: Reason | None
    facts: dict[str, Any]
    """Of the visit."""

    def __str__(self) -> str:
        return self.note


def lesson(note: str, reason: Reason | None, **facts: Any) -> Lesson:
    return Lesson(note, reason, facts)


CHRONIC = {"med_type": "14", "disease": "M03900"}
LESSONS = [
    lesson("最普通的一次结算", None),
    lesson("备案到湖南省", None),
    lesson("未备案：", R.NOT_FILED),
    lesson("未备案：", None, med_type="13", flags={"OTP_ER_REFL_FLAG": "1"}),
    lesson("备案地是深圳", R.FILED_ELSEWHERE),
    lesson("备案尚未生效", R.FILING_NOT_YET),
    lesson("备案已到期", R.FILING_ENDED),
    lesson("暂停参保", R.INSURANCE_PAUSED),
    lesson("正在外院住院", R.INPATIENT),
    lesson("被暂停直接结算", R.PERSON_SUSPENDED),
    lesson("门诊慢特病：高血压", None, **CHRONIC),
    lesson("演练甲市", None),
    lesson("选定了别的医院", R.FILED_INSTITUTION),
    lesson("没有慢特病异地备案", None),
    lesson("没有慢特病异地备案", R.CHRONIC_NOT_FILED, **CHRONIC),
    lesson("慢特病异地备案也有", None),
    lesson("慢特病异地备案也有", None, **CHRONIC),
    lesson("备案待参保地审核", R.FILING_PENDING),
    lesson("演练丙市", None),
    lesson("演练丁市", R.AREA_NOT_CONNECTED),
    lesson("演练戊市", None),
    lesson("胜利油田", None),
    lesson("住院备案也开通门诊", None),
    lesson("湖南省内参保", R.INSURED_HERE),
    lesson("参保已终止", R.INSURANCE_ENDED),
    lesson("待遇等待期未满", R.BENEFIT_WAITING),
    lesson("高血压认定已过期", R.DISEASE_ENDED, **CHRONIC),
    lesson("由母亲曾小满", None),
    lesson("由女儿颜秋萍", None),
]


def neighbour(note: str) -> TownBody:
    return next(person for person in town() if note in person.note)


@pytest.mark.req("S0-34")
@pytest.mark.parametrize("each", LESSONS, ids=str)
def test_the_town_teaches_what_its_notes_say(bench: Bench, each: Lesson) -> None:
    who = neighbour(each.note)
    found = bench.state.person_by_certificate(who.certno)
    assert found is not None
    patient = Patient(
        bench.desk, found.psn_no, who.certno, area=who.insured[0].area,
        insutype=who.insured[0].insutype, **each.facts,
    )  # fmt: skip
    if each.reason is None:
        settle(bench, patient)
    else:
        with pytest.raises(No) as no:
            refuse_at_last(bench, patient)
        assert says(no.value.text, each.reason), no.value.text


def settle(bench: Bench, patient: Patient) -> None:
    patient.open()
    answer = patient.whole("P1", patient.row("P1", bench.item("A"), "1000.00"))
    assert answer["setlinfo"]["setl_id"]


def refuse_at_last(bench: Bench, patient: Patient) -> None:
    """Every step up to 2206; whichever says no, says it."""
    for step in steps(bench, patient):
        step()


def steps(bench: Bench, patient: Patient) -> Iterator[Any]:
    yield patient.register
    yield patient.upload_visit
    yield lambda: patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    yield lambda: patient.preview("P1", "100.00")


def test_each_dialect_has_somebody_who_speaks_it() -> None:
    """A cashier meets more than one way of wording in practice."""
    areas = {row.area for person in town() for row in person.insured}
    assert len({sum(area.encode()) % 6 for area in areas}) == 6
