"""What the catalogue says about a line, given the hospital's approval (2204).

Two texts rule here and agree. The control surface speaks of restricted items: self-paid unless
``hosp_appr_flag`` is 1. The interface (2204) says the same, and of every other item: 0 and 1 leave
it to the catalogue, 2 makes it self-paid. Sending 2 is thus how a hospital forces any line to
self-pay.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.quantities import Rate
from desktop.sandbox.model import Item, ItemClass

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


def selfpay_rate(item: Item, approval: str) -> Rate:
    """``selfpay_prop``: 甲 nothing, 乙 the catalogue's share, self-paid lines all."""
    if not is_covered(item, approval):
        return ALL
    return item.selfpay if item.item_class is ItemClass.B else NOTHING
