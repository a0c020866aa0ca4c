"""Amounts of money: whole fen, never a float (house rule 1).

Yuan text exists only on the wire and on paper; everything between holds :class:`Money`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_YUAN = re.compile(r"([+-]?)(\d{1,14})(?:\.(\d{1,6}))?", re.ASCII)


class NotAnAmount(ValueError):
    """The text is no amount in yuan with at most two decimals that count."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not an amount in yuan: {text!r}")
        self.text = text


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in fen (1 yuan = 100 fen); negative in refunds."""

    fen: int

    @classmethod
    def parse(cls, yuan: str) -> Money:
        """Read yuan text such as ``"12.5"``, ``"-0.30"``, ``"7.000"``.

        Raises :class:`NotAnAmount` for anything else, and for a fraction of a fen.
        """
        match = _YUAN.fullmatch(yuan.strip())
        if match is None:
            raise NotAnAmount(yuan)
        sign, whole, decimals = match.groups(default="")
        if decimals[2:].strip("0"):
            raise NotAnAmount(yuan)
        fen = int(whole) * 100 + int(decimals[:2].ljust(2, "0"))
        return cls(-fen if sign == "-" else fen)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        return cls(sum(amount.fen for amount in amounts))

    def yuan(self) -> str:
        """Yuan with two decimals and no grouping: ``"1234.50"``."""
        sign = "-" if self.fen < 0 else ""
        yuan, fen = divmod(abs(self.fen), 100)
        return f"{sign}{yuan}.{fen:02d}"

    def decimal_yuan(self) -> Decimal:
        """Exact yuan for the wire, always with two decimals."""
        return Decimal(self.fen).scaleb(-2)

    def __str__(self) -> str:
        return self.yuan()

    def __bool__(self) -> bool:
        return self.fen != 0

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __abs__(self) -> Money:
        return Money(abs(self.fen))


ZERO = Money(0)

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def in_words(amount: Money) -> str:
    """The amount in 大写, as Chinese receipts carry it: ``壹佰零伍元叁角整``."""
    yuan, rest = divmod(abs(amount.fen), 100)
    jiao, fen = divmod(rest, 10)
    text = _whole_in_words(yuan) + "元" if yuan or not rest else ""
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif fen and yuan:
        text += "零"
    text += _DIGITS[fen] + "分" if fen else "整"
    return ("负" if amount.fen < 0 else "") + text


def _whole_in_words(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    parts: list[str] = []
    gap = False
    for index in reversed(range(len(_GROUPS))):
        group = number // 10 ** (4 * index) % 10_000
        if group == 0:
            gap = bool(parts)
            continue
        if parts and (gap or group < 1000):
            parts.append(_DIGITS[0])
        parts.append(_group_in_words(group) + _GROUPS[index])
        gap = False
    return "".join(parts)


def _group_in_words(group: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
