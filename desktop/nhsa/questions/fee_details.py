"""5204: the lines of a settlement as the platform has them, for a dispute or a second slip."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.domain.identifiers import MdtrtId, Msgid, SetlId
from desktop.domain.split import LineSplit
from desktop.nhsa.dates import moment_of
from desktop.nhsa.messages.fee_details import (
    FEE_DETAILS,
    FeeQuery,
    FeeQueryInput,
    FeeRow,
    FeeRows,
)
from desktop.nhsa.questions.charges import line_split
from desktop.nhsa.questions.claim import Holder
from desktop.nhsa.questions.question import Question


class FeeDetail(Struct, frozen=True):
    """One line with its split."""

    split: LineSplit
    code: str
    """医疗目录编码 ``med_list_codg``."""
    name: str
    """``hilist_name``; "" when not told."""
    charged_at: datetime | None


def fee_details(
    holder: Holder, mdtrt_id: MdtrtId, setl_id: SetlId
) -> Question[FeeQueryInput, FeeRows, tuple[FeeDetail, ...]]:
    """Every line of that settlement; none when its lines were taken back since."""

    def is_ours(output: FeeRows, _msgid: Msgid) -> bool:
        return all((row.mdtrt_id, row.setl_id) == (mdtrt_id, setl_id) for row in output.data)

    data = FeeQuery(psn_no=holder.psn_no, setl_id=setl_id, mdtrt_id=mdtrt_id)
    return Question(FEE_DETAILS, FeeQueryInput(data=data), _details, holder.area, is_ours)


def _details(output: FeeRows) -> tuple[FeeDetail, ...]:
    return tuple(_detail(row) for row in output.data)


def _detail(row: FeeRow) -> FeeDetail:
    return FeeDetail(
        line_split(row), row.med_list_codg, row.hilist_name or "", moment_of(row.fee_ocur_time)
    )
