"""Who stands at the window: credential → person → one insurance (visit.md B01–B09)."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.charges import Patient
from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.identifiers import AreaCode, BadIdentifier, IdNumber
from desktop.domain.identity import ToldOtherwise
from desktop.domain.names import masked_name, same_name
from desktop.domain.person import Insurance, Person
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.scanned import ScannedKind, as_sent, classify_scan
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused
from desktop.nhsa.questions.identify import identify as ask_who
from desktop.services.clock import clock_agrees
from desktop.services.ending import Ending, Stopped, accepted, said_no, stopped
from desktop.services.ports import Desk
from desktop.services.sending import query

_SEXES = frozenset("12")
_NOT_BY_THIS_CARD = frozenset(
    (None, ProblemCode.PERSON_UNKNOWN, ProblemCode.OTHER_CREDENTIAL_NEEDED)
)


def from_id_number(text: str) -> Credential:
    """A typed ID number, checked by its digit (B05)."""
    try:
        number = IdNumber.parse(text).number
    except BadIdentifier:
        raise stopped(Ending.FAILED, ProblemCode.ID_NUMBER_INVALID) from None
    return Credential(CredentialKind.ID_CARD, number, cert_no=number)


def from_qr(desk: Desk, text: str) -> Credential:
    """A scanned e-voucher, decoded by the platform once (B01–B03).

    The code is noted as used before it leaves: it may be spent even when no answer comes back.
    """
    kind, code = classify_scan(text), as_sent(text)
    if kind is not ScannedKind.VOUCHER:
        raise stopped(Ending.FAILED, ProblemCode.NOT_A_VOUCHER, kind.words)
    if not desk.journal.use_code(code, desk.clock()):
        raise stopped(Ending.FAILED, ProblemCode.VOUCHER_USED)
    outcome = desk.platform.decode_voucher(code)
    if _reached_nobody(outcome):
        desk.journal.forget_code(code)
    if said_no(outcome):
        refused = Problem(ProblemCode.VOUCHER_REFUSED, outcome.text, quoted=True)
        raise Stopped(Ending.FAILED, refused)
    return accepted(outcome, desk.refusals)


def identify(desk: Desk, credential: Credential) -> Person:
    """Ask the centre who this is (1101)."""
    outcome = query(desk, ask_who(credential))
    if isinstance(outcome, Accepted):
        clock_agrees(desk, outcome.platform_time)
    if _partial_card(credential) and said_no(outcome):
        _card_not_enough(desk, outcome.text)
    return accepted(outcome, desk.refusals)


def same_holder(person: Person, credential: Credential) -> ToldOtherwise:
    """The credential must be that of the person whom the centre names by it (B08).

    Raises :class:`Stopped` for another ID number, or another name, sex or birth where no numbers
    tell. One number with two spellings of the name is one person: to be looked at, never refused
    for a rare character that somebody could not write, nor for a clerk's slip in the register.
    """
    otherwise = _told_otherwise(person, credential)
    numbers = _same_number(credential, person)
    if numbers is False or (numbers is None and otherwise.remarks):
        detail = f"姓名 {masked_name(credential.name)} / {masked_name(person.name)}"
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.CREDENTIAL_MISMATCH, detail)
    return otherwise


def by_use(insurances: tuple[Insurance, ...], place: AreaCode) -> tuple[Insurance, ...]:
    """As a cashier chooses: what is active first, and what belongs to this window (B06, B07)."""
    return tuple(
        sorted(insurances, key=lambda row: (not row.active, row.area.same_province(place)))
    )


def choose_insurance(person: Person, wanted: tuple[str, AreaCode | None] | None) -> Insurance:
    """The wanted insurance, or the only active one; several wait for a person (B06)."""
    rows = person.insurances
    if wanted is not None:
        kind, area = wanted
        rows = tuple(r for r in rows if r.kind == kind and area in (None, r.area))
        if not rows:
            raise stopped(Ending.NEEDS_PERSON, ProblemCode.INSURANCE_NOT_FOUND, kind)
    active = tuple(row for row in rows if row.active)
    if not active:
        status = "、".join(f"{row.kind} 状态{row.status}" for row in rows)
        raise stopped(Ending.REFUSED, ProblemCode.INSURANCE_INACTIVE, status)
    if len(active) > 1:
        listed = "、".join(f"{row.kind}@{row.area}" for row in active)
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.CHOOSE_INSURANCE, listed)
    return active[0]


def same_person(person: Person, patient: Patient) -> None:
    """The credential's person must be the hospital's patient (B09); else a person looks."""
    differs = []
    if patient.id_number and patient.id_number.upper() != person.cert_no.upper():
        differs.append("证件号不同")
    if not same_name(person.name, patient.name):
        differs.append(f"姓名 {masked_name(person.name)} / {masked_name(patient.name)}")
    if differs:
        detail = "，".join(differs)
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.PATIENT_MISMATCH, detail)


def completed(credential: Credential, person: Person) -> Credential:
    """The credential with what the centre told, for the requests that follow."""
    return replace(credential, name=person.name, cert_no=person.cert_no)


def _told_otherwise(person: Person, credential: Credential) -> ToldOtherwise:
    name, sex, birth = credential.name, credential.sex, credential.birth
    return ToldOtherwise(
        name=name if name and not same_name(name, person.name) else "",
        sex=sex if {sex, person.sex} == _SEXES else "",
        birth=birth if person.birth is not None and birth != person.birth else None,
    )


def _same_number(credential: Credential, person: Person) -> bool | None:
    """None where one of them is no ID number: documents of two kinds are not compared.

    Two of one kind that read alike are one document; where they differ, one may be its renewal.
    """
    try:
        return IdNumber.parse(credential.cert_no) == IdNumber.parse(person.cert_no)
    except BadIdentifier:
        alike = (credential.cert_kind.value, credential.cert_no) == (
            person.cert_type,
            person.cert_no,
        )
        return True if alike and credential.cert_no else None


def _reached_nobody(outcome: Outcome[Credential]) -> bool:
    """It never left this PC, or the gateway let it through to no service."""
    return isinstance(outcome, NotSent) or (isinstance(outcome, Refused) and not said_no(outcome))


def _card_not_enough(desk: Desk, text: str) -> None:
    """The centre does not know the card number; another refusal keeps its own words."""
    if desk.refusals.find(text) in _NOT_BY_THIS_CARD:
        needed = Problem(ProblemCode.OTHER_CREDENTIAL_NEEDED, text, quoted=True)
        raise Stopped(Ending.REFUSED, needed)


def _partial_card(credential: Credential) -> bool:
    """A 3.0 card tells no ID number: only its card number and 卡识别码."""
    return credential.kind is CredentialKind.SOCIAL_SECURITY_CARD and not credential.cert_no
