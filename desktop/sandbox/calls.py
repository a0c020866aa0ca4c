"""One transaction under way, and the checks that many transactions share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop.domain.identifiers import AreaCode, BadIdentifier
from desktop.nhsa.envelope import RequestHead
from desktop.sandbox.model import Batch, Institution, Insured, Person, SettlementState, Visit
from desktop.sandbox.policy import Policies
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import State

_WIRE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Call:
    """What a transaction may use; both times are +08:00 without zone."""

    state: State
    policies: Policies
    head: RequestHead
    business_now: datetime
    real_now: datetime


def area_code(text: str, field: str) -> AreaCode:
    try:
        return AreaCode(text)
    except BadIdentifier as error:
        raise Refused(Reason.FIELD_WRONG, field=field) from error


def wire_time(text: str, field: str) -> datetime:
    """``yyyy-MM-dd HH:mm:ss``; raises :class:`Refused` naming the field."""
    if not _WIRE_TIME.fullmatch(text):
        raise Refused(Reason.FIELD_WRONG, field=field)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(Reason.FIELD_WRONG, field=field) from error


def time_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def years_old(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def institution(call: Call) -> Institution:
    """The asking institution, which must stand in the care area of the envelope."""
    found = call.state.institutions.get(call.head.fixmedins_code)
    if found is None:
        raise Refused(Reason.INSTITUTION_UNKNOWN, code=call.head.fixmedins_code)
    if found.area[:4] != area_code(call.head.mdtrtarea_admvs, "mdtrtarea_admvs").code[:4]:
        raise Refused(Reason.INSTITUTION_ELSEWHERE)
    return found


def settling_institution(call: Call, med_type: str) -> Institution:
    """The same, open for settling this kind of care."""
    found = institution(call)
    if found.suspended:
        raise Refused(Reason.INSTITUTION_SUSPENDED)
    if med_type == "14" and not found.chronic:
        raise Refused(Reason.INSTITUTION_NOT_CHRONIC)
    if not found.outpatient and med_type != "14":
        raise Refused(Reason.INSTITUTION_NOT_OPEN)
    return found


def person(call: Call, psn_no: str) -> Person:
    """The person, reached through the insured area of the envelope."""
    found = call.state.people.get(psn_no)
    if found is None:
        raise Refused(Reason.PERSON_UNKNOWN)
    if not call.head.insuplc_admdvs:
        raise Refused(Reason.INSURED_AREA_MISSING)
    connected(call, call.head.insuplc_admdvs)
    return found


def connected(call: Call, area: str) -> None:
    """Refuses an insured area that the national exchange does not reach."""
    if not call.state.area(area_code(area, "insuplc_admdvs").code).connected:
        raise Refused(Reason.AREA_NOT_CONNECTED, area=area)


def insurance(call: Call, who: Person, insutype: str) -> Insured:
    """The insurance asked for, held in the insured area of the envelope."""
    rows = [row for row in who.insured if row.insutype == insutype]
    if not rows:
        raise Refused(Reason.INSURANCE_NOT_HELD, insutype=insutype)
    here = [row for row in rows if row.area == call.head.insuplc_admdvs]
    if not here:
        raise Refused(Reason.INSURED_AREA_WRONG, area=call.head.insuplc_admdvs)
    return min(here, key=lambda row: row.status != "1")


def visit(call: Call, mdtrt_id: str, psn_no: str) -> Visit:
    """The visit, of this person and this institution and not withdrawn."""
    found = call.state.visits.get(mdtrt_id)
    if found is None:
        raise Refused(Reason.VISIT_UNKNOWN, mdtrt_id=mdtrt_id)
    if found.psn_no != psn_no or found.institution != call.head.fixmedins_code:
        raise Refused(Reason.VISIT_OF_ANOTHER)
    if found.withdrawn:
        raise Refused(Reason.VISIT_WITHDRAWN)
    return found


def is_settled(state: State, batch: Batch) -> bool:
    """True while a settlement of the batch is effective."""
    effective = SettlementState.EFFECTIVE
    return any(state.settlements[number].state is effective for number in batch.settlements)


def any_settled(state: State, batches: Iterable[Batch]) -> bool:
    return any(is_settled(state, batch) for batch in batches)
