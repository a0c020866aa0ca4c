"""2204 门诊费用明细信息上传, 2205 门诊费用明细信息撤销."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desktop.domain.quantities import UnitPrice, line_amount
from desktop.nhsa.messages.charges import (
    EVERY_BATCH,
    ChargeRow,
    ChargesCancelInput,
    ChargesInput,
    ChargesOutput,
    ChargeSplit,
)
from desktop.sandbox.benefit import LineShare, split_line
from desktop.sandbox.calls import Call, is_settled, visit, wire_time
from desktop.sandbox.model import Batch, Item, ItemClass, Line, Visit
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.splitting import is_covered, selfpay_rate
from desktop.sandbox.state import batch_key

NO_LIMIT = UnitPrice.parse("0")
"""``pric_uplmt_amt`` where the catalogue sets none: an empty number is 0 (1.1)."""


def upload_lines(call: Call, asked: ChargesInput) -> ChargesOutput:
    """All lines or none; each batch whole in one call."""
    rows = asked.feedetail
    if not rows:
        raise Refused(Reason.FIELD_MISSING, field="feedetail")
    found = visit(call, rows[0].mdtrt_id, rows[0].psn_no)
    _check_rows(call, found, rows)
    lines = [_line(call, found, row) for row in rows]
    _refuse_mixed_diseases(found, rows)
    _store(call, found, rows, lines)
    return ChargesOutput(
        result=tuple(_answer(call, row, line) for row, line in zip(rows, lines, strict=True))
    )


def _check_rows(call: Call, found: Visit, rows: tuple[ChargeRow, ...]) -> None:
    known = {line.feedetl_sn for batch in call.state.batches_of(found) for line in batch.lines}
    for row in rows:
        if (row.mdtrt_id, row.psn_no) != (found.mdtrt_id, found.psn_no):
            raise Refused(Reason.VISIT_OF_ANOTHER)
        if row.chrg_bchno == EVERY_BATCH:
            raise Refused(Reason.BATCH_RESERVED)
        if row.chrg_bchno in found.batches:
            _refuse_known_batch(call, found, row, known)
        if row.feedetl_sn in known:
            raise Refused(Reason.LINE_REPEATED, feedetl_sn=row.feedetl_sn)
        known.add(row.feedetl_sn)


def _refuse_known_batch(call: Call, found: Visit, row: ChargeRow, known: set[str]) -> None:
    """The most telling reason: settled, the same line again, or a batch in two pieces."""
    if is_settled(call.state, call.state.batches[batch_key(found.mdtrt_id, row.chrg_bchno)]):
        raise Refused(Reason.BATCH_SETTLED, batch=row.chrg_bchno)
    if row.feedetl_sn in known:
        raise Refused(Reason.LINE_REPEATED, feedetl_sn=row.feedetl_sn)
    raise Refused(Reason.BATCH_REPEATED, batch=row.chrg_bchno)


def _line(call: Call, found: Visit, row: ChargeRow) -> Line:
    item = call.state.catalogue.get(row.med_list_codg)
    if item is None:
        raise Refused(Reason.ITEM_UNKNOWN, code=row.med_list_codg, feedetl_sn=row.feedetl_sn)
    _check_amount(row)
    time = wire_time(row.fee_ocur_time, "fee_ocur_time")
    if time < found.begins:
        raise Refused(Reason.LINE_BEFORE_VISIT, feedetl_sn=row.feedetl_sn)
    if time.year != found.begins.year:
        raise Refused(Reason.LINE_OTHER_YEAR, feedetl_sn=row.feedetl_sn)
    share = _share(item, row)
    return Line(
        feedetl_sn=row.feedetl_sn,
        item=item.code,
        disease=row.dise_codg or "",
        time=time,
        quantity=row.cnt,
        price=row.pric,
        total=share.total,
        full_self_pay=share.full_self_pay,
        over_limit=share.over_limit,
        pre_self_pay=share.pre_self_pay,
        in_scope=share.in_scope,
    )


def _check_amount(row: ChargeRow) -> None:
    if row.cnt.value <= 0 or row.pric.value < 0:
        raise Refused(Reason.LINE_QUANTITY_WRONG, feedetl_sn=row.feedetl_sn)
    if row.det_item_fee_sumamt != line_amount(row.pric, row.cnt):
        raise Refused(Reason.LINE_AMOUNT_WRONG, feedetl_sn=row.feedetl_sn)


def _share(item: Item, row: ChargeRow) -> LineShare:
    return split_line(
        row.pric,
        row.cnt,
        selfpay=selfpay_rate(item, row.hosp_appr_flag),
        limit=item.limit,
        covered=is_covered(item, row.hosp_appr_flag),
    )


def _refuse_mixed_diseases(found: Visit, rows: Iterable[ChargeRow]) -> None:
    """One disease for each batch, and for chronic care the visit's own."""
    diseases: dict[str, str] = {}
    for row in rows:
        disease = row.dise_codg or ""
        if diseases.setdefault(row.chrg_bchno, disease) != disease:
            raise Refused(Reason.DISEASES_DIFFER)
        if found.disease and disease not in ("", found.disease):
            raise Refused(Reason.DISEASES_DIFFER)


def _store(call: Call, found: Visit, rows: Iterable[ChargeRow], lines: Iterable[Line]) -> None:
    batches: dict[str, list[Line]] = {}
    for row, line in zip(rows, lines, strict=True):
        batches.setdefault(row.chrg_bchno, []).append(line)
    for number, members in batches.items():
        batch = Batch(mdtrt_id=found.mdtrt_id, number=number, lines=tuple(members))
        call.state.batches.put(batch_key(found.mdtrt_id, number), batch)
    changed = msgspec.structs.replace(found, batches=(*found.batches, *batches))
    call.state.visits.put(found.mdtrt_id, changed)


def _answer(call: Call, row: ChargeRow, line: Line) -> ChargeSplit:
    item = call.state.catalogue[line.item]
    unapproved = item.restricted and not is_covered(item, row.hosp_appr_flag)
    return ChargeSplit(
        feedetl_sn=line.feedetl_sn,
        det_item_fee_sumamt=line.total,
        cnt=line.quantity,
        pric=line.price,
        pric_uplmt_amt=item.limit or NO_LIMIT,
        selfpay_prop=selfpay_rate(item, row.hosp_appr_flag),
        fulamt_ownpay_amt=line.full_self_pay,
        overlmt_amt=line.over_limit,
        preselfpay_amt=line.pre_self_pay,
        inscp_scp_amt=line.in_scope,
        chrgitm_lv=item.item_class.value,
        med_chrgitm_type=item.kind,
        bas_medn_flag="0",
        hi_nego_drug_flag="0",
        chld_medc_flag="0",
        list_sp_item_flag="0",
        lmt_used_flag="1" if item.restricted else "0",
        drt_reim_flag="0",
        memo="限制使用项目未经审批，按全自费处理" if unapproved and not _is_c(item) else None,
    )


def _is_c(item: Item) -> bool:
    return item.item_class is ItemClass.C


def remove_lines(call: Call, asked: ChargesCancelInput) -> None:
    """``0000`` removes whatever is unsettled, also nothing; a named batch must be there."""
    data = asked.data
    found = visit(call, data.mdtrt_id, data.psn_no)
    batches = call.state.batches_of(found)
    if data.chrg_bchno == EVERY_BATCH:
        _drop(call, found, [b.number for b in batches if not is_settled(call.state, b)])
        return
    batch = next((batch for batch in batches if batch.number == data.chrg_bchno), None)
    if batch is None:
        raise Refused(Reason.BATCH_UNKNOWN, batch=data.chrg_bchno)
    if is_settled(call.state, batch):
        raise Refused(Reason.BATCH_SETTLED, batch=batch.number)
    _drop(call, found, [batch.number])


def _drop(call: Call, found: Visit, numbers: list[str]) -> None:
    for number in numbers:
        call.state.batches.drop(batch_key(found.mdtrt_id, number))
    kept = tuple(number for number in found.batches if number not in numbers)
    call.state.visits.put(found.mdtrt_id, msgspec.structs.replace(found, batches=kept))
