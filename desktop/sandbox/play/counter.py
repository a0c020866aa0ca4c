"""One visit at the counter: the questions of a desk, each answer carried into the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.credential import CredentialKind
from desktop.domain.money import Money
from desktop.nhsa.messages.benefit_check import BENEFIT_CHECK, BenefitInput, BenefitQuery
from desktop.nhsa.messages.charges import (
    CHARGES,
    CHARGES_CANCEL,
    EVERY_BATCH,
    ChargeRow,
    ChargesCancelData,
    ChargesCancelInput,
    ChargesInput,
)
from desktop.nhsa.messages.person import PERSON, PersonInput, PersonQuery
from desktop.nhsa.messages.registration import (
    REGISTRATION,
    REGISTRATION_CANCEL,
    RegistrationCancelData,
    RegistrationCancelInput,
    RegistrationData,
    RegistrationInput,
)
from desktop.nhsa.messages.reversal import REVERSAL, ReversalData, ReversalInput
from desktop.nhsa.messages.settlement import (
    CANCEL,
    PREVIEW,
    SETTLE,
    CancelData,
    CancelInput,
    PreviewData,
    PreviewInfo,
    PreviewInput,
    SettleData,
    SettledInfo,
    SettleInput,
)
from desktop.nhsa.messages.visit import VISIT, DiagnosisRow, VisitInfo, VisitInput
from desktop.sandbox.exchange.vouchers import issue
from desktop.sandbox.model import Insured, Person
from desktop.sandbox.play.bills import Charge
from desktop.sandbox.play.care import Care
from desktop.sandbox.play.line import Line

_DOCTOR = ("D430100000001", "白大夫")
_DEPARTMENT = ("A03", "内科")


@dataclass(frozen=True, slots=True)
class Shown:
    """The credential on the counter, as ``mdtrt_cert_type`` and ``mdtrt_cert_no`` tell it."""

    kind: CredentialKind
    number: str
    card_sn: str | None = None


def voucher(who: Person, line: Line) -> Shown:
    """A fresh QR code from the patient's phone, read at once."""
    qr = issue(line.platform.state, who, line.now).qr
    return Shown(CredentialKind.VOUCHER, line.read_voucher(qr))


@dataclass(slots=True)
class AtCounter:
    """A patient at a window; ``mdtrt_id`` is known once 2201 was answered."""

    line: Line
    who: Person
    insured: Insured
    care: Care
    shown: Shown
    visit_no: str
    begins: datetime
    mdtrt_id: str = ""
    lines: int = 0
    settled: bool = False
    """True once something of the visit was paid for."""

    @property
    def began(self) -> str:
        return f"{self.begins:%Y-%m-%d %H:%M:%S}"

    def identify(self) -> None:
        query = PersonQuery(
            mdtrt_cert_type=self.shown.kind,
            mdtrt_cert_no=self.shown.number,
            card_sn=self.shown.card_sn,
            psn_cert_type="01",
            certno=self.who.certno,
            psn_name=self.who.name,
        )
        self.line.ask(PERSON, "", PersonInput(data=query))

    def ask_benefits(self) -> None:
        query = BenefitQuery(
            psn_no=self.who.psn_no,
            insutype=self.insured.insutype,
            fixmedins_code=self.line.place.code,
            med_type=self.care.med_type,
            begntime=self.began,
            dise_codg=self.care.disease or None,
        )
        self.line.ask(BENEFIT_CHECK, self.insured.area, BenefitInput(data=query))

    def register(self) -> None:
        data = RegistrationData(
            psn_no=self.who.psn_no,
            insutype=self.insured.insutype,
            begntime=self.began,
            mdtrt_cert_type=self.shown.kind,
            mdtrt_cert_no=self.shown.number,
            card_sn=self.shown.card_sn,
            ipt_otp_no=self.visit_no,
            atddr_no=_DOCTOR[0],
            dr_name=_DOCTOR[1],
            dept_code=_DEPARTMENT[0],
            dept_name=_DEPARTMENT[1],
            caty=_DEPARTMENT[0],
        )
        told = self.line.ask(REGISTRATION, self.insured.area, RegistrationInput(data=data))
        self.mdtrt_id = told.data.mdtrt_id

    def withdraw(self) -> None:
        data = RegistrationCancelData(
            psn_no=self.who.psn_no, mdtrt_id=self.mdtrt_id, ipt_otp_no=self.visit_no
        )
        self.line.ask(REGISTRATION_CANCEL, self.insured.area, RegistrationCancelInput(data=data))

    def tell_visit(self) -> None:
        info = VisitInfo(
            mdtrt_id=self.mdtrt_id,
            psn_no=self.who.psn_no,
            med_type=self.care.med_type,
            begntime=self.began,
            dise_codg=self.care.disease or None,
            dise_name=self.care.disease_name or None,
            exp_content=self.care.extension,
        )
        diagnosis = DiagnosisRow(
            diag_type="1",
            diag_srt_no=1,
            diag_code=self.care.diagnosis[0],
            diag_name=self.care.diagnosis[1],
            diag_dept=_DEPARTMENT[1],
            dise_dor_no=_DOCTOR[0],
            dise_dor_name=_DOCTOR[1],
            diag_time=self.began,
            vali_flag="1",
        )
        question = VisitInput(mdtrtinfo=info, diseinfo=(diagnosis,))
        self.line.ask(VISIT, self.insured.area, question)

    def charge(self, batch: str, bill: Sequence[Charge]) -> None:
        rows = tuple(self._row(batch, charge) for charge in bill)
        self.line.ask(CHARGES, self.insured.area, ChargesInput(feedetail=rows))

    def _row(self, batch: str, charge: Charge) -> ChargeRow:
        self.lines += 1
        return ChargeRow(
            feedetl_sn=str(self.lines),
            mdtrt_id=self.mdtrt_id,
            psn_no=self.who.psn_no,
            chrg_bchno=batch,
            dise_codg=self.care.disease or None,
            rx_circ_flag="0",
            fee_ocur_time=self.began,
            med_list_codg=charge.item.code,
            medins_list_codg=charge.item.code,
            det_item_fee_sumamt=charge.total,
            cnt=charge.quantity,
            pric=charge.price,
            bilg_dept_codg=_DEPARTMENT[0],
            bilg_dept_name=_DEPARTMENT[1],
            bilg_dr_codg=_DOCTOR[0],
            bilg_dr_name=_DOCTOR[1],
            hosp_appr_flag=charge.approval,
        )

    def take_back_charges(self) -> None:
        data = ChargesCancelData(
            mdtrt_id=self.mdtrt_id, chrg_bchno=EVERY_BATCH, psn_no=self.who.psn_no
        )
        self.line.ask(CHARGES_CANCEL, self.insured.area, ChargesCancelInput(data=data))

    def preview(self, batch: str, total: Money, use: str) -> PreviewInfo:
        data = PreviewData(
            psn_no=self.who.psn_no,
            mdtrt_cert_type=self.shown.kind,
            mdtrt_cert_no=self.shown.number,
            card_sn=self.shown.card_sn,
            med_type=self.care.med_type,
            medfee_sumamt=total,
            psn_setlway="01",
            mdtrt_id=self.mdtrt_id,
            chrg_bchno=batch,
            acct_used_flag=use,
            insutype=self.insured.insutype,
            exp_content=self.care.extension,
        )
        return self.line.ask(PREVIEW, self.insured.area, PreviewInput(data=data)).setlinfo

    def settle(self, batch: str, seen: PreviewInfo, use: str) -> SettledInfo:
        """2207 with the amounts of the 2206 that the patient has seen."""
        data = SettleData(
            psn_no=self.who.psn_no,
            mdtrt_cert_type=self.shown.kind,
            mdtrt_cert_no=self.shown.number,
            card_sn=self.shown.card_sn,
            med_type=self.care.med_type,
            medfee_sumamt=_told(seen.medfee_sumamt),
            psn_setlway="01",
            mdtrt_id=self.mdtrt_id,
            chrg_bchno=batch,
            insutype=self.insured.insutype,
            acct_used_flag=use,
            fulamt_ownpay_amt=_told(seen.fulamt_ownpay_amt),
            overlmt_selfpay=_told(seen.overlmt_selfpay),
            preselfpay_amt=_told(seen.preselfpay_amt),
            inscp_scp_amt=_told(seen.inscp_scp_amt),
            exp_content=self.care.extension,
        )
        told = self.line.ask(SETTLE, self.insured.area, SettleInput(data=data)).setlinfo
        self.settled = True
        return told

    def cancel(self, setl_id: str) -> None:
        data = CancelData(setl_id=setl_id, mdtrt_id=self.mdtrt_id, psn_no=self.who.psn_no)
        self.line.ask(CANCEL, self.insured.area, CancelInput(data=data))

    def reverse(self, msgid: str) -> None:
        data = ReversalData(psn_no=self.who.psn_no, omsgid=msgid, oinfno=SETTLE.infno)
        self.line.ask(REVERSAL, self.insured.area, ReversalInput(data=data))


def _told(amount: Money | None) -> Money:
    """This platform tells every amount."""
    assert amount is not None
    return amount
