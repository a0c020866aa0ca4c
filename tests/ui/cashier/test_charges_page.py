"""The page on which charges are typed, driven by keys; and the list of faulty files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.domain.money import Money
from desktop.hospital.drop_folder import Broken
from desktop.hospital.faults import Fault
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth, seen
from tests.ui.cashier.standing import timed
from tests.ui.widgets.conftest import words
from ui.cashier.pages.charges import ChargesPage
from ui.cashier.state import Page
from ui.cashier.window import CashierWindow
from ui.widgets.line_table import LineTable

ORDINARY = townsman(0)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    """The window of the booth's presenter, the person known and no bill there."""
    with timed(qt_app, booth, lambda: booth.show(ORDINARY)) as made:
        yield made


@pytest.fixture
def page(qt_app: WatchedApplication, window: CashierWindow, booth: Booth) -> ChargesPage:
    press(Key.Key_F4)
    booth.work.run_all()
    with qt_app.watch.off():
        qt_app.processEvents()
    found = window.findChild(ChargesPage)
    assert isinstance(found, ChargesPage)
    return found


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifier)


def type_in(text: str) -> None:
    """Character by character, also those that no key carries."""
    for character in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(focused(), event)


def charge(item: str, price: str, quantity: str) -> None:
    type_in(item)
    press(Key.Key_Return)
    type_in(price)
    press(Key.Key_Return)
    type_in(quantity)
    press(Key.Key_Return)


def test_find_price_quantity_by_enter_alone(page: ChargesPage, booth: Booth) -> None:
    """Every key finds its field; Enter takes, goes on, and adds."""
    assert focused() is page._search.field
    charge("amxl", "12.5", "2")
    assert focused() is page._search.field
    typing = booth.state.typing
    assert typing is not None
    assert typing.total == Money(2500)
    assert "25.00" in words(page)
    table = page.findChild(LineTable)
    assert isinstance(table, LineTable)
    assert table.isVisible()


def test_the_keypads_enter_is_the_same(page: ChargesPage, booth: Booth) -> None:
    type_in("amxl")
    press(Key.Key_Enter)
    type_in("1")
    press(Key.Key_Enter)
    press(Key.Key_Enter)
    assert booth.state.typing is not None
    assert len(booth.state.typing.lines) == 1


def test_del_in_the_empty_search_removes_the_chosen_line(page: ChargesPage, booth: Booth) -> None:
    charge("amxl", "1", "1")
    charge("amxl", "2", "1")
    press(Key.Key_Up)
    press(Key.Key_Up)
    press(Key.Key_Delete)
    assert booth.state.typing is not None
    assert [line.price for line in booth.state.typing.lines] == ["2"]


def test_del_while_searching_deletes_a_character(page: ChargesPage, booth: Booth) -> None:
    charge("amxl", "1", "1")
    type_in("ab")
    press(Key.Key_Home)
    press(Key.Key_Delete)
    assert page._search.field.text() == "b"
    assert booth.state.typing is not None
    assert len(booth.state.typing.lines) == 1


def test_ctrl_enter_shows_every_fault_and_goes_to_the_first(
    page: ChargesPage, booth: Booth
) -> None:
    press(Key.Key_Return, CTRL)
    assert booth.on(Page.CHARGES)
    faulty = [edit for edit in page.findChildren(QLineEdit) if edit.property("fault")]
    assert len(faulty) == 6
    assert focused() is faulty[0]
    assert "科室：不能为空，请填写" in words(page)
    assert any("还没有明细，请先加入收费项目" in word for word in words(page))


def test_ctrl_enter_hands_the_bill_over(page: ChargesPage, booth: Booth) -> None:
    charge("amxl", "12.5", "2")
    press(Key.Key_Return, CTRL)
    facts = ("A03", "内科", "D430102000001", "演练医师", "J06.900", "急性上呼吸道感染")
    for fact in facts:
        type_in(fact)
        press(Key.Key_Return)
    press(Key.Key_Return, CTRL)
    booth.work.run_all()
    assert booth.on(Page.OFFER), booth.state.stop


def test_esc_and_f4_keep_what_was_typed(page: ChargesPage, booth: Booth) -> None:
    charge("amxl", "1", "1")
    type_in("tou")
    press(Key.Key_Escape)
    assert booth.on(Page.PERSON)
    press(Key.Key_F4)
    assert page._search.field.text() == "tou"
    assert booth.state.typing is not None
    assert len(booth.state.typing.lines) == 1


def test_a_wrong_price_is_told_at_its_field(page: ChargesPage) -> None:
    type_in("amxl")
    press(Key.Key_Return)
    type_in("x")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert focused().property("fault")
    assert any(word.startswith("单价最多十位整数") for word in words(page))


def test_faulty_files_are_counted_and_listed(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """Nothing is silently missing: every fault with its line and field, by F6."""
    faults = tuple(Fault(f"第{n}行", "amount", "金额不符") for n in range(1, 3000))
    booth.presenter.folder_looked_at(seen(Broken("a.csv", faults)))
    assert any("1 个收费文件有误" in word for word in words(window))
    press(Key.Key_F6)
    qt_app.processEvents()
    assert "1 个收费文件有误，共 2999 处" in words(window)
    listed = window._pages.broken._list.model()
    assert listed.rowCount() == 2999
    assert "第2999行  ·  金额 amount" in str(listed.index(2998, 0).data())
    press(Key.Key_Escape)
    assert booth.on(Page.PERSON)
    assert not booth.state.shows_broken


def test_the_window_still_fits_the_smallest_screen(
    page: ChargesPage, window: CashierWindow
) -> None:
    assert window.minimumSizeHint().height() <= 768
    assert window.minimumSizeHint().width() <= 1366
