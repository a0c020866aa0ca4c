"""The care place's side of the ledger: institutions, what is uploaded, what is looked at again."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.sandbox.bad_data import BadData
from desktop.sandbox.care_place.registry import FILE, read_institutions
from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.monitor import figures, suspicions
from desktop.sandbox.platform import NoEnvelope, read_envelope
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import No, Patient
from tests.sandbox.conftest import Bench
from tests.sandbox.refusing import refused

PILOTS = {
    "济宁市市直机关医院": "5",
    "济宁交通医院": "5",
    "济宁任城阜桥街道（山推）社区服务中心": "8",
}
"""Each with its ``hosp_lv``."""
SECOND, COMMUNITY, VILLAGE = "H43010000002", "H43010400003", "H43012100004"
SHENZHEN = "H44030000001"


def institutions(bench: Bench, name: str) -> list[dict[str, Any]]:
    """What 1201 tells of institutions of that name."""
    asked = {"fixmedins_type": "1", "fixmedins_name": name}
    return list(bench.desk.ask("1201", "", medinsinfo=asked)["medinsinfo"])


def at(bench: Bench, code: str, care_area: str = "430100") -> None:
    """The desk of another institution asks from now on."""
    bench.desk.hospital, bench.desk.care_area = code, care_area


def visit(bench: Bench, who: bodies.PersonBody, item: str = "A", **facts: Any) -> str:
    """A visit of one line, settled where the desk stands; its ``setl_id``."""
    bench.item(item)
    patient = bench.patient(who, insutype=who.insured[0].insutype, **facts).open()
    settled = patient.whole("P1", patient.row("P1", item, "100.00"))["setlinfo"]
    assert settled["fund_pay_sumamt"] >= 0
    return str(settled["setl_id"])


@pytest.mark.req("S0-05")
@pytest.mark.parametrize(("name", "level"), PILOTS.items())
def test_the_three_pilots_of_jining_are_there_with_their_levels(
    bench: Bench, name: str, level: str
) -> None:
    (row,) = institutions(bench, name)
    assert (row["fixmedins_code"][:5], row["hosp_lv"]) == ("H3708", level)


@pytest.mark.req("S0-07", "S3-18")
def test_another_institution_is_another_entry(bench: Bench, tmp_path: Path) -> None:
    """In the file, and while the platform runs: visible and open at once."""
    code = "H43010000009"
    entry = {"code": code, "name": "新院", "area": "430100", "level": 2}
    (tmp_path / "i.json").write_text(json.dumps([entry]), encoding="utf-8")
    (read,) = read_institutions(tmp_path / "i.json")
    assert (read.name, read.outpatient) == ("新院", True)
    assert institutions(bench, "新院") == []
    told = bodies.InstitutionBody(name="新院", area="430100", level=2)
    control.change_institution(bench.state, code, told)
    at(bench, code)
    assert [row["fixmedins_code"] for row in institutions(bench, "新院")] == [code]
    visit(bench, bench.put())


def test_a_faulty_entry_is_named(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8").replace('"level": 2', '"level": "two"', 1)
    (tmp_path / "i.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadData, match=r"i\.json: \[0\]\.level"):
        read_institutions(tmp_path / "i.json")


@pytest.mark.req("S0-21")
def test_a_village_clinic_is_an_institution_without_grade(bench: Bench) -> None:
    """Residents pay no deductible there either."""
    (row,) = institutions(bench, "演练村卫生室")
    assert row["hosp_lv"] == "11"
    at(bench, VILLAGE)
    patient = bench.patient(bench.put(insurance={"insutype": "390", "psn_type": "15"}))
    patient.insutype = "390"
    patient.open()
    info = patient.whole("P1", patient.row("P1", bench.item("A"), "86.40"))["setlinfo"]
    assert (f"{info['act_pay_dedc']:.2f}", f"{info['hifp_pay']:.2f}") == ("0.00", "43.20")


@pytest.mark.req("S2-18")
@pytest.mark.parametrize("code", ["H43010000001", SECOND, COMMUNITY, VILLAGE])
def test_no_level_and_no_contract_is_asked_for(bench: Bench, code: str) -> None:
    at(bench, code)
    visit(bench, bench.put())


@pytest.mark.req("S1-58")
@pytest.mark.parametrize("version", ["V1.0", "V2.0", "1.0.1"])
def test_every_message_tells_the_version_of_the_interface(bench: Bench, version: str) -> None:
    """Which one is an agreement with the site: the platform takes what it is told."""
    bench.put()
    data = {"data": {"mdtrt_cert_type": "02", "mdtrt_cert_no": "990000198001010017"}}
    envelope = {**bench.desk.envelope("1101", "", data), "infver": version}
    assert bench.desk.send(envelope)["infcode"] == 0


@pytest.mark.req("S1-58")
@pytest.mark.parametrize("version", ["", None, ["V1.0"]])
def test_a_message_without_its_version_is_no_message(bench: Bench, version: object) -> None:
    """The framework names the field before any transaction is looked for."""
    envelope = {**bench.desk.envelope("1101", "", {}), "infver": version}
    with pytest.raises(NoEnvelope, match="infver"):
        bench.desk.send(envelope)
    del envelope["infver"]
    with pytest.raises(NoEnvelope, match="infver不能为空"):
        bench.desk.send(envelope)


@pytest.mark.req("S4-29")
def test_a_settlement_says_by_which_way_it_is_cleared(bench: Bench) -> None:
    patient = bench.patient().open()
    booked = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))["setlinfo"]
    found = patient.find(str(booked["setl_id"]))
    assert booked["clr_way"] == found["clr_way"] == "1"


@pytest.mark.req("S3-27")
def test_a_person_to_test_with_is_always_there(bench: Bench) -> None:
    """The first of the town, from the start and after every reset: known, filed, unspent."""
    certno = "990000198503121038"
    data = {"mdtrt_cert_type": "02", "mdtrt_cert_no": certno}
    told = bench.desk.ask("1101", "", data=data)
    patient = Patient(bench.desk, told["baseinfo"]["psn_no"], certno).open()
    patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))


# --- looked at again --------------------------------------------------------------------------


@pytest.mark.req("S1-26")
def test_lines_that_come_a_day_late_are_flagged(bench: Bench) -> None:
    in_time = visit(bench, bench.put())
    late = visit(bench, bench.put("990000199001010018"), began="2023-05-01 09:00:00")
    batches = {batch.settlements: batch.uploaded for batch in bench.state.batches}
    assert batches == {(in_time,): bench.now, (late,): bench.now}
    assert suspicions(bench.state) == [{"setl_id": late, "suspicions": ("late_upload",)}]


@pytest.mark.req("S4-18")
def test_one_person_in_two_cities_on_one_day_is_flagged(bench: Bench) -> None:
    filings = [
        {"kind": "OTHER", "area": area, "from": "2023-01-01"} for area in ("430100", "440300")
    ]
    who = bench.put(filings=filings)
    first = visit(bench, who, "A")
    away = bodies.InstitutionBody(name="深圳演练医院", area="440300", level=3)
    control.change_institution(bench.state, SHENZHEN, away)
    at(bench, SHENZHEN, "440300")
    second = visit(bench, who, "B")
    assert suspicions(bench.state) == [
        {"setl_id": setl_id, "suspicions": ("two_cities",)} for setl_id in (first, second)
    ]


@pytest.mark.req("S4-32")
def test_one_item_of_two_institutions_on_one_day_is_flagged(bench: Bench) -> None:
    """Not another item, not another day, and not what was given back."""
    who = bench.put()
    bench.now += timedelta(days=1)
    visit(bench, who, began="2023-05-03 08:00:00")
    bench.now -= timedelta(days=1)
    first = visit(bench, who)
    at(bench, SECOND)
    visit(bench, who, "B")
    again = visit(bench, who)
    assert suspicions(bench.state) == [
        {"setl_id": setl_id, "suspicions": ("same_item",)} for setl_id in (first, again)
    ]


def test_what_was_given_back_is_not_looked_at(bench: Bench) -> None:
    patient = bench.patient(began="2023-05-01 09:00:00").open()
    booked = patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))["setlinfo"]
    patient.cancel(booked["setl_id"])
    assert suspicions(bench.state) == []


@pytest.mark.req("S1-56")
def test_the_agency_sees_counts_amounts_and_refusals(bench: Bench) -> None:
    patient = bench.patient().open()
    booked = patient.whole("P1", patient.row("P1", bench.item("A"), "500.00"))["setlinfo"]
    visit(bench, bench.put("990000199001010018"))
    patient.cancel(booked["setl_id"])
    with pytest.raises(No):
        patient.cancel(booked["setl_id"])
    told = figures(bench.state, bench.platform.log)
    assert told["messages"]["2207"] == {"answered": 2}
    assert told["messages"]["2208"] == {"answered": 1, Reason.SETTLEMENT_UNDONE.name: 1}
    assert told["settlements"]["effective"] == {
        "count": 1,
        "medfee_sumamt": "100.00",
        "fund_pay_sumamt": "0.00",
    }
    assert told["settlements"]["negative"]["medfee_sumamt"] == "-500.00"


def test_what_nobody_heard_of_is_counted_as_lost(bench: Bench) -> None:
    who = bench.put()
    body = bodies.read_body(bodies.AreaBody, b'{"loss_back":1.0}')
    control.change_area(bench.state, who.insured[0].area, body)
    asked = bench.desk.envelope("5301", "370800", {"data": {"psn_no": who.psn_no}})
    bench.platform.handle(read_envelope(json.dumps(asked).encode()), bench.now, bench.real)
    assert figures(bench.state, bench.platform.log)["messages"] == {"5301": {"lost": 1}}


@pytest.mark.req("S1-22")
def test_an_institution_that_is_stopped_meanwhile_settles_no_more(bench: Bench) -> None:
    """And settles again when the stop is taken back."""
    patient = bench.patient().open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    code = bench.desk.hospital
    control.change_institution(bench.state, code, bodies.InstitutionBody(suspended=True))
    with refused(bench, Reason.INSTITUTION_SUSPENDED):
        patient.preview("P1", "100.00")
    control.change_institution(bench.state, code, bodies.InstitutionBody(suspended=False))
    patient.settle(patient.preview("P1", "100.00"), "P1")
