"""Which credential may serve a second time, and as what (visit.md 3.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.record import VisitRecord
from desktop.services.credentials import read_entry, remembered
from tests.nhsa.samples import PERSON


def record_of(credential: Credential, cert_type: str = "01") -> VisitRecord:
    person = replace(PERSON, cert_type=cert_type)
    return replace(VisitRecord(), credential=read_entry(credential), person=person)


@pytest.mark.parametrize(
    ("cert_type", "kind"),
    [
        ("01", CertKind.RESIDENT_ID),
        ("07", CertKind.FOREIGNER),
        ("17", CertKind.HMT_RESIDENT),
        ("08", CertKind.FOREIGN_PASSPORT),
        ("99", CertKind.OTHER),
        ("90", CertKind.RESIDENT_ID),
        ("", CertKind.RESIDENT_ID),
    ],
)
def test_an_id_card_serves_again_as_the_paper_that_it_is(cert_type: str, kind: CertKind) -> None:
    again = remembered(record_of(Credential(CredentialKind.ID_CARD, "N1"), cert_type))
    assert again == Credential(
        CredentialKind.ID_CARD, "N1", name=PERSON.name, cert_no=PERSON.cert_no, cert_kind=kind
    )


def test_a_social_security_card_names_its_holder_by_the_resident_number() -> None:
    again = remembered(record_of(Credential(CredentialKind.SOCIAL_SECURITY_CARD, "N1", "S1"), "90"))
    assert again is not None
    assert (again.card_sn, again.cert_kind) == ("S1", CertKind.RESIDENT_ID)


def test_a_token_and_a_visit_without_credential_serve_no_more() -> None:
    assert remembered(record_of(Credential(CredentialKind.VOUCHER, "token"))) is None
    assert remembered(VisitRecord()) is None
