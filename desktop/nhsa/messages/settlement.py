"""2206 门诊预结算, 2207 门诊结算, 2208 门诊结算撤销; every amount in fen."""

from __future__ import annotations

from desktop.domain.money import Money
from desktop.domain.quantities import Rate
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node, NumberText, Shown


class PreviewData(Node, frozen=True, kw_only=True):
    """``data`` of 2206; card_sn, the certificate, class and name are provincial additions."""

    psn_no: str
    mdtrt_cert_type: str
    mdtrt_cert_no: str
    card_sn: str | None = None
    psn_cert_type: str | None = None
    certno: str | None = None
    psn_type: str | None = None
    psn_name: str | None = None
    med_type: str
    medfee_sumamt: Money
    psn_setlway: str
    mdtrt_id: str
    chrg_bchno: str
    acct_used_flag: str
    insutype: str
    exp_content: JsonText | None = None
    pub_hosp_rfom_flag: str | None = None


class PreviewInput(Node, frozen=True, kw_only=True):
    data: PreviewData


class SettleData(Node, frozen=True, kw_only=True):
    """``data`` of 2207; the four split amounts are those of the 2206 that the patient saw."""

    psn_no: str
    mdtrt_cert_type: str
    mdtrt_cert_no: str
    card_sn: str | None = None
    psn_cert_type: str | None = None
    certno: str | None = None
    med_type: str
    medfee_sumamt: Money
    psn_setlway: str
    mdtrt_id: str
    chrg_bchno: str
    insutype: str
    acct_used_flag: str
    invono: str | None = None
    fulamt_ownpay_amt: Money
    overlmt_selfpay: Money
    preselfpay_amt: Money
    inscp_scp_amt: Money
    exp_content: JsonText | None = None
    pub_hosp_rfom_flag: str | None = None


class SettleInput(Node, frozen=True, kw_only=True):
    data: SettleData


class CancelData(Node, frozen=True, kw_only=True):
    """``data`` of 2208: ``setl_id`` of the positive settlement."""

    setl_id: str
    mdtrt_id: str
    psn_no: str
    exp_content: JsonText | None = None


class CancelInput(Node, frozen=True, kw_only=True):
    data: CancelData


class SplitInfo(Node, frozen=True, kw_only=True):
    """What ``setlinfo`` of 2206, 2207 and 2208 share.

    ``acct_pay`` includes ``acct_mulaid_pay``; ``medins_setl_id`` is the msgid of the request.
    A null amount is "not told": only the total is needed for an answer to mean anything.
    """

    mdtrt_id: str
    psn_name: str | None = None
    psn_cert_type: str | None = None
    certno: str | None = None
    gend: str | None = None
    naty: str | None = None
    brdy: str | None = None
    age: NumberText | None = None
    insutype: str | None = None
    psn_type: str | None = None
    cvlserv_flag: str | None = None
    setl_time: str | None = None
    mdtrt_cert_type: str | None = None
    med_type: str | None = None
    medfee_sumamt: Money | None = None
    fulamt_ownpay_amt: Money | None = None
    overlmt_selfpay: Money | None = None
    preselfpay_amt: Money | None = None
    inscp_scp_amt: Money | None = None
    act_pay_dedc: Money | None = None
    hifp_pay: Money | None = None
    pool_prop_selfpay: Shown[Rate] = None
    cvlserv_pay: Money | None = None
    hifes_pay: Money | None = None
    hifmi_pay: Money | None = None
    hifob_pay: Money | None = None
    maf_pay: Money | None = None
    oth_pay: Money | None = None
    fund_pay_sumamt: Money | None = None
    psn_part_amt: Money | None = None
    acct_pay: Money | None = None
    psn_cash_pay: Money | None = None
    hosp_part_amt: Money | None = None
    balc: Shown[Money] = None
    acct_mulaid_pay: Money | None = None
    medins_setl_id: str
    clr_optins: str | None = None
    clr_way: str | None = None
    clr_type: str | None = None
    hifdm_pay: Money | None = None
    exp_content: JsonText | None = None


class PreviewInfo(SplitInfo, frozen=True, kw_only=True):
    """``setlinfo`` of 2206: no ``setl_id``, and ``setl_time`` is null."""

    psn_no: str


class SettledInfo(SplitInfo, frozen=True, kw_only=True):
    """``setlinfo`` of 2207."""

    setl_id: str
    psn_no: str


class CancelledInfo(SplitInfo, frozen=True, kw_only=True):
    """``setlinfo`` of 2208: signs turned, ``setl_id`` is the new negative one.

    The document spells the cash ``pdn_cash_pay``, answers spell it ``psn_cash_pay``.
    """

    setl_id: str
    psn_no: str | None = None
    pdn_cash_pay: Money | None = None


class FundRow(Node, frozen=True, kw_only=True):
    """``setldetail``: funds, but account rows (3102xx) and the hospital (999996) as well."""

    fund_pay_type: str | None = None
    inscp_scp_amt: Shown[Money] = None
    crt_payb_lmt_amt: Shown[Money] = None
    fund_payamt: Money | None = None
    fund_pay_type_name: str | None = None
    setl_proc_info: str | None = None


class PreviewOutput(Node, frozen=True, kw_only=True):
    setlinfo: PreviewInfo
    setldetail: tuple[FundRow, ...] = ()


class SettleOutput(Node, frozen=True, kw_only=True):
    setlinfo: SettledInfo
    setldetail: tuple[FundRow, ...] = ()


class CancelOutput(Node, frozen=True, kw_only=True):
    setlinfo: CancelledInfo
    setldetail: tuple[FundRow, ...] = ()


PREVIEW = Transaction("2206", "outpatientSettleService/preSettletment", PreviewInput, PreviewOutput)
SETTLE = Transaction(
    "2207", "outpatientSettleService/saveSettletmentV2", SettleInput, SettleOutput, settles=True
)
CANCEL = Transaction(
    "2208", "outpatientSettleService/cancleSettletment", CancelInput, CancelOutput, settles=True
)
