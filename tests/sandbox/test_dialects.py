"""Areas word a no each in their own way, and always in the same."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from desktop.sandbox.reasons import Reason
from desktop.sandbox.refusals import worded
from desktop.sandbox.wordings.dialects import AROUND, bare
from desktop.sandbox.wordings.people import PEOPLE_WORDINGS
from desktop.sandbox.wordings.texts import WORDINGS
from tests.sandbox.asking import No
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import benefits, says

AREAS = ("370800", "990100", "990200", "990300", "990400", "990500")
FACTS = {
    "area": "440300", "day": date(2023, 5, 3), "disease": "M03900", "status": "0",
    "institution": "H43010000002",
}  # fmt: skip


def said(reason: Reason, area: str) -> set[str]:
    """What an area says for a reason in many messages."""
    return {worded(reason, FACTS, f"m{n}", area) for n in range(60)}


@pytest.mark.parametrize("reason", list(PEOPLE_WORDINGS))
def test_no_two_areas_speak_alike(reason: Reason) -> None:
    assert len(AREAS) == len(AROUND)
    for one, other in combinations(AREAS, 2):
        assert not said(reason, one) & said(reason, other)


@pytest.mark.parametrize("reason", list(PEOPLE_WORDINGS))
def test_a_dialect_keeps_the_words(reason: Reason) -> None:
    assert all(says(text, reason) for area in AREAS for text in said(reason, area))


@pytest.mark.parametrize("reason", [r for r, texts in PEOPLE_WORDINGS.items() if len(texts) > 2])
def test_an_area_leaves_one_wording_out(reason: Reason) -> None:
    cores = [bare(text.format_map(FACTS)) for text in WORDINGS[reason]]
    for area in AREAS:
        told = "\n".join(said(reason, area))
        assert sum(core in told for core in cores) == len(cores) - 1


def test_what_the_care_place_says_has_no_dialect() -> None:
    facts = {"mdtrt_id": "1"}
    for area in AREAS:
        plain = worded(Reason.VISIT_UNKNOWN, facts, "m1")
        assert worded(Reason.VISIT_UNKNOWN, facts, "m1", area) == plain


def test_2001_and_the_refusals_speak_the_insured_areas_dialect(bench: Bench) -> None:
    who = bench.put(insurance={"area": "370811"}, filings=[])
    asked = bench.patient(who, area="370811")
    data = {
        "psn_no": who.psn_no, "insutype": "310", "fixmedins_code": bench.desk.hospital,
        "med_type": "11", "begntime": "2023-05-02 09:00:00",
    }  # fmt: skip
    rows = asked.desk.ask("2001", "370811", data=data)["trtinfo"]
    assert all(row["trt_chk_rslt"].startswith("MBS-cn.hsa") for row in rows)
    plain = benefits(bench, bench.put("990000199001010018", filings=[]))
    assert all(not row["trt_chk_rslt"].startswith("MBS-") for row in plain)


@pytest.mark.req("S1-16")
def test_an_area_adds_its_own_guidance_to_what_its_people_can_mend(bench: Bench) -> None:
    place = bench.platform.policies.place("990200")
    assert place is not None
    assert place.guidance
    who = bench.put(insurance={"area": "990200"}, filings=[])
    patient = bench.patient(who, area="990200").open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with pytest.raises(No) as no:
        patient.preview("P1", "100.00")
    assert no.value.text.endswith(place.guidance)
    with pytest.raises(No) as wrong:
        patient.remove("P9")
    assert place.guidance not in wrong.value.text
