"""One line of 2204: looked over, split by the care place, kept and answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from desktop.domain.quantities import Rate, UnitPrice, line_amount
from desktop.nhsa.messages.charges import ChargeRow, ChargeSplit
from desktop.sandbox.calls import Call, wire_time
from desktop.sandbox.care_place.audit import Charged
from desktop.sandbox.care_place.checked_codes import check_doctor, check_line_number
from desktop.sandbox.care_place.institutions import institution
from desktop.sandbox.care_place.spans import is_valid, limit_on, share_on
from desktop.sandbox.care_place.splitting import is_covered, selfpay_rate, split_line
from desktop.sandbox.catalogue_model import Item, ItemClass, Noted
from desktop.sandbox.model import Institution, Line, Visit
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.transactions.line_rules import check_audit, check_time

NO_LIMIT: Final = UnitPrice.parse("0")
"""``pric_uplmt_amt`` where the catalogue sets none: an empty number is 0 (1.1)."""
UNAPPROVED: Final = "限制使用项目未经审批，按全自费处理"


def audited(call: Call, found: Visit, rows: Sequence[ChargeRow]) -> list[Line]:
    """Every line split; raises :class:`Refused` for the first that the care place rejects."""
    hospital = institution(call)
    for row in rows:
        _check_codes(hospital, row)
    charged = [_charged(call, found, row) for row in rows]
    check_audit(call, found, charged)
    return [_line(row, one, hospital) for row, one in zip(rows, charged, strict=True)]


def _check_codes(hospital: Institution, row: ChargeRow) -> None:
    check_line_number(hospital, row.feedetl_sn)
    check_doctor(hospital, row.bilg_dr_codg, "bilg_dr_codg")
    if row.orders_dr_code:
        check_doctor(hospital, row.orders_dr_code, "orders_dr_code")


def _charged(call: Call, found: Visit, row: ChargeRow) -> Charged:
    item = call.state.catalogue.get(row.med_list_codg)
    if item is None:
        raise Refused(Reason.ITEM_UNKNOWN, code=row.med_list_codg, feedetl_sn=row.feedetl_sn)
    _check_amount(row)
    time = _time(call, found, row)
    if not is_valid(item, time.date()):
        facts = {"feedetl_sn": row.feedetl_sn, "code": item.code, "name": item.name}
        raise Refused(Reason.ITEM_ENDED, day=time.date(), **facts)
    days = row.prd_days or ""
    return Charged(row.feedetl_sn, item, time, row.pric, row.cnt, row.hosp_appr_flag, days)


def _check_amount(row: ChargeRow) -> None:
    if row.cnt.value <= 0 or row.pric.value < 0:
        raise Refused(Reason.LINE_QUANTITY_WRONG, feedetl_sn=row.feedetl_sn)
    if row.det_item_fee_sumamt != line_amount(row.pric, row.cnt):
        raise Refused(Reason.LINE_AMOUNT_WRONG, feedetl_sn=row.feedetl_sn)


def _time(call: Call, found: Visit, row: ChargeRow) -> datetime:
    time = wire_time(row.fee_ocur_time)
    check_time(call, found, row.feedetl_sn, time)
    return time


def _line(row: ChargeRow, charged: Charged, hospital: Institution) -> Line:
    item, day = charged.item, charged.time.date()
    limit, share = limit_on(item, hospital.area, day), share_on(item, hospital.area, day)
    rate = selfpay_rate(item, charged.approval, share.share if share else None)
    price_limit = limit.limit if limit else None
    covered = is_covered(item, charged.approval)
    split = split_line(row.pric, row.cnt, selfpay=rate, limit=price_limit, covered=covered)
    return Line(
        feedetl_sn=row.feedetl_sn,
        item=item.code,
        disease=row.dise_codg or "",
        time=charged.time,
        quantity=row.cnt,
        price=row.pric,
        total=split.total,
        full_self_pay=split.full_self_pay,
        over_limit=split.over_limit,
        pre_self_pay=split.pre_self_pay,
        in_scope=split.in_scope,
        noted=_noted(row, price_limit, rate),
    )


def _noted(row: ChargeRow, limit: UnitPrice | None, rate: Rate) -> Noted:
    return Noted(
        hospital_code=row.medins_list_codg,
        approval=row.hosp_appr_flag,
        limit=limit,
        selfpay=rate,
        prescription=row.rxno or "",
        dose=row.sin_dos_dscr or "",
        frequency=row.used_frqu_dscr or "",
        days=row.prd_days or "",
        way=row.medc_way_dscr or "",
        department=(row.bilg_dept_codg, row.bilg_dept_name),
        doctor=(row.bilg_dr_codg, row.bilg_dr_name),
        memo=row.memo or "",
    )


def split_row(call: Call, line: Line) -> ChargeSplit:
    item = call.state.catalogue[line.item]
    unapproved = _is_unapproved(item, line.noted)
    return ChargeSplit(**split_fields(item, line), memo=UNAPPROVED if unapproved else None)


def split_fields(item: Item, line: Line) -> dict[str, Any]:
    """What 2204 tells of a line, and 5204 again: its price, its split, its item's marks."""
    return {
        "feedetl_sn": line.feedetl_sn,
        "det_item_fee_sumamt": line.total,
        "cnt": line.quantity,
        "pric": line.price,
        "pric_uplmt_amt": line.noted.limit or NO_LIMIT,
        "selfpay_prop": line.noted.selfpay,
        "fulamt_ownpay_amt": line.full_self_pay,
        "overlmt_amt": line.over_limit,
        "preselfpay_amt": line.pre_self_pay,
        "inscp_scp_amt": line.in_scope,
        "chrgitm_lv": item.item_class.value,
        "med_chrgitm_type": item.kind,
        "bas_medn_flag": "0",
        "hi_nego_drug_flag": "0",
        "chld_medc_flag": "0",
        "list_sp_item_flag": "0",
        "lmt_used_flag": "1" if item.restricted else "0",
        "drt_reim_flag": "0",
    }


def _is_unapproved(item: Item, noted: Noted) -> bool:
    limited = item.restricted and item.item_class is not ItemClass.C
    return limited and not is_covered(item, noted.approval)
