"""Amounts are whole fen from the first byte read to the last byte printed (house rule 1)."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import ZERO, Money, NotAnAmount, in_words

amounts = st.integers(-(10**16) + 1, 10**16 - 1).map(Money)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("7.000000", 700),
        ("0.01", 1),
        ("-0.30", -30),
        ("+3.00", 300),
        (" 25.00\n", 2500),
        ("00012.00", 1200),
        ("99999999999999.99", 9_999_999_999_999_999),
    ],
)
def test_parse(text: str, fen: int) -> None:
    assert Money.parse(text) == Money(fen)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", ".5", "5.", "1,000.00", "1e3", "NaN", "Infinity", "0.001", "1.230001"),
        *("￥1", "1 2", "１２.５", "١٢", "--1", "1.0000000", "100000000000000"),
    ],
)
def test_parse_refuses_rather_than_guesses(text: str) -> None:
    with pytest.raises(NotAnAmount) as caught:
        Money.parse(text)
    assert caught.value.text == text


@given(amounts)
def test_yuan_text_comes_back(amount: Money) -> None:
    assert Money.parse(amount.yuan()) == amount
    assert re.fullmatch(r"-?\d+\.\d\d", str(amount))


@given(amounts)
def test_the_wire_carries_the_exact_amount(amount: Money) -> None:
    assert amount.decimal_yuan() * 100 == amount.fen
    assert f"{amount.decimal_yuan():f}" == amount.yuan()


def test_decimal_yuan_keeps_its_decimals() -> None:
    assert str(Money(1200).decimal_yuan()) == "12.00"
    assert Money(-5).decimal_yuan() == Decimal("-0.05")


@given(st.lists(amounts, max_size=8))
def test_total_is_the_sum_of_fen(several: list[Money]) -> None:
    assert Money.total(several).fen == sum(amount.fen for amount in several)


@given(amounts, amounts)
def test_arithmetic_is_that_of_fen(one: Money, other: Money) -> None:
    assert (one + other) - other == one
    assert one - other == -(other - one)
    assert abs(one) == (one if one >= ZERO else -one)
    assert bool(one) is (one.fen != 0)


def test_amounts_are_ordered() -> None:
    assert Money(-1) < ZERO < Money(1)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0.00", "零元整"),
        ("0.01", "壹分"),
        ("0.05", "伍分"),
        ("0.10", "壹角整"),
        ("0.99", "玖角玖分"),
        ("1.00", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("10.00", "壹拾元整"),
        ("10.50", "壹拾元伍角整"),
        ("10.05", "壹拾元零伍分"),
        ("16.00", "壹拾陆元整"),
        ("100.00", "壹佰元整"),
        ("105.30", "壹佰零伍元叁角整"),
        ("110.00", "壹佰壹拾元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1001.00", "壹仟零壹元整"),
        ("1010.00", "壹仟零壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("10000.00", "壹万元整"),
        ("10001.00", "壹万零壹元整"),
        ("10100.00", "壹万零壹佰元整"),
        ("11000.00", "壹万壹仟元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100100.00", "壹拾万零壹佰元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("1000000.05", "壹佰万元零伍分"),
        ("10001000.00", "壹仟万壹仟元整"),
        ("10000001.00", "壹仟万零壹元整"),
        ("100000000.00", "壹亿元整"),
        ("100000001.00", "壹亿零壹元整"),
        ("100010000.00", "壹亿零壹万元整"),
        ("100001000.00", "壹亿零壹仟元整"),
        ("1020304050.60", "壹拾亿贰仟零叁拾万肆仟零伍拾元陆角整"),
        ("123456789.01", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"),
        ("-60.00", "负陆拾元整"),
        ("-0.05", "负伍分"),
    ],
)
def test_amount_in_words(yuan: str, words: str) -> None:
    """The rules and examples of 正确填写票据和结算凭证的基本规定 (支付结算办法, annex 1).

    Where it leaves a choice — 1,680.32 and 107,000.53 with or without a 零 before 角 — the
    shorter form is written.
    """
    assert in_words(Money.parse(yuan)) == words


_DIGIT_OF = {digit: str(value) for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
_WEIGHTS = {"拾": 10, "佰": 100, "仟": 1000}


def _group_value(text: str) -> int:
    value, digit = 0, 0
    for character in text:
        if character in _WEIGHTS:
            value, digit = value + digit * _WEIGHTS[character], 0
        else:
            digit = int(_DIGIT_OF[character])
    return value + digit


def _read_back(words: str) -> int:
    """The fen that the words mean."""
    sign = -1 if words.startswith("负") else 1
    body = words.removeprefix("负").removesuffix("整")
    whole, yuan, rest = body.rpartition("元")
    fen = 0
    for unit, worth in (("亿", 10**10), ("万", 10**6), ("", 100)):
        group, found, left = whole.partition(unit) if unit else (whole, "", "")
        if not unit or found:
            fen, whole = fen + _group_value(group) * worth, left
    for digit, unit in re.findall("([壹贰叁肆伍陆柒捌玖])([角分])", rest if yuan else body):
        fen += int(_DIGIT_OF[digit]) * (10 if unit == "角" else 1)
    return sign * fen


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_words_read_back_as_the_amount(fen: int) -> None:
    words = in_words(Money(fen))
    assert _read_back(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))
