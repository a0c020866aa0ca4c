"""The words and numbers of a line of a bill: numbers are what they are, prices stand in columns."""

from __future__ import annotations

from decimal import Decimal

from ui.cashier.translate import tr

_CLASSES = {"01": "甲类", "02": "乙类", "03": "丙类"}


def item_class(code: str) -> str:
    """``chrgitm_lv``: an open set, so an unknown code stays raw."""
    return tr(_CLASSES[code]) if code in _CLASSES else code


def plain(number: Decimal) -> str:
    """``2``, not ``2.0000``; ``2.5``, not ``2.50``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price(number: Decimal) -> str:
    """At least two decimals, so that prices stand under each other: ``1,025.00``, ``0.0125``."""
    whole, _, decimals = plain(number).partition(".")
    return f"{int(whole):,}.{decimals:0<2}"
