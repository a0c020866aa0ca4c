"""People and their filings, for every test of them: told, put, filed, audited, refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from desktop.domain.money import ZERO
from desktop.domain.person import FilingGroup, FilingKind
from desktop.sandbox.control import bodies, people
from desktop.sandbox.control import surface as control
from desktop.sandbox.insured_place.filing import PayOf
from desktop.sandbox.model import Filing, Insured, Person
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import Patient
from tests.sandbox.conftest import POLICIES, Bench
from tests.sandbox.refusing import refused

OTHER_HOSPITAL = "H43010000002"
DESIGNATED = "990200"
"""Its filings name a hospital, its changes are audited, its chronic care is filed by itself."""
CERTNO = "990000198001010017"
LONG, TEMP = FilingGroup.LONG, FilingGroup.TEMP
K = FilingKind
JINING = POLICIES.filing("370800", date(2023, 5, 2))
assert JINING is not None
DAY = date(2023, 5, 2)


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
    return control.audit_filing(bench.state, POLICIES, CERTNO, body, bench.now.date())


def refuses(bench: Bench, patient: Patient, reason: Reason) -> None:
    """2206 does, where the kind of care is known."""
    patient.open()
    patient.upload(patient.row("P1", bench.item("A"), "100.00"))
    with refused(bench, reason):
        patient.preview("P1", "100.00")


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
