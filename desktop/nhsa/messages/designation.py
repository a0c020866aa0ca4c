"""2505 人员定点备案, 5302 人员定点信息查询: the institutions that a person has chosen."""

from __future__ import annotations

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node


class DesignationData(Node, frozen=True, kw_only=True):
    """``data`` of 2505; ``biz_appy_type`` 03 就医定点医疗机构登记."""

    psn_no: str
    tel: str | None = None
    addr: str | None = None
    biz_appy_type: str
    begndate: str
    enddate: str | None = None
    agnter_name: str | None = None
    agnter_cert_type: str | None = None
    agnter_certno: str | None = None
    agnter_tel: str | None = None
    agnter_addr: str | None = None
    agnter_rlts: str | None = None
    fix_srt_no: str
    fixmedins_code: str
    fixmedins_name: str
    memo: str | None = None
    exp_content: JsonText | None = None


class DesignationInput(Node, frozen=True, kw_only=True):
    data: DesignationData


class DesignationResult(Node, frozen=True, kw_only=True):
    """``result``: the number of the filing."""

    trt_dcla_detl_sn: str
    exp_content: JsonText | None = None


class DesignationOutput(Node, frozen=True, kw_only=True):
    result: DesignationResult


class DesignationsQuery(Node, frozen=True, kw_only=True):
    """``data`` of 5302."""

    psn_no: str
    biz_appy_type: str


class DesignationsInput(Node, frozen=True, kw_only=True):
    data: DesignationsQuery


class DesignationRow(Node, frozen=True, kw_only=True):
    """``psnfixmedin``: one chosen institution, days both included."""

    psn_no: str
    insutype: str | None = None
    fix_srt_no: str
    fixmedins_code: str
    fixmedins_name: str
    begndate: str
    enddate: str | None = None
    memo: str | None = None


class DesignationsOutput(Node, frozen=True, kw_only=True):
    psnfixmedin: tuple[DesignationRow, ...] = ()


DESIGNATION = Transaction(
    "2505", "fsiPsnFixRegService/psnFixReg", DesignationInput, DesignationOutput
)
DESIGNATIONS = Transaction(
    "5302", "fsiIntegratedQueryService/queryPsnFixMedins", DesignationsInput, DesignationsOutput
)
