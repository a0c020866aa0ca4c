"""1312 医保目录, 1317 目录匹配, 1318 限价, 1319 先自付比例: page after page, in JSON.

The rows of 1318 and 1319 are those by which 2204 splits a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import msgspec

from desktop.nhsa.messages.catalogue_query import (
    CatalogueRecord,
    ItemPage,
    ItemQueryInput,
    ItemRow,
    LimitPage,
    LimitQueryInput,
    LimitRow,
    MatchPage,
    MatchQueryInput,
    MatchRow,
    PageQuery,
    SharePage,
    ShareQueryInput,
    ShareRow,
)
from desktop.sandbox.calls import Call
from desktop.sandbox.care_place.institutions import institution
from desktop.sandbox.care_place.list_types import list_type
from desktop.sandbox.care_place.spans import is_within, limit_rows, share_rows
from desktop.sandbox.catalogue_model import Item, LimitSpan, ShareSpan
from desktop.sandbox.refusals import Reason, Refused

LARGEST_PAGE: Final = 1000
BY_UNIT: Final = "1"
"""``hilist_lmtpric_type``: a price per unit. The document has no table; the only one here."""
SPLIT: Final = "1"
"""``overlmt_dspo_way``: what is above the limit is the patient's (超限自费)."""
REFUSE: Final = "2"
"""``overlmt_dspo_way``: a line above the limit is not taken."""
EVERYBODY: Final = "1"
"""``selfpay_prop_psn_type``: the share is the same for every class of person."""
BEFORE_ALL: Final = "1"
"""``selfpay_prop_type``: paid before everything else (先行自付)."""
_YES_NO: Final = {True: "1", False: "0"}
_DAYS: Final = frozenset(("query_date", "begndate", "enddate", "updt_time"))
_SPECIAL: Final = _DAYS | {"page_num", "page_size", "insu_admdvs", "poolarea_no"}
_NEVER: Final = "9999-12-31"
_WITHIN_NAMES: Final = frozenset(("hilist_name", "medins_list_name"))
R = TypeVar("R", bound=CatalogueRecord)


def query_items(call: Call, asked: ItemQueryInput) -> ItemPage:
    return ItemPage(**_page(call, asked.data, [_item(call, item) for item in call.state.catalogue]))


def query_matches(call: Call, asked: MatchQueryInput) -> MatchPage:
    """Every item under the asking hospital's own code, which here is the national one."""
    rows = [_match(call, item) for item in call.state.catalogue]
    return MatchPage(**_page(call, asked.data, rows))


def query_limits(call: Call, asked: LimitQueryInput) -> LimitPage:
    rows = [
        _limit(call, item, number, span)
        for item in call.state.catalogue
        for number, span in enumerate(limit_rows(item), 1)
    ]
    return LimitPage(**_page(call, asked.data, rows))


def query_shares(call: Call, asked: ShareQueryInput) -> SharePage:
    rows = [
        _share(call, item, number, span)
        for item in call.state.catalogue
        for number, span in enumerate(share_rows(item), 1)
    ]
    return SharePage(**_page(call, asked.data, rows))


def _item(call: Call, item: Item) -> ItemRow:
    return ItemRow(
        hilist_code=item.code,
        hilist_name=item.name,
        med_chrgitm_type=item.kind,
        chrgitm_lv=item.item_class.value,
        lmt_used_flag=_YES_NO[item.restricted],
        list_type=list_type(item).value,
        med_use_flag="1",
        matn_used_flag="0",
        hilist_use_type="1",
        lmt_cpnd_type="0",
        **_record(call, item, "1312", "", item.begins, item.ends),
    )


def _match(call: Call, item: Item) -> MatchRow:
    return MatchRow(
        fixmedins_code=call.head.fixmedins_code,
        medins_list_codg=item.code,
        medins_list_name=item.name,
        list_type=list_type(item).value,
        med_list_codg=item.code,
        **_record(call, item, "1317", "", item.begins, item.ends),
    )


def _limit(call: Call, item: Item, number: int, span: LimitSpan) -> LimitRow:
    return LimitRow(
        hilist_code=item.code,
        hilist_lmtpric_type=BY_UNIT,
        overlmt_dspo_way=REFUSE if span.refuses else SPLIT,
        hilist_pric_uplmt_amt=span.limit,
        **_record(call, item, f"1318-{number}", span.area, span.begins, span.ends),
    )


def _share(call: Call, item: Item, number: int, span: ShareSpan) -> ShareRow:
    return ShareRow(
        hilist_code=item.code,
        selfpay_prop_psn_type=EVERYBODY,
        selfpay_prop_type=BEFORE_ALL,
        selfpay_prop=span.share,
        **_record(call, item, f"1319-{number}", span.area, span.begins, span.ends),
    )


def _record(
    call: Call, item: Item, table: str, area: str, begins: date, ends: date | None
) -> dict[str, Any]:
    """What each row says of itself; one for the whole care place is told as its province's."""
    province = f"{institution(call).area[:2]}0000"
    return {
        "insu_admdvs": area or province,
        "begndate": begins.isoformat(),
        "enddate": ends.isoformat() if ends else None,
        "vali_flag": _YES_NO[ends is None or call.business_now.date() <= ends],
        "rid": f"{table}-{item.code}",
        "updt_time": item.updated.isoformat(),
        "crte_time": item.begins.isoformat(),
        "poolarea_no": area or province,
    }


def _page(call: Call, query: PageQuery, rows: Sequence[R]) -> dict[str, Any]:
    size, number = query.page_size, query.page_num
    if not 1 <= size <= LARGEST_PAGE:
        raise Refused(Reason.FIELD_WRONG, field="page_size")
    if number < 1:
        raise Refused(Reason.FIELD_WRONG, field="page_num")
    found = tuple(_asked_for(call, query, rows))
    return {
        "pages": -(-len(found) // size),
        "page_num": number,
        "page_size": size,
        "record_counts": len(found),
        "data": found[(number - 1) * size : number * size],
    }


def _asked_for(call: Call, query: PageQuery, rows: Sequence[R]) -> Iterator[R]:
    told = {name: value for name, value in msgspec.structs.asdict(query).items() if value}
    area = told.get("insu_admdvs") or institution(call).area
    for row in rows:
        if is_within(area, row.insu_admdvs) and _in_time(told, row) and _equals(told, row):
            yield row


def _in_time(told: Mapping[str, Any], row: CatalogueRecord) -> bool:
    """ISO days compare as texts. A question's days bound the row's."""
    day = {name: str(value)[:10] for name, value in told.items() if name in _DAYS}
    ends = row.enddate or _NEVER
    return (
        row.begndate <= day.get("query_date", row.begndate) <= ends
        and row.begndate >= day.get("begndate", "")
        and ends <= day.get("enddate", _NEVER)
        and row.updt_time >= day["updt_time"]
    )


def _equals(told: Mapping[str, Any], row: CatalogueRecord) -> bool:
    return all(
        value in _text(row, name) if name in _WITHIN_NAMES else value == _text(row, name)
        for name, value in told.items()
        if name not in _SPECIAL
    )


def _text(row: CatalogueRecord, name: str) -> str:
    return getattr(row, name, None) or ""
