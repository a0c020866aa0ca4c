"""Buttons and keys: Enter presses nothing, every offer comes back as its intent."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.widgets.conftest import Show, words
from ui.theme.tokens import Tone
from ui.widgets.badge import StateBadge
from ui.widgets.gallery import samples
from ui.widgets.key_card import KeyCard
from ui.widgets.key_list import KeyList
from ui.widgets.keys import KeyBar, KeyButton
from ui.widgets.shown import Badge, Offer

SETTLE = Offer("settle", "结算", "F12", primary=True)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_scanners_enter_presses_no_button(show: Show[QWidget], key: Qt.Key) -> None:
    taken: list[object] = []
    button = KeyButton(SETTLE)
    button.taken.connect(taken.append)
    show(button)
    button.setFocus()
    QTest.keyClick(button, key)
    assert taken == []


def test_space_and_the_mouse_press_it(show: Show[QWidget]) -> None:
    taken: list[object] = []
    button = KeyButton(SETTLE)
    button.taken.connect(taken.append)
    show(button)
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert taken == ["settle", "settle"]


def test_a_disabled_button_says_why() -> None:
    button = KeyButton(replace(SETTLE, enabled=False, why_not="还没有人证核对"))
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "还没有人证核对"


def test_the_bar_keeps_its_buttons_while_the_keys_stay(show: Show[QWidget]) -> None:
    bar = KeyBar(samples.KEYS)
    show(bar)
    before = bar.findChildren(KeyButton)
    bar.present(tuple(replace(offer, enabled=False) for offer in samples.KEYS))
    assert bar.findChildren(KeyButton) == before
    assert not any(button.isEnabled() for button in before)


def test_the_bar_shows_new_keys_and_only_them(show: Show[QWidget]) -> None:
    bar = KeyBar(samples.KEYS)
    show(bar)
    bar.present((SETTLE,))
    show(bar)
    assert set(words(bar)) == {"结算", "F12"}


def test_news_stand_left_of_the_primary_key(show: Show[QWidget]) -> None:
    """Where the cashier looks for the next step."""
    bar = KeyBar(samples.KEYS)
    bar.resize(1366, 60)
    bar.tell(Badge("请先核对人证", Tone.WARNING))
    show(bar)
    (news,) = (badge for badge in bar.findChildren(StateBadge) if badge.isVisible())
    (primary,) = (button for button in bar.findChildren(KeyButton) if button.offer.primary)
    assert words(news) == ["请先核对人证"]
    assert news.geometry().right() < primary.geometry().left() < news.geometry().right() + 24
    bar.tell(None)
    assert "请先核对人证" not in words(bar)


def test_news_without_room_stand_above_the_keys(show: Show[QWidget]) -> None:
    """No key is pressed flat for them; the bar is low again when they are gone."""
    bar = KeyBar(samples.KEYS)
    low = bar.sizeHint().height()
    bar.resize(bar.sizeHint().width() + 40, 90)
    bar.tell(Badge("请先核对人证（F8），再结算", Tone.WARNING))
    show(bar)
    (news,) = (badge for badge in bar.findChildren(StateBadge) if badge.isVisible())
    keys = [button for button in bar.findChildren(KeyButton) if button.isVisible()]
    assert all(news.geometry().bottom() < key.geometry().top() for key in keys)
    assert all(key.width() >= key.sizeHint().width() for key in keys)
    bar.tell(None)
    assert bar.sizeHint().height() == low


def test_a_key_that_becomes_primary_moves_to_the_right(show: Show[QWidget]) -> None:
    bar = KeyBar((SETTLE, Offer("help", "按键", "F1")))
    bar.resize(800, 60)
    bar.present((replace(SETTLE, primary=False), Offer("help", "按键", "F1", primary=True)))
    show(bar)
    places = {button.offer.key: button.x() for button in bar.findChildren(KeyButton)}
    assert places["F12"] < 100 < places["F1"]


def test_no_key_of_the_bar_takes_the_keyboard_from_a_field() -> None:
    bar = KeyBar(samples.KEYS)
    policies = {button.focusPolicy() for button in bar.findChildren(KeyButton)}
    assert policies == {Qt.FocusPolicy.NoFocus}


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_the_card_names_every_key_and_closes_by_keyboard(show: Show[QWidget], key: Qt.Key) -> None:
    closed: list[bool] = []
    card = KeyCard()
    card.present(samples.CARD)
    card.closed.connect(lambda: closed.append(True))
    show(card)
    QTest.keyClick(card, key)
    assert closed == [True]
    assert {offer.key for group in samples.CARD for offer in group.offers} <= {
        offer.split()[0]
        for keys in card.findChildren(KeyList)
        for offer in keys.accessibleDescription().split("；")
    }
