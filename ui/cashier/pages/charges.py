"""Charges typed here: search, price, quantity; the lines and their sum; the visit's facts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui.cashier import charges_wording as wording
from ui.cashier.charges_desk import ChargesDesk
from ui.cashier.draft import LineDraft, Typing
from ui.cashier.pages.visit_form import VisitForm
from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import CENTRE, RIGHT, Page, column, row, say, set_role, text
from ui.widgets.choices import SearchBox
from ui.widgets.figures import figure_text
from ui.widgets.form import FormField
from ui.widgets.line_table import LineTable
from ui.widgets.panel import Panel
from ui.widgets.problem_panel import ProblemPanel
from ui.widgets.shown import ProblemShown

_FORM = 336
_LONGEST = 20


class ChargesPage(Page):
    """Enter goes from the search to the price, to the quantity, and adds the line."""

    removed = Signal(int)
    """The place of the line that shall go."""

    def __init__(self) -> None:
        super().__init__()
        self._desk: ChargesDesk | None = None
        self._line: LineDraft | None = None
        self._attempts = 0
        self._make_entry()
        self._lines = LineTable(split=False)
        self._empty = text("muted", self.tr("还没有明细，先检索一个项目，再填单价和数量"), wrap=True)
        self._left_out = text("muted", wrap=True)
        self._count = text("muted")
        self._fault = text("strong", wrap=True)
        self._total = text("figure")
        self._missing = ProblemPanel()
        self.form = VisitForm()
        self._connect()
        self._build()

    def attach(self, desk: ChargesDesk) -> None:
        """What is typed goes here."""
        self._desk = desk

    def present(self, typing: Typing) -> None:
        self.form.present(typing)
        self._present_shelf(typing)
        self._present_entry(typing)
        self._present_lines(typing)
        self._move_focus(typing)

    def focus(self) -> None:
        (self._price if self._line else self._search.field).setFocus()

    @property
    def chosen_line(self) -> int:
        """The place of the line that Del removes: the chosen one, else the last."""
        at = self._lines.currentIndex().row()
        return at if 0 <= at < self._shown else self._shown - 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In an empty search field Del removes a line, and Up and Down choose one."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if self._search.field.text():
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
                    happened=problem.kind.message,
                    next_step=problem.next_step,
                    tone=Tone.WARNING,
                    code=problem.code,
                    details=(problem.detail,) if problem.detail else (),
                )
            )

    def _present_entry(self, typing: Typing) -> None:
        entry = typing.entry
        if self._search.field.text() != entry.query:
            self._search.field.setText(entry.query)
        self._search.present(wording.found(typing), wording.nothing_found(typing))
        self._grow(bool(entry.found))
        line = entry.line
        self._facts.setVisible(line is not None)
        for field in (self._price, self._quantity):
            field.setEnabled(line is not None)
        faults = {fault.field: fault.message for fault in entry.faults}
        self._present_taken(line, faults)

    def _present_taken(self, line: LineDraft | None, faults: dict[str, str]) -> None:
        _set_text(self._price, line.price if line else "")
        _set_text(self._quantity, line.quantity if line else "")
        self._fault.setText("；".join(faults.values()))
        self._fault.setVisible(bool(faults))
        for field, name in ((self._priced, "price"), (self._counted, "quantity")):
            field.mark(bool(faults.get(name)))
        if line is None:
            return
        self._item.setText(wording.item_facts(line))
        self._sum.setText(figure_text(line.amount))
        self._approved.setVisible(line.item.restricted)
        self._approved.setChecked(line.approved)

    def _present_lines(self, typing: Typing) -> None:
        searching = bool(typing.entry.found)
        self._shown = len(typing.lines)
        self._lines.present(wording.lines(typing))
        self._lines.setVisible(bool(typing.lines) and not searching)
        self._empty.setVisible(not typing.lines and not searching)
        lacking = typing.fault("lines")
        self._empty.setText(lacking or self.tr("还没有明细，先检索一个项目，再填单价和数量"))
        self._count.setText(wording.count(typing))
        self._total.setText(figure_text(typing.total))

    def _move_focus(self, typing: Typing) -> None:
        """To what comes next: the price of a taken item, the next search, the first fault."""
        before, self._line = self._line, typing.entry.line
        if typing.attempts > self._attempts:
            (self.form.first_fault() or self._search.field).setFocus()
        elif (before is None) is not (self._line is None) and self.isVisible():
            self.focus()
            self._price.selectAll()
        elif typing.entry.faults:
            wrong = {fault.field for fault in typing.entry.faults}
            (self._price if "price" in wrong else self._quantity).setFocus()
        self._attempts = typing.attempts
