"""Who may ask the platform, and for what kind of care."""

from __future__ import annotations

from desktop.domain.charges import CHRONIC
from desktop.sandbox.calls import Call
from desktop.sandbox.care_kinds import check_offered
from desktop.sandbox.model import Institution
from desktop.sandbox.refusals import Reason, Refused


def institution(call: Call) -> Institution:
    """The asking institution, which must stand in the care area of the envelope."""
    found = call.state.institutions.get(call.head.fixmedins_code)
    if found is None:
        raise Refused(Reason.INSTITUTION_UNKNOWN, code=call.head.fixmedins_code)
    if found.area[:4] != call.head.mdtrtarea_admvs[:4]:
        raise Refused(Reason.INSTITUTION_ELSEWHERE)
    return found


def settling_institution(call: Call, med_type: str) -> Institution:
    """The same, open for settling this kind of care."""
    check_offered(med_type)
    found = institution(call)
    if found.suspended:
        raise Refused(Reason.INSTITUTION_SUSPENDED)
    if med_type == CHRONIC and not found.chronic:
        raise Refused(Reason.INSTITUTION_NOT_CHRONIC)
    if not found.outpatient and med_type != CHRONIC:
        raise Refused(Reason.INSTITUTION_NOT_OPEN)
    return found
