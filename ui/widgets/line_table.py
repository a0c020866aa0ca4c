"""The lines of a bill as a table: painted rows with hairlines, amounts in columns."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.domain.money import Money
from ui.theme.tokens import SPACE, Tone
from ui.widgets.basics import CENTRE, LEFT, RIGHT, say
from ui.widgets.figures import figure_text
from ui.widgets.line_painter import CELL, Cell, LinePainter, bold
from ui.widgets.shown import LineShown

ROW_HEIGHT = 32
_LEAST_NAMES = 140
"""In a window that is narrower still the table scrolls to the right."""
_NAMES_WIDE = 420
"""A name longer than that is rare."""
Index = QModelIndex | QPersistentModelIndex
_ItemRole = Qt.ItemDataRole


class Column(Struct, frozen=True):
    """One column: its heading, what it shows of a line, how wide at least (0: what is left)."""

    heading: str
    shows: Callable[[LineShown], str | Money | None]
    width: int = 0
    align: Qt.AlignmentFlag = RIGHT
    marked: bool = False
    """Carries the mark of the line's tone."""

    def cell(self, line: LineShown, *, bold: bool, gutter: str | None) -> Cell:
        """``gutter``: the longest mark of the table, so that all names stand beside it."""
        shown = self.shows(line)
        words = shown if isinstance(shown, str) else figure_text(shown)
        if not self.marked:
            return Cell(words, self.align, quiet=not shown, bold=bold)
        tone = line.tone if line.tone is not Tone.NEUTRAL else None
        return Cell(words, self.align, not shown, bold, tone, line.mark, gutter)


class LineTable(QTableView):
    """Shows lines, and a total row if there is one; Up and Down choose, Enter does nothing."""

    chosen = Signal(int)
    """Which line the keyboard or the mouse went to, counted from 0."""

    def __init__(self, *, split: bool = True, parent: QWidget | None = None) -> None:
        """``split``: also the columns that only the platform can fill."""
        super().__init__(parent)
        self._room = self.width()
        """Of what is scrolled. Asking for ``viewport()``, of a class that is none of Python's, has
        PySide build all its widgets to look for it: 20 ms and 1.7 MiB."""
        self._model = LineModel(self._columns(split), self)
        self.setModel(self._model)
        self.setItemDelegate(LinePainter(self))
        self._dress()
        self._size_columns()
        self.selectionModel().currentRowChanged.connect(self._tell)
        for part in (self, self.horizontalHeader()):
            say(part, self.tr("费用明细"))

    def present(self, lines: tuple[LineShown, ...], total: LineShown | None = None) -> None:
        """The chosen line stays chosen while it is there."""
        chosen = [index.row() for index in self.selectionModel().selectedRows()]
        if not self._model.present(lines, total):
            return
        self._fit_columns()
        if chosen and chosen[0] < len(lines):
            self.selectRow(chosen[0])

    def choose(self, line: int) -> None:
        self.selectRow(line)
        self.scrollTo(self._model.index(line, 0))

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid() and current.row() < self._model.lines:
            self.chosen.emit(current.row())

    def _columns(self, split: bool) -> tuple[Column, ...]:
        ordinary = (
            Column(self.tr("项目"), lambda line: line.name, align=LEFT, marked=True),
            Column(self.tr("单价"), lambda line: line.price, 68),
            Column(self.tr("数量"), lambda line: line.quantity, 52),
            Column(self.tr("金额"), lambda line: line.amount, 76),
        )
        told = (
            Column(self.tr("类别"), lambda line: line.item_class, 46, align=CENTRE),
            Column(self.tr("全自费"), lambda line: line.full_self_pay, 70),
            Column(self.tr("超限价"), lambda line: line.over_limit, 70),
            Column(self.tr("先行自付"), lambda line: line.pre_self_pay, 70),
        )
        return (*ordinary, *told) if split else ordinary

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._room = event.size().width()
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """A table that is shown in letters other than it was measured in is measured again."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_columns()

    def _fit_columns(self) -> None:
        """No amount is ever cut off: a column is as wide as its longest words, or wider.

        What a wide window has to spare goes to the figures too: an eye must not lose the line. In a
        narrow one the names have all that the figures do not need.
        """
        needed = self._needed()
        if self._room - sum(needed.values()) < _NAMES_WIDE:
            needed = self._needed(tight=True)
        spare = self._room - sum(needed.values()) - _NAMES_WIDE
        more = max(spare, 0) // len(needed)
        for at, width in needed.items():
            self.setColumnWidth(at, width + more)
        names = self._room - sum(needed.values()) - more * len(needed)
        self.setColumnWidth(0, max(names, _LEAST_NAMES))

    def _needed(self, *, tight: bool = False) -> dict[int, int]:
        """The least width of each column of figures; ``tight``: no more than its words need.

        An advance is rounded: without a hair more a figure of 38.2 dots would lose its end.
        """
        metrics = QFontMetrics(bold(self.font()))
        return {
            at: max(
                self._heading(column) if tight else column.width,
                metrics.horizontalAdvance(self._model.longest(at)) + 2 * SPACE.s + SPACE.hair,
            )
            for at, column in enumerate(self._model.columns)
            if column.width
        }

    def _heading(self, column: Column) -> int:
        """The width of its heading."""
        header = self.horizontalHeader()
        words = header.fontMetrics().horizontalAdvance(column.heading) + 2 * SPACE.s
        return max(words, header.minimumSectionSize())


class LineModel(QAbstractTableModel):
    """Rows over a tuple of lines; the total, if there is one, is the last row."""

    def __init__(self, columns: tuple[Column, ...], parent: LineTable | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._rows: tuple[LineShown, ...] = ()
        self._total: LineShown | None = None
        self._cells: list[tuple[Cell, ...]] = []

    @property
    def lines(self) -> int:
        return len(self._rows) - (self._total is not None)

    def present(self, lines: tuple[LineShown, ...], total: LineShown | None) -> bool:
        """Whether anything changed."""
        rows = lines if total is None else (*lines, total)
        if rows == self._rows and total == self._total:
            return False
        self.beginResetModel()
        self._rows, self._total = rows, total
        marks = [line.mark for line in rows if line.tone is not Tone.NEUTRAL]
        longest = max(marks, key=len, default=None)
        self._cells = [
            tuple(
                column.cell(line, bold=self._is_total(at), gutter=longest)
                for column in self.columns
            )
            for at, line in enumerate(rows)
        ]
        self.endResetModel()
        return True

    def longest(self, at: int) -> str:
        """The longest words of a column; its heading is smaller than it looks beside them."""
        return max((cells[at].words for cells in self._cells), key=len, default="")

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._is_total(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ItemRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ItemRole.TextAlignmentRole:
            return self.columns[section].align
        return self.columns[section].heading if role == _ItemRole.DisplayRole else None

    def data(self, index: Index, role: int = _ItemRole.DisplayRole) -> object:
        row, at = index.row(), index.column()
        match role:
            case int() if role == CELL:
                return self._cells[row][at]
            case _ItemRole.DisplayRole:
                return self._cells[row][at].words
            case _ItemRole.TextAlignmentRole:
                return self._cells[row][at].align
            case _ItemRole.ToolTipRole:
                line = self._rows[row]
                return "\n".join(part for part in (line.name, line.note) if part)
            case _ItemRole.AccessibleTextRole:
                cell = self._cells[row][at]
                return " ".join(part for part in (cell.mark, cell.words) if part)
            case _ItemRole.AccessibleDescriptionRole:
                return self._rows[row].note
            case _:
                return None

    def _is_total(self, row: int) -> bool:
        return self._total is not None and row == len(self._rows) - 1
