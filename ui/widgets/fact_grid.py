"""Labels and values in columns, like the particulars of the slip."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.badge import StateBadge
from ui.widgets.basics import column, grid, row, say, set_role, text
from ui.widgets.glyphs import readable
from ui.widgets.shown import Fact

_AFTER_VALUE = 1


class FactGrid(QWidget):
    """Each fact is a small label over its value; ``columns`` of them stand beside each other."""

    def __init__(
        self, facts: tuple[Fact, ...] = (), columns: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._shown: tuple[Fact, ...] = ()
        self._cells: list[_Cell] = []
        self._grid: QGridLayout = grid(across=SPACE.xl, down=SPACE.s)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        self.setLayout(self._grid)
        self.present(facts)

    def present(self, facts: tuple[Fact, ...]) -> None:
        """Cells are kept for other facts: making one anew costs two milliseconds."""
        if facts == self._shown:
            return
        self._shown = facts
        self._cells += [_Cell() for _lacking in facts[len(self._cells) :]]
        at = 0
        for cell, fact in zip(self._cells, facts, strict=False):
            cell.present(fact)
            at = self._place(cell, fact, at)
        for spare in self._cells[len(facts) :]:
            spare.place = None
            self._grid.removeWidget(spare)
            spare.hide()
        say(self, "；".join(f"{fact.label} {fact.value}" for fact in facts))

    def _place(self, cell: _Cell, fact: Fact, at: int) -> int:
        """Place a fact at the cell ``at``, counted along the rows; the next free cell."""
        if fact.wide:
            at += -at % self._columns
        cells = self._columns if fact.wide else 1
        line, place = divmod(at, self._columns)
        if cell.place != (line, place, cells):
            cell.place = (line, place, cells)
            self._grid.removeWidget(cell)
            self._grid.addWidget(cell, line, place, 1, cells, Qt.AlignmentFlag.AlignTop)
        cell.show()
        return at + cells


class _Cell(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.place: tuple[int, int, int] | None = None
        """Row, column and columns in the grid; None while it is in none."""
        self._label = text("caption")
        self._value = text("body", selectable=True)
        self._line = row(spacing=SPACE.s)
        self._line.addWidget(self._value)
        self._line.addStretch(1)
        layout = column(spacing=SPACE.hair)
        layout.addWidget(self._label)
        layout.addLayout(self._line)
        self.setLayout(layout)

    def present(self, fact: Fact) -> None:
        """A value without a badge has the whole line, and goes on in the next one."""
        self._label.setText(fact.label)
        self._value.setText(readable(fact.value, self._value.fontMetrics()).text)
        set_role(self._value, "heading" if fact.strong else "body")
        self._value.setWordWrap(fact.badge is None)
        self._line.setStretch(0, 0 if fact.badge else 1)
        self._line.setStretch(self._line.count() - 1, 1 if fact.badge else 0)
        if fact.badge is not None:
            self._badge.present(fact.badge)
            self._badge.show()
        elif "_badge" in vars(self):
            self._badge.hide()
        say(self, f"{fact.label} {fact.value}")

    @cached_property
    def _badge(self) -> StateBadge:
        """Few facts have one, and each is four widgets."""
        badge = StateBadge()
        self._line.insertWidget(_AFTER_VALUE, badge)
        return badge
