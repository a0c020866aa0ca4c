"""Cash given and change, exact in fen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtTest import QTest

from desktop.domain.money import Money
from tests.ui.widgets.conftest import words
from ui.widgets.money_input import CashPad, MoneyInput, YuanText

pytestmark = pytest.mark.usefixtures("qt_app")
State = QValidator.State


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("600", Money(60000)),
        ("0.1", Money(10)),
        ("528.21", Money(52821)),
        ("", None),
        (".", Money(0)),
        (".5", Money(50)),
        ("5.", Money(500)),
    ],
)
def test_what_is_typed_is_exact(typed: str, amount: Money | None) -> None:
    field = MoneyInput()
    QTest.keyClicks(field, typed)
    assert field.amount == amount


@pytest.mark.parametrize(
    "typed", ["1.234", "1e5", "-5", "abc", "123456789", "1.2.3", "１a", "1，00"]
)
def test_what_is_no_amount_cannot_be_typed(typed: str) -> None:
    state, _text, _at = YuanText().validate(typed, 0)
    assert state == State.Invalid


def test_full_width_digits_and_points_are_taken_as_plain_ones() -> None:
    assert YuanText().validate("５２８。２１", 6) == (State.Acceptable, "528.21", 6)


@given(st.integers(0, 9_999_999_999))
def test_any_amount_comes_back_as_it_went_in(fen: int) -> None:
    field = MoneyInput()
    field.present(Money(fen))
    assert field.amount == Money(fen)


def test_showing_the_same_amount_does_not_disturb_typing() -> None:
    field = MoneyInput()
    QTest.keyClicks(field, "5.")
    field.present(field.amount)
    QTest.keyClicks(field, "5")
    assert field.text() == "5.5"


@pytest.mark.parametrize(
    ("typed", "label", "shown", "back"),
    [
        ("600", "找零", "71.79", Money(7179)),
        ("528.21", "找零", "0.00", Money(0)),
        ("500", "还差", "28.21", Money(-2821)),
        ("", "找零", "—", None),
        (".", "还差", "528.21", Money(-52821)),
    ],
)
def test_change_is_reckoned_to_the_fen(
    typed: str, label: str, shown: str, back: Money | None
) -> None:
    pad = CashPad()
    pad.present(Money(52821))
    QTest.keyClicks(pad.given, typed)
    assert pad.back == back
    assert label in words(pad)
    assert shown in words(pad)


def test_enter_in_the_field_goes_on_to_the_window() -> None:
    told: list[object] = []
    field = MoneyInput()
    field.changed.connect(told.append)
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [Money(500)]
