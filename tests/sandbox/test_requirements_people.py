"""The insured area's side of the ledger: who is filed how, and who is kept out."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec
import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.bodies import Malformed, read_body
from desktop.sandbox.control.people import NotThere
from desktop.sandbox.control.phone import PhoneFilingBody, file_by_phone
from desktop.sandbox.insured_place.new_filings import FilingRefused
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import CHANGSHA, HOSPITAL
from tests.sandbox.conftest import POLICIES, Bench
from tests.sandbox.refusing import benefits, presettled, refused, says

LONG, TEMP = "0.00", "10.00"
"""What is paid first of 100.00: nothing of a long stay, a tenth of a temporary one."""
CERTNO = "990000198001010017"
BY_PHONE = {
    "name": "孔试验",
    "certno": CERTNO,
    "phone": "0537-0000000",
    "kind": "OTHER",
    "city": CHANGSHA,
}


def filing(kind: str, begins: str = "2021-04-01", **facts: Any) -> dict[str, Any]:
    return {"kind": kind, "area": CHANGSHA, "from": begins, **facts}


def settled(bench: Bench, who: bodies.PersonBody, day: str = "2023-05-02") -> dict[str, Any]:
    """``setlinfo`` of 100.00 in scope on that day, in a visit of its own."""
    bench.now = datetime.fromisoformat(f"{day} 09:30:00")
    patient = bench.patient(who, began=f"{day} 09:00:00").open()
    return dict(patient.whole("P1", patient.row("P1", bench.item("A"), "100.00"))["setlinfo"])


def elsewhere(bench: Bench, day: str, fund: str) -> None:
    """Benefit used at home."""
    body = read_body(bodies.ElsewhereBody, json.dumps({"date": day, "fund": fund}).encode())
    control.use_elsewhere(bench.state, CERTNO, body)


def group(kind: str, first: str, *rows: str) -> Any:
    return pytest.param(kind, first, id=kind, marks=pytest.mark.req(*rows))


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        group("RETIRED_SETTLED", LONG, "S0-09", "S1-10", "S2-15"),
        group("LONG_RESIDENT", LONG, "S0-10", "S1-10", "S2-15"),
        group("POSTED_WORKER", LONG, "S0-11", "S1-10", "S2-15"),
        group("REFERRED", TEMP, "S0-12", "S1-11", "S2-16"),
        group("EMERGENCY", TEMP, "S0-13", "S2-16"),
        group("OTHER", TEMP, "S0-14", "S1-12", "S2-16"),
    ],
)
def test_each_kind_of_filing_has_the_benefit_of_its_group(
    bench: Bench, kind: str, first: str
) -> None:
    """The national kind stays behind the group: 2001 tells it."""
    who = bench.put(filings=[filing(kind)])
    told = json.loads(benefits(bench, who)[0]["exp_content"])
    assert told["FILING_KIND"] == kind
    assert f"{settled(bench, who)['preselfpay_amt']:.2f}" == first


@pytest.mark.req("S0-12")
def test_before_2022_the_referred_stood_for_themselves(bench: Bench) -> None:
    who = bench.put(filings=[filing("REFERRED")])
    first = [settled(bench, who, day)["preselfpay_amt"] for day in ("2021-12-31", "2022-01-01")]
    assert first == [0, 10]


@pytest.mark.req("S2-17", "S2-27")
def test_five_items_told_by_telephone_are_a_filing(bench: Bench) -> None:
    """No certificate, no stamp, nothing attached."""
    who = bench.put(filings=[])
    body = read_body(PhoneFilingBody, json.dumps(BY_PHONE).encode())
    file_by_phone(bench.state, POLICIES, body, bench.now.date())
    (filed,) = bench.person(who).filings
    assert (filed.kind, filed.area, filed.begins.isoformat(), filed.ends) == (
        "OTHER",
        CHANGSHA,
        "2023-05-02",
        None,
    )
    settled(bench, who)


@pytest.mark.req("S3-03")
@pytest.mark.parametrize("kind", ["OTHER", "LONG_RESIDENT"])
def test_a_filing_taken_at_the_hospitals_window_opens_the_settlement(
    bench: Bench, kind: str
) -> None:
    """Both that the row names: 临时外出就医人员备案, 异地长期居住人员备案."""
    who = bench.put(CERTNO, filings=[])
    patient = bench.patient(who).open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, Reason.NOT_FILED):
        patient.preview("P1", "100.00")
    taken_at(bench, HOSPITAL, kind)
    (filed,) = bench.person(who).filings
    assert (filed.kind, filed.area, filed.begins) == (kind, CHANGSHA, bench.now.date())
    assert patient.settle(patient.preview("P1", "100.00"), "P1")["setlinfo"]["setl_id"]


def test_only_a_hospital_in_good_standing_takes_filings(bench: Bench) -> None:
    who = bench.put(CERTNO, filings=[])
    hospital = bench.state.institutions[HOSPITAL]
    bench.state.institutions.put(HOSPITAL, msgspec.structs.replace(hospital, suspended=True))
    for taker in (HOSPITAL, "H43010000009"):
        with pytest.raises(FilingRefused):
            taken_at(bench, taker, "OTHER")
    assert bench.person(who).filings == ()


def taken_at(bench: Bench, taker: str, kind: str) -> None:
    told = {**BY_PHONE, "kind": kind, "institution": taker}
    body = read_body(PhoneFilingBody, json.dumps(told).encode())
    file_by_phone(bench.state, POLICIES, body, bench.now.date())


@pytest.mark.req("S2-27")
@pytest.mark.parametrize("missing", BY_PHONE)
def test_each_of_the_five_is_needed(missing: str) -> None:
    told = {key: value for key, value in BY_PHONE.items() if key != missing}
    with pytest.raises(Malformed) as wrong:
        read_body(PhoneFilingBody, json.dumps(told).encode())
    assert wrong.value.field == missing


@pytest.mark.req("S2-17")
@pytest.mark.parametrize("proof", ["attachment", "certificate", "referral_letter"])
def test_no_proof_is_taken_with_a_filing(proof: str) -> None:
    for kind, told in ((PhoneFilingBody, BY_PHONE), (bodies.FilingBody, filing("OTHER"))):
        with pytest.raises(Malformed):
            read_body(kind, json.dumps({**told, proof: "x"}).encode())


def test_a_filing_of_somebody_elses_number_is_not_made(bench: Bench) -> None:
    bench.put()
    body = read_body(PhoneFilingBody, json.dumps({**BY_PHONE, "name": "别人"}).encode())
    with pytest.raises(NotThere):
        file_by_phone(bench.state, POLICIES, body, bench.now.date())


@pytest.mark.req("S3-07", "S3-09")
@pytest.mark.parametrize("kind", ["LONG_RESIDENT", "OTHER"])
def test_a_filing_without_an_end_holds_for_years(bench: Bench, kind: str) -> None:
    who = bench.put(filings=[filing(kind, to=None)])
    told = json.loads(benefits(bench, who)[0]["exp_content"])
    assert told["FILING_TO"] is None
    for day in ("2021-05-02", "2023-05-02", "2029-12-30"):
        settled(bench, who, day)


@pytest.mark.req("S3-04", "S3-09")
@pytest.mark.parametrize("kind", ["LONG_RESIDENT", "OTHER"])
def test_a_filing_takes_nothing_from_the_benefit_at_home(bench: Bench, kind: str) -> None:
    """Home and here in turn, under one filing that stays; one year's sum for both."""
    year = {"2023": {"deductible_paid": "300.00", "fund_used": "0.00"}}
    who = bench.put(filings=[filing(kind)], year=year)
    paid = settled(bench, who)["hifp_pay"]
    elsewhere(bench, "2023-05-03", "100.00")
    paid += settled(bench, who, "2023-05-04")["hifp_pay"]
    after = bench.person(who)
    assert after.year["2023"].fund_used == f"{paid + 100:.2f}"
    assert after.filings == who.filings


BARS = [
    pytest.param("inpatient", Reason.INPATIENT, marks=pytest.mark.req("S3-17")),
    pytest.param("settlement_suspended", Reason.PERSON_SUSPENDED, marks=pytest.mark.req("S1-53")),
]


def now(fact: str, holds: bool) -> dict[str, Any]:
    return {fact: holds}


@pytest.mark.parametrize(("fact", "reason"), BARS)
def test_who_is_in_hospital_or_suspended_is_kept_out_from_the_first_question(
    bench: Bench, fact: str, reason: Reason
) -> None:
    """2001 says why; 2201 opens nothing."""
    who = bench.put(**now(fact, True))
    rows = benefits(bench, who)
    assert {row["trt_enjymnt_flag"] for row in rows} == {"0"}
    assert all(says(row["trt_chk_rslt"], reason) for row in rows)
    with refused(bench, reason):
        bench.patient(who).register()


@pytest.mark.parametrize(("fact", "reason"), BARS)
def test_who_comes_into_hospital_or_is_suspended_meanwhile_is_not_settled(
    bench: Bench, fact: str, reason: Reason
) -> None:
    patient, shown = presettled(bench)
    bench.put(**now(fact, True))
    with refused(bench, reason):
        patient.preview("P1", "100.00")
    with refused(bench, reason):
        patient.settle(shown, "P1")
    bench.put(**now(fact, False))
    patient.settle(shown, "P1")
