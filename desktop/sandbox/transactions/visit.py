"""2201 门诊挂号, 2202 门诊挂号撤销, 2203 门诊就诊信息上传."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from desktop.domain.charges import CHRONIC
from desktop.nhsa.messages.registration import (
    RegistrationCancelInput,
    RegistrationInput,
    RegistrationOutput,
    RegistrationResult,
)
from desktop.nhsa.messages.visit import DiagnosisRow, VisitInput
from desktop.sandbox.calls import Call, is_ahead, wire_time
from desktop.sandbox.care_place.checked_codes import check_diagnosis
from desktop.sandbox.care_place.institutions import institution, settling_institution
from desktop.sandbox.care_place.visits import any_settled, is_settled, visit
from desktop.sandbox.exchange.routing import person
from desktop.sandbox.insured_place.credentials import check_credential, fits
from desktop.sandbox.insured_place.eligibility import (
    check_flags,
    check_person,
    check_recognised,
    read_flags,
)
from desktop.sandbox.insured_place.insurances import insurance
from desktop.sandbox.model import Flags, Institution, Registration, Visit
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import batch_key, registration_key

VALID = "1"


def register(call: Call, asked: RegistrationInput) -> RegistrationOutput:
    """Opens a visit; the filing is asked for later, when the kind of care is known.

    A number that was registered before opens another visit: uniqueness is the hospital's duty,
    and a desk that lost the answer must get on (practice-control names no refusal).
    """
    data = asked.data
    hospital = institution(call)
    if hospital.suspended:
        raise Refused(Reason.INSTITUTION_SUSPENDED)
    if not (hospital.outpatient or hospital.chronic):
        raise Refused(Reason.INSTITUTION_NOT_OPEN)
    who = person(call, data.psn_no)
    check_person(who, insurance(call, who, data.insutype), hospital)
    check_credential(call, who, data.mdtrt_cert_type, data.mdtrt_cert_no, data.card_sn)
    if not fits(who, data.psn_cert_type, data.certno, data.psn_name):
        raise Refused(Reason.CREDENTIAL_OF_ANOTHER)
    begins = _begins(call, data.begntime)
    found = _open_visit(call, asked, begins)
    return RegistrationOutput(
        data=RegistrationResult(
            mdtrt_id=found.mdtrt_id, psn_no=found.psn_no, ipt_otp_no=found.ipt_otp_no
        )
    )


def _open_visit(call: Call, asked: RegistrationInput, begins: datetime) -> Visit:
    number = call.state.number(call.head.mdtrtarea_admvs[:4], 20)
    row = Visit(
        mdtrt_id=number,
        institution=call.head.fixmedins_code,
        ipt_otp_no=asked.data.ipt_otp_no,
        psn_no=asked.data.psn_no,
        insutype=asked.data.insutype,
        begins=begins,
        operator=call.head.opter,
    )
    key = registration_key(row.institution, row.ipt_otp_no)
    call.state.registrations.put(key, Registration(mdtrt_id=number))
    return call.state.visits.put(number, row)


def _begins(call: Call, text: str) -> datetime:
    """``begntime``; a visit that has not begun is none."""
    begins = wire_time(text)
    if is_ahead(call, begins):
        raise Refused(Reason.VISIT_IN_FUTURE, begntime=text)
    return begins


def withdraw(call: Call, asked: RegistrationCancelInput) -> None:
    data = asked.data
    found = visit(call, data.mdtrt_id, data.psn_no)
    if found.ipt_otp_no != data.ipt_otp_no:
        raise Refused(Reason.VISIT_NUMBER_WRONG)
    if found.batches:
        raise Refused(Reason.VISIT_HAS_LINES)
    call.state.visits.put(found.mdtrt_id, msgspec.structs.replace(found, withdrawn=True))
    call.state.registrations.drop(registration_key(found.institution, found.ipt_otp_no))


def upload_visit(call: Call, asked: VisitInput) -> None:
    """Kind of care, disease, diagnoses and flags; what is paid fits the last one sent.

    Its lines are looked over again when they are to be paid; see ``line_rules``.
    """
    info = asked.mdtrtinfo
    found = visit(call, info.mdtrt_id, info.psn_no)
    hospital = settling_institution(call, info.med_type)
    begins = _begins(call, info.begntime)
    _refuse_other_care(found, info.med_type)
    _check_diagnoses(hospital, asked.diseinfo)
    flags = read_flags(info.exp_content, Flags())
    check_flags(flags, info.med_type)
    if info.med_type == CHRONIC:
        check_recognised(call.state.people[found.psn_no], info.dise_codg or "", begins.date())
    changed = msgspec.structs.replace(
        found,
        begins=begins,
        med_type=info.med_type,
        disease=info.dise_codg or "",
        flags=flags,
        diagnoses=_diagnoses(asked.diseinfo),
    )
    _refuse_change_of_settled(call, found, changed)
    call.state.visits.put(found.mdtrt_id, changed)
    if changed != found:
        _forget_previews(call, changed)


def _check_diagnoses(hospital: Institution, rows: tuple[DiagnosisRow, ...]) -> None:
    if not any(row.vali_flag == VALID for row in rows):
        raise Refused(Reason.DIAGNOSIS_MISSING)
    for row in rows:
        check_diagnosis(hospital, row.diag_code)


def _diagnoses(rows: Iterable[DiagnosisRow]) -> tuple[str, ...]:
    valid = sorted((row for row in rows if row.vali_flag == VALID), key=lambda row: row.diag_srt_no)
    return tuple(row.diag_code for row in valid)


def _refuse_other_care(found: Visit, med_type: str) -> None:
    """One kind of care for each visit once lines stand."""
    if found.batches and found.med_type not in ("", med_type):
        raise Refused(Reason.CARE_KIND_CHANGED)


def _refuse_change_of_settled(call: Call, found: Visit, changed: Visit) -> None:
    """Nothing that decided a settlement moves while it stands; a diagnosis may be added."""
    kept = set(found.diagnoses) <= set(changed.diagnoses)
    but_diagnoses = msgspec.structs.replace(changed, diagnoses=found.diagnoses)
    same = kept and but_diagnoses == found
    if not same and any_settled(call.state, call.state.batches_of(found)):
        raise Refused(Reason.VISIT_SETTLED)


def _forget_previews(call: Call, changed: Visit) -> None:
    """What a 2206 showed was reckoned for the visit as it was."""
    for batch in call.state.batches_of(changed):
        if batch.presettled and not is_settled(call.state, batch):
            forgotten = msgspec.structs.replace(batch, presettled=None)
            call.state.batches.put(batch_key(batch.mdtrt_id, batch.number), forgotten)
