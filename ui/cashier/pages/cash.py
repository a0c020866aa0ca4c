"""Settled: the cash is taken, the change given, the slip printed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from ui.cashier.state import Page as At
from ui.cashier.state import ViewState
from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Page, column, row, text
from ui.widgets.figures import Hero
from ui.widgets.money_input import CashPad
from ui.widgets.panel import Panel
from ui.widgets.shown import Badge, Sum

_WIDE = 620


class CashPage(Page):
    """After 2207: what is due, what was given, what goes back."""

    given = Signal(object)
    """``Money`` or None."""

    def __init__(self) -> None:
        super().__init__()
        self._hero = Hero()
        self._pad = CashPad()
        self._pad.given.changed.connect(self.given)
        self._number = text("code", selectable=True)
        self._slip = text("muted", wrap=True, selectable=True)
        self._panel = Panel()
        self._build()

    def present(self, state: ViewState) -> None:
        if state.settlement is None or state.cash is None:
            return
        done = state.page is At.DONE
        self._panel.set_title(self.tr("收款完成") if done else self.tr("已结算，请收款"))
        self._panel.set_badge(
            Badge(self.tr("已打印") if state.receipt else self.tr("未打印"), _tone(state))
            if done
            else Badge(self.tr("已结算"), Tone.POSITIVE)
        )
        self._hero.present(Sum(self.tr("个人现金"), state.cash.due, strong=True))
        self._pad.setVisible(not done)
        self._pad.present(state.cash.due, state.cash.given)
        self._number.setText(self.tr("结算单号 {0}").format(state.settlement.setl_id))
        self._slip.setText(self.tr("结算单：{0}").format(state.receipt) if state.receipt else "")

    def focus(self) -> None:
        self._pad.given.setFocus()

    def _build(self) -> None:
        self._panel.setFixedWidth(_WIDE)
        self._panel.body.setSpacing(SPACE.l)
        for part in (self._hero, self._pad, self._number, self._slip):
            self._panel.body.addWidget(part)
        line = row()
        line.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignHCenter)
        whole = column()
        whole.addStretch(1)
        whole.addLayout(line)
        whole.addStretch(2)
        self.setLayout(whole)


def _tone(state: ViewState) -> Tone:
    return Tone.POSITIVE if state.receipt else Tone.WARNING
