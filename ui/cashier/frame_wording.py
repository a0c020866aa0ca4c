"""What stands around every page: the title and the trail of steps; pure functions from the state.

Loaded before the window is painted first, so what it rests on is little.
"""

from __future__ import annotations

from ui.cashier.state import Page, ViewState
from ui.cashier.translate import tr
from ui.theme.tokens import Tone
from ui.widgets.shown import Trail

_STEPS = ("核对身份", "待遇备案", "上传试算", "结算", "收款打印")
_AT = {
    Page.READY: 0,
    Page.CHOOSE: 1,
    Page.PERSON: 1,
    Page.CHARGES: 2,
    Page.OFFER: 3,
    Page.SETTLED: 4,
    Page.DONE: 5,
}
_TITLES = {
    Page.READY: "等待凭证",
    Page.CHOOSE: "请选参保",
    Page.PERSON: "等待单据",
    Page.CHARGES: "录入收费",
    Page.OFFER: "请核对金额",
    Page.SETTLED: "请收款",
    Page.DONE: "已完成",
}


def trail(state: ViewState) -> Trail:
    """Where the visit stands among its steps."""
    at = _AT.get(state.page, _stopped_at(state))
    tone = Tone.INFO
    if state.stop is not None:
        from ui.cashier.halt_wording import halt_tone

        tone = halt_tone(state.stop.halt)
    return Trail(tuple(tr(step) for step in _STEPS), at, tone)


def _stopped_at(state: ViewState) -> int:
    if state.settlement is not None or state.offer is not None:
        return 3
    return 1 if state.person is not None else 0


def title(state: ViewState) -> str:
    """The window's title: what the desk waits for, also for the task bar."""
    if state.desk.opening:
        return f"{tr('跨省直结前台')} · {tr('正在打开')}"
    where = tr(_TITLES.get(state.page, ""))
    if state.stop is not None:
        from ui.cashier.halt_wording import halt_title

        where = halt_title(state.stop.halt)
    return f"{tr('跨省直结前台')} · {tr('请稍候') if state.busy else where}"
