"""The care place's catalogue at the start: invented items with codes of the national form."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.quantities import Rate, UnitPrice
from desktop.sandbox.model import Item, ItemClass

FILE = Path(__file__).parent / "data" / "catalogue.csv"


def read_catalogue(path: Path = FILE) -> tuple[Item, ...]:
    """Every item of the file; a bad row raises ValueError."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_items(csv.DictReader(lines)))


def _items(rows: csv.DictReader[str]) -> Iterator[Item]:
    for row in rows:
        yield Item(
            code=row["code"],
            name=row["name"],
            item_class=ItemClass(row["class"]),
            kind=row["kind"],
            selfpay=Rate.parse(row["selfpay"]),
            limit=UnitPrice.parse(row["limit"]) if row["limit"] else None,
            restricted=row["restricted"] == "1",
        )
