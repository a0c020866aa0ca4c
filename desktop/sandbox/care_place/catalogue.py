"""The care place's catalogue at the start: invented items with codes of the national form.

``catalogue.csv`` holds what is so wherever and whenever nothing else is said;
``catalogue_limits.csv`` and ``catalogue_shares.csv`` what is otherwise in one area or was so
before. In one area no two rows of an item hold on the same day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from desktop.domain.quantities import Rate, UnitPrice
from desktop.sandbox.bad_data import BadData
from desktop.sandbox.care_place.spans import S, clash
from desktop.sandbox.catalogue_model import Item, ItemClass, LimitSpan, ShareSpan
from desktop.sandbox.data_files import CsvRow, each_row, refuse_twins
from desktop.sandbox.row import EVER

FOLDER: Final = Path(__file__).parent.parent / "data"
ITEMS: Final = "catalogue.csv"
LIMITS: Final = "catalogue_limits.csv"
SHARES: Final = "catalogue_shares.csv"
_ITEM: Final = ("code", "name", "class", "kind", "selfpay", "limit", "restricted", "from", "to")
_LIMIT: Final = ("code", "area", "from", "to", "limit", "refuses")
_SHARE: Final = ("code", "area", "from", "to", "share")
_AREA: Final = re.compile(r"(\d{6})?", re.ASCII)
_KIND: Final = re.compile(r"0[1-9]|1[0-4]", re.ASCII)


def read_catalogue(folder: Path = FOLDER) -> tuple[Item, ...]:
    """Every item with what is otherwise in place and time; raises :class:`BadData`."""
    limits = _spans(folder / LIMITS, _LIMIT, _limit)
    shares = _spans(folder / SHARES, _SHARE, _share)
    items = tuple(each_row(folder / ITEMS, _ITEM, lambda row: _item(row, limits, shares)))
    refuse_twins(ITEMS, (item.code for item in items))
    codes = {item.code for item in items}
    for name, spans in ((LIMITS, limits), (SHARES, shares)):
        for code in spans.keys() - codes:
            raise BadData(f"{name}: {code}", "no such item")
    return items


def _spans(
    path: Path, columns: Sequence[str], make: Callable[[CsvRow], S]
) -> dict[str, tuple[S, ...]]:
    """By the code of the item; two that hold in one area on the same day are refused."""
    found: dict[str, tuple[S, ...]] = {}
    for code, span in each_row(path, columns, lambda row: (row["code"], make(row))):
        before: tuple[S, ...] = found.get(code, ())
        if any(clash(span, other) for other in before):
            raise BadData(f"{path.name}: {code}", f"two rows on {span.begins}")
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
        kind=_shaped(_KIND, row["kind"]),
        selfpay=_rate(row["selfpay"]),
        limit=_price(row["limit"]) if row["limit"] else None,
        restricted=_flag(row["restricted"]),
        begins=_day(row["from"]) or EVER,
        ends=_day(row["to"]),
        limits=limits.get(row["code"], ()),
        shares=shares.get(row["code"], ()),
    )


def _limit(row: CsvRow) -> LimitSpan:
    return LimitSpan(
        area=_shaped(_AREA, row["area"]),
        begins=_day(row["from"]) or EVER,
        ends=_day(row["to"]),
        limit=_price(row["limit"]),
        refuses=_flag(row["refuses"]),
    )


def _share(row: CsvRow) -> ShareSpan:
    return ShareSpan(
        area=_shaped(_AREA, row["area"]),
        begins=_day(row["from"]) or EVER,
        ends=_day(row["to"]),
        share=_rate(row["share"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(f"{text!r} is neither 0 nor 1")
    return text == "1"


def _shaped(shape: re.Pattern[str], text: str) -> str:
    if not shape.fullmatch(text):
        raise ValueError(f"{text!r} is not written like {shape.pattern}")
    return text


def _rate(text: str) -> Rate:
    found = Rate.parse(text)
    if not 0 <= found.value <= 1:
        raise ValueError(f"{text} lies outside 0 to 1")
    return found


def _price(text: str) -> UnitPrice:
    found = UnitPrice.parse(text)
    if found.value < 0:
        raise ValueError(f"{text} is below 0")
    return found
