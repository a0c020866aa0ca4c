"""2204 门诊费用明细信息上传, 2205 门诊费用明细信息撤销."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desktop.nhsa.messages.charges import (
    EVERY_BATCH,
    ChargeRow,
    ChargesCancelInput,
    ChargesInput,
    ChargesOutput,
)
from desktop.sandbox.calls import Call
from desktop.sandbox.care_place.booking import take_back
from desktop.sandbox.care_place.visits import is_settled, visit
from desktop.sandbox.model import Batch, Line, Visit
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import batch_key
from desktop.sandbox.transactions.charge_lines import audited, split_row
from desktop.sandbox.transactions.line_rules import check_disease


def upload_lines(call: Call, asked: ChargesInput) -> ChargesOutput:
    """All lines or none; each batch whole in one call."""
    rows = asked.feedetail
    if not rows:
        raise Refused(Reason.FIELD_MISSING, field="feedetail")
    found = visit(call, rows[0].mdtrt_id, rows[0].psn_no)
    _check_rows(call, found, rows)
    lines = audited(call, found, rows)
    _refuse_mixed_diseases(found, rows)
    _store(call, found, rows, lines)
    return ChargesOutput(result=tuple(split_row(call, line) for line in lines))


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


def _refuse_mixed_diseases(found: Visit, rows: Iterable[ChargeRow]) -> None:
    """One disease for each batch, and for chronic care the visit's own."""
    diseases: dict[str, str] = {}
    for row in rows:
        disease = row.dise_codg or ""
        if diseases.setdefault(row.chrg_bchno, disease) != disease:
            raise Refused(Reason.DISEASES_DIFFER)
        check_disease(found, disease)


def _store(call: Call, found: Visit, rows: Iterable[ChargeRow], lines: Iterable[Line]) -> None:
    batches: dict[str, list[Line]] = {}
    for row, line in zip(rows, lines, strict=True):
        batches.setdefault(row.chrg_bchno, []).append(line)
    for number, members in batches.items():
        batch = Batch(
            mdtrt_id=found.mdtrt_id,
            number=number,
            lines=tuple(members),
            uploaded=call.business_now,
        )
        call.state.batches.put(batch_key(found.mdtrt_id, number), batch)
    changed = msgspec.structs.replace(found, batches=(*found.batches, *batches))
    call.state.visits.put(found.mdtrt_id, changed)


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
        take_back(call.state, batch_key(found.mdtrt_id, number))
    kept = tuple(number for number in found.batches if number not in numbers)
    call.state.visits.put(found.mdtrt_id, msgspec.structs.replace(found, batches=kept))
