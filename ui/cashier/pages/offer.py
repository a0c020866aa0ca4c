"""The split on screen: per line, in sum, and in words; before it is booked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from ui.cashier import estimate_words, money_words, wording
from ui.cashier.state import ViewState
from ui.theme.tokens import SPACE
from ui.widgets.basics import Page, column, row, scrolling
from ui.widgets.figures import SplitEquation, SumList
from ui.widgets.line_table import LineTable
from ui.widgets.panel import Panel
from ui.widgets.scrolled_text import ScrolledText
from ui.widgets.shown import Badge, Equation, Sum
from ui.widgets.split_bar import SplitBar
from ui.widgets.tinted_note import TintedNote

_LEAST_SIDE, _LOW_SIDE = 264, 236
_ANY = 16_777_215
"""QWIDGETSIZE_MAX."""
_Focus = Qt.FocusPolicy
_BEFORE_STRETCH = 2
"""Place after both cards of sums."""


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
        self._differs = TintedNote()
        self._bill = Panel()
        self._why = Panel()
        self._main = column(spacing=SPACE.m)
        self._summary = column(spacing=SPACE.m)
        self._middle = row(spacing=SPACE.m)
        self._side = self._sums()
        self._side.setMinimumWidth(_LEAST_SIDE)
        self._low = False
        self._was_shown = False
        self._whole = column(spacing=SPACE.m)
        self._build()

    def present(self, state: ViewState) -> None:
        shown = state.settlement or state.offer
        if shown is None or state.bill is None:
            return
        self._was_shown = True
        split = shown.split
        self._bill.set_title(wording.bill_title(state.bill))
        self._bill.set_badge(Badge(wording.account_words(state.account_use)))
        self._equation.present(wording.equation(split))
        self._bar.present(wording.parts(split))
        self._lines.present(wording.lines(state))
        self._division.present(wording.division(split, state.first_pay))
        self._funds.present(wording.funds(split))
        self._differs.present(estimate_words.differences(state))
        self._words.present(money_words.explanation(state))

    def fit(self, *, low: bool) -> None:
        """The lines have the room: what tells the sums once more goes, the words go aside."""
        gap = SPACE.s if low else SPACE.m
        for layout in (self._main, self._summary, self._middle, self._whole):
            layout.setSpacing(gap)
        self._equation.tighten(low=low)
        self._bar.setHidden(low)
        self._words.show_whole(whole=low)
        self._side.setMinimumWidth(_LOW_SIDE if low else _LEAST_SIDE)
        self._side.setMaximumWidth(_LOW_SIDE if low else _ANY)
        self._side.setFocusPolicy(_Focus.TabFocus if low else _Focus.NoFocus)
        self._low = low
        if low:
            self._summary.insertWidget(_BEFORE_STRETCH, self._why)
        else:
            self._main.addWidget(self._why)

    def focus(self) -> None:
        """Where few lines are seen at once, the arrows go through them."""
        (self._lines if self._low else self.window()).setFocus()

    def rehearse(self) -> None:
        """Have figures ready for an ordinary settlement, before the first one; that one stays."""
        if self._was_shown:
            return
        blank = Sum("", None)
        self._equation.present(Equation((blank,) * 3, blank))
        self._division.present((blank,) * 5)
        self._funds.present((blank,) * 4)

    def _build(self) -> None:
        self._bill.body.addWidget(self._lines, 1)
        self._why.body.addWidget(self._differs)
        self._why.body.addWidget(self._words)
        self._main.addWidget(self._bill, 1)
        self._main.addWidget(self._why)
        self._middle.addLayout(self._main, 4)
        self._middle.addWidget(self._side, 1)
        self._whole.addWidget(self._equation)
        self._whole.addWidget(self._bar)
        self._whole.addLayout(self._middle, 1)
        self.setLayout(self._whole)

    def _sums(self) -> QScrollArea:
        """Scrolls when there are more funds than room."""
        for title, content in (
            (self.tr("费用划分"), self._division),
            (self.tr("基金支付"), self._funds),
        ):
            panel = Panel(title)
            panel.body.addWidget(content)
            self._summary.addWidget(panel)
        self._summary.addStretch(1)
        inner = Page()
        inner.setLayout(self._summary)
        return scrolling(inner)
