"""Settled: the cash is taken, the change given, the slip printed and shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.cashier import money_words, paper_wording, wording
from ui.cashier.state import Page as At
from ui.cashier.state import ViewState
from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Page, column, row, rule, scrolling, text
from ui.widgets.fact_grid import FactGrid
from ui.widgets.figures import LoneHero, SumList
from ui.widgets.money_input import CashPad
from ui.widgets.panel import Panel
from ui.widgets.sheet_view import SheetView
from ui.widgets.shown import Badge
from ui.widgets.tinted_note import TintedNote

_WIDE = 372
_SUMS_WIDE = 640
"""Names and amounts further apart than that are hard to read across."""


class CashPage(Page):
    """After 2207: what is due, given and goes back; beside it the split, then the slip."""

    given = Signal(object)
    """``Money`` or None."""
    slip_room = Signal(int, int)
    """Dots of the screen that the slip has."""

    def __init__(self) -> None:
        super().__init__()
        self._hero = LoneHero()
        self._pad = CashPad()
        self._pad.given.changed.connect(self.given)
        self._facts = FactGrid(columns=1)
        self._changed = TintedNote()
        self._trouble = TintedNote()
        self._parts = column(spacing=SPACE.l)
        self._panel = Panel()
        self._changes = SumList()
        self._under = rule()
        self._sums = SumList()
        self._words = text("body", wrap=True, selectable=True)
        self._split = Panel(self.tr("这次费用"))
        self._slip = Panel(self.tr("结算单"))
        self._sheets = SheetView()
        self._sheets.room.connect(self.slip_room)
        self._build()

    def present(self, state: ViewState) -> None:
        if state.settlement is None or state.cash is None:
            return  # no state shows this page without them: see intents and reopened
        done = state.page is At.DONE
        self._panel.set_title(self._title(state))
        paid = Badge(self.tr("已结算"), Tone.POSITIVE)
        self._panel.set_badge(paper_wording.badge(state.paper) if done else paid)
        self._hero.present(money_words.asked(state))
        owes = state.cash.left.fen > 0
        self._show_pad(there=owes and not done and not state.awaits_yes)
        self._pad.present(state.cash.left, state.cash.given)
        self._facts.present(money_words.payment_facts(state))
        self._present_changed(state)
        self._trouble.present(money_words.notes(state))
        self._sums.present(wording.payment(state.settlement.split))
        self._words.setText(money_words.explanation(state))
        self._present_slip(state, there=done and state.paper is not None and state.paper.there)

    def fit(self, *, low: bool) -> None:
        self._hero.tighten(low=low)
        self._parts.setSpacing(SPACE.s if low else SPACE.l)

    def focus(self) -> None:
        self._pad.given.setFocus()

    def _title(self, state: ViewState) -> str:
        if state.page is At.DONE:
            return self.tr("收款完成")
        if state.awaits_yes:
            return self.tr("已结算，金额有变")
        if state.cash is not None and state.cash.left.fen < 0:
            return self.tr("已结算，请退还押金余款")
        return self.tr("已结算，请收款")

    def _show_pad(self, *, there: bool) -> None:
        """Once the patient agreed, the cash is typed at once."""
        comes = there and self._pad.isHidden() and self.isVisible()
        self._pad.setVisible(there)
        if comes:
            self.focus()

    def _present_changed(self, state: ViewState) -> None:
        """Both sums of everything that is not as the patient agreed."""
        self._changed.present(money_words.other_amounts_note(state))
        changes = money_words.other_amounts(state)
        self._changes.present(changes)
        for part in (self._changes, self._under):
            part.setVisible(bool(changes))

    def _present_slip(self, state: ViewState, *, there: bool) -> None:
        self._split.setVisible(not there)
        self._slip.setVisible(there)
        self._sheets.present(state.slip or (), money_words.slip_words(state.slip))

    def _build(self) -> None:
        self._panel.setFixedWidth(_WIDE)
        for part in (self._hero, self._changed, self._pad, self._facts, self._trouble):
            self._parts.addWidget(part)
        self._parts.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._parts)
        self._panel.body.addWidget(scrolling(inner), 1)
        self._slip.body.addWidget(self._sheets, 1)
        self._build_split()
        line = row(spacing=SPACE.m)
        line.addWidget(self._panel)
        line.addWidget(self._split, 1)
        line.addWidget(self._slip, 1)
        self.setLayout(line)

    def _build_split(self) -> None:
        """Scrolls when there are more funds than room."""
        parts = column(spacing=SPACE.m, margins=(0, 0, SPACE.s, 0))
        for part in (self._changes, self._under, self._sums, rule(), self._words):
            part.setMaximumWidth(_SUMS_WIDE)
            parts.addWidget(part)
        parts.addStretch(1)
        inner = QWidget()
        inner.setLayout(parts)
        self._split.body.addWidget(scrolling(inner), 1)
