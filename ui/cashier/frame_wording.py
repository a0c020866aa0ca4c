"""What stands around every page: the title and the trail of steps; pure functions from the state.

Loaded before the window is painted first, so what it rests on is little.
"""

from __future__ import annotations

from ui.cashier.over import Over, over
from ui.cashier.state import Desk, Page, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge, Trail

_STEPS = ("核对身份", "待遇备案", "上传试算", "结算", "收款打印")
_AT = {
    Page.READY: 0,
    Page.CHOOSE: 1,
    Page.PERSON: 1,
    Page.CHARGES: 2,
    Page.OFFER: 3,
    Page.SETTLED: 4,
    Page.DONE: 5,
    Page.REFUND: 4,
}
_OVER = {
    Over.DOUBTS: "人证不符",
    Over.REASONS: "补打",
    Over.FORMS: "单据",
    Over.STAND_IN: "登记代办人",
    Over.SLIP: "结算单",
    Over.QUEUE: "待办",
}
_TITLES = {
    Page.READY: "等待凭证",
    Page.CHOOSE: "请选参保",
    Page.PERSON: "等待单据",
    Page.CHARGES: "录入收费",
    Page.OFFER: "请核对金额",
    Page.SETTLED: "请收款",
    Page.DONE: "已完成",
    Page.REFUND: "退费",
}


def trail(state: ViewState) -> Trail:
    """Where the visit stands among its steps."""
    at = _AT.get(state.page, _stopped_at(state))
    tone = Tone.INFO
    if state.stop is not None:
        from ui.cashier.halt_wording import halt_tone

        tone = halt_tone(state.stop.halt)
    return Trail(tuple(tr(step) for step in _STEPS), at, tone)


def operator(desk: Desk) -> str:
    """Who sits at this desk; "" until it is known."""
    return tr("收费员 {0}").format(desk.operator) if desk.operator else ""


def line_badge(state: ViewState) -> Badge:
    """Whether the platform answers, learned from the last request."""
    desk = state.desk
    if desk.opening:
        return Badge(tr("正在打开"), Tone.NEUTRAL)
    if desk.shut:
        return Badge(tr("没有打开"), Tone.DANGER)
    if desk.line is None:
        return Badge(tr("还没有联系平台"), Tone.NEUTRAL)
    if desk.line.down_since is not None:
        return Badge(tr("线路中断，从 {0}").format(f"{desk.line.down_since:%H:%M}"), Tone.WARNING)
    return Badge(tr("平台已连通"), Tone.POSITIVE)


def work_badge(state: ViewState) -> Badge | None:
    """How much is not at rest, in the head of the window; None when all of it is."""
    desk = state.desk
    parts = (
        (desk.unknown_settlements, tr("{0} 笔结果待确认")),
        (desk.waiting, tr("{0} 项待办")),
    )
    words = " · ".join(said.format(count) for count, said in parts if count)
    if not words:
        return None
    return Badge(f"{words}  F3", Tone.UNKNOWN if desk.unknown_settlements else Tone.INFO)


def _stopped_at(state: ViewState) -> int:
    if state.settlement is not None or state.offer is not None:
        return 3
    return 1 if state.person is not None else 0


def _over_words(state: ViewState) -> str:
    """What lies over the page; "" where nothing does, or where it is the page's own."""
    lying = over(state)
    return _OVER.get(lying, "") if lying else ""


def title(state: ViewState) -> str:
    """The window's title: what the desk waits for, also for the task bar."""
    if state.desk.opening:
        return f"{tr('跨省直结前台')} · {tr('正在打开')}"
    if state.desk.shut:
        return f"{tr('跨省直结前台')} · {tr('没有打开')}"
    where = tr(_over_words(state) or _TITLES.get(state.page, ""))
    if state.stop is not None and not state.shows_queue:
        from ui.cashier.halt_wording import halt_title

        where = halt_title(state.stop.halt)
    return f"{tr('跨省直结前台')} · {tr('请稍候') if state.busy else where}"
