"""The visit at the platform: register (2201), cancel (2202), tell what it was (2203)."""

from __future__ import annotations

from desktop.domain.charges import CareVisit, Diagnosis
from desktop.domain.identifiers import MdtrtId, Msgid
from desktop.nhsa.dates import wire_moment
from desktop.nhsa.messages.registration import (
    REGISTRATION,
    REGISTRATION_CANCEL,
    RegistrationCancelData,
    RegistrationCancelInput,
    RegistrationData,
    RegistrationInput,
    RegistrationOutput,
)
from desktop.nhsa.messages.visit import VISIT, DiagnosisRow, VisitInfo, VisitInput
from desktop.nhsa.messages.wire import Nothing
from desktop.nhsa.questions.claim import Claim, Holder, cross_province_flags
from desktop.nhsa.questions.question import Question, nothing

WESTERN = "1"
"""``diag_type`` 1 西医诊断."""
VALID = "1"
"""``vali_flag`` 1 有效."""


def register(claim: Claim) -> Question[RegistrationInput, RegistrationOutput, MdtrtId]:
    """2201; the answer names the visit."""
    person, visit, credential = claim.person, claim.visit, claim.credential
    data = RegistrationData(
        psn_no=person.psn_no,
        insutype=claim.insurance.kind,
        begntime=wire_moment(visit.began),
        mdtrt_cert_type=credential.kind.value,
        mdtrt_cert_no=credential.number,
        card_sn=credential.card_sn or None,
        psn_cert_type=person.cert_type or None,
        certno=person.cert_no,
        psn_type=claim.insurance.person_class or None,
        psn_name=claim.name,
        ipt_otp_no=visit.visit_no,
        atddr_no=visit.doctor_code or None,
        dr_name=visit.doctor_name or None,
        dept_code=visit.department_code,
        dept_name=visit.department,
        caty=visit.caty,
    )

    def is_ours(output: RegistrationOutput, _msgid: Msgid) -> bool:
        found = output.data
        return (found.psn_no or person.psn_no) == person.psn_no and (
            found.ipt_otp_no or visit.visit_no
        ) == visit.visit_no

    question = RegistrationInput(data=data)
    return Question(REGISTRATION, question, _visit_named, claim.insurance.area, is_ours)


def _visit_named(output: RegistrationOutput) -> MdtrtId:
    return MdtrtId(output.data.mdtrt_id)


def cancel_registration(
    holder: Holder, mdtrt_id: MdtrtId, visit_no: str
) -> Question[RegistrationCancelInput, Nothing, None]:
    """2202; refused while lines or a settlement exist."""
    data = RegistrationCancelData(psn_no=holder.psn_no, mdtrt_id=mdtrt_id, ipt_otp_no=visit_no)
    question = RegistrationCancelInput(data=data)
    return Question(REGISTRATION_CANCEL, question, nothing, holder.area)


def upload_visit(claim: Claim, mdtrt_id: MdtrtId) -> Question[VisitInput, Nothing, None]:
    """2203: kind of care, disease, and the diagnoses, the first of them the main one."""
    visit = claim.visit
    info = VisitInfo(
        mdtrt_id=mdtrt_id,
        psn_no=claim.person.psn_no,
        med_type=visit.kind,
        begntime=wire_moment(visit.began),
        dise_codg=visit.disease or None,
        exp_content=cross_province_flags(visit),
    )
    rows = tuple(_diagnosis(visit, order, d) for order, d in enumerate(visit.diagnoses, 1))
    question = VisitInput(mdtrtinfo=info, diseinfo=rows)
    return Question(VISIT, question, nothing, claim.insurance.area)


def _diagnosis(visit: CareVisit, order: int, diagnosis: Diagnosis) -> DiagnosisRow:
    return DiagnosisRow(
        diag_type=WESTERN,
        diag_srt_no=order,
        diag_code=diagnosis.code,
        diag_name=diagnosis.name,
        diag_dept=visit.department,
        dise_dor_no=visit.doctor_code,
        dise_dor_name=visit.doctor_name,
        diag_time=wire_moment(visit.began),
        vali_flag=VALID,
    )
