"""The e-voucher: a scanned QR code becomes a credential (``ec.query``, 6.2)."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.credential import Credential
from desktop.nhsa.decoder import Fault, Unreadable
from desktop.nhsa.envelope import read_voucher_answer
from desktop.nhsa.messages.voucher import (
    FOR_SETTLEMENT,
    SELF_SERVICE,
    TRANSACTION_TYPE,
    VoucherHolder,
    VoucherQuery,
    VoucherRequest,
)
from desktop.nhsa.outcome import (
    Outcome,
    outcome_of_body,
)
from desktop.nhsa.service_answer import credential_of, judged
from desktop.nhsa.site import Operator, OperatorKind, Site
from desktop.nhsa.transport import Reply


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

    def of_service(tree: Mapping[str, object]) -> Outcome[Credential]:
        answer = read_voucher_answer(tree)
        return judged(reply, answer.code, answer.message, lambda: _credential(answer.data))

    return outcome_of_body(reply, of_service)


def _credential(holder: VoucherHolder | None) -> Credential:
    if holder is None:
        raise Unreadable(Fault.MISSING, "data")
    return credential_of(holder)
