"""What the catalogue says about a line, given the hospital's approval (2204).

Two texts rule here and agree. The control surface speaks of restricted items: self-paid unless
``hosp_appr_flag`` is 1. The interface (2204) says the same, and of every other item: 0 and 1 leave
it to the catalogue, 2 makes it self-paid. Sending 2 is thus how a hospital forces any line to
self-pay.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from desktop.domain.money import ZERO
from desktop.domain.quantities import Quantity, Rate, UnitPrice, line_amount, to_money
from desktop.sandbox.catalogue_model import Item, ItemClass
from desktop.sandbox.shares import LineShare

APPROVED: Final = "1"
DENIED: Final = "2"
NOTHING: Final = Rate.parse("0")
ALL: Final = Rate.parse("1")


def is_covered(item: Item, approval: str) -> bool:
    """False means wholly self-paid.

    A restricted item needs ``hosp_appr_flag`` 1; any other is covered until 2 denies it.
    """
    if item.item_class is ItemClass.C or approval == DENIED:
        return False
    return approval == APPROVED if item.restricted else True


def selfpay_rate(item: Item, approval: str, share: Rate | None) -> Rate:
    """``selfpay_prop``: 甲 nothing, 乙 the catalogue's ``share``, self-paid lines all."""
    if not is_covered(item, approval):
        return ALL
    return share or NOTHING


def split_line(
    price: UnitPrice,
    quantity: Quantity,
    *,
    selfpay: Rate,
    limit: UnitPrice | None,
    covered: bool,
) -> LineShare:
    """Split one line: not covered (丙, limited use unmet) is wholly self-paid."""
    total = line_amount(price, quantity)
    if not covered:
        return LineShare(total, total, ZERO, ZERO, ZERO)
    over = Decimal(0) if limit is None else max(Decimal(0), price.value - limit.value)
    over_limit = to_money(over * quantity.value)
    pre_self_pay = selfpay.of(total - over_limit)
    return LineShare(total, ZERO, over_limit, pre_self_pay, total - over_limit - pre_self_pay)
