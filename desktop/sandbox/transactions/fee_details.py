"""5204 费用明细查询: the lines of a settlement as they were split."""

from __future__ import annotations

from desktop.nhsa.messages.fee_details import FeeQueryInput, FeeRow, FeeRows
from desktop.nhsa.messages.wire import NumberText
from desktop.sandbox.calls import Call, time_text
from desktop.sandbox.care_place.booking import lines_of
from desktop.sandbox.care_place.list_types import ListType, list_type
from desktop.sandbox.catalogue_model import Item
from desktop.sandbox.exchange.routing import person
from desktop.sandbox.model import Line, Settlement
from desktop.sandbox.transactions.charge_lines import split_fields
from desktop.sandbox.transactions.lookup import settlement

NO_FORM = "无"
"""``dosform_name`` of what has none; the document demands it of every line."""


def query_lines(call: Call, asked: FeeQueryInput) -> FeeRows:
    """As they stood at the settlement, also when a 2205 took them back since."""
    row = settlement(call, asked.data.setl_id, asked.data.mdtrt_id, asked.data.psn_no)
    person(call, row.psn_no)
    return FeeRows(data=tuple(_row(call, row, line) for line in lines_of(call.state, row)))


def _row(call: Call, row: Settlement, line: Line) -> FeeRow:
    item, noted = call.state.catalogue[line.item], line.noted
    return FeeRow(
        mdtrt_id=row.mdtrt_id,
        setl_id=row.setl_id,
        **split_fields(item, line),
        rx_drord_no=noted.prescription or None,
        med_type=row.med_type,
        fee_ocur_time=time_text(line.time),
        sin_dos_dscr=noted.dose or None,
        used_frqu_dscr=noted.frequency or None,
        prd_days=NumberText(noted.days) if noted.days else None,
        medc_way_dscr=noted.way or None,
        hilist_code=item.code,
        hilist_name=item.name,
        list_type=list_type(item).value,
        med_list_codg=item.code,
        medins_list_codg=noted.hospital_code or item.code,
        medins_list_name=item.name,
        dosform_name=_form(item),
        bilg_dept_codg=noted.department[0] or None,
        bilg_dept_name=noted.department[1] or None,
        bilg_dr_codg=noted.doctor[0] or None,
        bilg_dr_name=noted.doctor[1] or None,
        hosp_appr_flag=noted.approval or None,
        memo=noted.memo or None,
        opter_id=call.head.opter,
        opter_name=call.head.opter_name,
        opt_time=time_text(row.at),
    )


_FORMS = ("胶囊", "颗粒", "注射液", "片", "丸", "糖浆", "口服液", "软膏", "滴眼液", "气雾剂", "散")


def _form(item: Item) -> str:
    """What the name of a drug says of it."""
    if list_type(item) is not ListType.DRUG:
        return NO_FORM
    return next((form for form in _FORMS if form in item.name), NO_FORM)
