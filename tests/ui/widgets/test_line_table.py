"""The lines of a bill."""

from __future__ import annotations

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.domain.money import Money
from tests.rig.slot_watch import WatchedApplication
from tests.ui.widgets.conftest import Show
from ui.theme.tokens import SPACE, Tone
from ui.widgets.gallery import samples
from ui.widgets.line_painter import CELL, Cell, bold
from ui.widgets.line_table import LineTable
from ui.widgets.shown import LineShown

_Role = Qt.ItemDataRole
TOTAL_OF_MUCH = LineShown("合计", "", "", Money(12_345_678_90))


@pytest.fixture
def table(show: Show[QWidget]) -> LineTable:
    made = LineTable()
    made.resize(900, 400)
    made.present(samples.LINES, samples.TOTAL)
    show(made)
    return made


def row_of(table: LineTable, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, at).data()) for at in range(model.columnCount())]


def test_a_line_shows_all_its_parts(table: LineTable) -> None:
    assert row_of(table, 0) == [
        *("普通门诊诊察费", "25.00", "1", "25.00"),
        *("乙", "0.00", "3.00", "2.20"),
    ]


def test_what_the_platform_did_not_tell_is_a_dash_and_its_codes_stay_raw(table: LineTable) -> None:
    assert row_of(table, 6)[4:] == ["99", "—", "—", "—"]


def test_amounts_stand_right(table: LineTable) -> None:
    index = table.model().index(0, 3)
    assert index.data(_Role.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_a_name_that_is_too_long_is_whole_in_the_tooltip(table: LineTable) -> None:
    assert table.model().index(1, 0).data(_Role.ToolTipRole) == samples.LINES[1].name


def test_a_fault_has_a_mark_and_its_words(table: LineTable) -> None:
    index = table.model().index(6, 0)
    cell = index.data(CELL)
    assert isinstance(cell, Cell)
    assert cell.tone is Tone.DANGER
    assert "项目编码不在目录中" in index.data(_Role.ToolTipRole)
    assert index.data(_Role.AccessibleDescriptionRole) == "项目编码不在目录中"


def test_the_keyboard_goes_through_the_lines_and_never_to_the_total(table: LineTable) -> None:
    chosen: list[int] = []
    table.chosen.connect(chosen.append)
    table.setFocus()
    for _ in range(len(samples.LINES) + 3):
        QTest.keyClick(table, Qt.Key.Key_Down)
    last = len(samples.LINES) - 1
    assert chosen == sorted(set(chosen))
    assert chosen[-1] == table.currentIndex().row() == last


def test_tab_leaves_the_table(table: LineTable) -> None:
    assert not table.tabKeyNavigation()


def test_the_chosen_line_stays_chosen_when_its_split_arrives(table: LineTable) -> None:
    table.choose(3)
    table.present(samples.LINES[:5])
    assert table.currentIndex().row() == 3
    table.present(samples.LINES[:2])
    assert table.currentIndex().row() == -1


def test_no_amount_is_cut_off(table: LineTable) -> None:
    """A cashier must never read a part of an amount: names give way, figures do not."""
    much = Money(1_234_567_89)
    line = LineShown("项目", "1000", "1234567.8900", much, "乙", much, much, much)
    table.resize(500, 300)
    table.present((line,), TOTAL_OF_MUCH)
    for row, at in ((row, at) for row in (0, 1) for at in range(1, 8)):
        words = str(table.model().index(row, at).data())
        metrics = QFontMetrics(bold(table.font()))
        assert metrics.horizontalAdvance(words) + 2 * SPACE.s <= table.columnWidth(at), words


def test_in_a_narrow_window_every_column_can_be_scrolled_to(
    table: LineTable, qt_app: WatchedApplication
) -> None:
    table.resize(430, 300)
    qt_app.processEvents()
    assert table.horizontalScrollBar().maximum() > 0
    table.resize(900, 300)
    qt_app.processEvents()
    assert table.horizontalScrollBar().maximum() == 0


def test_names_stand_under_each_other_beside_the_marks(table: LineTable) -> None:
    cells = [table.model().index(row, 0).data(CELL) for row in range(len(samples.LINES))]
    assert len({cell.gutter for cell in cells}) == 1
    assert cells[0].gutter in {"限用", "有误"}
    table.present(samples.LINES[:1])
    assert table.model().index(0, 0).data(CELL).gutter is None


@pytest.mark.req("S4-21")
def test_a_mark_has_its_word_beside_it(table: LineTable) -> None:
    """States by colour and word: the word is painted in the mark's ink, and read aloud."""
    index = table.model().index(6, 0)
    cell = index.data(CELL)
    assert (cell.tone, cell.mark) == (Tone.DANGER, "有误")
    assert index.data(_Role.AccessibleTextRole) == "有误 未对照的项目"
    assert table.model().index(0, 0).data(_Role.AccessibleTextRole) == samples.LINES[0].name
    assert _painted(table, "有误") != _painted(table, "")


def _painted(table: LineTable, mark: str) -> QImage:
    table.present((structs.replace(samples.LINES[6], mark=mark, name=""),))
    return table.grab().toImage()


def test_what_nobody_chose_is_not_marked_when_the_amounts_change(table: LineTable) -> None:
    table.setFocus()
    table.clearSelection()
    table.present(samples.LINES[:4])
    assert table.selectionModel().selectedRows() == []


def test_two_hundred_lines_are_no_work(table: LineTable, qt_app: WatchedApplication) -> None:
    line = LineShown("一次性使用无菌注射器", "1", "1.20", Money(120))
    table.present((line,) * 200, samples.TOTAL)
    qt_app.processEvents()
    assert table.model().rowCount() == 201


@pytest.mark.parametrize("price", ["30.00", "31.10", "7.77", "1,025.00", "0.0125", "888.88"])
def test_no_figure_is_cut_where_the_table_is_narrow(price: str, qt_app: WatchedApplication) -> None:
    """Its column is as wide as it needs, and advances are fractions: nothing ends in dots."""
    with qt_app.watch.off():
        table = LineTable()
        table.resize(720, 200)
        table.present((LineShown("阿莫西林胶囊", "20", price, Money(60000)),))
        table.show()
        qt_app.processEvents()
        room = table.columnWidth(1) - 2 * SPACE.s
        metrics = table.fontMetrics()
        assert metrics.elidedText(price, Qt.TextElideMode.ElideRight, room) == price
        table.close()
