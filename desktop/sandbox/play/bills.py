"""What a patient is charged: lines from the platform's own catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from zlib import crc32

from desktop.domain.money import Money
from desktop.domain.quantities import Quantity, UnitPrice, line_amount
from desktop.sandbox.catalogue_model import Item, ItemClass
from desktop.sandbox.play.chance import Chance
from desktop.sandbox.state import State

_DRUGS: Final = frozenset(("09", "10", "11"))
_ONE: Final = Quantity.parse("1")


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a bill; ``approval`` is ``hosp_appr_flag``."""

    item: Item
    price: UnitPrice
    quantity: Quantity
    approval: str

    @property
    def total(self) -> Money:
        return line_amount(self.price, self.quantity)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the hospitals prescribe; the same item costs the same all month."""

    items: tuple[Item, ...]
    delicate: frozenset[str]
    """Items that some rule of audit names: doctors know, and mostly prescribe something else."""
    chance: Chance

    def bill(self) -> tuple[Charge, ...]:
        """One to six lines of different items."""
        picked = {item.code: item for item in map(self._item, range(self.chance.number(1, 6)))}
        return tuple(self._charge(item) for item in picked.values())

    def _item(self, _number: int) -> Item:
        item = self.chance.one_of(self.items)
        if (item.restricted or item.code in self.delicate) and self.chance.happens(0.92):
            return self._item(_number)
        return item

    def _charge(self, item: Item) -> Charge:
        many = item.kind in _DRUGS and self.chance.happens(0.6)
        count = Quantity.parse(str(self.chance.number(2, 4))) if many else _ONE
        return Charge(item, _price(item), count, self._approval(item))

    def _approval(self, item: Item) -> str:
        if item.restricted:
            return "1" if self.chance.happens(0.75) else "2"
        return "0" if item.item_class is ItemClass.C else "1"


def _price(item: Item) -> UnitPrice:
    """Around the highest price where there is one; some hospitals are dearer."""
    chance = crc32(item.code.encode()) % 1000
    if item.limit is not None:
        return UnitPrice(round(item.limit.value * (Decimal(70) + chance % 45) / 100, 2))
    return UnitPrice(Decimal(500 + chance * 15) / 100)


def shelf(state: State, chance: Chance) -> Shelf:
    """Everything of the catalogue that holds today and tomorrow."""
    items = tuple(item for item in state.catalogue if item.ends is None)
    delicate = frozenset(code for rule in state.audits for code in rule.items)
    return Shelf(items, delicate, chance)
