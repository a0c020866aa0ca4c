"""2201 门诊挂号, 2202 门诊挂号撤销."""

from __future__ import annotations

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node, Nothing


class RegistrationData(Node, frozen=True, kw_only=True):
    """``data`` of 2201; the national baseline has no card_sn and none of the four psn fields."""

    psn_no: str
    insutype: str
    begntime: str
    mdtrt_cert_type: str
    mdtrt_cert_no: str
    card_sn: str | None = None
    psn_cert_type: str | None = None
    certno: str | None = None
    psn_type: str | None = None
    psn_name: str | None = None
    ipt_otp_no: str
    atddr_no: str | None = None
    dr_name: str | None = None
    dept_code: str
    dept_name: str
    caty: str
    exp_content: JsonText | None = None


class RegistrationInput(Node, frozen=True, kw_only=True):
    data: RegistrationData


class RegistrationResult(Node, frozen=True, kw_only=True):
    """``data`` answered: ``mdtrt_id`` names the visit from here on."""

    mdtrt_id: str
    psn_no: str | None = None
    ipt_otp_no: str | None = None
    exp_content: JsonText | None = None


class RegistrationOutput(Node, frozen=True, kw_only=True):
    data: RegistrationResult


class RegistrationCancelData(Node, frozen=True, kw_only=True):
    """``data`` of 2202."""

    psn_no: str
    mdtrt_id: str
    ipt_otp_no: str
    exp_content: JsonText | None = None


class RegistrationCancelInput(Node, frozen=True, kw_only=True):
    data: RegistrationCancelData


REGISTRATION = Transaction(
    "2201",
    "outpatientDocInfoService/outpatientRregistration",
    RegistrationInput,
    RegistrationOutput,
)
REGISTRATION_CANCEL = Transaction(
    "2202",
    "outpatientDocInfoService/outpatientRegistrationCancel",
    RegistrationCancelInput,
    Nothing,
)
