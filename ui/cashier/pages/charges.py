"""Charges typed here: search, price, quantity; the lines and their sum; the visit's facts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from desktop.services.catalogue import CatalogueItem
from ui.cashier import charges_wording as wording
from ui.cashier.charges_desk import ChargesDesk
from ui.cashier.detail_words import told
from ui.cashier.draft import LineDraft, Typing, VisitDraft
from ui.cashier.pages.line_strip import LineStrip
from ui.cashier.pages.visit_form import VisitForm
from ui.cashier.problem_words import detail_words
from ui.cashier.translate import tr
from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import CENTRE, Page, restyle, row, rule, text
from ui.widgets.choices import SearchBox
from ui.widgets.figures import figure_text
from ui.widgets.line_table import LineTable
from ui.widgets.panel import Panel
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shown import ProblemShown

_FORM, _NARROW_FORM = 360, 272
_ROOMY = 820
"""A page narrower than that takes the room from the form: amounts are never out of sight."""


class ChargesPage(Page):
    """Enter goes from the search to the price, to the quantity, and adds the line."""

    removed = Signal(int)
    """The place of the line that shall go."""

    def __init__(self, form: VisitForm) -> None:
        super().__init__()
        self._desk: ChargesDesk | None = None
        self._line: LineDraft | None = None
        self._attempts = 0
        self._shown = 0
        self._search = SearchBox(self.tr("检索收费项目"), self.tr("拼音首字母、编码或名称"))
        self._strip = LineStrip()
        self._lines = LineTable(split=False)
        self._empty = text("muted", wrap=True)
        self._left_out = text("muted", wrap=True)
        self._count = text("muted")
        self._total = text("figure")
        self._missing = ProblemPanel()
        self._bill = Panel()
        self.form = form
        self._connect()
        self._build()

    def attach(self, desk: ChargesDesk) -> None:
        """What is typed goes here."""
        self._desk = desk

    def fit(self, *, low: bool) -> None:
        """The lines need the height more than the title."""
        self._bill.set_title("" if low else self.tr("收费明细"))
        self._bill.body.setSpacing(SPACE.xs if low else SPACE.m)

    def present(self, typing: Typing) -> None:
        self.form.present(typing)
        self._present_shelf(typing)
        self._present_entry(typing)
        self._present_lines(typing)
        self._move_focus(typing)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.form.setFixedWidth(_FORM if self.width() >= _ROOMY else _NARROW_FORM)

    def focus(self) -> None:
        if self._line:
            self._strip.focus()
        else:
            self._search.field.setFocus()

    @property
    def chosen_line(self) -> int:
        """The place of the line that Del removes: the chosen one, else the last."""
        at = self._lines.currentIndex().row()
        return at if 0 <= at < self._shown else self._shown - 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In an empty search field Del removes a line, and Up and Down choose one."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is not self._search.field or self._search.field.text():
            return False
        match event.key():
            case Qt.Key.Key_Delete:
                self.removed.emit(self.chosen_line)
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case _:
                return False
        return True

    # --- showing --------------------------------------------------------------------------

    def _present_shelf(self, typing: Typing) -> None:
        problem = typing.shelf_problem
        self._missing.setVisible(problem is not None)
        self._search.setVisible(problem is None)
        self._left_out.setText(wording.left_out(typing))
        self._left_out.setVisible(bool(typing.left_out))
        if problem is not None:
            self._missing.present(
                ProblemShown(
                    happened=tr(problem.kind.message),
                    next_step=tr(problem.next_step),
                    tone=Tone.WARNING,
                    code=problem.code,
                    details=(detail_words(problem),) if problem.detail else (),
                )
            )

    def _present_entry(self, typing: Typing) -> None:
        entry = typing.entry
        if self._search.field.text() != entry.query:
            self._search.field.setText(entry.query)
        self._search.present(wording.found(typing), wording.nothing_found(typing))
        self._grow(bool(entry.found))
        self._strip.present(entry.line, entry.faults)

    def _present_lines(self, typing: Typing) -> None:
        searching = bool(typing.entry.found)
        self._shown = len(typing.lines)
        self._lines.present(wording.lines(typing))
        self._lines.setVisible(bool(typing.lines) and not searching)
        self._present_empty(typing.fault("lines"))
        self._empty.setVisible(not typing.lines and not searching)
        self._count.setText(wording.count(typing))
        self._total.setText(figure_text(typing.total))

    def _present_empty(self, lacking: str) -> None:
        self._empty.setText(
            told(lacking) or self.tr("还没有明细：检索一个项目，填单价和数量，回车加入")
        )
        restyle(self._empty, "tone", "danger" if lacking else "")

    def _move_focus(self, typing: Typing) -> None:
        """To what comes next: the price of a taken item, the next search, the first fault."""
        before, self._line = self._line, typing.entry.line
        tried, self._attempts = typing.attempts > self._attempts, typing.attempts
        if tried:
            if not self.form.focus_fault():
                self.focus()
        elif (before is None) is not (self._line is None):
            self.focus()
        elif typing.entry.faults:
            self._strip.focus_fault()

    # --- making ---------------------------------------------------------------------------

    def _connect(self) -> None:
        self._search.field.installEventFilter(self)
        self._search.asked.connect(self._asked)
        self._search.taken.connect(self._taken)
        self._strip.changed.connect(self._typed)
        self._strip.entered.connect(self._added)
        self.form.changed.connect(self._visited)

    def _asked(self, words: str) -> None:
        assert self._desk is not None
        self._desk.search(words)

    def _taken(self, item: CatalogueItem) -> None:
        assert self._desk is not None
        self._desk.take(item)

    def _typed(self, line: LineDraft) -> None:
        assert self._desk is not None
        self._desk.set_line(line)

    def _added(self) -> None:
        assert self._desk is not None
        self._desk.add()

    def _visited(self, visit: VisitDraft) -> None:
        assert self._desk is not None
        self._desk.set_visit(visit)

    def _step(self, rows: int) -> None:
        if self._shown:
            at = self._lines.currentIndex().row()
            at = self._shown - 1 if at < 0 else at + rows
            self._lines.choose(min(max(at, 0), self._shown - 1))

    def _grow(self, searching: bool) -> None:
        """The found items take the table's place."""
        grows = QSizePolicy.Policy.Expanding if searching else QSizePolicy.Policy.Maximum
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, grows)

    def _build(self) -> None:
        self._search.between.addWidget(self._strip)
        self._empty.setAlignment(CENTRE)
        bill = self._bill
        bill.set_title(self.tr("收费明细"))
        bill.body.addWidget(self._missing)
        bill.body.addWidget(self._search)
        bill.body.addWidget(self._left_out)
        bill.body.addWidget(self._lines, 1)
        bill.body.addWidget(self._empty, 1)
        bill.body.addWidget(rule())
        bill.body.addLayout(self._foot())
        whole = row(spacing=SPACE.m)
        whole.addWidget(bill, 1)
        whole.addWidget(self.form)
        self.setLayout(whole)

    def _foot(self) -> QHBoxLayout:
        foot = row(spacing=SPACE.m)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(text("body", self.tr("合计（元）")))
        foot.addWidget(self._total)
        return foot
