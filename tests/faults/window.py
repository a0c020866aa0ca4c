"""What the window shows of an end, and what it lets the cashier do: its own rules, without a screen."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from desktop.domain.left import Left
from desktop.domain.notes import Open
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.ledger.journal import VisitId
from desktop.services.overview import overview
from desktop.services.refund import Refund
from desktop.services.whole_settlement import Finished
from tests.faults.line import SpoiltLine
from tests.rig.fault_proxy import SURELY_NOT_SENT, Fault
from ui.cashier.halt_wording import problem
from ui.cashier.halt_wording import ways as shown_ways
from ui.cashier.halts import as_sent, halt_of
from ui.cashier.intents import intents_of
from ui.cashier.outage_desk import outage_of
from ui.cashier.refund_jobs import as_shown
from ui.cashier.refund_state import RefundAt
from ui.cashier.refund_wording import warning
from ui.cashier.state import Desk, Halt, Intent, Page, Stop, ViewState
from ui.cashier.waiting import Lookup

WAYS = frozenset((Intent.ASK_AGAIN, Intent.DEFER_DEPOSIT, Intent.DEFER_SIGNED, Intent.SELF_PAY))
"""WAIT, DEFER (with a deposit or signed) and SELF_PAY (visit.md 3.3)."""
_OF_UNKNOWN = frozenset((Intent.NOT_WAITING, Intent.SETTLE_ANEW, Intent.ACCEPT))
_HAPPENED = {
    Fault.REFUSED: "连不上平台，请求没有发出去",
    Fault.UNAUTHORISED: "网关没有放行，请求没有到达平台",
}
_NOTHING_BOOKED = "没有结算，也没有扣款。请和患者商量，选一种办法"
_WAIT = "请患者稍等：不要收款，也不要重新结算；查清后页面会自己往下走"
_WAITING = {
    Open.SETTLEMENT: ("结算结果待确认，正在向平台查询", _WAIT),
    Open.CANCEL: (
        "撤销结果待确认，正在向平台查询",
        "请患者稍等：不要退现金，也不要再撤销一次；查清后页面会自己往下走",
    ),
}
_ASK_IT = "请信息科核对网关编号、密钥和电脑时间"


def stopped_page(line: SpoiltLine, finished: Finished) -> ViewState:
    """The page on which the window stands after such an end."""
    record = line.record(finished.visit)
    stop = as_sent(Stop(halt_of(finished.ending, finished.problems), finished.problems), record)
    if stop.halt is Halt.UNKNOWN:
        return unknown_page(line, finished.visit, stop.problems)
    return _page(line, record, Page.STOPPED, stop=stop)


def unknown_page(line: SpoiltLine, visit: str, problems: tuple[Problem, ...] = ()) -> ViewState:
    """The page on which the patient waits, with what the queue tells of the visit by now."""
    record = line.record(visit)
    (row,) = (row for row in overview(line.desk, None, None).open_visits if row.visit == visit)
    what = Open.CANCEL if row.left is Left.CANCEL else Open.SETTLEMENT
    assert row.item is not None
    stop = Stop(Halt.UNKNOWN, problems or (Problem(ProblemCode.OUTCOME_UNKNOWN),))
    lookup = Lookup(VisitId(visit), what, str(row.item.msgid), row.item.tries, last=row.last)
    return _page(line, record, Page.STOPPED, stop=stop, lookup=lookup)


def refund_page(line: SpoiltLine, visit: str, problem: Problem) -> ViewState:
    """The page of a refund whose 2208 did not go through, as the refund's own desk changes it."""
    refund, today = Refund(line.desk, VisitId(visit)), line.desk.clock().date()
    shown = replace(as_shown(refund, RefundAt.PLAN, today, today), problem=problem)
    return _page(line, refund.record, Page.REFUND, refund=shown)


def _page(line: SpoiltLine, record: VisitRecord, page: Page, **told: Any) -> ViewState:
    state = ViewState(
        Desk("演练医院", "0007", practice=True),
        page,
        bill=record.bill,
        insurance=record.insurance,
        outage=outage_of(record, line.desk.clock().date()),
        **told,
    )
    return replace(state, intents=intents_of(state))


def leads_to(page: ViewState, infno: str, fault: Fault) -> None:
    """Which state, which words and which next actions each fault has to lead to."""
    assert page.stop is not None
    shown, ways = problem(page), page.intents & (WAYS | _OF_UNKNOWN)
    if fault not in SURELY_NOT_SENT and infno == "2207":
        assert page.stop.halt is Halt.UNKNOWN
        waits(page, Open.SETTLEMENT)
        return
    assert page.stop.halt is Halt.LINE_DOWN
    assert ways == WAYS
    assert len(shown_ways(page)) == len(WAYS)
    assert shown.happened == f"线路中断：{_HAPPENED.get(fault, '平台没有给出可用的回答')}"
    first = f"{_ASK_IT}。" if fault is Fault.UNAUTHORISED else ""
    assert shown.next_step == f"{first}{_NOTHING_BOOKED}"


def waits(page: ViewState, what: Open) -> None:
    """Nothing may be taken, given back or sent again; only the wait for a settlement can be left."""
    shown = problem(page)
    assert (shown.happened, shown.next_step) == _WAITING[what]
    ways = page.intents & (WAYS | _OF_UNKNOWN | {Intent.REFUND_AGREED, Intent.CASH_GIVEN_BACK})
    assert ways == ({Intent.NOT_WAITING} if what is Open.SETTLEMENT else set())


def leads_back_to_the_plan(page: ViewState, fault: Fault) -> None:
    """Nothing was taken back: it says so, gives nothing back, and may be agreed to once more."""
    assert page.refund is not None
    said = warning(page.refund)
    assert said.startswith(_HAPPENED[fault]), said
    assert Intent.REFUND_AGREED in page.intents
    assert not page.intents & {Intent.CASH_GIVEN_BACK, Intent.UNWIND, Intent.NOT_WAITING}
