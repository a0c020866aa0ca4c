"""``ec.query``: the e-voucher decode in its HTTP form (interface document 6101, 6.2)."""

from __future__ import annotations

from desktop.nhsa.messages.wire import Node

VOUCHER_PATH = "/localcfc/api/hsecfc/localQrCodeQuery"
TRANSACTION_TYPE = "ec.query"
FOR_SETTLEMENT = "01301"
"""用码业务类型 ``businessType``: 结算."""
SELF_SERVICE = "SelfService"
"""``deviceType`` of a kiosk."""


class VoucherQuery(Node, frozen=True, kw_only=True, rename="camel"):
    """``data`` asked; the scanned text rides in ``ecQrCode``."""

    ec_qr_code: str
    business_type: str
    business_info: str | None = None
    operator_id: str
    operator_name: str
    office_id: str | None = None
    office_name: str | None = None
    device_type: str | None = None


class VoucherRequest(Node, frozen=True, kw_only=True, rename="camel"):
    """The whole body; ``extra``, an empty object, is added when it is written."""

    org_id: str
    trans_type: str
    data: VoucherQuery


class VoucherHolder(Node, frozen=True, kw_only=True, rename="camel"):
    """``data`` answered, as an object or as its JSON text; ``insuOrg`` is the insured area."""

    user_name: str
    id_no: str
    id_type: str | None = None
    ec_token: str
    insu_org: str | None = None
    auth_no: str | None = None
    ec_index_no: str | None = None
    gender: str | None = None
    birthday: str | None = None
    nationality: str | None = None
    email: str | None = None
    chnl_id: str | None = None
    ec_qr_code: str | None = None


class VoucherAnswer(Node, frozen=True, kw_only=True):
    """``code`` 0 is a yes; a foreign QR code gets ``success`` false and code 500159."""

    code: int
    message: str | None = None
    data: VoucherHolder | None = None
