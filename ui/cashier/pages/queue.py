"""Everything that is not at rest: a list, and what is known of the chosen row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal

from ui.cashier import queue_wording as wording
from ui.cashier.state import Intent, ViewState
from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import Page, Tinted, column, row, scrolled, text
from ui.widgets.choices import ChoiceList
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_grid import FactGrid
from ui.widgets.panel import Panel
from ui.widgets.shown import Choice

_SIDE = 440


class QueuePage(Page):
    """Up and Down choose; what can be done about the row stands among the keys."""

    taken = Signal(object)
    """An intent: Enter is 办理."""
    chosen = Signal(object)
    """The visit of the row that is chosen now."""

    def __init__(self) -> None:
        super().__init__()
        self._list = ChoiceList(name=self.tr("待办"))
        self._list.taken.connect(lambda _visit: self.taken.emit(Intent.FINISH))
        self._list.selectionModel().currentChanged.connect(self._moved)
        self._empty = EmptyState()
        self._row = _Row()
        hint = self.tr("线路好时自动重试。上下键选，回车或 F9 办理；没办完的不会丢，下次开机还在")
        everything = Panel(self.tr("待办"))
        everything.body.addWidget(text("muted", hint, wrap=True))
        everything.body.addWidget(self._list, 1)
        everything.body.addWidget(self._empty, 1)
        line = row(spacing=SPACE.m)
        line.addWidget(everything, 1)
        line.addWidget(self._row)
        self.setLayout(line)

    def present(self, state: ViewState) -> None:
        visits = state.desk.open_visits
        with QSignalBlocker(self._list.selectionModel()):
            self._list.present(wording.rows(state))
            at = next((n for n, one in enumerate(visits) if one.visit == state.queue_at), -1)
            if at >= 0:
                self._list.setCurrentIndex(self._list.model().index(at, 0))
        self._list.viewport().update()
        self._list.setVisible(bool(visits))
        self._empty.setVisible(not visits)
        self._empty.present(self.tr("没有待办"), self.tr("所有结算都已查清，现金和单据都已办完"))
        self._row.present(state)

    def focus(self) -> None:
        self._list.setFocus()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        choice = now.data(Qt.ItemDataRole.UserRole + 1)
        if isinstance(choice, Choice):
            self.chosen.emit(choice.intent)


class _Row(Panel):
    """What to do about the chosen row; the text for the office and what is known of it, scrolled on
    a low screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._todo = text("strong", wrap=True)
        self._facts = FactGrid()
        self._case = _Case()
        self.setFixedWidth(_SIDE)
        self.body.setSpacing(SPACE.l)
        known = column(spacing=SPACE.l)
        for part in (self._case, self._facts):
            known.addWidget(part)
        known.addStretch(1)
        self.body.addWidget(self._todo)
        self.body.addWidget(scrolled(known, self.tr("这一项")), 1)

    def present(self, state: ViewState) -> None:
        visits = state.desk.open_visits
        shown = next((one for one in visits if one.visit == state.queue_at), None)
        self.setVisible(shown is not None)
        if shown is None:
            return
        self.set_title(wording.title(shown))
        self._todo.setText(wording.todo(shown))
        self._facts.present(wording.row_facts(shown))
        self._case.present(state.case.words if state.case else "")


class _Case(Tinted):
    """Words for the telephone, without personal data; to be marked with the mouse, or copied."""

    def __init__(self) -> None:
        super().__init__()
        self._words = text("quote", wrap=True, selectable=True)
        lines = column(spacing=SPACE.xs, margins=(SPACE.m, SPACE.m, SPACE.m, SPACE.m))
        lines.addWidget(text("caption", self.tr("给医保办的案由，按 F7 复制")))
        lines.addWidget(self._words)
        self.setLayout(lines)
        self.set_tone(Tone.INFO)

    def present(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))
