"""The care place's catalogue on the control surface: an item put in place, all of them shown."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET

from desktop.domain.quantities import Rate, UnitPrice
from desktop.sandbox.care_place.spans import clash
from desktop.sandbox.catalogue_model import Item, LimitSpan, ShareSpan
from desktop.sandbox.control import bodies
from desktop.sandbox.control.bodies import Malformed
from desktop.sandbox.row import EVER
from desktop.sandbox.state import State


def put_item(state: State, code: str, body: bodies.ItemBody, today: date = EVER) -> bodies.ItemBody:
    """A new row in place of the old, of a later version; raises :class:`Malformed`."""
    limits = () if body.limits is UNSET else tuple(map(_limit, body.limits))
    shares = () if body.shares is UNSET else tuple(map(_share, body.shares))
    _refuse_clash("limits", limits)
    _refuse_clash("shares", shares)
    item = Item(
        code=code,
        name=body.name,
        item_class=body.item_class,
        kind=body.kind,
        selfpay=Rate.parse(body.selfpay),
        limit=UnitPrice.parse(body.limit) if body.limit else None,
        restricted=body.restricted,
        begins=EVER if body.begins is UNSET else body.begins,
        ends=None if body.ends is UNSET else body.ends,
        limits=limits,
        shares=shares,
        version=1 + max((each.version for each in state.catalogue), default=0),
        updated=today,
    )
    state.catalogue.put(code, item)
    return body


def _limit(body: bodies.LimitBody) -> LimitSpan:
    return LimitSpan(
        area=body.area,
        begins=body.begins,
        ends=body.ends,
        limit=UnitPrice.parse(body.limit),
        refuses=body.refuses,
    )


def _share(body: bodies.ShareBody) -> ShareSpan:
    return ShareSpan(
        area=body.area, begins=body.begins, ends=body.ends, share=Rate.parse(body.share)
    )


def _refuse_clash(field: str, spans: tuple[LimitSpan | ShareSpan, ...]) -> None:
    for number, span in enumerate(spans):
        if any(clash(span, other) for other in spans[:number]):
            raise Malformed(f"{field}[{number}]", "holds in one area on the day of another")


def show_items(state: State) -> list[bodies.ListedItem]:
    """The whole catalogue, as a desk searches it."""
    return [
        bodies.ListedItem(
            med_list_codg=item.code,
            name=item.name,
            item_class=item.item_class,
            kind=item.kind,
            selfpay=item.selfpay.text(),
            limit=item.limit.text() if item.limit else None,
            restricted=item.restricted,
        )
        for item in state.catalogue
    ]
