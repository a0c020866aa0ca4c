"""An input method keeps a scan from being seen as one (cards.md A8): what each field does with it.

The code comes as one committed text, in wide signs, then the scanner's Enter as a key.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.cut_off import settle
from tests.ui.cashier.standing import standing
from ui.cashier.state import Page
from ui.cashier.window import CashierWindow

PERSON = townsman(0)
CODES = ("4241234567890123456789012345", str(PERSON["certno"]))


def commit(text: str) -> QLineEdit:
    """Into the field that has the keyboard, then Enter."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    wide = text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789"})
    event = QInputMethodEvent()
    event.setCommitString(wide)
    QApplication.sendEvent(field, event)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field


def shown(window: CashierWindow, app: WatchedApplication) -> None:
    window.activateWindow()
    settle(app)


@pytest.mark.parametrize("code", CODES)
def test_the_search_for_charges_takes_no_item_by_it(
    code: str, booth: Booth, qt_app: WatchedApplication
) -> None:
    """Nothing is charged, handed over or lost; the next search is not spoilt by it."""
    with standing(qt_app, booth) as window:
        booth.show(PERSON)
        booth.presenter.type_charges()
        booth.work.run_all()
        shown(window, qt_app)
        field = commit(code)
        booth.work.run_all()
        typing = booth.state.typing
        assert booth.on(Page.CHARGES)
        assert typing is not None
        assert (typing.lines, typing.entry.line, typing.attempts) == ((), None, 0)
        field.selectAll()
        QTest.keyClicks(field, "amxl")
        assert booth.state.typing is not None
        assert booth.state.typing.entry.found


@pytest.mark.parametrize("code", CODES)
def test_no_cash_is_taken_by_it(code: str, booth: Booth, qt_app: WatchedApplication) -> None:
    """The field of cash takes no input method; a code that came by one is no amount."""
    with standing(qt_app, booth) as window:
        booth.settle(PERSON)
        shown(window, qt_app)
        field = commit(code)
        booth.work.run_all()
        assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert booth.on(Page.SETTLED)
        assert booth.state.cash is not None
        assert (field.text(), booth.state.cash.given) == ("", None)


@pytest.mark.parametrize("code", CODES)
def test_no_price_is_made_of_it(code: str, booth: Booth, qt_app: WatchedApplication) -> None:
    """Of a taken item the price has the keyboard: a code is no price, and adds no line."""
    with standing(qt_app, booth) as window:
        booth.show(PERSON)
        booth.presenter.type_charges()
        booth.work.run_all()
        desk = booth.presenter.charges
        desk.search("amxl")
        desk.take(desk.typing.entry.found[0])
        shown(window, qt_app)
        field = commit(code)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        assert booth.state.typing is not None
        assert booth.state.typing.lines == ()
