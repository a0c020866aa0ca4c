"""The e-voucher: a scanned QR code becomes a credential (``ec.query``, 6.2)."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.credential import Credential, CredentialKind
from desktop.nhsa.dates import http_date
from desktop.nhsa.decoder import Fault, Unreadable, parse, read
from desktop.nhsa.envelope import read_voucher_answer
from desktop.nhsa.messages.voucher import (
    FOR_SETTLEMENT,
    SELF_SERVICE,
    TRANSACTION_TYPE,
    VoucherAnswer,
    VoucherHolder,
    VoucherQuery,
    VoucherRequest,
)
from desktop.nhsa.outcome import Accepted, By, Outcome, Refused, Unknown, WhyUnknown
from desktop.nhsa.questions.question import area_of
from desktop.nhsa.site import Operator, OperatorKind, Site
from desktop.nhsa.transport import Reply

_NOBODY_SAID_NO = 999
"""5.1: a gateway that could not reach the service; as good as no answer."""


def voucher_request(site: Site, operator: Operator, scanned: str) -> VoucherRequest:
    """``scanned`` is the text of the QR code: decoded once, within a minute."""
    query = VoucherQuery(
        ec_qr_code=scanned,
        business_type=FOR_SETTLEMENT,
        operator_id=operator.number,
        operator_name=operator.name,
        office_id=operator.office,
        office_name=operator.office_name,
        device_type=SELF_SERVICE if operator.kind is OperatorKind.KIOSK else "",
    )
    return VoucherRequest(org_id=site.fixmedins_code, trans_type=TRANSACTION_TYPE, data=query)


def voucher_outcome(reply: Reply) -> Outcome[Credential]:
    """A code other than 0 is a no; what cannot be read is unknown, and the QR may be spent."""
    at = http_date(reply.headers)
    if reply.status != 200:
        return Unknown(WhyUnknown.HTTP_STATUS, f"HTTP {reply.status}", at)
    try:
        return _outcome(_answer(reply.body), at)
    except Unreadable as failure:
        return Unknown(WhyUnknown.UNREADABLE, str(failure), at)


def _answer(body: bytes) -> VoucherAnswer:
    """A refusal is read without its ``data``, which may hold anything."""
    tree = parse(body)
    if tree.get("code") == "0":
        return read_voucher_answer(body)
    return read(VoucherAnswer, {k: v for k, v in tree.items() if k != "data"})


def _outcome(answer: VoucherAnswer, at: datetime | None) -> Outcome[Credential]:
    if answer.code == 0:
        return Accepted(_credential(answer.data), at)
    if answer.code == _NOBODY_SAID_NO:
        return Unknown(WhyUnknown.GATEWAY_FAILED, f"code {answer.code}", at)
    by = By.GATEWAY if answer.code == 401 else By.PLATFORM
    return Refused(answer.message or "", str(answer.code), by, at)


def _credential(holder: VoucherHolder | None) -> Credential:
    if holder is None:
        raise Unreadable(Fault.MISSING, "data")
    return Credential(
        kind=CredentialKind.VOUCHER,
        number=holder.ec_token,
        name=holder.user_name,
        cert_no=holder.id_no,
        area=area_of(holder.insu_org, "data.insuOrg") if holder.insu_org else None,
    )
