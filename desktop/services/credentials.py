"""Which credential may serve a second time (visit.md 3.3)."""

from __future__ import annotations

from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.events import CredentialRead
from desktop.domain.identifiers import masked_number
from desktop.domain.record import VisitRecord
from desktop.services.identify import completed


def read_entry(credential: Credential) -> CredentialRead:
    """What the journal keeps: a card or an ID may serve again, a voucher's token may not."""
    masked = masked_number(credential.number)
    if credential.kind is CredentialKind.VOUCHER:
        return CredentialRead(credential.kind, masked)
    return CredentialRead(credential.kind, masked, credential.number, credential.card_sn)


def remembered(record: VisitRecord) -> Credential | None:
    """The credential of the visit, where it may serve again; None for a voucher."""
    read, person = record.credential, record.person
    if read is None or person is None or not read.number:
        return None
    paper = CertKind.of(person.cert_type if read.kind is CredentialKind.ID_CARD else "")
    again = Credential(read.kind, read.number, read.card_sn, cert_kind=paper)
    return completed(again, person)
