"""1101 人员信息获取, 1201 医药机构信息获取, 5301 人员慢特病备案查询."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.credential import CredentialKind
from desktop.nhsa.messages.chronic import ChronicInput, ChronicOutput, ChronicRow
from desktop.nhsa.messages.institution import (
    InstitutionInput,
    InstitutionOutput,
    InstitutionRow,
)
from desktop.nhsa.messages.person import (
    BaseInfo,
    IdentityRow,
    InsuranceRow,
    PersonInput,
    PersonOutput,
    PersonQuery,
)
from desktop.nhsa.messages.wire import NumberText
from desktop.sandbox.calls import Call, years_old
from desktop.sandbox.exchange.routing import person, reach
from desktop.sandbox.insured_place.credentials import ID_CERTIFICATE, fits, holder
from desktop.sandbox.insured_place.diseases import disease_name
from desktop.sandbox.insured_place.insurances import as_of
from desktop.sandbox.model import Institution, InstitutionKind, Insured, Person, Recognition
from desktop.sandbox.refusals import Reason, Refused

HOSPITAL = "1"
_WIRE_LEVEL = {1: "8", 2: "5", 3: "2"}
_UNGRADED = "11"


def query_person(call: Call, asked: PersonInput) -> PersonOutput:
    """Certificate and name may stay empty, as captures show; a wrong certificate finds nobody.

    A name may be written differently on a card (生僻字): the desk compares it, nobody else.
    """
    query = asked.data
    if call.head.insuplc_admdvs:
        reach(call, call.head.insuplc_admdvs)
    who = _asked_person(call, query)
    rows = tuple(row for row in who.insured if call.state.area(row.area).connected)
    for nearest in (rows or who.insured)[:1]:
        reach(call, nearest.area)
    return PersonOutput(
        baseinfo=base_info(who, call.business_now),
        insuinfo=tuple(_insurance_row(as_of(row, call.business_now.date())) for row in rows),
        idetinfo=tuple(IdentityRow(psn_idet_type=each) for each in who.identities),
    )


def _asked_person(call: Call, query: PersonQuery) -> Person:
    if query.mdtrt_cert_type == CredentialKind.SOCIAL_SECURITY_CARD and not query.card_sn:
        raise Refused(Reason.FIELD_MISSING, field="card_sn")
    who = holder(call, query.mdtrt_cert_type, query.mdtrt_cert_no, query.card_sn)
    if not fits(who, query.psn_cert_type, query.certno):
        raise Refused(Reason.PERSON_UNKNOWN)
    return who


def base_info(who: Person, today: datetime) -> BaseInfo:
    return BaseInfo(
        psn_no=who.psn_no,
        psn_cert_type=ID_CERTIFICATE,
        certno=who.certno,
        psn_name=who.name,
        gend=who.sex,
        naty=who.nation,
        brdy=who.birth.isoformat(),
        age=age_text(who, today),
    )


def age_text(who: Person, today: datetime) -> NumberText:
    """Years with one decimal (4,1)."""
    return NumberText(f"{years_old(who.birth, today.date())}.0")


def _insurance_row(row: Insured) -> InsuranceRow:
    return InsuranceRow(
        balc=row.account,
        insutype=row.insutype,
        psn_type=row.psn_type,
        psn_insu_stas=row.status,
        cvlserv_flag="1" if row.official else "0",
        insuplc_admdvs=row.area,
    )


def query_institution(call: Call, asked: InstitutionInput) -> InstitutionOutput:
    """By code, or by a part of the name; the answer is a list, perhaps empty."""
    query = asked.medinsinfo
    rows = (
        _institution_row(row)
        for row in call.state.institutions
        if query.fixmedins_type == HOSPITAL
        and query.fixmedins_code in (None, row.code)
        and (query.fixmedins_name or "") in row.name
    )
    return InstitutionOutput(medinsinfo=tuple(rows))


def _institution_row(row: Institution) -> InstitutionRow:
    return InstitutionRow(
        fixmedins_code=row.code,
        fixmedins_name=row.name,
        uscc=f"12{row.area}{row.code[-10:]}",
        fixmedins_type=HOSPITAL,
        hosp_lv=_UNGRADED if row.kind is InstitutionKind.VILLAGE else _WIRE_LEVEL[row.level],
    )


def query_chronic(call: Call, asked: ChronicInput) -> ChronicOutput:
    """Every recognition, also ended ones: the desk sees the dates."""
    who = person(call, asked.data.psn_no)
    return ChronicOutput(feedetail=tuple(_chronic_row(row) for row in who.chronic))


def _chronic_row(row: Recognition) -> ChronicRow:
    return ChronicRow(
        opsp_dise_code=row.disease,
        opsp_dise_name=disease_name(row.disease),
        begndate=row.begins.isoformat(),
        enddate=row.ends.isoformat() if row.ends else None,
    )
