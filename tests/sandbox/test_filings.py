"""备案 as the insured areas know it: classes by date, what one opens, emergencies, pauses, letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from desktop.domain.person import FilingGroup, FilingKind
from desktop.sandbox.insured_place.filing import Care, filing_kind
from desktop.sandbox.insured_place.filing_classes import class_of, classes_on, group_on
from desktop.sandbox.insured_place.new_filings import FilingRefused
from desktop.sandbox.model import Designation
from desktop.sandbox.reasons import Reason
from desktop.sandbox.refusals import Refused
from tests.sandbox.asking import HOSPITAL
from tests.sandbox.conftest import POLICIES, Bench
from tests.sandbox.filed import (
    DAY,
    JINING,
    LONG,
    OTHER_HOSPITAL,
    TEMP,
    K,
    again,
    file,
    filing,
    pay_on,
    person,
    put,
    refuses,
    settle,
    told,
)
from tests.sandbox.refusing import benefits, refused, says

# --- classes and groups by date ------------------------------------------------------------------


@pytest.mark.req("S0-12", "S0-13", "S0-14", "S2-15", "S2-16")
@pytest.mark.parametrize(
    ("words", "kind", "first", "last", "group"),
    [
        ("异地安置退休人员", K.RETIRED_SETTLED, "2021-04-01", None, LONG),
        ("常驻异地工作人员", K.POSTED_WORKER, "2021-04-01", None, LONG),
        ("长期异地居住人员", K.LONG_RESIDENT, "2022-01-01", None, LONG),
        ("外出务工人员", K.LONG_RESIDENT, "2022-01-01", None, LONG),
        ("外来就业创业人员", K.LONG_RESIDENT, "2022-01-01", None, LONG),
        ("转诊转院人员", K.REFERRED, "2021-04-01", None, TEMP),
        ("自行外出就医人员", K.OTHER, "2022-01-01", None, TEMP),
        ("因出差、探亲、旅游等临时在外就医人员", K.OTHER, "2022-01-01", None, TEMP),
        ("出差、探亲等异地发生急诊人员", K.EMERGENCY, "2021-04-01", "2021-12-31", None),
        ("其他符合医保规定支付的门诊医疗费用", K.OTHER, "2021-04-01", "2021-12-31", None),
    ],
)
def test_jinings_classes_are_merged_into_two_groups_in_2022(
    words: str, kind: FilingKind, first: str, last: str | None, group: FilingGroup | None
) -> None:
    before = date.fromisoformat(first) - timedelta(days=1)
    assert class_of(words, kind, "370800", before) is None
    begun = class_of(words, kind, "370800", before + timedelta(days=1))
    assert begun is not None
    now = class_of(words, kind, "370800", date(2023, 5, 2))
    assert (now.group if now else None) == group
    assert (now is None) == (last is not None)


@pytest.mark.req("S0-12")
@pytest.mark.parametrize("kind", list(FilingKind))
def test_before_the_merge_every_class_stands_for_itself(kind: FilingKind) -> None:
    assert group_on(kind, "370800", date(2021, 12, 31)) is None
    assert group_on(kind, "370800", date(2022, 1, 1)) is kind.group


@pytest.mark.req("S1-10", "S1-11", "S1-12")
def test_hunan_has_five_classes() -> None:
    kinds = [each.kind for each in classes_on("430200", date(2021, 5, 14))]
    assert len(kinds) == 5
    assert [kind.group for kind in kinds] == [LONG, LONG, LONG, TEMP, TEMP]
    assert K.EMERGENCY not in kinds


@pytest.mark.req("S2-15", "S2-31")
def test_a_class_is_filed_under_in_its_time(bench: Bench) -> None:
    bench.put(filings=[])
    bench.now = bench.now.replace(year=2021)
    new = told(begins="2021-05-02", **{"class": "外出务工人员"})
    with pytest.raises(FilingRefused, match="外出务工人员"):
        file(bench, **new)
    bench.now = bench.now.replace(year=2022)
    with pytest.raises(FilingRefused, match="外出务工人员"):
        file(bench, **told("OTHER", "2022-05-02", **{"class": "外出务工人员"}))
    (filed,) = file(bench, **told(begins="2022-05-02", **{"class": "外出务工人员"})).filings
    assert (filed.kind, filed.named) == (K.LONG_RESIDENT, "外出务工人员")


# --- what a filing opens -------------------------------------------------------------------------


@pytest.mark.req("S0-25", "S0-28", "S1-13")
def test_a_filing_for_inpatient_care_opens_outpatient_care(bench: Bench) -> None:
    who = bench.put(filings=[told(**{"for": "inpatient"})])
    assert settle(bench, bench.patient(who))["setlinfo"]["preselfpay_amt"] == 0


@pytest.mark.req("S1-15")
@pytest.mark.parametrize(
    ("filings", "reason"),
    [
        ([told()], Reason.CHRONIC_NOT_FILED),
        ([told(**{"for": "inpatient"})], Reason.CHRONIC_NOT_FILED),
        ([], Reason.NOT_FILED),
        ([told(**{"for": "chronic"})], None),
        ([told(), told(**{"for": "chronic"})], None),
    ],
)
def test_chronic_care_has_a_filing_of_its_own(
    bench: Bench, filings: list[dict[str, Any]], reason: Reason | None
) -> None:
    recognised = [{"dise_codg": "M03900", "from": "2022-01-01"}]
    patient = put(bench, *filings, chronic=recognised)
    patient.med_type, patient.disease = "14", "M03900"
    if reason is None:
        assert settle(bench, patient)["setlinfo"]["med_type"] == "14"
    else:
        refuses(bench, patient, reason)


@pytest.mark.req("S1-15")
def test_a_filing_for_chronic_care_opens_that_alone(bench: Bench) -> None:
    refuses(bench, put(bench, told(**{"for": "chronic"})), Reason.NOT_FILED)


def test_jining_asks_for_no_filing_of_its_own_for_chronic_care(bench: Bench) -> None:
    who = bench.put(chronic=[{"dise_codg": "M03900", "from": "2022-01-01"}])
    settle(bench, bench.patient(who, med_type="14", disease="M03900"))


@pytest.mark.req("S1-18")
def test_a_filing_that_names_a_hospital_holds_there_alone(bench: Bench) -> None:
    refuses(bench, put(bench, told(institution=OTHER_HOSPITAL)), Reason.FILED_INSTITUTION)
    settle(bench, put(bench, told(institution=HOSPITAL)))
    settle(bench, put(bench, told()))


@pytest.mark.req("S0-26", "S2-06", "S2-21")
def test_jining_ignores_the_hospital_in_a_filing(bench: Bench) -> None:
    settle(bench, bench.patient(bench.put(filings=[told(institution=OTHER_HOSPITAL)])))


@pytest.mark.req("S1-18")
def test_a_hospital_chosen_by_2505_counts_as_named(bench: Bench) -> None:
    patient = put(bench, told(institution=OTHER_HOSPITAL))
    row = Designation(
        number="1", psn_no=patient.psn_no, insutype="310", kind="03", order="1",
        institution=HOSPITAL, name="演练医院",
        begins=date(2023, 1, 1), ends=date(2023, 5, 1),
    )  # fmt: skip
    bench.state.designations.put("1", row)
    refuses(bench, patient, Reason.FILED_INSTITUTION)
    bench.state.designations.put("1", msgspec.structs.replace(row, ends=None))
    settle(bench, again(bench))


@pytest.mark.req("S2-24")
def test_people_of_the_province_are_sent_on_without_a_word_of_filing(bench: Bench) -> None:
    who = bench.put(insurance={"area": "430200"}, filings=[])
    with refused(bench, Reason.INSURED_HERE):
        bench.patient(who, area="430200").register()


# --- emergencies, by the area's date -------------------------------------------------------------


def _deemed(day: date, *, since: date) -> FilingKind:
    assert JINING is not None
    who = person()
    rule = replace(JINING, emergency_deemed_filed=day >= since)
    return filing_kind(who, Care("430100", day, emergency=True), pay_on(day), rule)


@pytest.mark.req("S0-13", "S3-13")
def test_an_emergency_counts_as_filed_since_the_area_says_so() -> None:
    """K8: seed 000 has them file, seed 003 does not."""
    since = date(2023, 11, 9)
    assert _deemed(since, since=since) is FilingKind.EMERGENCY
    with pytest.raises(Refused) as no:
        _deemed(since - timedelta(days=1), since=since)
    assert no.value.reason is Reason.NOT_FILED


def test_an_emergency_with_a_long_filing_here_keeps_the_better_benefit() -> None:
    """A15."""
    who, care = person(filing()), Care("430100", DAY, emergency=True)
    assert filing_kind(who, care, pay_on(DAY), JINING) is K.LONG_RESIDENT


# --- the state of an insurance (S1-19) -----------------------------------------------------------


@pytest.mark.req("S1-19")
@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"status": "2"}, Reason.INSURANCE_PAUSED),
        ({"status": "4"}, Reason.INSURANCE_ENDED),
        ({"status": "3"}, Reason.INSURANCE_INVALID),
        ({"benefits_from": "2023-05-03"}, Reason.BENEFIT_WAITING),
    ],
)
def test_paused_ended_and_resumed_have_words_of_their_own(
    bench: Bench, state: dict[str, Any], reason: Reason
) -> None:
    who = bench.put(insurance=state)
    (pool, account) = benefits(bench, who)
    assert pool["trt_enjymnt_flag"] == account["trt_enjymnt_flag"] == "0"
    assert says(pool["trt_chk_rslt"], reason)
    resumed = bench.put(insurance={"status": "1", "benefits_from": "2023-05-02"})
    assert benefits(bench, resumed)[0]["trt_enjymnt_flag"] == "1"
    settle(bench, bench.patient(resumed))


# --- the letter of trauma (S3-15) ----------------------------------------------------------------


@pytest.mark.req("S3-15")
def test_an_area_may_demand_the_number_of_the_letter(bench: Bench) -> None:
    assert JINING is not None
    patient = bench.patient(flags={"TRUM_FLAG": "1", "REL_TTP_FLAG": "0"}).open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    patient.preview("P1", "100.00")
    demanding = (replace(JINING, trauma_letter=True),)
    bench.platform.policies = replace(POLICIES, filings=demanding)
    with refused(bench, Reason.TRAUMA_LETTER_MISSING):
        patient.preview("P1", "100.00")
    patient.flags = {**patient.flags, "TRUM_LETTER_NO": "F4-1"}
    patient.preview("P1", "100.00")
    settle(bench, bench.patient(visit_no="V2"))
