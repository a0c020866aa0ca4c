"""Exact decimals that are not money: unit prices (16,6), quantities (16,4), rates (5,4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Self

from desktop.domain.money import Money

_PLAIN = re.compile(r"[+-]?(\d+)\.?(\d*)", re.ASCII)
_FEN = Decimal("0.01")


class NotAQuantity(ValueError):
    """The text is no exact decimal of the wanted scale."""

    def __init__(self, text: str, places: int) -> None:
        super().__init__(f"not a decimal with at most {places} decimals: {text!r}")
        self.text = text


@dataclass(frozen=True, slots=True, order=True)
class _Exact:
    value: Decimal
    places: ClassVar[int]
    whole_digits: ClassVar[int]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read decimal text exactly; raises :class:`NotAQuantity` rather than round."""
        match = _PLAIN.fullmatch(text.strip())
        if match is None or len(match[2].rstrip("0")) > cls.places:
            raise NotAQuantity(text, cls.places)
        if len(match[1].lstrip("0")) > cls.whole_digits:
            raise NotAQuantity(text, cls.places)
        return cls(Decimal(match[0]))

    def text(self) -> str:
        """Fixed scale, as the charges file and the wire want it."""
        return f"{self.value:.{self.places}f}"


class UnitPrice(_Exact):
    """Yuan per unit, 16 digits of which 6 decimals (``pric``)."""

    places = 6
    whole_digits = 10


class Quantity(_Exact):
    """A count, 16 digits of which 4 decimals (``cnt``)."""

    places = 4
    whole_digits = 12


class Rate(_Exact):
    """A share between 0 and 1, 4 decimals (``selfpay_prop``, ``pool_prop_selfpay``)."""

    places = 4
    whole_digits = 1

    def of(self, amount: Money) -> Money:
        """The share of ``amount``, half a fen rounded up (benefits.md A10)."""
        return to_money(amount.decimal_yuan() * self.value)

    def percent(self) -> str:
        """``0.725`` is ``72.5%``: exact, as it is told to people."""
        return f"{(self.value * 100).normalize():f}%"


def to_money(yuan: Decimal) -> Money:
    """Round exact yuan half up to fen (benefits.md A10)."""
    return Money(int(yuan.quantize(_FEN, ROUND_HALF_UP).scaleb(2)))


def line_amount(price: UnitPrice, quantity: Quantity) -> Money:
    """``round(price × quantity)``, half up: what a line of 2204 must carry."""
    return to_money(price.value * quantity.value)
