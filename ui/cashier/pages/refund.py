"""A refund: which settlement, which lines, what goes back, how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.cashier import refund_wording as wording
from ui.cashier.refund_state import RefundAt, RefundShown
from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Page, column, row, scrolled, text
from ui.widgets.choices import ChoiceList
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_grid import FactGrid
from ui.widgets.figures import Hero
from ui.widgets.panel import Panel
from ui.widgets.tinted_note import TintedNote

_WIDE = 472


class RefundPage(Page):
    """At the left the sum and what is known, scrolled on a low screen; beside it the list."""

    taken = Signal(object)
    """What was chosen of the list: the place of a settlement, or the number of a line."""

    def __init__(self) -> None:
        super().__init__()
        self._hero = Hero()
        self._facts = FactGrid(columns=1)
        self._steps = FactGrid(columns=2)
        self._warning = TintedNote()
        self._sum = Panel(self.tr("退费"))
        self._hint = text("muted", wrap=True)
        self._list = ChoiceList(name=self.tr("可以退的"))
        self._list.taken.connect(self.taken)
        self._empty = EmptyState()
        self._choices = Panel()
        self._build()

    def present(self, shown: RefundShown) -> None:
        choosing = shown.at is RefundAt.CHOOSE
        self._choices.set_title(wording.title(shown))
        self._choices.set_badge(wording.day(shown) if choosing else None)
        self._hint.setText(wording.hint(shown))
        at = self._list.currentIndex().row()
        rows = wording.settled(shown) if choosing else wording.lines(shown)
        self._list.present(rows)
        if not choosing and 0 <= at < len(rows):
            self._list.setCurrentIndex(self._list.model().index(at, 0))
        self._list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.present(self.tr("这一天没有可以退的结算"), self.tr("按 F6 看前一天"))
        self._sum.setVisible(not choosing)
        if not choosing:
            self._present_sum(shown)

    def focus(self) -> None:
        self._list.setFocus()

    def _present_sum(self, shown: RefundShown) -> None:
        back, estimated = wording.sum_back(shown)
        self._hero.present(back, estimate=estimated)
        self._facts.present(wording.facts(shown))
        steps = wording.steps(shown)
        self._steps.present(steps)
        self._steps.setVisible(bool(steps))
        tone = Tone.WARNING if shown.problem is None else Tone.DANGER
        self._warning.present(wording.warning(shown), tone)

    def _build(self) -> None:
        self._sum.setFixedWidth(_WIDE)
        self._sum.body.setSpacing(SPACE.l)
        known = column(spacing=SPACE.l)
        for part in (self._warning, self._steps, self._facts):
            known.addWidget(part)
        known.addStretch(1)
        self._sum.body.addWidget(self._hero)
        self._sum.body.addWidget(scrolled(known, self.tr("这笔退费")), 1)
        for shown in (self._hint, self._list, self._empty):
            self._choices.body.addWidget(shown)
        line = row(spacing=SPACE.m)
        line.addWidget(self._sum)
        line.addWidget(self._choices, 1)
        self.setLayout(line)
