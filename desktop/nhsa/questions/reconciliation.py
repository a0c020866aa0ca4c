"""Compare a day with the platform: sums (3201), then rows (9101, 3202, 9102).

The rows also find a lost 2207: its ``msgid`` stands in the result with the ``setl_id`` that 5203
wants. Every question here is free of persons: it needs no insured area and books nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import AreaCode, MdtrtId, Msgid, PsnNo, SetlId
from desktop.domain.money import Money
from desktop.domain.times import in_china
from desktop.nhsa.dates import moment_of
from desktop.nhsa.messages.detail_file import pack, unpack
from desktop.nhsa.messages.files import (
    DOWNLOAD,
    UPLOAD,
    DownloadData,
    DownloadInput,
    DownloadOutput,
    UploadData,
    UploadInput,
    UploadOutput,
)
from desktop.nhsa.messages.reconciliation import (
    DETAIL,
    TOTALS,
    DetailData,
    DetailInput,
    DetailOutput,
    DifferenceRow,
    OwnRow,
    TotalsData,
    TotalsInput,
    TotalsOutput,
)
from desktop.nhsa.questions.question import Question

OUTPATIENT = "11"
"""清算类别 ``clr_type`` 11 门诊."""
EQUAL = frozenset(("0", "000000"))
"""对账结果 ``stmt_rslt`` 平, in Hunan's and in the six-digit table."""
NOT_THERE = "000102"
"""医药机构多: the platform has no such settlement (six-digit table)."""
NOT_SPLIT = "0"
"""退费结算标志 of a whole question: refunds travel as rows of their own."""


class OtherDayError(ValueError):
    """A settlement of another day among those of the day to be compared."""

    def __init__(self, setl_id: SetlId) -> None:
        super().__init__(f"settlement {setl_id} is of another day")
        self.setl_id = setl_id


class Period(Struct, frozen=True):
    """Days of the platform's ``setl_time``, +08:00, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> Period:
        return cls(day, day)

    def holds(self, moment: datetime) -> bool:
        return self.first <= in_china(moment).date() <= self.last


class Clearing(Struct, frozen=True):
    """Whose books: the agency that clears with the hospital, and the kind of clearing."""

    agency: AreaCode
    """``setl_optins``: ``clr_optins`` of the settlements' answers."""
    kind: str = OUTPATIENT


class OwnSettlement(Struct, frozen=True):
    """A settlement of ours, or its negative half; amounts in fen."""

    setl_id: SetlId
    mdtrt_id: MdtrtId
    psn_no: PsnNo
    settled_at: datetime
    """The platform's ``setl_time``."""
    total: Money
    fund: Money
    account: Money
    cash: Money
    refunded: bool
    """``refd_setl_flag``: True for both halves of a refund."""


class Sums(Struct, frozen=True):
    """Net sums of a day in fen; a refund counts as a settlement with negative amounts."""

    count: int
    total: Money
    fund: Money
    account: Money
    cash: Money


class OwnFile(Discreet, Struct, frozen=True):
    """Our rows of a period as 9101 takes them."""

    said = ("period", "filename", "sums", "setl_ids")

    period: Period
    filename: str
    content: bytes
    sums: Sums
    setl_ids: frozenset[SetlId]


class RemoteFile(Struct, frozen=True):
    """A file in the platform's keeping."""

    number: str
    """``file_qury_no``."""
    filename: str
    keeps_until: datetime | None
    """``dld_endtime``, +08:00; None when not told."""


class Verdict(Struct, frozen=True):
    """What 3201 says."""

    equal: bool
    code: str
    words: str
    """``stmt_rslt_dscr``; "" when not told."""


class Pile(StrEnum):
    """The piles of visit.md B44."""

    ONLY_THERE = "only-there"
    """Ours does not know it: a lost answer, or booked twice."""
    ONLY_HERE = "only-here"
    """The platform does not have it."""
    DIFFERS = "differs"
    SEVERAL = "several"
    """The platform has several for one line and names none of them."""


class Difference(Discreet, Struct, frozen=True):
    """One row of the result; amounts in fen, None = not told."""

    said = (
        "pile",
        "msgid",
        "setl_id",
        "mdtrt_id",
        "psn_no",
        "refunded",
        "total",
        "fund",
        "account",
        "code",
    )

    pile: Pile
    msgid: Msgid | None
    setl_id: SetlId | None
    mdtrt_id: MdtrtId | None
    psn_no: PsnNo | None
    refunded: bool
    total: Money | None
    fund: Money | None
    account: Money | None
    code: str
    note: str


def sums_of(rows: Iterable[OwnSettlement]) -> Sums:
    every = tuple(rows)
    return Sums(
        count=len(every),
        total=Money.total(row.total for row in every),
        fund=Money.total(row.fund for row in every),
        account=Money.total(row.account for row in every),
        cash=Money.total(row.cash for row in every),
    )


def reconcile_totals(
    period: Period, clearing: Clearing, insurance: str, sums: Sums
) -> Question[TotalsInput, TotalsOutput, Verdict]:
    """3201 for one insurance (``insutype``); everything but 0 and 000000 is unequal."""
    data = TotalsData(
        insutype=insurance,
        clr_type=clearing.kind,
        setl_optins=clearing.agency.code,
        stmt_begndate=period.first.isoformat(),
        stmt_enddate=period.last.isoformat(),
        medfee_sumamt=sums.total,
        fund_pay_sumamt=sums.fund,
        acct_pay=sums.account,
        fixmedins_setl_cnt=sums.count,
        refd_setl_flag=NOT_SPLIT,
        fixmedins_refd_setl_flag=NOT_SPLIT,
    )

    def is_ours(output: TotalsOutput, _msgid: Msgid) -> bool:
        return (output.stmtinfo.setl_optins or data.setl_optins) == data.setl_optins

    return Question(TOTALS, TotalsInput(data=data), _verdict, is_ours=is_ours)


def _verdict(output: TotalsOutput) -> Verdict:
    told = output.stmtinfo
    return Verdict(told.stmt_rslt in EQUAL, told.stmt_rslt, told.stmt_rslt_dscr or "")


def own_file(fixmedins_code: str, period: Period, rows: Iterable[OwnSettlement]) -> OwnFile:
    """The zip for 9101, empty when nothing was settled; raises :class:`OtherDayError`."""
    every = tuple(rows)
    for row in every:
        if not period.holds(row.settled_at):
            raise OtherDayError(row.setl_id)
    stem = f"{fixmedins_code}_{period.first:%Y%m%d}_{period.last:%Y%m%d}"
    content = pack(f"{stem}.txt", (_own_row(row) for row in every))
    setl_ids = frozenset(row.setl_id for row in every)
    return OwnFile(period, f"{stem}.zip", content, sums_of(every), setl_ids)


def _own_row(row: OwnSettlement) -> OwnRow:
    return OwnRow(
        setl_id=row.setl_id,
        mdtrt_id=row.mdtrt_id,
        psn_no=row.psn_no,
        medfee_sumamt=row.total,
        fund_pay_sumamt=row.fund,
        acct_pay=row.account,
        refd_setl_flag="1" if row.refunded else "0",
    )


def upload_file(
    fixmedins_code: str, filename: str, content: bytes
) -> Question[UploadInput, UploadOutput, RemoteFile]:
    """9101."""
    data = UploadData(content=content, filename=filename, fixmedins_code=fixmedins_code)
    return Question(UPLOAD, UploadInput(upload=data), _uploaded)


def _uploaded(output: UploadOutput) -> RemoteFile:
    return RemoteFile(output.file_qury_no, output.filename, moment_of(output.dld_endtime))


def reconcile_detail(
    own: OwnFile, uploaded: RemoteFile, clearing: Clearing
) -> Question[DetailInput, DetailOutput, RemoteFile]:
    """3202 of the rows that 9101 took; the answer names the file with the result."""
    data = DetailData(
        setl_optins=clearing.agency.code,
        file_qury_no=uploaded.number,
        stmt_begndate=own.period.first.isoformat(),
        stmt_enddate=own.period.last.isoformat(),
        medfee_sumamt=own.sums.total,
        fund_pay_sumamt=own.sums.fund,
        cash_payamt=own.sums.cash,
        fixmedins_setl_cnt=own.sums.count,
        clr_type=clearing.kind,
        refd_setl_flag=NOT_SPLIT,
        fixmedins_refd_setl_flag=NOT_SPLIT,
    )
    return Question(DETAIL, DetailInput(data=data), _result)


def _result(output: DetailOutput) -> RemoteFile:
    told = output.fileinfo
    return RemoteFile(told.file_qury_no, told.filename, moment_of(told.dld_endtime))


def download_differences(
    fixmedins_code: str, result: RemoteFile, ours: Collection[SetlId]
) -> Question[DownloadInput, DownloadOutput, tuple[Difference, ...]]:
    """9102 of a 3202 result, read; ``ours`` are the settlements that were uploaded.

    A file that cannot be read is an unreadable answer that names the line and the column.
    """

    def read_differences(output: DownloadOutput) -> tuple[Difference, ...]:
        return differences(output.content, ours)

    return Question(DOWNLOAD, _download(fixmedins_code, result), read_differences)


def _download(fixmedins_code: str, file: RemoteFile) -> DownloadInput:
    data = DownloadData(
        file_qury_no=file.number, filename=file.filename, fixmedins_code=fixmedins_code
    )
    return DownloadInput(download=data)


def differences(content: bytes, ours: Collection[SetlId]) -> tuple[Difference, ...]:
    """The rows of a result that are not equal.

    Raises :class:`~desktop.nhsa.decoder.Unreadable` naming the line and the column.
    """
    rows = unpack(DifferenceRow, content)
    return tuple(_difference(row, ours) for row in rows if row.stmt_rslt not in EQUAL)


def _difference(row: DifferenceRow, ours: Collection[SetlId]) -> Difference:
    return Difference(
        pile=_pile(row, ours),
        msgid=Msgid(row.msgid) if row.msgid else None,
        setl_id=SetlId(row.setl_id) if row.setl_id else None,
        mdtrt_id=MdtrtId(row.mdtrt_id) if row.mdtrt_id else None,
        psn_no=PsnNo(row.psn_no) if row.psn_no else None,
        refunded=row.refd_setl_flag == "1",
        total=row.medfee_sumamt,
        fund=row.fund_pay_sumamt,
        account=row.acct_pay,
        code=row.stmt_rslt,
        note=row.memo or "",
    )


def _pile(row: DifferenceRow, ours: Collection[SetlId]) -> Pile:
    """By what is named, for Hunan's code says only that something differs."""
    if row.stmt_rslt == NOT_THERE:
        return Pile.ONLY_HERE
    if row.setl_id is None:
        return Pile.SEVERAL
    if row.setl_id not in ours:
        return Pile.ONLY_THERE
    return Pile.DIFFERS if row.msgid else Pile.ONLY_HERE


def sent_as(found: Iterable[Difference], msgid: Msgid) -> tuple[Difference, ...]:
    """What our ``msgid`` became there: nothing, one settlement, or two when booked twice."""
    return tuple(row for row in found if row.msgid == msgid and row.pile is not Pile.ONLY_HERE)
