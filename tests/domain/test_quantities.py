"""Prices (16,6), quantities (16,4) and rates are exact decimals (house rule 1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import Money
from desktop.domain.quantities import (
    NotAQuantity,
    Quantity,
    Rate,
    UnitPrice,
    line_amount,
    to_money,
)


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (UnitPrice, "12.5", "12.500000"),
        (UnitPrice, "9999999999.999999", "9999999999.999999"),
        (Quantity, "2", "2.0000"),
        (Quantity, " -1.5 ", "-1.5000"),
        (Quantity, "999999999999.9999", "999999999999.9999"),
        (Rate, "0.1", "0.1000"),
        (Rate, "1", "1.0000"),
    ],
)
def test_text_has_the_scale_of_the_wire(
    kind: type[UnitPrice | Quantity | Rate], text: str, shown: str
) -> None:
    assert kind.parse(text).text() == shown


@pytest.mark.parametrize("kind", [UnitPrice, Quantity, Rate])
@pytest.mark.parametrize(
    "text", ["", "x", "NaN", "sNaN", "Infinity", "-Infinity", "1e-20", "1e999999", "0.1234567"]
)
def test_what_is_no_exact_decimal_is_refused(
    kind: type[UnitPrice | Quantity | Rate], text: str
) -> None:
    with pytest.raises(NotAQuantity) as caught:
        kind.parse(text)
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("kind", "text"), [(UnitPrice, "1" + "0" * 10), (Quantity, "1" + "0" * 12), (Rate, "10")]
)
def test_what_the_wire_cannot_hold_is_refused(
    kind: type[UnitPrice | Quantity | Rate], text: str
) -> None:
    with pytest.raises(NotAQuantity):
        kind.parse(text)


@given(st.decimals(-9_999_999_999, 9_999_999_999, places=6))
def test_a_price_comes_back_from_its_text(value: Decimal) -> None:
    price = UnitPrice.parse(str(value))
    assert UnitPrice.parse(price.text()) == price
    assert price.value == value


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("0.005", 1), ("0.0049999", 0), ("12.345", 1235), ("-12.345", -1235), ("16.665", 1667)],
)
def test_half_a_fen_is_rounded_away_from_zero(yuan: str, fen: int) -> None:
    """benefits.md A10; E33 rounds 12.345 to 12.35, E07 16.665 to 16.67."""
    assert to_money(Decimal(yuan)) == Money(fen)


@pytest.mark.parametrize(
    ("price", "quantity", "fen"),
    [
        ("12.5", "2", 2500),
        ("3.335", "1", 334),
        ("0.000001", "0.0001", 0),
        ("99999.999999", "99999.9999", 999_999_998_990),
        ("0", "3", 0),
    ],
)
def test_line_amount_is_price_times_quantity(price: str, quantity: str, fen: int) -> None:
    exact = Decimal(price) * Decimal(quantity)
    amount = line_amount(UnitPrice.parse(price), Quantity.parse(quantity))
    assert abs(amount.decimal_yuan() - exact) <= Decimal("0.005")
    assert amount == Money(fen)


@given(st.decimals(0, 9_999_999_999, places=6), st.decimals(0, 999_999, places=4))
def test_line_amount_is_never_more_than_half_a_fen_off(price: Decimal, quantity: Decimal) -> None:
    amount = line_amount(UnitPrice.parse(str(price)), Quantity.parse(str(quantity)))
    assert -1 <= (amount.decimal_yuan() - price * quantity) * 200 <= 1


def test_rate_of_an_amount() -> None:
    """E34: 3.35 × 10 % is 0.335, rounded up to 0.34 on each line."""
    assert Rate.parse("0.10").of(Money(335)) == Money(34)
    assert Rate.parse("0.5").of(Money(-333)) == Money(-167)


@pytest.mark.parametrize(
    ("rate", "told"), [("0.7", "70%"), ("0.7250", "72.5%"), ("0", "0%"), ("1", "100%")]
)
def test_a_rate_is_told_exactly(rate: str, told: str) -> None:
    assert Rate.parse(rate).percent() == told


def test_a_price_is_no_quantity() -> None:
    price: object = UnitPrice.parse("1")
    assert price != Quantity.parse("1")
    assert UnitPrice.parse("1") < UnitPrice.parse("1.000001")
