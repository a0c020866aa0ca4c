"""The window is closed while a bill is half typed: it is asked about, and lost only by a yes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.services.identify import from_id_number
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.test_typed_charges import add, fill, open_page
from tests.ui.conftest import Wait
from tests.ui.widgets.conftest import words
from ui.cashier.draft import Shelf
from ui.cashier.shell import CashierShell
from ui.cashier.state import Intent, Page, ShownBy

ORDINARY = townsman(0)
QUESTION = "还有一张收费单据录了一半，没有结算"


def test_nothing_is_asked_where_nothing_is_typed(booth: Booth) -> None:
    assert not booth.presenter.asks_to_close()
    open_page(booth)
    assert not booth.presenter.asks_to_close()
    assert not booth.state.asks_to_close


def test_what_was_typed_stays_by_esc_and_goes_by_f12(booth: Booth) -> None:
    gone: list[str] = []
    booth.presenter.gone = lambda: gone.append("gone")
    desk = open_page(booth)
    add(desk, "amxl", "12.50")
    assert booth.presenter.asks_to_close()
    assert booth.state.intents == {Intent.HELP, Intent.BACK, Intent.CLOSE_ANYWAY}
    booth.presenter.back()
    assert booth.on(Page.CHARGES)
    assert (len(desk.typing.lines), booth.state.asks_to_close) == (1, False)
    assert booth.presenter.asks_to_close()
    booth.presenter.close_anyway()
    assert gone == ["gone"]
    assert not booth.presenter.asks_to_close()


@pytest.mark.parametrize("where", ["form", "person", "offer"])
def test_it_is_asked_wherever_the_bill_waits(booth: Booth, where: str) -> None:
    """The form alone; on the page before; handed over, while nothing is settled."""
    desk = open_page(booth)
    fill(desk)
    if where == "person":
        booth.presenter.back()
    if where == "offer":
        add(desk, "amxl", "12.50")
        booth.presenter.hand_over()
        booth.work.run_one()
        assert booth.state.busy is not None
        assert not booth.presenter.asks_to_close()
        booth.work.run_all()
        assert booth.on(Page.OFFER)
    assert booth.presenter.asks_to_close()


def test_a_settled_bill_is_not_asked_about(booth: Booth) -> None:
    desk = open_page(booth)
    fill(desk)
    add(desk, "amxl", "12.50")
    booth.presenter.hand_over()
    booth.work.run_all()
    booth.presenter.confirm_identity()
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.SETTLED)
    assert not booth.presenter.asks_to_close()


def test_the_cross_of_the_whole_window_asks(shell: CashierShell, wait_until: Wait) -> None:
    """By keys alone: Esc stays, F12 goes."""
    presenter, system = shell.presenter, shell.window.windowHandle()
    presenter.show_credential(lambda: from_id_number(ORDINARY["certno"]), ShownBy.NUMBER)
    wait_until(lambda: presenter.state.page is Page.PERSON and not presenter.state.busy)
    presenter.type_charges()
    wait_until(lambda: presenter.charges.typing.shelf is Shelf.OPEN)
    add(presenter.charges, "amxl", "12.50")
    shell.window.close()
    assert shell.window.isVisible()
    assert QUESTION in words(shell.window)
    QTest.keyClick(system, Qt.Key.Key_Escape)
    wait_until(lambda: not presenter.state.asks_to_close)
    assert len(presenter.charges.typing.lines) == 1
    shell.window.close()
    QTest.keyClick(system, Qt.Key.Key_F12)
    wait_until(lambda: not shell.window.isVisible())
