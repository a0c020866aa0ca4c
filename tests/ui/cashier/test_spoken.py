"""What a screen reader says of the real pages: nothing that has the keyboard or words is silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget

from tests.rig.slot_watch import WatchedApplication
from tests.ui.cashier import test_looks as walks
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.cut_off import settle
from tests.ui.cashier.standing import standing
from ui.cashier.state import Halt
from ui.cashier.window import CashierWindow
from ui.widgets.key_list import KeyList
from ui.widgets.trail import StepTrail

Walk = Callable[[Booth], None]
_SPEAKING = (QAbstractButton, QAbstractItemView, QLineEdit, QLabel, KeyList, StepTrail)
_BY_TAB = Qt.FocusPolicy.TabFocus


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    with standing(qt_app, booth) as made:
        yield made


def silent(window: QWidget) -> list[str]:
    """Widgets on it that take the keyboard or show words, and have no name for those who listen."""
    seen = (widget for widget in window.findChildren(QWidget) if widget.isVisible())
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in seen
        if _speaks(widget) and not _said(widget).strip()
    ]


def _speaks(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and not widget.text():
        return False
    by_tab = widget.focusPolicy() & _BY_TAB == _BY_TAB
    return by_tab or isinstance(widget, _SPEAKING)


def _said(widget: QWidget) -> str:
    """A label is its own name; of anything else Qt would read out what is typed, or nothing."""
    if isinstance(widget, QLabel):
        return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return widget.accessibleName()


@pytest.mark.parametrize("walk", walks.WALKS, ids=lambda walk: walk.__name__)
def test_everything_on_the_page_has_a_name(
    walk: Walk, window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    with qt_app.watch.off():
        walk(booth)
        settle(qt_app)
        assert silent(window) == []


@pytest.mark.parametrize("halt", Halt)
def test_every_problem_has_names(
    halt: Halt, window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    with qt_app.watch.off():
        window.present(walks.stopped(booth, halt))
        settle(qt_app)
        assert silent(window) == []


def test_the_card_of_keys_has_names(window: CashierWindow, qt_app: WatchedApplication) -> None:
    with qt_app.watch.off():
        window._toggle_keys()
        settle(qt_app)
        assert silent(window) == []


def test_a_silent_field_is_told(window: CashierWindow, qt_app: WatchedApplication) -> None:
    with qt_app.watch.off():
        field = QLineEdit(window)
        field.show()
        assert silent(window) == ["QLineEdit in CashierWindow"]
