"""Whether the funds may pay for a visit: the checks that 2001 tells and 2201…2207 enforce."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.domain.charges import CHRONIC
from desktop.domain.identifiers import AreaCode
from desktop.domain.person import FilingKind
from desktop.sandbox.calls import Call
from desktop.sandbox.care_kinds import EMERGENCIES
from desktop.sandbox.dictionaries import check_code
from desktop.sandbox.insured_place.designations import designated
from desktop.sandbox.insured_place.filing import Care, PayOf, filing_kind
from desktop.sandbox.insured_place.policy import FilingRule
from desktop.sandbox.model import Filing, Flags, Institution, Insured, Person
from desktop.sandbox.refusals import Reason, Refused

EMERGENCY_MARKS = ("1", "3")
CODED_FLAGS = ("MDTRT_GRP_TYPE", "TRUM_FLAG", "REL_TTP_FLAG", "OTP_ER_REFL_FLAG")
_INACTIVE = {
    "0": Reason.INSURANCE_INVALID,
    "2": Reason.INSURANCE_PAUSED,
    "3": Reason.INSURANCE_INVALID,
    "4": Reason.INSURANCE_ENDED,
}
"""``psn_insu_stas``: each state is told by words of its own (S1-19)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A person's insurance at a hospital on a day, for one kind of care."""

    who: Person
    insured: Insured
    hospital: Institution
    day: date
    med_type: str
    disease: str = ""
    emergency: bool = False


def is_emergency(med_type: str) -> bool:
    """13 急诊 and its sub-kind 1301 急诊抢救."""
    return med_type in EMERGENCIES


def check_person(who: Person, insured: Insured, hospital: Institution) -> None:
    """What bars a person from any settlement here; raises :class:`Refused`."""
    if AreaCode(insured.area).same_province(AreaCode(hospital.area)):
        raise Refused(Reason.INSURED_HERE)
    check_active(insured)
    if who.settlement_suspended:
        raise Refused(Reason.PERSON_SUSPENDED)
    if who.inpatient:
        raise Refused(Reason.INPATIENT)


def check_active(insured: Insured) -> None:
    """An insurance that is stopped or ended pays for nothing and files nothing (S0-15)."""
    if not insured.active:
        reason = _INACTIVE.get(insured.status, Reason.INSURANCE_NOT_ACTIVE)
        raise Refused(reason, status=insured.status)


def check_waiting(insured: Insured, day: date) -> None:
    """Benefits begin after the waiting time of whoever joined or came back (S1-19)."""
    if insured.benefits_from is not None and day < insured.benefits_from:
        raise Refused(Reason.BENEFIT_WAITING, day=insured.benefits_from)


def check_recognised(who: Person, disease: str, day: date) -> None:
    """慢特病 needs a disease that the insured area recognised for that day."""
    if not disease:
        raise Refused(Reason.DISEASE_MISSING)
    rows = [row for row in who.chronic if row.disease == disease and row.begins <= day]
    if any(row.ends is None or day <= row.ends for row in rows):
        return
    ends = [row.ends for row in rows if row.ends is not None]
    if ends:
        raise Refused(Reason.DISEASE_ENDED, disease=disease, day=max(ends))
    raise Refused(Reason.DISEASE_NOT_RECOGNISED, disease=disease)


def check_case(call: Call, case: Case) -> FilingKind:
    """All checks of a case; the filing kind under which it settles."""
    check_person(case.who, case.insured, case.hospital)
    check_waiting(case.insured, case.day)
    if case.med_type == CHRONIC:
        check_recognised(case.who, case.disease, case.day)
    rule = call.policies.filing(case.insured.area, case.day)
    return filing_kind(case.who, care_of(call, case), pay_of(call, case), rule)


def pay_of(call: Call, case: Case) -> PayOf:
    """The first pays of the insured area on the day of the case."""
    return lambda kind: call.policies.first_pay(case.insured.area, kind, case.day)


def care_of(call: Call, case: Case) -> Care:
    """The care as filings see it."""
    return Care(
        area=case.hospital.area,
        day=case.day,
        emergency=case.emergency,
        hospital=case.hospital.code,
        chronic=case.med_type == CHRONIC,
        chosen=designated(call.state, case.who.psn_no, case.day),
    )


def read_flags(exp_content: str | None, before: Flags) -> Flags:
    """The cross-province flags of ``exp_content``, a JSON text; what it leaves out stays."""
    told = _told(exp_content)
    for field in CODED_FLAGS:
        if field in told:
            check_code(told[field], field)
    return Flags(
        group=told.get("MDTRT_GRP_TYPE", before.group),
        trauma=told.get("TRUM_FLAG", before.trauma),
        third_party=told.get("REL_TTP_FLAG", before.third_party),
        emergency=told.get("OTP_ER_REFL_FLAG", before.emergency),
        letter=told.get("TRUM_LETTER_NO", before.letter),
    )


def _told(exp_content: str | None) -> dict[str, str]:
    """``exp_content`` is a JSON object: ``fields.py`` let it through."""
    if not exp_content:
        return {}
    told: dict[str, Any] = json.loads(exp_content)
    return {key: str(value) for key, value in told.items() if value not in (None, "")}


def check_flags(flags: Flags, med_type: str) -> None:
    """Emergency care is marked by a doctor; trauma says whether a third party answers for it."""
    if is_emergency(med_type) and flags.emergency not in EMERGENCY_MARKS:
        raise Refused(Reason.EMERGENCY_MARK_MISSING)
    if flags.trauma == "1" and flags.third_party not in ("0", "1"):
        raise Refused(Reason.TRAUMA_MARK_MISSING)
    if flags.trauma == "1" and flags.third_party == "1":
        raise Refused(Reason.THIRD_PARTY)


def check_letter(flags: Flags, rule: FilingRule | None) -> None:
    """The number of the trauma letter, where the insured area demands it (S3-15)."""
    if rule is not None and rule.trauma_letter and flags.trauma == "1" and not flags.letter:
        raise Refused(Reason.TRAUMA_LETTER_MISSING)


def filing_text(filing: Filing) -> str:
    """The practice sites' extension of 2001: the filing as JSON text."""
    told = {
        "FILING_KIND": filing.kind.value,
        "FILING_AREA": filing.area,
        "FILING_FROM": filing.begins.isoformat(),
        "FILING_TO": filing.ends.isoformat() if filing.ends else None,
    }
    return json.dumps(told, separators=(",", ":"))
