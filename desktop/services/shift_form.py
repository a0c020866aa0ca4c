"""The sheet of a shift (F10): what this window booked and took between two moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from desktop.domain.events import (
    Cancelled,
    CashReturned,
    CashTaken,
    Deferred,
    PaidBySelf,
    Settled,
    SettledAnew,
    SettledUnbalanced,
)
from desktop.domain.left import Left
from desktop.domain.money import ZERO, Money
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement, Split
from desktop.ledger.journal import Recorded
from desktop.services.overview import OpenVisit, overview
from desktop.services.ports import Desk
from printing.forms.f10_shift import Counted, OpenItem, Shift
from printing.issue import Issue


class Booked(Struct, frozen=True):
    """One row's worth of one entry; amounts in fen."""

    label: str
    counts: int = 1
    split: Split | None = None
    cash: Money = ZERO


_SETTLED, _BACK, _CASH, _CASH_BACK = "结算", "退费（冲正）", "收现金", "退现金"
_DEPOSIT, _DEPOSIT_BROUGHT, _DEPOSIT_USED = "收押金", "押金转入", "押金转出"
_LABELS = (_SETTLED, _BACK, _CASH, _CASH_BACK, _DEPOSIT, _DEPOSIT_BROUGHT, _DEPOSIT_USED)


def shift_of(desk: Desk, issue: Issue, began: datetime, ended: datetime, name: str) -> Shift:
    """From ``began`` on, before ``ended``; times +08:00. What is open is so now."""
    visits = desk.journal.visits_since(began)
    told = (desk.told(visit).entries for visit in visits)
    booked = [each for entries in told for each in _booked(entries, began, ended)]
    counted = (_counted(label, booked) for label in _LABELS)
    rows = tuple(row for row in counted if row.count)
    return Shift(issue, name, began, ended, rows, tuple(_open_items(desk)))


def _counted(label: str, booked: Iterable[Booked]) -> Counted:
    mine = [each for each in booked if each.label == label]
    splits = [each.split for each in mine if each.split is not None]
    return Counted(
        label,
        sum(each.counts for each in mine),
        Money.total(split.total or ZERO for split in splits),
        Money.total(split.fund_total or ZERO for split in splits),
        Money.total(split.account or ZERO for split in splits),
        Money.total(each.cash for each in mine),
    )


def _booked(entries: Sequence[Recorded], began: datetime, ended: datetime) -> Iterator[Booked]:
    """What the desk holds of the patient changes with every entry on cash: the change counts."""
    record = VisitRecord()
    for recorded in entries:
        before, record = record, record.after(recorded.entry)
        if began <= recorded.at < ended:
            yield from _of(recorded, before, record)


def _of(recorded: Recorded, before: VisitRecord, after: VisitRecord) -> Iterator[Booked]:
    match recorded.entry:
        case Settled(settlement) | SettledUnbalanced(settlement):
            yield Booked(_SETTLED, split=settlement.split)
            yield from _brought(_held(after) - _held(before))
        case Cancelled(Settlement() as negative):
            yield Booked(_BACK, split=negative.split)
        case Cancelled(None):
            yield Booked(_BACK)
        case CashTaken() | CashReturned():
            change = _held(after) - _held(before)
            yield Booked(_CASH if change.fen >= 0 else _CASH_BACK, cash=change)
        case Deferred(deposit=deposit):
            if deposit is not None:
                yield Booked(_DEPOSIT, cash=deposit)
            yield from _brought((after.deposit or ZERO) - (deposit or ZERO))
        case SettledAnew() | PaidBySelf() if before.deposit:
            yield Booked(_DEPOSIT_USED, cash=-before.deposit)


def _held(record: VisitRecord) -> Money:
    return record.cash_taken or ZERO


def _brought(cash: Money) -> Iterator[Booked]:
    """A deposit that was left with another visit is this one's from here on."""
    if cash:
        yield Booked(_DEPOSIT_BROUGHT, cash=cash)


_STATES = {
    Left.UNKNOWN: ("结算结果待确认", "等平台回复，不要重复结算"),
    Left.CANCEL: ("撤销结果待确认", "等平台回复，不要重复退费"),
    Left.HALF_REFUND: ("部分退费没有做完", "接着做完，或整单退"),
    Left.CHECK: ("结算金额待核实", "请主管核实"),
    Left.FAULT: ("记录读不出来", "请信息科查看账本"),
    Left.STRAY: ("平台多记一笔", "请医保办联系经办机构撤销"),
    Left.UNPAID: ("已结算，未收现金", "找患者收现金，或退费"),
    Left.CASH_BACK: ("现金待退", "把现金退给患者"),
    Left.PAPER: ("单据待打印", "打印，或登记已打出"),
    Left.DEFERRED: ("延后结算", "患者来了再结算"),
    Left.UPLOAD: ("平台上的明细待撤销", "自动撤销，不用处理"),
}


def _open_items(desk: Desk) -> Iterator[OpenItem]:
    for visit in overview(desk, None, None).open_visits:
        yield _item(desk, visit)


def _item(desk: Desk, visit: OpenVisit) -> OpenItem:
    state, todo = _STATES[visit.left]
    bill = desk.record(visit.visit).bill
    return OpenItem(bill.visit.visit_no if bill else "", visit.patient, state, visit.since, todo)
