"""Face verification at the terminal and its notice (interface document 6.1, 6.4).

The same door as ``ec.query``; ``transType`` tells them apart.
"""

from __future__ import annotations

import msgspec

from desktop.nhsa.messages.wire import Node

FACE_AUTHORISATION = "cn.nhsa.ec.auth"
FACE_CHECK = "cn.nhsa.auth.check"
SETTLEMENT_NOTICE = "cn.nhsa.settle.notify"


class FaceQuestion(Node, frozen=True, kw_only=True, rename="camel"):
    """``data`` of ``cn.nhsa.ec.auth``: the terminal turns to whoever stands before it."""

    org_id: str
    out_biz_no: str
    """One of its own for each question, at most 64 characters."""
    business_type: str
    operator_id: str
    operator_name: str
    office_id: str
    office_name: str
    ext_data: str | None = None


class FaceAnswer(Node, frozen=True, kw_only=True, rename="camel"):
    """``data`` answered: the number with which the identity is fetched."""

    auth_no: str
    out_biz_no: str | None = None
    ext_data: str | None = None


class FaceCheckQuestion(FaceQuestion, frozen=True, kw_only=True, rename="camel"):
    """``data`` of ``cn.nhsa.auth.check``."""

    auth_no: str


class FaceHolder(Node, frozen=True, kw_only=True, rename="camel"):
    """``data`` answered: who it is, and the token that stands for the credential."""

    auth_no: str | None = None
    id_no: str
    id_type: str | None = None
    user_name: str
    ec_token: str
    insu_org: str | None = None
    ec_index_no: str | None = None
    gender: str | None = None
    birthday: str | None = None
    nationality: str | None = None
    email: str | None = None
    ext_data: str | None = None


class NoticeDrug(Node, frozen=True, kw_only=True):
    """``drugList``: a line of the settlement as the terminal shows it."""

    item_no: str | None = msgspec.field(name="ITEM_NO", default=None)
    name: str | None = msgspec.field(name="ITEMNAME", default=None)
    insured: str | None = msgspec.field(name="HI_ITEM", default=None)
    """Y or N."""
    price: str | None = msgspec.field(name="PRIC", default=None)
    quantity: str | None = msgspec.field(name="ITEM_CNT", default=None)
    amount: str | None = msgspec.field(name="ITEM_AMT", default=None)
    frequency: str | None = msgspec.field(name="DRUG_FRQU", default=None)
    dose: str | None = msgspec.field(name="DRUG_DOS", default=None)


class NoticeData(Node, frozen=True, kw_only=True, rename="camel"):
    """``data`` of ``cn.nhsa.settle.notify``; amounts are yuan as text, told on SUCCESS."""

    org_id: str
    out_biz_no: str
    medical_settle_state: str
    """SUCCESS or FAIL."""
    auth_no: str
    operator_id: str
    operator_name: str
    total_fee: str
    biz_type: str
    """register or settle."""
    id_no: str
    user_name: str
    setl_time: str
    hospital_name: str
    office_id: str
    office_name: str
    doctor_name: str
    medical_settle_no: str | None = None
    own_amt: str | None = None
    hif_amt: str | None = None
    acct_amt: str | None = None
    hifp_amt: str | None = None
    hifmi_amt: str | None = None
    cvlserv_amt: str | None = None
    ma_amt: str | None = None
    hos_pre_amt: str | None = None
    med_over_lmt_amt: str | None = None
    maf_amt: str | None = None
    cvlserv_dedc_amt: str | None = None
    balance: str | None = None
    drug_list: tuple[NoticeDrug, ...] = ()


class TerminalAnswer(Node, frozen=True, kw_only=True):
    """``code`` 0 is a yes; -2 is read as called off by the patient."""

    code: int
    message: str | None = None
