"""What the window shows of an end, and what it lets the cashier do: its own rules, without a screen."""

from __future__ import annotations

from msgspec.structs import replace

from desktop.domain.notes import Open
from desktop.ledger.journal import VisitId
from desktop.services.whole_settlement import Finished
from tests.faults.line import SpoiltLine
from tests.rig.fault_proxy import SURELY_NOT_SENT, Fault
from ui.cashier.halt_wording import problem
from ui.cashier.halt_wording import ways as shown_ways
from ui.cashier.halts import as_sent, halt_of
from ui.cashier.intents import intents_of
from ui.cashier.outage_desk import outage_of
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
_ASK_IT = "请信息科核对网关编号、密钥和电脑时间"


def stopped_page(line: SpoiltLine, finished: Finished) -> ViewState:
    """The page on which the window stands after such an end."""
    record = line.record(finished.visit)
    stop = as_sent(Stop(halt_of(finished.ending, finished.problems), finished.problems), record)
    unknown = stop.halt is Halt.UNKNOWN
    state = ViewState(
        Desk("演练医院", "0007", practice=True),
        Page.STOPPED,
        stop=stop,
        bill=record.bill,
        insurance=record.insurance,
        outage=outage_of(record, line.desk.clock().date()),
        lookup=Lookup(VisitId(finished.visit), Open.SETTLEMENT, str(record.msgid))
        if unknown
        else None,
    )
    return replace(state, intents=intents_of(state))


def leads_to(page: ViewState, infno: str, fault: Fault) -> None:
    """Which state, which words and which next actions each fault has to lead to."""
    assert page.stop is not None
    shown, ways = problem(page), page.intents & (WAYS | _OF_UNKNOWN)
    if fault not in SURELY_NOT_SENT and infno == "2207":
        assert page.stop.halt is Halt.UNKNOWN
        assert (shown.happened, shown.next_step) == ("结算结果待确认，正在向平台查询", _WAIT)
        assert ways == {Intent.NOT_WAITING}
        return
    assert page.stop.halt is Halt.LINE_DOWN
    assert ways == WAYS
    assert len(shown_ways(page)) == len(WAYS)
    assert shown.happened == f"线路中断：{_HAPPENED.get(fault, '平台没有给出可用的回答')}"
    first = f"{_ASK_IT}。" if fault is Fault.UNAUTHORISED else ""
    assert shown.next_step == f"{first}{_NOTHING_BOOKED}"
