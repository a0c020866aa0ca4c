"""The lines of a bill: upload (2204, answered by their split) and remove (2205)."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.charges import CareVisit, ChargeLine
from desktop.domain.identifiers import BatchNo, MdtrtId, Msgid
from desktop.domain.split import LineSplit
from desktop.nhsa.dates import wire_moment
from desktop.nhsa.messages.charges import (
    CHARGES,
    CHARGES_CANCEL,
    EVERY_BATCH,
    ChargeRow,
    ChargesCancelData,
    ChargesCancelInput,
    ChargesInput,
    ChargesOutput,
    ChargeSplit,
)
from desktop.nhsa.messages.fee_details import FeeRow
from desktop.nhsa.messages.wire import Nothing
from desktop.nhsa.questions.claim import Claim, Holder
from desktop.nhsa.questions.question import Question, nothing

ALL_BATCHES = BatchNo(EVERY_BATCH)
"""Removes every unsettled line of the visit."""

APPROVED = "1"
NOT_NEEDED = "0"
"""``hosp_appr_flag`` 0: as the catalogue says, so that a limited-use item is self-paid. Never 2,
which would make an ordinary item self-paid as well (2204, H)."""


def upload_lines(
    claim: Claim, mdtrt_id: MdtrtId, batch: BatchNo, lines: Iterable[ChargeLine]
) -> Question[ChargesInput, ChargesOutput, tuple[LineSplit, ...]]:
    """2204: all lines of a batch in one call, answered line by line. Not idempotent (5.4)."""
    rows = tuple(_row(claim, mdtrt_id, batch, line) for line in lines)
    sent = {row.feedetl_sn for row in rows}

    def is_ours(output: ChargesOutput, _msgid: Msgid) -> bool:
        return {split.feedetl_sn for split in output.result} <= sent

    question = ChargesInput(feedetail=rows)
    return Question(CHARGES, question, _line_splits, claim.insurance.area, is_ours)


def _row(claim: Claim, mdtrt_id: MdtrtId, batch: BatchNo, line: ChargeLine) -> ChargeRow:
    visit: CareVisit = claim.visit
    return ChargeRow(
        feedetl_sn=line.line_no,
        mdtrt_id=mdtrt_id,
        psn_no=claim.person.psn_no,
        chrg_bchno=batch,
        dise_codg=visit.disease or None,
        rx_circ_flag="1" if line.outside_prescription else "0",
        fee_ocur_time=wire_moment(line.time),
        med_list_codg=line.national_code,
        medins_list_codg=line.hospital_code,
        det_item_fee_sumamt=line.amount,
        cnt=line.quantity,
        pric=line.price,
        bilg_dept_codg=visit.department_code,
        bilg_dept_name=visit.department,
        bilg_dr_codg=visit.doctor_code,
        bilg_dr_name=visit.doctor_name,
        hosp_appr_flag=APPROVED if line.approved else NOT_NEEDED,
    )


def _line_splits(output: ChargesOutput) -> tuple[LineSplit, ...]:
    return tuple(line_split(row) for row in output.result)


def line_split(row: ChargeSplit | FeeRow) -> LineSplit:
    """The care place's split of one line, amounts in fen: 2204 answers it, 5204 tells it again."""
    return LineSplit(
        line_no=row.feedetl_sn,
        amount=row.det_item_fee_sumamt,
        quantity=row.cnt,
        price=row.pric,
        price_limit=row.pric_uplmt_amt,
        self_pay_rate=row.selfpay_prop,
        full_self_pay=row.fulamt_ownpay_amt,
        over_limit=row.overlmt_amt,
        pre_self_pay=row.preselfpay_amt,
        in_scope=row.inscp_scp_amt,
        item_class=row.chrgitm_lv or "",
        charge_kind=row.med_chrgitm_type or "",
        note=row.memo or "",
    )


def remove_lines(
    holder: Holder, mdtrt_id: MdtrtId, batch: BatchNo
) -> Question[ChargesCancelInput, Nothing, None]:
    """2205 for one batch or :data:`ALL_BATCHES`; settled lines cannot be removed."""
    data = ChargesCancelData(mdtrt_id=mdtrt_id, chrg_bchno=batch, psn_no=holder.psn_no)
    question = ChargesCancelInput(data=data)
    return Question(CHARGES_CANCEL, question, nothing, holder.area)
