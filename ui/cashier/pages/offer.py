"""The split on screen: per line, in sum, and in words; before it is booked."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.cashier import money_words, wording
from ui.cashier.state import ViewState
from ui.theme.tokens import SPACE
from ui.widgets.basics import Page, column, row, scrolling
from ui.widgets.figures import SplitEquation, SumList
from ui.widgets.line_table import LineTable
from ui.widgets.panel import Panel
from ui.widgets.scrolled_text import ScrolledText
from ui.widgets.shown import Badge, Equation, Sum
from ui.widgets.split_bar import SplitBar

_LEAST_SIDE = 264


class OfferPage(Page):
    """What 2206 offers; the personal part is the largest thing on the window."""

    def __init__(self, lines: LineTable) -> None:
        super().__init__()
        self._equation = SplitEquation()
        self._bar = SplitBar()
        self._lines = lines
        self._division = SumList()
        self._funds = SumList()
        self._words = ScrolledText()
        self._bill = Panel()
        self._build()

    def present(self, state: ViewState) -> None:
        shown = state.settlement or state.offer
        if shown is None or state.bill is None:
            return
        split = shown.split
        self._bill.set_title(wording.bill_title(state.bill))
        self._bill.set_badge(Badge(wording.account_words(state.account_use)))
        self._equation.present(wording.equation(split))
        self._bar.present(wording.parts(split))
        self._lines.present(wording.lines(state))
        self._division.present(wording.division(split, state.first_pay))
        self._funds.present(wording.funds(split))
        self._words.present(money_words.explanation(state))

    def rehearse(self) -> None:
        """Have figures ready for an ordinary settlement, before the first one."""
        blank = Sum("", None)
        self._equation.present(Equation((blank,) * 3, blank))
        self._division.present((blank,) * 5)
        self._funds.present((blank,) * 4)

    def _build(self) -> None:
        self._bill.body.addWidget(self._lines, 1)
        middle = row(spacing=SPACE.m)
        middle.addLayout(self._main(), 4)
        middle.addWidget(self._side(), 1)
        whole = column(spacing=SPACE.m)
        whole.addWidget(self._equation)
        whole.addWidget(self._bar)
        whole.addLayout(middle, 1)
        self.setLayout(whole)

    def _main(self) -> QVBoxLayout:
        """The bill, and how its split came about."""
        why = Panel()
        why.body.addWidget(self._words)
        stack = column(spacing=SPACE.m)
        stack.addWidget(self._bill, 1)
        stack.addWidget(why)
        return stack

    def _side(self) -> QWidget:
        """Scrolls when there are more funds than room."""
        stack = column(spacing=SPACE.m)
        for title, content in (
            (self.tr("费用划分"), self._division),
            (self.tr("基金支付"), self._funds),
        ):
            panel = Panel(title)
            panel.body.addWidget(content)
            stack.addWidget(panel)
        stack.addStretch(1)
        inner = Page()
        inner.setLayout(stack)
        side = scrolling(inner)
        side.setMinimumWidth(_LEAST_SIDE)
        return side
