"""备案 as the insured areas take it: classes by date, late, locked, audited, for one hospital."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.money import ZERO
from desktop.domain.person import FilingGroup, FilingKind
from desktop.domain.times import months_later
from desktop.sandbox import control
from desktop.sandbox import control_bodies as bodies
from desktop.sandbox import control_people as people
from desktop.sandbox.insured_place import new_filings
from desktop.sandbox.insured_place.filing import Care, PayOf, filing_kind, holds
from desktop.sandbox.insured_place.filing_classes import class_of, classes_on, group_on
from desktop.sandbox.insured_place.new_filings import FilingRefused, file_new
from desktop.sandbox.insured_place.policy import FilingRule
from desktop.sandbox.model import Audit, Designation, Filing, FilingScope, Insured, Person
from desktop.sandbox.reasons import Reason
from desktop.sandbox.refusals import Refused
from tests.sandbox.asking import HOSPITAL, Patient
from tests.sandbox.conftest import POLICIES, Bench
from tests.sandbox.refusing import benefits, refused, says

OTHER_HOSPITAL = "H43010000002"
DESIGNATED = "990200"
"""Its filings name a hospital, its changes are audited, its chronic care is filed by itself."""
CERTNO = "990000198001010017"
LONG, TEMP = FilingGroup.LONG, FilingGroup.TEMP
K = FilingKind
JINING = POLICIES.filing("370800", date(2023, 5, 2))
assert JINING is not None


def pay_on(day: date, area: str = "370800") -> PayOf:
    return lambda kind: POLICIES.first_pay(area, kind, day)


def told(kind: str = "LONG_RESIDENT", begins: str = "2022-04-01", **facts: Any) -> dict[str, Any]:
    return {"kind": kind, "area": "430100", "from": begins, **facts}


def put(bench: Bench, *filings: dict[str, Any], **facts: Any) -> Patient:
    """One of the area whose filings name hospitals."""
    who = bench.put(insurance={"area": DESIGNATED}, filings=list(filings), **facts)
    return bench.patient(who, area=DESIGNATED)


def again(bench: Bench) -> Patient:
    """The same person in another visit."""
    return bench.patient(people.show_person(bench.state, CERTNO), area=DESIGNATED)


def settle(bench: Bench, patient: Patient) -> Any:
    patient.open()
    return patient.whole("P1", patient.row("P1", bench.item("A"), "1000.00"))


def file(bench: Bench, **body: Any) -> bodies.PersonBody:
    read = bodies.read_body(bodies.FilingBody, json.dumps(body).encode())
    return control.add_filing(bench.state, POLICIES, CERTNO, read, bench.now.date())


def audit(bench: Bench, version: int, *, approved: bool) -> bodies.PersonBody:
    body = bodies.AuditBody(version=version, approved=approved)
    return control.audit_filing(bench.state, CERTNO, body)


def refuses(bench: Bench, patient: Patient, reason: Reason) -> None:
    """2206 does, where the kind of care is known."""
    patient.open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, reason):
        patient.preview("P1", "100.00")


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


# --- versions and audits (S1-17) -----------------------------------------------------------------


@pytest.mark.req("S1-17")
def test_a_changed_filing_holds_when_the_area_has_approved_it(bench: Bench) -> None:
    put(bench, told(institution=OTHER_HOSPITAL))
    today = bench.now.date().isoformat()
    changed = file(bench, **told(begins=today, institution=HOSPITAL))
    assert [(row.version, row.audit) for row in changed.filings][1] == (2, Audit.PENDING)
    refuses(bench, bench.patient(changed, area=DESIGNATED), Reason.FILED_INSTITUTION)
    first, second = audit(bench, 2, approved=True).filings
    assert first.ends == bench.now.date() - timedelta(days=1)
    assert (second.institution, second.audit) == (HOSPITAL, msgspec.UNSET)
    settle(bench, bench.patient(changed, area=DESIGNATED, visit_no="V2"))


@pytest.mark.req("S1-17")
def test_a_refused_change_leaves_the_filing_as_it_was(bench: Bench) -> None:
    put(bench, told(institution=HOSPITAL))
    today = bench.now.date().isoformat()
    changed = file(bench, **told(begins=today, institution=OTHER_HOSPITAL))
    after = audit(bench, 2, approved=False)
    assert [row.audit for row in after.filings] == [msgspec.UNSET, Audit.REJECTED]
    settle(bench, bench.patient(changed, area=DESIGNATED))
    with pytest.raises(FilingRefused):
        audit(bench, 2, approved=True)


@pytest.mark.req("S1-17", "S1-20")
def test_a_first_filing_is_in_force_at_once_everywhere(bench: Bench) -> None:
    patient = put(bench)
    refuses(bench, patient, Reason.NOT_FILED)
    file(bench, **told(begins=bench.now.date().isoformat(), phone="0537-0000000"))
    settle(bench, again(bench))


def test_a_filing_that_waits_says_so(bench: Bench) -> None:
    refuses(bench, put(bench, told(audit="pending")), Reason.FILING_PENDING)
    refuses(bench, put(bench, told(audit="rejected")), Reason.NOT_FILED)


@pytest.mark.req("S3-08", "S1-17")
def test_a_filing_is_ended_unless_costs_locked_it(bench: Bench) -> None:
    who = bench.put(filings=[told(begins="2023-01-01")])
    settle(bench, bench.patient(who))
    ending = told(begins="2023-01-01", to="2023-05-02")
    with pytest.raises(FilingRefused, match="2023-07-01"):
        file(bench, **ending)
    bench.now = bench.now.replace(month=7, day=1)
    (ended,) = file(bench, **{**ending, "to": "2023-07-01"}).filings
    assert ended.ends == date(2023, 7, 1)
    assert ended.version is msgspec.UNSET


def test_the_lock_leaves_temporary_stays_elsewhere_free(bench: Bench) -> None:
    """Only the LONG filing may not be changed; a journey is filed beside it."""
    who = bench.put(filings=[told(begins="2023-01-01")])
    settle(bench, bench.patient(who))
    after = file(bench, **{**told("OTHER", "2023-05-02"), "area": "440300"})
    assert [row.area for row in after.filings] == ["430100", "440300"]


@pytest.mark.req("S1-15")
def test_a_filing_for_chronic_care_stands_beside_the_ordinary_one() -> None:
    chronic = msgspec.structs.replace(filing(begins=DAY), scope=FilingScope.CHRONIC)
    both = file_new(person(filing()), chronic, DAY, JINING, ()).filings
    assert both == (filing(), chronic)
    moved = filing(begins=DAY, area="440300")
    ended, kept, new = file_new(person(*both), moved, DAY, JINING, ()).filings
    assert (ended.ends, kept.ends, new.version) == (DAY - timedelta(days=1), None, 2)


@pytest.mark.req("S1-15", "S3-08")
@pytest.mark.parametrize("scope", [FilingScope.CHRONIC, FilingScope.INPATIENT])
def test_the_lock_holds_for_what_gives_way_alone(scope: FilingScope) -> None:
    """A filing for chronic care is added beside the locked one; one for its own use is not."""
    locked = filing(begins=date(2023, 4, 1))
    new = msgspec.structs.replace(filing(begins=DAY), scope=scope)
    if scope is FilingScope.CHRONIC:
        assert file_new(person(locked), new, DAY, JINING, (locked,)).filings == (locked, new)
        assert file_new(person(locked), locked, DAY, JINING, (locked,)) == person(locked)
    else:
        with pytest.raises(FilingRefused, match="2023-10-01"):
            file_new(person(locked), new, DAY, JINING, (locked,))


@pytest.mark.req("S1-15")
def test_chronic_care_is_filed_while_costs_lock_the_ordinary_filing(bench: Bench) -> None:
    settle(bench, put(bench, told(begins="2023-01-01")))
    today = bench.now.date().isoformat()
    after = file(bench, **told(begins=today, **{"for": "chronic"}))
    assert [row.audit for row in after.filings] == [msgspec.UNSET, msgspec.UNSET]


@pytest.mark.parametrize("area", ["000000", "370800", "379901", "370000", "070000"])
def test_nobody_files_for_home_or_for_nowhere(bench: Bench, area: str) -> None:
    bench.put(filings=[])
    with pytest.raises(FilingRefused, match=area if area[:2] != "37" else "参保省份"):
        file(bench, **{**told("OTHER", "2023-05-02"), "area": area})


def test_a_late_filing_takes_the_place_of_one_from_today() -> None:
    today = file_new(person(), filing(begins=DAY), DAY, JINING, ())
    late = filing(begins=DAY - timedelta(days=4), area="440300")
    (only,) = file_new(today, late, DAY, JINING, ()).filings
    assert (only.area, only.begins, only.ends) == ("440300", late.begins, None)


def test_asking_twice_for_a_change_asks_once(bench: Bench) -> None:
    put(bench, told())
    today = bench.now.date().isoformat()
    for institution in (HOSPITAL, HOSPITAL, OTHER_HOSPITAL):
        after = file(bench, **told(begins=today, institution=institution))
        first, waiting = after.filings
        assert (first.ends, waiting.institution) == (None, institution)
        assert waiting.audit is Audit.PENDING


def test_an_end_before_the_start_is_no_filing(bench: Bench) -> None:
    bench.put(filings=[])
    with pytest.raises(FilingRefused):
        file(bench, **told("OTHER", "2023-05-02", to="2023-05-01"))


def test_filings_stored_by_an_older_platform_are_plain_ones() -> None:
    old = b'{"kind":"OTHER","area":"430100","begins":"2022-01-01","ends":null}'
    read = msgspec.json.decode(old, type=Filing)
    assert read == filing(K.OTHER)
    assert (read.audit, read.version, read.institution) == (Audit.APPROVED, 1, "")


@pytest.mark.req("S3-05")
def test_papers_of_the_place_of_care_are_noted(bench: Bench) -> None:
    who = bench.put(filings=[told(full_home_benefit=True), told()])
    assert [row.full_home_benefit for row in who.filings] == [True, msgspec.UNSET]


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


# --- properties ----------------------------------------------------------------------------------

DAY = date(2023, 5, 2)
days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
kinds = st.sampled_from(FilingKind)
areas = st.sampled_from(("430000", "430100", "430104", "430200", "440000", "440300"))


def filing(
    kind: FilingKind = K.LONG_RESIDENT,
    begins: date = date(2022, 1, 1),
    ends: date | None = None,
    area: str = "430100",
) -> Filing:
    return Filing(kind=kind, area=area, begins=begins, ends=ends)


def person(*filings: Filing) -> Person:
    insured = Insured(
        insutype="310", area="370800", psn_type="11", status="1",
        account=ZERO, mutual_aid=ZERO, official=False,
    )  # fmt: skip
    return Person(
        psn_no="1", certno=CERTNO, name="孔试验", sex="1", birth=date(1980, 1, 1), nation="01",
        insured=(insured,), filings=filings, chronic=(), card_no=None, card_sn=None,
        inpatient=False, settlement_suspended=False,
    )  # fmt: skip


@pytest.mark.req("S0-27", "S1-14")
@given(areas, days, st.none() | days, days)
def test_a_filing_covers_its_province_its_city_and_its_days(
    area: str, begins: date, ends: date | None, day: date
) -> None:
    """By the first two digits of a province, the first four of a city."""
    named = area.rstrip("0")
    named = named + "0" * (len(named) % 2)
    here = "430104".startswith(named)
    in_time = begins <= day and (ends is None or day <= ends)
    assert holds(filing(begins=begins, ends=ends, area=area), "430104", day) == (here and in_time)


@pytest.mark.req("S3-10", "S3-11")
@given(kinds, days, st.integers(-400, 30))
def test_a_late_long_filing_goes_back_five_days_a_temporary_one_any_time(
    kind: FilingKind, today: date, offset: int
) -> None:
    new = filing(kind, today + timedelta(days=offset))
    if kind.group is LONG and offset < -5:
        with pytest.raises(FilingRefused):
            file_new(person(), new, today, JINING, ())
        return
    after = file_new(person(), new, today, JINING, ())
    assert after.filings == (new,)
    assert holds(new, "430100", today) == (offset <= 0)


@pytest.mark.req("S3-08")
@given(kinds, days, st.integers(0, 400), st.booleans())
def test_costs_lock_a_long_filing_for_six_months(
    kind: FilingKind, begins: date, offset: int, used: bool
) -> None:
    before, today = filing(kind, begins), begins + timedelta(days=offset)
    new = filing(begins=today, area="440300")
    locked = used and kind.group is LONG and today < months_later(begins, 6)
    if locked:
        with pytest.raises(FilingRefused):
            file_new(person(before), new, today, JINING, (before,))
        return
    after = file_new(person(before), new, today, JINING, (before,) if used else ())
    assert holds(after.filings[-1], "440300", today)
    assert holds(after.filings[0], "430100", today) == (kind.group is TEMP)


@pytest.mark.req("S3-08", "S3-10", "S3-13")
def test_jinings_lock_and_late_filing_begin_in_2023() -> None:
    """K8, K9; an emergency is never refused for want of a filing, whatever its date."""
    last, first = date(2022, 12, 31), date(2023, 1, 1)
    before, since = POLICIES.filing("370800", last), POLICIES.filing("370800", first)
    assert before is not None
    assert since is not None
    late, moved = filing(begins=date(2022, 12, 30)), filing(begins=last, area="440300")
    used = filing(begins=date(2022, 12, 1))
    with pytest.raises(FilingRefused):
        file_new(person(), late, last, before, ())
    assert file_new(person(), late, first, since, ()).filings == (late,)
    assert len(file_new(person(used), moved, last, before, (used,)).filings) == 2
    with pytest.raises(FilingRefused, match="2023-06-01"):
        file_new(person(used), moved, first, since, (used,))
    for day, rule in ((last, before), (first, since)):
        care = Care("430100", day, emergency=True)
        assert filing_kind(person(), care, pay_on(day), rule) is K.EMERGENCY


@given(kinds, days, st.integers(-400, 30))
def test_an_area_without_a_rule_takes_every_filing(
    kind: FilingKind, today: date, offset: int
) -> None:
    new = filing(kind, today + timedelta(days=offset))
    before = filing(begins=today)
    assert file_new(person(before), new, today, None, (before,)).filings[-1].begins == new.begins


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to the filings of a person, some days after ``DAY``."""

    today: int
    new: Filing
    approved: bool | None
    """The area's word on what waits afterwards; None: not yet."""


@st.composite
def steps(draw: Any) -> Step:
    today = draw(st.integers(0, 12))
    begins = DAY + timedelta(days=today + draw(st.integers(-6, 6)))
    ends = draw(st.none() | st.integers(0, 8).map(lambda more: begins + timedelta(days=more)))
    kind = draw(st.sampled_from((K.LONG_RESIDENT, K.POSTED_WORKER, K.OTHER)))
    row = filing(kind, begins, ends, draw(st.sampled_from(("430100", "440300"))))
    scope = draw(st.sampled_from((FilingScope.ANY, FilingScope.CHRONIC)))
    word = draw(st.sampled_from((None, True, False)))
    return Step(today, msgspec.structs.replace(row, scope=scope), word)


def take(who: Person, step: Step, rule: FilingRule) -> Person:
    try:
        who = file_new(who, step.new, DAY + timedelta(days=step.today), rule, ())
    except FilingRefused:
        return who
    waiting = [row for row in who.filings if row.audit is Audit.PENDING]
    if step.approved is None or not waiting:
        return who
    return new_filings.audit(who, waiting[0].version, step.approved)


@settings(max_examples=200)
@given(st.lists(steps(), min_size=1, max_size=6), st.booleans())
def test_filing_in_any_order_keeps_a_sound_set(many: list[Step], audited: bool) -> None:
    """For each use one LONG filing is open and one waits at most; none ends before it begins."""
    assert JINING is not None
    rule, who = replace(JINING, changes_audited=audited), person()
    for step in many:
        who = take(who, step, rule)
        assert all(row.ends is None or row.begins <= row.ends for row in who.filings)
        kept = [row for row in who.filings if row.audit is not Audit.REJECTED]
        assert len(set(kept)) == len(kept)
        for scope in (FilingScope.ANY, FilingScope.CHRONIC):
            mine = [f for f in who.filings if f.kind.group is LONG and f.scope is scope]
            taken = [f for f in mine if f.audit is Audit.APPROVED]
            assert sum(f.ends is None for f in taken) <= 1
            assert sum(f.audit is Audit.PENDING for f in mine) <= 1
            for ahead in range(-8, 30):
                day = DAY + timedelta(days=ahead)
                assert sum(holds(f, f.area, day) for f in taken) <= 1


@given(st.lists(steps(), max_size=4), steps())
def test_the_same_filing_twice_is_filed_once(many: list[Step], last: Step) -> None:
    assert JINING is not None
    who = person()
    for step in (*many, last):
        who = take(who, step, JINING)
    assert take(who, last, JINING) == who


@given(days, st.integers(0, 36))
def test_months_later_is_that_day_or_the_months_last(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    last = (later + timedelta(days=1)).month != later.month
    assert later.day == day.day or (last and later.day < day.day)


@pytest.mark.parametrize("emergency", [False, True])
@given(
    st.lists(st.tuples(kinds, days, st.none() | days, areas), max_size=4, unique=True),
    days,
    st.sampled_from(("370800", "430100", "990200", "990300")),
    st.randoms(use_true_random=False),
)
def test_the_best_of_several_filings_decides(
    emergency: bool,
    rows: list[tuple[FilingKind, date, date | None, str]],
    day: date,
    home: str,
    chance: Any,
) -> None:
    """A15: by what the area takes first on that day, in whatever order they are stored."""
    filings = [filing(k, b, e, a) for k, b, e, a in rows]
    holding = {f.kind for f in filings if holds(f, "430100", day)}
    open_kinds = holding | ({K.EMERGENCY} if emergency else set())
    care, pay_of = Care("430100", day, emergency), pay_on(day, home)
    if not open_kinds:
        with pytest.raises(Refused):
            filing_kind(person(*filings), care, pay_of, JINING)
        return
    found = filing_kind(person(*filings), care, pay_of, JINING)
    assert found in open_kinds
    assert pay_of(found).rate.value == min(pay_of(kind).rate.value for kind in open_kinds)
    chance.shuffle(filings)
    assert filing_kind(person(*filings), care, pay_of, JINING) is found


@pytest.mark.req("S3-13")
@pytest.mark.parametrize("kinds_filed", [(), ("OTHER",), ("REFERRED",), ("OTHER", "REFERRED")])
@pytest.mark.parametrize("turned", [False, True])
def test_filing_never_makes_an_emergency_dearer(
    bench: Bench, kinds_filed: tuple[str, ...], turned: bool
) -> None:
    """990300 takes 10 points off for emergencies and the referred, 20 for other stays (A15)."""
    filings = [told(kind) for kind in (kinds_filed[::-1] if turned else kinds_filed)]
    who = bench.put(insurance={"area": "990300"}, filings=filings)
    flags = {"OTP_ER_REFL_FLAG": "1"}
    patient = bench.patient(who, area="990300", med_type="13", flags=flags)
    answer = settle(bench, patient)
    assert answer["setlinfo"]["fund_pay_sumamt"] == 240
