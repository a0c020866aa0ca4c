"""3201 对总账, 3202 对明细账: the institution's books beside the platform's.

Days are those of ``setl_time``. A cancelled settlement and its negative half both count; a
reversed one never was. Answers use Hunan's 0 平 and 1 不平; the words say which way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from desktop.domain.money import Money
from desktop.nhsa.envelope import Unreadable
from desktop.nhsa.messages.detail_file import pack, unpack
from desktop.nhsa.messages.reconciliation import (
    DetailData,
    DetailInput,
    DetailOutput,
    DifferenceRow,
    OwnRow,
    ResultFileInfo,
    TotalsData,
    TotalsInput,
    TotalsOutput,
    TotalsVerdict,
)
from desktop.sandbox.calls import Call, time_text, wire_day
from desktop.sandbox.care_place.institutions import institution
from desktop.sandbox.model import Settlement, SettlementState
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.transactions.files import keep, stored_file
from desktop.sandbox.transactions.settlement_nodes import OUTPATIENT, refund_flag

EQUAL: Final = "0"
UNEQUAL: Final = "1"
ONLY_THERE: Final = "医保端有，医药机构无"
ONLY_HERE: Final = "医药机构有，医保端无"
AMOUNTS_DIFFER: Final = "双方金额不一致"
RESULT_TEXT: Final = "result.txt"


def compare_totals(call: Call, asked: TotalsInput) -> TotalsOutput:
    data = asked.data
    rows = [row for row in _rows(call, data) if row.insutype == data.insutype]
    ours = (
        len(rows),
        Money.total(row.amounts.total for row in rows),
        Money.total(row.amounts.fund for row in rows),
        Money.total(row.amounts.account for row in rows),
    )
    told = (data.fixmedins_setl_cnt, data.medfee_sumamt, data.fund_pay_sumamt, data.acct_pay)
    count, *sums = ours
    words = f"医保端{count}笔，总额{sums[0]}，基金{sums[1]}，账户{sums[2]}"
    verdict = TotalsVerdict(
        setl_optins=data.setl_optins,
        stmt_rslt=EQUAL if ours == told else UNEQUAL,
        stmt_rslt_dscr="平" if ours == told else words,
    )
    return TotalsOutput(stmtinfo=verdict)


def compare_rows(call: Call, asked: DetailInput) -> DetailOutput:
    data = asked.data
    uploaded = stored_file(call, data.file_qury_no)
    told = _uploaded_rows(uploaded.content)
    found = tuple(_differences(call, data, told))
    stored = keep(call, f"result_{uploaded.filename}", pack(RESULT_TEXT, found))
    info = ResultFileInfo(
        file_qury_no=stored.number,
        filename=stored.filename,
        dld_endtime=time_text(stored.ends),
    )
    return DetailOutput(fileinfo=info)


def _uploaded_rows(content: bytes) -> dict[str, OwnRow]:
    try:
        return {row.setl_id: row for row in unpack(OwnRow, content)}
    except Unreadable as error:
        raise Refused(Reason.FILE_UNREADABLE, where=error.where) from error


def _differences(
    call: Call, data: DetailData, told: Mapping[str, OwnRow]
) -> Iterator[DifferenceRow]:
    rows = {row.setl_id: row for row in _rows(call, data)}
    for number, row in rows.items():
        if number not in told:
            yield _ours(row, ONLY_THERE)
        elif _amounts(row) != _amounts_told(told[number]):
            yield _ours(row, AMOUNTS_DIFFER)
    for number, line in told.items():
        if number not in rows:
            yield _theirs(line)


def _rows(call: Call, data: TotalsData | DetailData) -> Iterator[Settlement]:
    """The institution's settlements of these days, in booking order."""
    first = wire_day(data.stmt_begndate)
    last = wire_day(data.stmt_enddate)
    here = institution(call)
    if data.clr_type != OUTPATIENT or data.setl_optins[:4] != here.area[:4]:
        return
    for row in call.state.settlements:
        counts = row.state is not SettlementState.REVERSED and first <= row.at.date() <= last
        if counts and call.state.visits[row.mdtrt_id].institution == here.code:
            yield row


def _amounts(row: Settlement) -> tuple[Money, Money, Money]:
    return (row.amounts.total, row.amounts.fund, row.amounts.account)


def _amounts_told(row: OwnRow) -> tuple[Money, Money, Money]:
    return (row.medfee_sumamt, row.fund_pay_sumamt, row.acct_pay)


def _ours(row: Settlement, why: str) -> DifferenceRow:
    return DifferenceRow(
        psn_no=row.psn_no,
        mdtrt_id=row.mdtrt_id,
        setl_id=row.setl_id,
        msgid=row.msgid,
        stmt_rslt=UNEQUAL,
        refd_setl_flag=refund_flag(row),
        memo=why,
        medfee_sumamt=row.amounts.total,
        fund_pay_sumamt=row.amounts.fund,
        acct_pay=row.amounts.account,
    )


def _theirs(row: OwnRow) -> DifferenceRow:
    return DifferenceRow(
        psn_no=row.psn_no,
        mdtrt_id=row.mdtrt_id,
        setl_id=row.setl_id,
        stmt_rslt=UNEQUAL,
        refd_setl_flag=row.refd_setl_flag,
        memo=ONLY_HERE,
        medfee_sumamt=row.medfee_sumamt,
        fund_pay_sumamt=row.fund_pay_sumamt,
        acct_pay=row.acct_pay,
    )
