"""What the catalogue says of an item in an area on a day: limits (1318) and shares (1319).

The split of a line and the downloads stand on the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from desktop.sandbox.catalogue_model import Item, ItemClass, LimitSpan, ShareSpan

S = TypeVar("S", bound=LimitSpan | ShareSpan)
_DAY = timedelta(days=1)


def is_valid(item: Item, day: date) -> bool:
    return item.begins <= day and (item.ends is None or day <= item.ends)


def limit_rows(item: Item) -> tuple[LimitSpan, ...]:
    """Every limit of the item; in one area no two on the same day."""
    if item.limit is None:
        return item.limits
    begins, ends = _rest(item, item.limits)
    base = LimitSpan(begins=begins, ends=ends, limit=item.limit)
    return (*item.limits, base)


def share_rows(item: Item) -> tuple[ShareSpan, ...]:
    """Every share of an item of class 乙; of the other classes there is nothing to tell."""
    if item.item_class is not ItemClass.B:
        return ()
    begins, ends = _rest(item, item.shares)
    return (*item.shares, ShareSpan(begins=begins, ends=ends, share=item.selfpay))


def _rest(item: Item, spans: Iterable[LimitSpan | ShareSpan]) -> tuple[date, date | None]:
    """The days that the spans of the whole care place leave to the item's own value."""
    past = [span.ends + _DAY for span in spans if span.area == "" and span.ends is not None]
    return max((item.begins, *past)), item.ends


def limit_on(item: Item, area: str, day: date) -> LimitSpan | None:
    """The limit that counts for a hospital of ``area``, None without one."""
    return _on(limit_rows(item), area, day)


def share_on(item: Item, area: str, day: date) -> ShareSpan | None:
    """The share that counts for a hospital of ``area``; None for classes without one."""
    return _on(share_rows(item), area, day)


def _on(spans: Sequence[S], area: str, day: date) -> S | None:
    holding = [span for span in spans if holds(span, day) and is_within(area, span.area)]
    return max(holding, key=lambda span: len(span.area.rstrip("0")), default=None)


def holds(span: LimitSpan | ShareSpan, day: date) -> bool:
    return span.begins <= day and (span.ends is None or day <= span.ends)


def is_within(area: str, around: str) -> bool:
    """True when ``around`` is the area, its city, its province or the whole care place."""
    if around.endswith("0000"):
        return area[:2] == around[:2]
    if around.endswith("00"):
        return area[:4] == around[:4]
    return around in ("", area)


def clash(span: LimitSpan | ShareSpan, other: LimitSpan | ShareSpan) -> bool:
    """True when both hold in one area on the same day."""
    first, second = sorted((span, other), key=lambda each: each.begins)
    in_time = first.ends is None or second.begins <= first.ends
    return span.area == other.area and in_time
