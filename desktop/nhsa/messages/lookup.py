"""5201 就诊信息查询, 5203 结算信息查询."""

from __future__ import annotations

from desktop.domain.money import Money
from desktop.nhsa.messages.settlement import FundRow, SplitInfo
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node


class VisitQuery(Node, frozen=True, kw_only=True):
    """``data`` of 5201; the hospital's own number is no part of the question."""

    psn_no: str
    begntime: str
    endtime: str
    med_type: str
    mdtrt_id: str | None = None


class VisitQueryInput(Node, frozen=True, kw_only=True):
    data: VisitQuery


class VisitRow(Node, frozen=True, kw_only=True):
    """``mdtrtinfo``: one visit; of 61 fields those that tell which one it is."""

    mdtrt_id: str
    psn_no: str
    psn_name: str | None = None
    insutype: str | None = None
    begntime: str | None = None
    endtime: str | None = None
    med_type: str | None = None
    ipt_otp_no: str | None = None
    dise_codg: str | None = None
    opter_id: str | None = None


class VisitQueryOutput(Node, frozen=True, kw_only=True):
    mdtrtinfo: tuple[VisitRow, ...] = ()


class SettlementQuery(Node, frozen=True, kw_only=True):
    """``data`` of 5203: wants the ``setl_id``, so it finds no lost 2207 by itself."""

    psn_no: str
    setl_id: str
    mdtrt_id: str


class SettlementQueryInput(Node, frozen=True, kw_only=True):
    data: SettlementQuery


class FoundInfo(SplitInfo, frozen=True, kw_only=True):
    """``setlinfo`` of 5203, with names of its own: ``psn_pay``, ``cash_payamt``.

    ``refd_setl_flag`` 1 after a 2208; ``medins_setl_id`` is the msgid of the 2207.
    """

    setl_id: str
    psn_no: str
    psn_pay: Money | None = None
    cash_payamt: Money | None = None
    refd_setl_flag: str | None = None
    year: str | None = None
    begndate: str | None = None
    enddate: str | None = None
    pay_loc: str | None = None
    fixmedins_code: str | None = None
    fixmedins_name: str | None = None
    invono: str | None = None


class SettlementQueryOutput(Node, frozen=True, kw_only=True):
    setlinfo: FoundInfo
    setldetail: tuple[FundRow, ...] = ()


VISIT_QUERY = Transaction(
    "5201", "fsiIntegratedQueryService/queryMdtrtInfo", VisitQueryInput, VisitQueryOutput
)
SETTLEMENT_QUERY = Transaction(
    "5203",
    "fsiIntegratedQueryService/querySetlInfo",
    SettlementQueryInput,
    SettlementQueryOutput,
)
