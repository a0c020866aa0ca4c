"""2001 人员待遇享受检查."""

from __future__ import annotations

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node


class BenefitQuery(Node, frozen=True, kw_only=True):
    """``data`` of 2001."""

    psn_no: str
    insutype: str
    fixmedins_code: str
    med_type: str
    begntime: str
    endtime: str | None = None
    dise_codg: str | None = None
    dise_name: str | None = None
    oprn_oprt_code: str | None = None
    oprn_oprt_name: str | None = None
    matn_type: str | None = None
    birctrl_type: str | None = None
    exp_content: JsonText | None = None


class BenefitInput(Node, frozen=True, kw_only=True):
    data: BenefitQuery


class BenefitRow(Node, frozen=True, kw_only=True):
    """``trtinfo``: one fund; ``trt_enjymnt_flag`` 0 with free text in ``trt_chk_rslt``.

    Some sites add the filing as JSON text in ``exp_content`` (what-the-desk-knows).
    """

    psn_no: str | None = None
    trt_chk_type: str | None = None
    fund_pay_type: str
    trt_enjymnt_flag: str
    begndate: str | None = None
    enddate: str | None = None
    trt_chk_rslt: str | None = None
    exp_content: JsonText | None = None


class BenefitOutput(Node, frozen=True, kw_only=True):
    trtinfo: tuple[BenefitRow, ...] = ()


BENEFIT_CHECK = Transaction(
    "2001", "fsiPsnPriorityInfoService/queryPsnPriorityInfo", BenefitInput, BenefitOutput
)
