"""3201 费用结算对总账, 3202 费用结算对明细账, and the rows of the two files of 3202.

Days compare with the platform's own ``setl_time``. A refund counts as a settlement of its own,
with negative amounts.
"""

from __future__ import annotations

from desktop.domain.money import Money
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node, Shown


class TotalsData(Node, frozen=True, kw_only=True):
    """``data`` of 3201: one insurance, clearing kind and agency."""

    insutype: str
    clr_type: str
    setl_optins: str
    stmt_begndate: str
    stmt_enddate: str
    medfee_sumamt: Money
    fund_pay_sumamt: Money
    acct_pay: Money
    fixmedins_setl_cnt: int
    refd_setl_flag: str | None = None
    fixmedins_refd_setl_flag: str | None = None


class TotalsInput(Node, frozen=True, kw_only=True):
    data: TotalsData


class TotalsVerdict(Node, frozen=True, kw_only=True):
    """``stmtinfo``: ``stmt_rslt`` 0 or 000000 平, everything else not."""

    setl_optins: str | None = None
    stmt_rslt: str
    stmt_rslt_dscr: str | None = None


class TotalsOutput(Node, frozen=True, kw_only=True):
    stmtinfo: TotalsVerdict


class DetailData(Node, frozen=True, kw_only=True):
    """``data`` of 3202: ``file_qury_no`` names our rows, uploaded before by 9101."""

    setl_optins: str
    file_qury_no: str
    stmt_begndate: str
    stmt_enddate: str
    medfee_sumamt: Money
    fund_pay_sumamt: Money
    cash_payamt: Money
    fixmedins_setl_cnt: int
    clr_type: str
    refd_setl_flag: str | None = None
    fixmedins_refd_setl_flag: str | None = None


class DetailInput(Node, frozen=True, kw_only=True):
    data: DetailData


class ResultFileInfo(Node, frozen=True, kw_only=True):
    """``fileinfo``: what 9102 wants, before ``dld_endtime``."""

    file_qury_no: str
    filename: str
    dld_endtime: str | None = None


class DetailOutput(Node, frozen=True, kw_only=True):
    fileinfo: ResultFileInfo


class OwnRow(Node, frozen=True, kw_only=True):
    """A line of the uploaded file; both halves of a refund are lines."""

    setl_id: str
    mdtrt_id: str
    psn_no: str
    medfee_sumamt: Money
    fund_pay_sumamt: Money
    acct_pay: Money
    refd_setl_flag: str


class DifferenceRow(Node, frozen=True, kw_only=True):
    """A line of the result file.

    ``msgid`` is the sender's, for 2601; without it the platform has no such settlement. Where it
    has several for one line, ``setl_id`` and ``mdtrt_id`` are empty.
    """

    psn_no: str | None = None
    mdtrt_id: str | None = None
    setl_id: str | None = None
    msgid: str | None = None
    stmt_rslt: str
    refd_setl_flag: str | None = None
    memo: str | None = None
    medfee_sumamt: Shown[Money] = None
    fund_pay_sumamt: Shown[Money] = None
    acct_pay: Shown[Money] = None


TOTALS = Transaction("3201", "ybSettlementStmtService/stmtTotal", TotalsInput, TotalsOutput)
DETAIL = Transaction("3202", "ybSettlementStmtService/stmtDetail", DetailInput, DetailOutput)
