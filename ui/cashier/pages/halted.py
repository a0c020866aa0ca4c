"""Where a visit stands still: the problem, the ways to go on, and who answers for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.cashier import halt_wording as wording
from ui.cashier.state import Intent, ViewState
from ui.theme.tokens import SPACE
from ui.widgets.basics import Page, column, row, say, scrolling, text
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shown import Way
from ui.widgets.ways import WayList

_LONGEST = 20
_MOST_WAYS = 4


class HaltedPage(Page):
    """What happened and what to do next stand in the panel, as for every problem.

    What a low screen has no room for is scrolled to, by the arrow keys too.
    """

    taken = Signal(object)
    """The intent of a button or a way."""
    named = Signal(str)
    """The supervisor's number, as it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._was_shown = False
        self._panel = ProblemPanel()
        self._ways = WayList()
        self._supervisor = _Supervisor()
        self._panel.taken.connect(self.taken)
        self._ways.taken.connect(self.taken)
        self._supervisor.field.textChanged.connect(self.named)
        under = self._panel.body.count() - 1  # what follows fills the rest
        self._panel.body.insertWidget(under, self._supervisor)
        self._panel.body.insertWidget(under, self._ways)
        self._area = scrolling(_around(self._panel))
        say(self._area, self.tr("问题和办法"))
        whole = column()
        whole.addWidget(self._area)
        self.setLayout(whole)

    def present(self, state: ViewState) -> None:
        self._was_shown = True
        self._panel.present(wording.problem(state))
        self._ways.present(wording.ways(state))
        self._supervisor.present(asked=Intent.ACCEPT in state.intents)

    def rehearse(self) -> None:
        """Have cards ready for as many ways as there are, before the line is down; not over a problem."""
        if not self._was_shown:
            self._ways.present((Way(None, "", "", ""),) * _MOST_WAYS)

    def focus(self) -> None:
        """From the top: another problem may have been scrolled down before."""
        self._area.verticalScrollBar().setValue(0)
        asked = self._supervisor.isVisibleTo(self)
        (self._supervisor.field if asked else self._area).setFocus()


def _around(panel: QWidget) -> Page:
    """The ground that the card lies on while it is scrolled."""
    ground = Page()
    whole = column()
    whole.addWidget(panel)
    ground.setLayout(whole)
    return ground


class _Supervisor(QWidget):
    """Who looked at sums that do not add up, and stands for them (B31)."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.setMaximumWidth(240)
        self.field.setPlaceholderText(self.tr("主管工号"))
        say(self.field, self.tr("核对主管的工号"))
        line = row(spacing=SPACE.m)
        line.addWidget(text("body", self.tr("主管核对后输入工号，按 F9 接受，再收款")))
        line.addWidget(self.field)
        line.addStretch(1)
        self.setLayout(line)

    def present(self, *, asked: bool) -> None:
        if not asked:
            self.field.clear()
        self.setVisible(asked)
