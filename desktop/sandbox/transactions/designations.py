"""2505 人员定点备案, 5302 人员定点信息查询."""

from __future__ import annotations

from datetime import date

from desktop.nhsa.messages.designation import (
    DesignationData,
    DesignationInput,
    DesignationOutput,
    DesignationResult,
    DesignationRow,
    DesignationsInput,
    DesignationsOutput,
)
from desktop.sandbox.calls import Call, wire_day
from desktop.sandbox.exchange.routing import person
from desktop.sandbox.insured_place.designations import choose, chosen
from desktop.sandbox.insured_place.eligibility import check_active
from desktop.sandbox.model import Designation, Person
from desktop.sandbox.refusals import Reason, Refused


def designate(call: Call, asked: DesignationInput) -> DesignationOutput:
    """Files an institution that is open; one for each place and day."""
    data = asked.data
    who = person(call, data.psn_no)
    _check(call, data)
    begins, ends = _days(data)
    row = choose(
        call.state,
        Designation(
            number=call.state.number("DD", 20),
            psn_no=who.psn_no,
            insutype=_insutype(call, who),
            kind=data.biz_appy_type,
            order=data.fix_srt_no,
            institution=data.fixmedins_code,
            name=data.fixmedins_name,
            begins=begins,
            ends=ends,
            memo=data.memo or "",
        ),
    )
    return DesignationOutput(result=DesignationResult(trt_dcla_detl_sn=row.number))


def _check(call: Call, data: DesignationData) -> None:
    there = call.state.institutions.get(data.fixmedins_code)
    if there is None:
        raise Refused(Reason.INSTITUTION_UNKNOWN, code=data.fixmedins_code)
    if there.suspended:
        raise Refused(Reason.INSTITUTION_SUSPENDED)


def _days(data: DesignationData) -> tuple[date, date | None]:
    begins = wire_day(data.begndate)
    ends = wire_day(data.enddate) if data.enddate else None
    if ends is not None and ends < begins:
        raise Refused(Reason.FIELD_WRONG, field="enddate")
    return begins, ends


def _insutype(call: Call, who: Person) -> str:
    """The insurance in the area of the envelope, which must be active (S0-15)."""
    here = [row for row in who.insured if row.area == call.head.insuplc_admdvs]
    if not here:
        raise Refused(Reason.INSURED_AREA_WRONG, area=call.head.insuplc_admdvs)
    found = min(here, key=lambda row: not row.active)
    check_active(found)
    return found.insutype


def query_designations(call: Call, asked: DesignationsInput) -> DesignationsOutput:
    """Every choice, also ended ones: the desk sees the days."""
    who = person(call, asked.data.psn_no)
    rows = chosen(call.state, who.psn_no, asked.data.biz_appy_type)
    return DesignationsOutput(psnfixmedin=tuple(_row(row) for row in rows))


def _row(row: Designation) -> DesignationRow:
    return DesignationRow(
        psn_no=row.psn_no,
        insutype=row.insutype,
        fix_srt_no=row.order,
        fixmedins_code=row.institution,
        fixmedins_name=row.name,
        begndate=row.begins.isoformat(),
        enddate=row.ends.isoformat() if row.ends else None,
        memo=row.memo or None,
    )
