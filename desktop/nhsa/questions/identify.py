"""Who it is (1101)."""

from __future__ import annotations

from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.identifiers import PsnNo
from desktop.domain.names import is_torn
from desktop.domain.person import Insurance, Person
from desktop.nhsa.dates import day_of
from desktop.nhsa.messages.person import (
    PERSON,
    InsuranceRow,
    PersonInput,
    PersonOutput,
    PersonQuery,
)
from desktop.nhsa.questions.question import Question, area_of


def identify(credential: Credential) -> Question[PersonInput, PersonOutput, Person]:
    """1101 for any credential; a card may tell no more than its number and ``card_sn``."""
    cert_no = _cert_no(credential)
    query = PersonQuery(
        mdtrt_cert_type=credential.kind.value,
        mdtrt_cert_no=credential.number,
        card_sn=credential.card_sn or None,
        psn_cert_type=credential.cert_kind.value if cert_no else None,
        certno=cert_no or None,
        psn_name=_whole_name(credential.name) or None,
    )
    return Question(PERSON, PersonInput(data=query), person_of, credential.area)


def _cert_no(credential: Credential) -> str:
    if credential.kind is CredentialKind.ID_CARD:
        return credential.cert_no or credential.number
    return credential.cert_no


def _whole_name(name: str) -> str:
    """A name that lost a character is another person's: asked without it, compared afterwards."""
    return "" if is_torn(name) else name


def person_of(output: PersonOutput) -> Person:
    """Raises :class:`~desktop.nhsa.decoder.Unreadable` when an insured area is none."""
    info = output.baseinfo
    return Person(
        psn_no=PsnNo(info.psn_no),
        name=info.psn_name,
        cert_type=info.psn_cert_type or "",
        cert_no=info.certno,
        sex=info.gend or "",
        birth=day_of(info.brdy),
        nation=info.naty or "",
        age=info.age or "",
        insurances=tuple(_insurance(row) for row in output.insuinfo),
    )


def _insurance(row: InsuranceRow) -> Insurance:
    return Insurance(
        kind=row.insutype,
        area=area_of(row.insuplc_admdvs, "insuinfo.insuplc_admdvs"),
        person_class=row.psn_type or "",
        status=row.psn_insu_stas or "",
        account_balance=row.balc,
        civil_servant=row.cvlserv_flag == "1",
        employer=row.emp_name or "",
    )
