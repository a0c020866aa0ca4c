"""The care place rejects a line, naming the line and the reason (S1-28)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.sandbox.care_place.audit_files import FILE, BadAudit, read_audits
from desktop.sandbox.catalogue_model import AuditKind
from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import HOSPITAL, No, Patient, diagnoses
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import kept, refused, says

pytestmark = pytest.mark.req("S1-28")

CONSULTATION = "000201000010000-0001"
GENERAL = "001209000090000-0009"
BLOOD = "000412000120000-0012"
DIALYSIS = "000561000610000-0061"
EPOETIN = "XB03XAA072A001010100072"
ADALIMUMAB = "XL04ABA074A001010100074"
OSIMERTINIB = "XL01XEA081A001010100081"
WOMEN_ONLY = "000379000790000-0079"
MEN_ONLY = "000480000800000-0080"
PCR = "000481000810000-0081"
DRUG = "XA10BAA011A001010100011"
HERB = "T00100001"


def rejects(bench: Bench, patient: Patient, reason: Reason, *rows: Any) -> None:
    """Refused for the last row, which the text names with its item; nothing is kept."""
    before = kept(bench.state)
    with pytest.raises(No) as no:
        patient.upload(*rows)
    assert says(no.value.text, reason), no.value.text
    assert rows[-1]["feedetl_sn"] in no.value.text
    assert bench.state.catalogue[rows[-1]["med_list_codg"]].name in no.value.text
    assert kept(bench.state) == before


def diagnosed(patient: Patient, *codes: str) -> Patient:
    patient.register()
    patient.upload_visit(diseinfo=diagnoses(*codes))
    return patient


def test_the_same_item_at_the_same_time(bench: Bench) -> None:
    patient = bench.patient().open()
    twice = [patient.row("P1", BLOOD, "20.00") for _ in range(2)]
    rejects(bench, patient, Reason.LINE_DUPLICATE, *twice)
    later = patient.row("P1", BLOOD, "20.00", fee_ocur_time="2023-05-02 10:00:00")
    assert len(patient.upload(twice[0], later)) == 2


def test_the_same_item_once_more_after_it_was_settled(bench: Bench) -> None:
    patient = bench.patient().open()
    settled = patient.whole("P1", patient.row("P1", BLOOD, "20.00"))["setlinfo"]
    again = patient.row("P2", BLOOD, "20.00")
    rejects(bench, patient, Reason.LINE_DUPLICATE, again)
    patient.cancel(settled["setl_id"])
    assert patient.upload(again)


def test_drugs_may_stand_twice(bench: Bench) -> None:
    patient = bench.patient().open()
    assert len(patient.upload(*(patient.row("P1", DRUG, "9.00") for _ in range(2)))) == 2


@pytest.mark.parametrize("approval", ["1", "2"])
def test_limited_use_wants_a_decision(bench: Bench, approval: str) -> None:
    """S0-16: approved it is paid for, denied the patient pays; undecided it is not taken."""
    patient = diagnosed(bench.patient(), "C34.900")
    undecided = patient.row("P1", OSIMERTINIB, "5000.00", hosp_appr_flag="0")
    rejects(bench, patient, Reason.LINE_UNDECIDED, undecided)
    (split,) = patient.upload({**undecided, "hosp_appr_flag": approval})
    assert (split["fulamt_ownpay_amt"] == 0) is (approval == "1")


def test_limited_use_wants_its_diagnosis(bench: Bench) -> None:
    patient = diagnosed(bench.patient(), "J06.900")
    row = patient.row("P1", EPOETIN, "40.00")
    rejects(bench, patient, Reason.LINE_LIMITED_USE, row)
    assert patient.upload({**row, "hosp_appr_flag": "0"})[0]["fulamt_ownpay_amt"] == 40
    other = diagnosed(bench.patient(), "J06.900", "N18.900")
    assert other.upload(other.row("P1", EPOETIN, "40.00"))[0]["fulamt_ownpay_amt"] == 0


def test_a_price_above_the_highest(bench: Bench) -> None:
    patient = bench.patient().open()
    rejects(bench, patient, Reason.LINE_OVER_LIMIT, patient.row("P1", PCR, "16.01"))
    assert patient.upload(patient.row("P1", PCR, "16.00"))[0]["overlmt_amt"] == 0


@pytest.mark.parametrize(
    ("item", "quantity", "most"),
    [(CONSULTATION, "2", "1"), (DRUG, "201", "200"), (HERB, "3001", "3000")],
)
def test_a_quantity_out_of_range(bench: Bench, item: str, quantity: str, most: str) -> None:
    patient = bench.patient().open()
    rejects(bench, patient, Reason.LINE_TOO_MANY, patient.row("P1", item, "1.00", quantity))
    assert patient.upload(patient.row("P1", item, "1.00", most))


def test_a_quantity_of_the_day(bench: Bench) -> None:
    patient = bench.patient().open()
    first = patient.row("P1", DIALYSIS, "400.00")
    second = patient.row("P1", DIALYSIS, "400.00", fee_ocur_time="2023-05-02 15:00:00")
    rejects(bench, patient, Reason.LINE_DAY_TOO_MANY, first, second)
    bench.now += timedelta(days=1)
    assert patient.upload(first, {**second, "fee_ocur_time": "2023-05-03 09:00:00"})


def dialysed(bench: Bench, who: Any) -> tuple[Patient, str]:
    """A visit in which it was done and paid for, and the number of the settlement."""
    patient = bench.patient(who).open()
    answer = patient.whole("P1", patient.row("P1", DIALYSIS, "400.00"))
    return patient, str(answer["setlinfo"]["setl_id"])


@pytest.mark.parametrize("hospital", [HOSPITAL, "H43010000002"])
def test_a_second_visit_does_not_go_round_the_day(bench: Bench, hospital: str) -> None:
    """Nor another hospital of the province; what is refunded counts no more."""
    who = bench.put()
    first, settled = dialysed(bench, who)
    neighbour = bodies.InstitutionBody(name="二院", area="430100", level=3)
    control.change_institution(bench.state, hospital, neighbour)
    bench.desk.hospital = hospital
    second = bench.patient(who).open()
    rejects(bench, second, Reason.LINE_DAY_TOO_MANY, second.row("P1", DIALYSIS, "400.00"))
    bench.desk.hospital = HOSPITAL
    first.cancel(settled)
    bench.desk.hospital = hospital
    assert second.upload(second.row("P1", DIALYSIS, "400.00"))


def test_two_open_visits_do_not_go_round_the_day(bench: Bench) -> None:
    who = bench.put()
    second = bench.patient(who).open()
    second.upload(second.row("P1", DIALYSIS, "400.00"))
    shown = second.preview("P1", "400.00")
    dialysed(bench, who)
    with refused(bench, Reason.LINE_DAY_TOO_MANY):
        second.settle(shown, "P1")


@pytest.mark.parametrize("other", ["person", "day", "province"])
def test_a_day_is_one_persons_and_one_provinces(bench: Bench, other: str) -> None:
    who = bench.put()
    dialysed(bench, who)
    if other == "province":
        moved = bodies.InstitutionBody(area="440300")
        control.change_institution(bench.state, HOSPITAL, moved)
        there = bodies.InstitutionBody(name="二院", area="430100", level=3)
        control.change_institution(bench.state, "H43010000002", there)
        bench.desk.hospital = "H43010000002"
    if other == "day":
        bench.now += timedelta(days=1)
    began = {"began": "2023-05-03 09:00:00"} if other == "day" else {}
    whose = bench.put("990000198503121038") if other == "person" else who
    patient = bench.patient(whose, **began).open()
    assert patient.upload(patient.row("P1", DIALYSIS, "400.00"))


@pytest.mark.parametrize("order", [(CONSULTATION, GENERAL), (GENERAL, CONSULTATION)])
def test_what_may_not_stand_together(bench: Bench, order: tuple[str, str]) -> None:
    patient = bench.patient().open()
    rows = [patient.row("P1", item, "10.00") for item in order]
    rejects(bench, patient, Reason.LINE_EXCLUDED, *rows)


@pytest.mark.parametrize(("item", "sex", "other"), [(WOMEN_ONLY, "2", "1"), (MEN_ONLY, "1", "2")])
def test_what_only_one_sex_can_have(bench: Bench, item: str, sex: str, other: str) -> None:
    stranger = bench.patient(bench.put(gend=other)).open()
    rejects(bench, stranger, Reason.LINE_OTHER_SEX, stranger.row("P1", item, "70.00"))
    unknown = bench.patient(bench.put(gend="9")).open()
    assert unknown.upload(unknown.row("P1", item, "70.00"))
    patient = bench.patient(bench.put(gend=sex)).open()
    assert patient.upload(patient.row("P1", item, "70.00"))


def test_what_a_small_hospital_may_not_use(bench: Bench) -> None:
    control.change_institution(bench.state, bench.desk.hospital, bodies.InstitutionBody(level=1))
    patient = diagnosed(bench.patient(), "M06.900")
    row = patient.row("P1", ADALIMUMAB, "1200.00")
    rejects(bench, patient, Reason.LINE_LEVEL, row)
    control.change_institution(bench.state, bench.desk.hospital, bodies.InstitutionBody(level=2))
    assert patient.upload(row)


def test_a_prescription_for_too_many_days(bench: Bench) -> None:
    patient = bench.patient().open()
    rejects(bench, patient, Reason.LINE_TOO_LONG, patient.row("P1", DRUG, "9.00", prd_days="91"))
    assert patient.upload(patient.row("P1", DRUG, "9.00", prd_days="90"))
    with refused(bench, Reason.FIELD_WRONG):
        patient.upload(patient.row("P2", DRUG, "9.00", prd_days="三个月"))


def test_a_rule_holds_in_its_place_and_time(bench: Bench) -> None:
    rule = next(rule for rule in bench.state.audits if rule.kind is AuditKind.MOST_A_DAY)
    for away in ({"areas": ("430200",)}, {"begins": date(2023, 5, 3)}, {"ends": date(2023, 5, 1)}):
        bench.state.audits.put(rule.id, msgspec.structs.replace(rule, **away))
        patient = bench.patient().open()
        assert patient.upload(patient.row("P1", DIALYSIS, "400.00", "2"))
    for here in ({"areas": ("430000",)}, {"areas": ("430100",)}, {"begins": date(2023, 5, 2)}):
        bench.state.audits.put(rule.id, msgspec.structs.replace(rule, **here))
        patient = bench.patient().open()
        row = patient.row("P1", DIALYSIS, "400.00", "2")
        rejects(bench, patient, Reason.LINE_DAY_TOO_MANY, row)


def test_a_rule_that_names_no_item_looks_at_every_line(bench: Bench) -> None:
    rule = next(rule for rule in bench.state.audits if rule.kind is AuditKind.DUPLICATE)
    bench.state.audits.put(rule.id, msgspec.structs.replace(rule, kinds=()))
    patient = bench.patient().open()
    twice = [patient.row("P1", DRUG, "9.00") for _ in range(2)]
    rejects(bench, patient, Reason.LINE_DUPLICATE, *twice)


def test_every_kind_of_rule_is_in_the_file_and_names_items_that_there_are(bench: Bench) -> None:
    rules = read_audits()
    assert {rule.kind for rule in rules} == set(AuditKind)
    codes = {item.code for item in bench.state.catalogue}
    assert all({*rule.items, *rule.others} <= codes for rule in rules)
    assert tuple(bench.state.audits) == rules


def test_the_readme_shows_a_whole_rule_and_every_kind(tmp_path: Path) -> None:
    """A new rule is data, no code: the example works as it stands."""
    readme = (FILE.parent / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "X.toml").write_text(example, encoding="utf-8")
    (rule,) = read_audits(tmp_path / "X.toml")
    assert (rule.kind, rule.areas, rule.begins) == (
        AuditKind.MOST_A_DAY,
        ("430200",),
        date(2024, 1, 1),
    )
    assert all(f"`{kind}`" in readme for kind in AuditKind)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "duplicate"', 'kind = "twice"', "X.toml: rule JC01"),
        ('kind = "duplicate"', 'kind = "duplicate"\nwho = 1', "X.toml: rule JC01.who"),
        ('most = "1"', 'most = "many"', "X.toml: rule JC07"),
        ('most = "1"', "", "X.toml: rule JC07.most"),
        ("days = 90", "", "X.toml: rule JC16.days"),
        ('id = "JC02"', 'id = "JC01"', "X.toml: rule JC01"),
        ('id = "JC01"', "", "X.toml: rule 1"),
        ('[[rule]]\nid = "JC01"', '[rule]\nid = "JC01"', "X.toml"),
        ('[[rule]]\nid = "JC01"', '[[rules]]\nid = "JC01"', "X.toml"),
        ('why = "限男性"', "why = 限男性", "X.toml"),
    ],
)
def test_a_bad_rule_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    good = FILE.read_text(encoding="utf-8")
    assert old in good
    (tmp_path / "X.toml").write_text(good.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadAudit) as bad:
        read_audits(tmp_path / "X.toml")
    assert bad.value.place == place
