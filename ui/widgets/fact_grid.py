"""Labels and values in columns, like the particulars of the slip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme.tokens import SPACE
from ui.widgets.badge import StateBadge
from ui.widgets.basics import clear, column, grid, row, say, text
from ui.widgets.shown import Fact


class FactGrid(QWidget):
    """Each fact is a small label over its value; ``columns`` of them stand beside each other."""

    def __init__(
        self, facts: tuple[Fact, ...] = (), columns: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._shown: tuple[Fact, ...] = ()
        self._grid: QGridLayout = grid(across=SPACE.xl, down=SPACE.s)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        self.setLayout(self._grid)
        self.present(facts)

    def present(self, facts: tuple[Fact, ...]) -> None:
        if facts == self._shown:
            return
        self._shown = facts
        clear(self._grid)
        at = 0
        for fact in facts:
            at = self._add(fact, at)
        say(self, "；".join(f"{fact.label} {fact.value}" for fact in facts))

    def _add(self, fact: Fact, at: int) -> int:
        """Place a fact at the cell ``at``, counted along the rows; the next free cell."""
        if fact.wide:
            at += -at % self._columns
        cells = self._columns if fact.wide else 1
        line, place = divmod(at, self._columns)
        self._grid.addWidget(_cell(fact), line, place, 1, cells, Qt.AlignmentFlag.AlignTop)
        return at + cells


def _cell(fact: Fact) -> QWidget:
    value = text("heading" if fact.strong else "body", fact.value, wrap=True, selectable=True)
    line = row(spacing=SPACE.s)
    line.addWidget(value, 0 if fact.badge else 1)
    if fact.badge:
        value.setWordWrap(False)
        line.addWidget(StateBadge(fact.badge))
        line.addStretch(1)
    layout = column(spacing=SPACE.hair)
    layout.addWidget(text("caption", fact.label))
    layout.addLayout(line)
    cell = QWidget()
    cell.setLayout(layout)
    say(cell, f"{fact.label} {fact.value}")
    return cell
