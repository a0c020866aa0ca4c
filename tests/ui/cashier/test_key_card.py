"""The card that F1 lays over the window: whole on every screen, and no key acts under it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollBar

from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman
from tests.ui.cashier.booth import Booth
from tests.ui.cashier.cut_off import cut_off, settle
from tests.ui.cashier.standing import standing
from ui.cashier.bindings import bindings
from ui.cashier.key_wording import KEYS, key_card
from ui.cashier.pages.book import Pages
from ui.cashier.state import Intent, Page
from ui.cashier.window import CashierWindow
from ui.widgets.key_card import KeyCard

Key = Qt.Key
LOW = (960, 540)
"""Here the card scrolls."""


@pytest.fixture
def window(qt_app: WatchedApplication, booth: Booth) -> Iterator[CashierWindow]:
    with standing(qt_app, booth) as made:
        made.activateWindow()
        settle(qt_app)
        yield made


def press(window: CashierWindow, booth: Booth, *keys: Qt.Key) -> None:
    system = window.windowHandle()
    assert system is not None
    for key in keys:
        QTest.keyClick(system, key)
        booth.work.run_all()


def card_of(window: CashierWindow) -> KeyCard:
    card = window.findChild(KeyCard)
    assert isinstance(card, KeyCard)
    return card


@pytest.mark.parametrize("closing", [Key.Key_F1, Key.Key_Escape])
def test_under_the_card_no_key_moves_money(
    window: CashierWindow, booth: Booth, closing: Qt.Key
) -> None:
    """The amounts cannot be seen: F9 books nothing, F10 takes nothing, until it is closed."""
    booth.to_offer(townsman(0))
    press(window, booth, Key.Key_F1, Key.Key_F9)
    assert booth.on(Page.OFFER)
    assert card_of(window).isVisible()
    press(window, booth, closing, Key.Key_F9)
    assert booth.on(Page.SETTLED)
    press(window, booth, Key.Key_F1, Key.Key_F10)
    assert booth.on(Page.SETTLED)
    press(window, booth, closing, Key.Key_F10)
    assert booth.on(Page.DONE)
    assert not card_of(window).isVisible()


@pytest.mark.parametrize("size", [LOW, (1366, 768)])
def test_the_card_lies_whole_within_the_window(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication, size: tuple[int, int]
) -> None:
    window.resize(*size)
    press(window, booth, Key.Key_F1)
    settle(qt_app)
    card = card_of(window)
    assert window.rect().contains(card.geometry())
    assert cut_off(card) == []
    assert any(bar.isVisible() for bar in card.findChildren(QScrollBar)) is (size == LOW)


def test_the_card_lists_every_key_that_acts(
    window: CashierWindow, booth: Booth, qt_app: WatchedApplication
) -> None:
    """What a key does is bound to the presenter, has a key, and stands on the card, once."""
    with qt_app.watch.off():
        bound = {*bindings(booth.presenter, window.findChildren(Pages)[0]), Intent.HELP}
    listed = [(offer.intent, offer.key) for group in key_card() for offer in group.offers]
    assert bound == {intent for intent, _key, _label in KEYS} == set(Intent)
    assert sorted(listed) == sorted((intent, key) for intent, key, _label in KEYS)
