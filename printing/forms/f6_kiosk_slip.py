"""F6: the kiosk's slip on 80 mm; names masked, the settlement by its last eight digits."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.money import ZERO, Money
from desktop.domain.names import masked_name
from desktop.domain.split import Settlement
from desktop.domain.who_pays import CASH, TOTAL, Figure
from printing.issue import TRIAL, Issue, moment
from printing.layout import Layout
from printing.sound import refuse_unsound
from printing.thermal_slip import Code, Command, Cut, Divider, Pair, Side, ThermalSlip, Words

LAYOUT = "f6_kiosk_slip"
_TOLD_DIGITS = 8


class KioskSlip(Discreet, Struct, frozen=True):
    """What the kiosk hands out after a settlement."""

    issue: Issue
    name: str
    insured_area: str
    settlement: Settlement
    uploaded: Money
    """The bill's total by the hospital's own file, which C5 holds against the platform's."""
    paid_by: str = ""
    """付款方式: how the cash part was paid, in words."""
    receipt_no: str = ""
    """票据号 ``invono`` (S3-21)."""
    left_this_year: Money | None = None
    """本年剩余额度; None where nobody told it."""
    left_is_estimate: bool = False
    """True where knowledge data, not the platform, says what is left."""


def kiosk_slip(slip: KioskSlip, layout: Layout) -> ThermalSlip:
    """The slip from top to bottom; raises :class:`printing.sound.CannotPrint`."""
    refuse_unsound(slip.settlement, slip.uploaded, slip.uploaded)
    return ThermalSlip(layout.title, tuple(_commands(slip, layout)))


def _commands(slip: KioskSlip, layout: Layout) -> Iterator[Command]:
    yield from _marks(slip.issue)
    for name in layout.parts:
        yield from _part(name, slip, layout)
    yield from _marks(slip.issue)
    yield Cut()


def _part(name: str, slip: KioskSlip, layout: Layout) -> Iterator[Command]:
    match name:
        case "head":
            yield from _head(slip, layout)
        case "payment":
            yield Divider()
            yield from _payment(slip)
        case "division":
            yield Divider()
            yield from _division(slip)
        case "left" if slip.left_this_year is not None:
            mark = "（估算）" if slip.left_is_estimate else ""
            yield Pair(f"本年剩余额度{mark}", slip.left_this_year.yuan())
        case "code" if slip.settlement.msgid:
            yield Code(slip.settlement.msgid)
        case "foot":
            yield from _foot(slip.issue, layout)


def _head(slip: KioskSlip, layout: Layout) -> Iterator[Command]:
    issue, settlement = slip.issue, slip.settlement
    yield Words(layout.head.hospital or issue.hospital.name, Side.CENTRE, strong=True)
    yield Words(layout.title, Side.CENTRE, strong=True, large=True)
    yield Pair("时间", moment(settlement.settled_at or issue.printed_at))
    yield Pair("姓名", masked_name(slip.name))
    yield Pair("参保地", slip.insured_area)
    yield Pair("结算单号（后八位）", (settlement.setl_id or "")[-_TOLD_DIGITS:])
    if slip.receipt_no:
        yield Pair("票据号", slip.receipt_no)


def _marks(issue: Issue) -> Iterator[Command]:
    if issue.practice:
        yield Words(TRIAL, Side.CENTRE, strong=True, large=True)
    if issue.reprint:
        reason = f"（{issue.reprint.reason}）" if issue.reprint.reason else ""
        yield Words(f"{issue.reprint.words}{reason}", Side.CENTRE, strong=True)


def _payment(slip: KioskSlip) -> Iterator[Command]:
    """Who pays what; the cash strong."""
    split = slip.settlement.split
    yield from _told(
        Figure(TOTAL, split.total),
        Figure("医保基金支付", split.fund_total),
        Figure("个人账户支付", split.account),
        Figure("医院负担", split.hospital_part or None),
    )
    yield Pair(CASH, (split.cash or ZERO).yuan(), strong=True)
    if slip.paid_by:
        yield Pair("付款方式", slip.paid_by)


def _division(slip: KioskSlip) -> Iterator[Command]:
    split = slip.settlement.split
    yield from _told(
        Figure("其中 自费", split.full_self_pay),
        Figure("其中 先行自付", split.pre_self_pay),
        Figure("其中 起付", split.deductible),
    )


def _told(*figures: Figure) -> Iterator[Pair]:
    for figure in figures:
        if figure.amount is not None:
            yield Pair(figure.words, figure.amount.yuan())


def _foot(issue: Issue, layout: Layout) -> Iterator[Command]:
    if layout.foot.closing:
        yield Words(layout.foot.closing, Side.CENTRE)
    if issue.complaints:
        yield Words(f"咨询投诉：{issue.complaints}", Side.CENTRE)
    yield Words(f"打印 {moment(issue.printed_at)}  操作员 {issue.operator}", Side.CENTRE)
