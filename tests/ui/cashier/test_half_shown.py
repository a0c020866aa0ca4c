"""A fault while a state is being shown: no key acts on what does not stand there whole."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.services.identify import from_id_number
from desktop.window import Opening
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.standing import standing
from tests.ui.conftest import Wait
from tests.ui.widgets.conftest import words
from ui.cashier.key_guard import A_MOMENT
from ui.cashier.news import News
from ui.cashier.pages.offer import OfferPage
from ui.cashier.shell import CashierShell
from ui.cashier.state import Page, ShownBy, ViewState
from ui.cashier.window import CashierWindow
from ui.widgets import split_bar
from ui.widgets.keys import KeyBar

ORDINARY, RETIRED = townsman(0), townsman(1)
SHEET = "画面没有显示全"


class Painter:
    """A page that fails as long as it shall, and what was told of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.failing = True
        self.told: list[str] = []
        shown = OfferPage.present

        def present(page: OfferPage, state: ViewState) -> None:
            shown(page, state)
            if self.failing:
                raise ValueError("half of it")

        monkeypatch.setattr(OfferPage, "present", present)
        monkeypatch.setattr(sys, "excepthook", lambda _kind, why, _at: self.told.append(str(why)))


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Painter:
    return Painter(monkeypatch)


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth, painter: Painter) -> Iterator[CashierWindow]:
    """Where the page of the amounts could not be shown."""
    with standing(qt_app, booth, lambda: booth.later) as made:
        booth.to_offer(ORDINARY)
        qt_app.processEvents()
        assert painter.told
        yield made


def press(window: CashierWindow, key: Qt.Key, booth: Booth) -> None:
    QTest.keyClick(window, key)
    booth.work.run_all()


def booked(booth: Booth) -> int:
    return len(booth.platform.settlements(ORDINARY["certno"]))


def test_nothing_is_settled_that_is_not_seen(window: CashierWindow, booth: Booth) -> None:
    """The presenter went on as if it was shown; the window says that it is not, and shows nobody."""
    assert booth.on(Page.OFFER)
    assert SHEET in "".join(words(window))
    assert ORDINARY["name"] not in words(window)
    bar = window.findChild(KeyBar)
    assert bar is not None
    assert "结算" not in words(bar)
    press(window, Qt.Key.Key_F9, booth)
    assert (booked(booth), booth.on(Page.OFFER)) == (0, True)


def test_the_next_state_is_shown_whole_again(
    window: CashierWindow, booth: Booth, painter: Painter
) -> None:
    """Esc leaves it; F9 counts once a hand could have seen the amounts."""
    press(window, Qt.Key.Key_Escape, booth)
    assert booth.on(Page.READY)
    assert SHEET not in "".join(words(window))
    painter.failing = False
    booth.to_offer(RETIRED)
    assert RETIRED["name"] in words(window)
    press(window, Qt.Key.Key_F9, booth)
    assert booth.on(Page.SETTLED)


def test_a_page_that_can_be_shown_after_all_is_seen_before_it_is_settled(
    window: CashierWindow, booth: Booth, painter: Painter
) -> None:
    painter.failing = False
    booth.presenter.slipped()
    assert booth.state.note is News.SLIPPED
    assert SHEET not in "".join(words(window))
    press(window, Qt.Key.Key_F9, booth)
    assert booked(booth) == 0
    booth.later += A_MOMENT
    press(window, Qt.Key.Key_F9, booth)
    assert booked(booth) == 1


@pytest.mark.expects_log("a slot failed")
def test_what_cannot_be_painted_is_covered_and_no_key_acts_on_it(
    shell: CashierShell,
    booth: Booth,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Wait,
    qt_app: WatchedApplication,
) -> None:
    """Qt asks for it long after the state was shown; only what leaves the page is offered."""

    def paint(_bar: QWidget, _painter: QPainter) -> None:
        raise ValueError("half of it")

    monkeypatch.setattr(split_bar._Bar, "_paint_parts", paint)
    opening = Opening(qt_app, Namespace(profile=None, platform=None))
    opening._shell = shell
    monkeypatch.setattr(sys, "excepthook", opening.slipped)
    presenter, system = shell.presenter, shell.window.windowHandle()
    booth.drop(ORDINARY)
    presenter.show_credential(lambda: from_id_number(ORDINARY["certno"]), ShownBy.NUMBER)
    wait_until(lambda: SHEET in "".join(words(shell.window)))
    assert presenter.state.offer is not None
    assert ORDINARY["name"] not in words(shell.window)
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F10):
        QTest.keyClick(system, key)
    QTest.keyClick(system, Qt.Key.Key_Escape)
    wait_until(lambda: presenter.state.page is Page.READY)
    wait_until(lambda: SHEET not in "".join(words(shell.window)))
    assert (booked(booth), booth.record().checked) == (0, None)


@pytest.mark.usefixtures("window")
def test_a_fault_in_telling_of_the_fault_is_not_told_for_ever(
    booth: Booth, painter: Painter
) -> None:
    booth.presenter.slipped()
    told = len(painter.told)
    booth.presenter.slipped()
    assert len(painter.told) == told
