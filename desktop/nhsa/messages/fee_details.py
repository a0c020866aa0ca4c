"""5204 费用明细查询: the lines of a settlement as the platform has them."""

from __future__ import annotations

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, Rate, UnitPrice
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node, NumberText, RowsAlone, Shown


class FeeQuery(Node, frozen=True, kw_only=True):
    """``data`` of 5204."""

    psn_no: str
    setl_id: str
    mdtrt_id: str


class FeeQueryInput(Node, frozen=True, kw_only=True):
    data: FeeQuery


class FeeRow(Node, frozen=True, kw_only=True):
    """One line with its split by the care place, amounts in fen."""

    mdtrt_id: str
    setl_id: str
    feedetl_sn: str
    rx_drord_no: str | None = None
    med_type: str | None = None
    fee_ocur_time: str | None = None
    cnt: Quantity | None = None
    pric: UnitPrice | None = None
    sin_dos_dscr: str | None = None
    used_frqu_dscr: str | None = None
    prd_days: NumberText | None = None
    medc_way_dscr: str | None = None
    det_item_fee_sumamt: Money
    pric_uplmt_amt: Shown[UnitPrice] = None
    selfpay_prop: Shown[Rate] = None
    fulamt_ownpay_amt: Money | None = None
    overlmt_amt: Money | None = None
    preselfpay_amt: Money | None = None
    inscp_scp_amt: Money | None = None
    chrgitm_lv: str | None = None
    hilist_code: str | None = None
    hilist_name: str | None = None
    list_type: str | None = None
    med_list_codg: str
    medins_list_codg: str | None = None
    medins_list_name: str | None = None
    med_chrgitm_type: str | None = None
    prodname: str | None = None
    spec: str | None = None
    dosform_name: str | None = None
    bilg_dept_codg: str | None = None
    bilg_dept_name: str | None = None
    bilg_dr_codg: str | None = None
    bilg_dr_name: str | None = None
    acord_dept_codg: str | None = None
    acord_dept_name: str | None = None
    orders_dr_code: str | None = None
    orders_dr_name: str | None = None
    lmt_used_flag: str | None = None
    hosp_prep_flag: str | None = None
    hosp_appr_flag: str | None = None
    tcmdrug_used_way: str | None = None
    prodplac_type: str | None = None
    bas_medn_flag: str | None = None
    hi_nego_drug_flag: str | None = None
    chld_medc_flag: str | None = None
    etip_flag: str | None = None
    etip_hosp_code: str | None = None
    dscg_tkdrug_flag: str | None = None
    list_sp_item_flag: str | None = None
    matn_fee_flag: str | None = None
    drt_reim_flag: str | None = None
    memo: str | None = None
    opter_id: str | None = None
    opter_name: str | None = None
    opt_time: str | None = None


class FeeRows(RowsAlone, frozen=True, kw_only=True):
    """Without a node: the rows stand in ``output`` itself."""

    data: tuple[FeeRow, ...] = ()


FEE_DETAILS = Transaction(
    "5204", "fsiIntegratedQueryService/queryFeeList", FeeQueryInput, FeeRows, rows=True
)
