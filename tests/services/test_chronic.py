"""Chronic care: which of recognition and filing is missing (B18, S1-15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import ChronicRecognition
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.whys import Why
from desktop.knowledge.areas import load_areas
from desktop.knowledge.guidance import Guide, load_guidance
from desktop.knowledge.refusals import load_refusals
from desktop.services.advice import Knowledge
from desktop.services.chronic import Missing, chronic_standing
from desktop.services.help_desk import Help, help_with
from tests.rig.town import townspeople
from tests.services.counter import Counter, bill_of

DAY = date(2023, 5, 2)
KNOWLEDGE = Knowledge(load_refusals(), load_guidance(), load_areas())
M = Missing
PLAIN = Guide()
OWN_FILING = load_guidance().of(AreaCode("990200"), DAY)


def row(
    code: str = "M03900", begins: date | None = date(2022, 1, 1), ends: date | None = None
) -> ChronicRecognition:
    return ChronicRecognition(code, "高血压", begins, ends)


@pytest.mark.req("S1-15")
@pytest.mark.parametrize(
    ("rows", "why", "missing"),
    [
        ([row()], None, M.NOTHING),
        ([row(begins=None)], None, M.NOTHING),
        ([row(begins=DAY, ends=DAY)], None, M.NOTHING),
        ([row()], Why.CHRONIC_NOT_FILED, M.FILING),
        ([row()], Why.NOT_FILED, M.FILING),
        ([row()], Why.FILED_ELSEWHERE, M.FILING),
        ([row()], Why.CHRONIC_NOT_COVERED, M.COVER),
        ([], Why.CHRONIC_NOT_RECOGNISED, M.RECOGNITION),
        ([row("M01600")], Why.CHRONIC_NOT_RECOGNISED, M.RECOGNITION),
        ([row(ends=date(2023, 5, 1))], Why.CHRONIC_ENDED, M.RECOGNITION),
        ([row(begins=date(2023, 5, 3))], Why.CHRONIC_NOT_RECOGNISED, M.RECOGNITION),
        ([], Why.NOT_FILED, M.BOTH),
    ],
)
def test_what_is_missing(rows: list[ChronicRecognition], why: Why | None, missing: Missing) -> None:
    assert chronic_standing(rows, "M03900", DAY, why, PLAIN).missing is missing


@pytest.mark.req("S1-15")
def test_the_missing_part_is_named_and_the_disease_by_its_name() -> None:
    filing = chronic_standing([row()], "M03900", DAY, Why.CHRONIC_NOT_FILED, OWN_FILING)
    assert filing.words == (
        "缺备案：“高血压”已认定，还没有能用的异地就医备案。还要单独办理门诊慢特病异地就医备案。"
    )
    nothing = chronic_standing([], "M03900", DAY, Why.CHRONIC_NOT_RECOGNISED, PLAIN)
    assert nothing.words == "缺认定：参保地没有认定“M03900”，或认定已过期。"


@pytest.mark.req("S1-29")
def test_the_pick_list_has_what_is_recognised_that_day() -> None:
    rows = [row(), row("M01600", ends=date(2023, 1, 1)), row("M04600")]
    held = chronic_standing(rows, "M03900", DAY, None, PLAIN).recognised
    assert [each.code for each in held] == ["M03900", "M04600"]


def living(note: str) -> Mapping[str, Any]:
    return next(person for person in townspeople() if note in person["note"])


def helped(counter: Counter, note: str, kind: str = "14") -> Help:
    disease = "M03900" if kind == "14" else None
    finished = counter.settle(bill_of(living(note), kind=kind, disease=disease))
    told = (*finished.problems, Problem(ProblemCode.REFUSED))
    found = help_with(counter.desk, finished.record, told[0], KNOWLEDGE)
    assert found is not None
    return found


@pytest.mark.req("S1-15")
@pytest.mark.parametrize(
    ("note", "missing"),
    [
        ("没有慢特病异地备案", M.FILING),
        ("慢特病异地备案也有", M.NOTHING),
        ("高血压认定已过期", M.RECOGNITION),
        ("未备案：", M.RECOGNITION),
        ("门诊慢特病：高血压", M.NOTHING),
    ],
)
def test_5301_beside_the_no_of_2001(counter: Counter, note: str, missing: Missing) -> None:
    found = helped(counter, note).chronic
    assert found is not None
    assert found.missing is missing


def test_a_site_without_5301_tells_nothing(counter: Counter) -> None:
    counter.platform.fault("5301", "before", "http500")
    found = helped(counter, "没有慢特病异地备案")
    assert (found.chronic, found.advice.why) == (None, Why.CHRONIC_NOT_FILED)


def test_other_care_asks_for_no_recognition(counter: Counter) -> None:
    assert helped(counter, "未备案：", "11").chronic is None
    assert "5301" not in counter.wire.infnos


def test_nobody_is_helped_before_they_are_known(counter: Counter) -> None:
    hurt = bill_of(living("最普通的一次结算"), changed={"trauma": "third-party"})
    finished = counter.settle(hurt)
    assert help_with(counter.desk, finished.record, finished.problems[0], KNOWLEDGE) is None
