"""Find what was lost: a visit by the hospital's own number (5201), a settlement (5203)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from msgspec import Struct

from desktop.domain.identifiers import MdtrtId, Msgid, SetlId
from desktop.domain.money import Money
from desktop.domain.split import Settlement
from desktop.domain.times import in_china
from desktop.nhsa.dates import moment_of, wire_moment
from desktop.nhsa.messages.lookup import (
    SETTLEMENT_QUERY,
    VISIT_QUERY,
    FoundInfo,
    SettlementQuery,
    SettlementQueryInput,
    SettlementQueryOutput,
    VisitQuery,
    VisitQueryInput,
    VisitQueryOutput,
)
from desktop.nhsa.questions.claim import Holder
from desktop.nhsa.questions.question import Question
from desktop.nhsa.questions.settlement import settlement_of


class FoundVisit(Struct, frozen=True):
    """A visit that the platform has under the hospital's number."""

    mdtrt_id: MdtrtId
    visit_no: str
    """``ipt_otp_no``."""
    care_kind: str
    """``med_type``; "" before 2203."""
    began: datetime | None
    operator: str = ""
    """``opter_id`` of who registered; "" when not told."""


class FoundSettlement(Struct, frozen=True):
    """A settlement as the platform has it now; the hospital's part is not told by 5203."""

    settlement: Settlement
    """Its ``msgid`` is that of the 2207, or of the 2208 for a negative one."""
    refunded: bool | None
    """退费结算标志 ``refd_setl_flag``: a 2208 undid it; None when not told."""

    def is_of(self, msgid: Msgid) -> bool:
        """True when the platform says that our ``msgid`` asked for it."""
        return self.settlement.msgid == msgid


def visit_by_number(
    holder: Holder, visit_no: str, began: datetime, care_kind: str
) -> Question[VisitQueryInput, VisitQueryOutput, tuple[FoundVisit, ...]]:
    """5201: every visit of that day that carries ``visit_no``, for a 2201 without answer.

    ``began`` and ``care_kind`` are what 2201 and 2203 said (``begntime``, ``med_type``). Usually
    none or one; a 2201 that was sent twice opened two.
    """
    day = in_china(began).date()
    query = VisitQuery(
        psn_no=holder.psn_no,
        begntime=wire_moment(datetime.combine(day, time.min)),
        endtime=wire_moment(datetime.combine(day, time(23, 59, 59))),
        med_type=care_kind,
    )

    def of_this_number(output: VisitQueryOutput) -> tuple[FoundVisit, ...]:
        return tuple(
            FoundVisit(
                MdtrtId(row.mdtrt_id),
                visit_no,
                row.med_type or "",
                moment_of(row.begntime),
                row.opter_id or "",
            )
            for row in output.mdtrtinfo
            if (row.psn_no, row.ipt_otp_no) == (holder.psn_no, visit_no)
        )

    return Question(VISIT_QUERY, VisitQueryInput(data=query), of_this_number, holder.area)


def settlement_by_id(
    holder: Holder, mdtrt_id: MdtrtId, setl_id: SetlId
) -> Question[SettlementQueryInput, SettlementQueryOutput, FoundSettlement]:
    """5203 of a settlement whose ``setl_id`` is known, from 3202 or from its own answer."""
    asked = (holder.psn_no, mdtrt_id, setl_id)

    def is_ours(output: SettlementQueryOutput, _msgid: Msgid) -> bool:
        info = output.setlinfo
        return (info.psn_no, info.mdtrt_id, info.setl_id) == asked

    data = SettlementQuery(psn_no=holder.psn_no, setl_id=setl_id, mdtrt_id=mdtrt_id)
    return Question(SETTLEMENT_QUERY, SettlementQueryInput(data=data), _found, holder.area, is_ours)


def _found(output: SettlementQueryOutput) -> FoundSettlement:
    info = output.setlinfo
    found = settlement_of(info, output.setldetail, info.psn_no, info.setl_id, _cash(info))
    split = replace(found.split, personal_part=_personal(info))
    flag = info.refd_setl_flag
    return FoundSettlement(replace(found, split=split), None if flag is None else flag != "0")


def _cash(info: FoundInfo) -> Money | None:
    """5203's own name first; some answers use that of 2207."""
    return info.psn_cash_pay if info.cash_payamt is None else info.cash_payamt


def _personal(info: FoundInfo) -> Money | None:
    return info.psn_part_amt if info.psn_pay is None else info.psn_pay
