"""The care place's catalogue at the start: invented items with codes of the national form.

``catalogue.csv`` holds what is so wherever and whenever nothing else is said;
``catalogue_limits.csv`` and ``catalogue_shares.csv`` what is otherwise in one area or was so
before. In one area no two rows of an item hold on the same day.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from desktop.domain.quantities import Rate, UnitPrice
from desktop.sandbox.bad_data import BadData
from desktop.sandbox.care_place.spans import S, clash
from desktop.sandbox.catalogue_model import Item, ItemClass, LimitSpan, ShareSpan
from desktop.sandbox.row import EVER

FOLDER: Final = Path(__file__).parent.parent / "data"
ITEMS: Final = "catalogue.csv"
LIMITS: Final = "catalogue_limits.csv"
SHARES: Final = "catalogue_shares.csv"
CsvRow = Mapping[str, str]
T = TypeVar("T")


class BadCatalogue(BadData):
    """A file of the catalogue cannot be used; ``place`` says where: file and row or code."""


def read_catalogue(folder: Path = FOLDER) -> tuple[Item, ...]:
    """Every item with what is otherwise in place and time; raises :class:`BadCatalogue`."""
    limits, shares = _spans(folder / LIMITS, _limit), _spans(folder / SHARES, _share)
    items = tuple(_each(folder / ITEMS, lambda row: _item(row, limits, shares)))
    codes = {item.code for item in items}
    for name, spans in ((LIMITS, limits), (SHARES, shares)):
        for code in spans.keys() - codes:
            raise BadCatalogue(f"{name}: {code}", "no such item")
    return items


def _each(path: Path, make: Callable[[CsvRow], T]) -> Iterator[T]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            try:
                yield make(row)
            except (ValueError, KeyError) as error:
                raise BadCatalogue(f"{path.name}: row {number}", repr(error)) from error


def _spans(path: Path, make: Callable[[CsvRow], S]) -> dict[str, tuple[S, ...]]:
    """By the code of the item; two that hold in one area on the same day are refused."""
    found: dict[str, tuple[S, ...]] = {}
    for code, span in _each(path, lambda row: (row["code"], make(row))):
        before: tuple[S, ...] = found.get(code, ())
        if any(clash(span, other) for other in before):
            raise BadCatalogue(f"{path.name}: {code}", f"two rows on {span.begins}")
        found[code] = (*before, span)
    return found


def _item(
    row: CsvRow,
    limits: Mapping[str, tuple[LimitSpan, ...]],
    shares: Mapping[str, tuple[ShareSpan, ...]],
) -> Item:
    return Item(
        code=row["code"],
        name=row["name"],
        item_class=ItemClass(row["class"]),
        kind=row["kind"],
        selfpay=Rate.parse(row["selfpay"]),
        limit=UnitPrice.parse(row["limit"]) if row["limit"] else None,
        restricted=row["restricted"] == "1",
        begins=_day(row["from"]) or EVER,
        ends=_day(row["to"]),
        limits=limits.get(row["code"], ()),
        shares=shares.get(row["code"], ()),
    )


def _limit(row: CsvRow) -> LimitSpan:
    return LimitSpan(
        area=row["area"],
        begins=_day(row["from"]) or EVER,
        ends=_day(row["to"]),
        limit=UnitPrice.parse(row["limit"]),
        refuses=row["refuses"] == "1",
    )


def _share(row: CsvRow) -> ShareSpan:
    return ShareSpan(
        area=row["area"],
        begins=_day(row["from"]) or EVER,
        ends=_day(row["to"]),
        share=Rate.parse(row["share"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
