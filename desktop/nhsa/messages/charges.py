"""2204 门诊费用明细信息上传, 2205 门诊费用明细信息撤销."""

from __future__ import annotations

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import JsonText, Node, Nothing, NumberText, Shown

EVERY_BATCH = "0000"
"""``chrg_bchno`` of 2205 that removes all unsettled lines of the visit."""


class ChargeRow(Node, frozen=True, kw_only=True):
    """``feedetail`` of 2204: one line; all lines of a batch travel in one call."""

    feedetl_sn: str
    mdtrt_id: str
    psn_no: str
    chrg_bchno: str
    dise_codg: str | None = None
    rxno: str | None = None
    rx_circ_flag: str
    fee_ocur_time: str
    med_list_codg: str
    medins_list_codg: str
    det_item_fee_sumamt: Money
    cnt: Quantity
    pric: UnitPrice
    sin_dos_dscr: str | None = None
    used_frqu_dscr: str | None = None
    prd_days: NumberText | None = None
    medc_way_dscr: str | None = None
    bilg_dept_codg: str
    bilg_dept_name: str
    bilg_dr_codg: str
    bilg_dr_name: str
    acord_dept_codg: str | None = None
    acord_dept_name: str | None = None
    orders_dr_code: str | None = None
    orders_dr_name: str | None = None
    hosp_appr_flag: str
    tcmdrug_used_way: str | None = None
    etip_flag: str | None = None
    etip_hosp_code: str | None = None
    dscg_tkdrug_flag: str | None = None
    matn_fee_flag: str | None = None
    memo: str | None = None
    comb_no: str | None = None
    exp_content: JsonText | None = None


class ChargesInput(Node, frozen=True, kw_only=True):
    feedetail: tuple[ChargeRow, ...]


class ChargeSplit(Node, frozen=True, kw_only=True):
    """``result`` of 2204: the care place's split of one line, amounts in fen."""

    feedetl_sn: str
    det_item_fee_sumamt: Money
    cnt: Quantity | None = None
    pric: UnitPrice | None = None
    pric_uplmt_amt: Shown[UnitPrice] = None
    selfpay_prop: Shown[Rate] = None
    fulamt_ownpay_amt: Money | None = None
    overlmt_amt: Money | None = None
    preselfpay_amt: Money | None = None
    inscp_scp_amt: Money | None = None
    chrgitm_lv: str | None = None
    med_chrgitm_type: str | None = None
    bas_medn_flag: str | None = None
    hi_nego_drug_flag: str | None = None
    chld_medc_flag: str | None = None
    list_sp_item_flag: str | None = None
    lmt_used_flag: str | None = None
    drt_reim_flag: str | None = None
    memo: str | None = None
    exp_content: JsonText | None = None


class ChargesOutput(Node, frozen=True, kw_only=True):
    result: tuple[ChargeSplit, ...]


class ChargesCancelData(Node, frozen=True, kw_only=True):
    """``data`` of 2205; settled lines cannot be removed."""

    mdtrt_id: str
    chrg_bchno: str
    psn_no: str
    exp_content: JsonText | None = None


class ChargesCancelInput(Node, frozen=True, kw_only=True):
    data: ChargesCancelData


CHARGES = Transaction(
    "2204", "outpatientDocInfoService/outpatientFeeListUp", ChargesInput, ChargesOutput
)
CHARGES_CANCEL = Transaction(
    "2205", "outpatientDocInfoService/outpatientFeeListUpCancel", ChargesCancelInput, Nothing
)
