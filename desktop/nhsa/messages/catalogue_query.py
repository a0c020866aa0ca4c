"""1312 医保目录, 1317 医药机构目录匹配, 1318 限价, 1319 先自付比例: paged queries in JSON.

H prints the rows without a node; captured answers hold them in ``data`` beside the page. Both are
read. ``updt_time`` leaves out what the desk had before that day.
"""

from __future__ import annotations

import msgspec

from desktop.domain.quantities import Rate, UnitPrice
from desktop.nhsa.messages.transaction import In, Out, Transaction
from desktop.nhsa.messages.wire import Node


class PageQuery(Node, frozen=True, kw_only=True):
    """What every paged question asks; pages count from 1."""

    query_date: str | None = None
    insu_admdvs: str | None = None
    begndate: str | None = None
    vali_flag: str | None = None
    updt_time: str
    page_num: int
    page_size: int


class Page(Node, frozen=True, kw_only=True):
    """Where the rows of ``data`` stand among all; not told by a platform that sends rows alone."""

    pages: int | None = None
    page_num: int | None = msgspec.field(name="pageNum", default=None)
    page_size: int | None = msgspec.field(name="pageSize", default=None)
    record_counts: int | None = msgspec.field(name="recordCounts", default=None)


class CatalogueRecord(Node, frozen=True, kw_only=True):
    """What every row says of its own record."""

    insu_admdvs: str
    begndate: str
    enddate: str | None = None
    vali_flag: str
    rid: str
    updt_time: str
    crter_id: str | None = None
    crter_name: str | None = None
    crte_time: str
    crte_optins_no: str | None = None
    opter_id: str | None = None
    opter_name: str | None = None
    opt_time: str | None = None
    optins_no: str | None = None
    poolarea_no: str | None = None


class ItemQuery(PageQuery, frozen=True, kw_only=True):
    """``data`` of 1312."""

    hilist_code: str | None = None
    hilist_name: str | None = None
    wubi: str | None = None
    pinyin: str | None = None
    med_chrgitm_type: str | None = None
    chrgitm_lv: str | None = None
    lmt_used_flag: str | None = None
    list_type: str | None = None
    med_use_flag: str | None = None
    matn_used_flag: str | None = None
    hilist_use_type: str | None = None
    lmt_cpnd_type: str | None = None


class ItemQueryInput(Node, frozen=True, kw_only=True):
    data: ItemQuery


class ItemRow(CatalogueRecord, frozen=True, kw_only=True):
    """A row of 1312: an item of the care place's catalogue, without price and share."""

    hilist_code: str
    hilist_name: str
    med_chrgitm_type: str
    chrgitm_lv: str
    lmt_used_flag: str
    list_type: str
    med_use_flag: str
    matn_used_flag: str
    hilist_use_type: str
    lmt_cpnd_type: str
    wubi: str | None = None
    pinyin: str | None = None
    memo: str | None = None


class ItemPage(Page, frozen=True, kw_only=True):
    data: tuple[ItemRow, ...] = ()


class MatchQuery(PageQuery, frozen=True, kw_only=True):
    """``data`` of 1317."""

    fixmedins_code: str | None = None
    medins_list_codg: str | None = None
    medins_list_name: str | None = None
    list_type: str | None = None
    med_list_codg: str | None = None


class MatchQueryInput(Node, frozen=True, kw_only=True):
    data: MatchQuery


class MatchRow(CatalogueRecord, frozen=True, kw_only=True):
    """A row of 1317: which national code a code of the hospital stands for."""

    fixmedins_code: str
    medins_list_codg: str
    medins_list_name: str | None = None
    list_type: str
    med_list_codg: str
    aprvno: str | None = None
    dosform: str | None = None
    exct_cont: str | None = None
    item_cont: str | None = None
    prcunt: str | None = None
    spec: str | None = None
    pacspec: str | None = None
    memo: str | None = None


class MatchPage(Page, frozen=True, kw_only=True):
    data: tuple[MatchRow, ...] = ()


class _RateQuery(PageQuery, frozen=True, kw_only=True):
    hilist_code: str | None = None
    enddate: str | None = None
    rid: str | None = None
    tabname: str | None = None
    poolarea_no: str | None = None


class LimitQuery(_RateQuery, frozen=True, kw_only=True):
    """``data`` of 1318."""

    hilist_lmtpric_type: str | None = None
    overlmt_dspo_way: str | None = None


class LimitQueryInput(Node, frozen=True, kw_only=True):
    data: LimitQuery


class LimitRow(CatalogueRecord, frozen=True, kw_only=True):
    """A row of 1318: the highest price that counts, yuan per unit, from day to day."""

    hilist_code: str
    hilist_lmtpric_type: str
    overlmt_dspo_way: str
    hilist_pric_uplmt_amt: UnitPrice
    tabname: str | None = None


class LimitPage(Page, frozen=True, kw_only=True):
    data: tuple[LimitRow, ...] = ()


class ShareQuery(_RateQuery, frozen=True, kw_only=True):
    """``data`` of 1319."""

    selfpay_prop_psn_type: str | None = None
    selfpay_prop_type: str | None = None


class ShareQueryInput(Node, frozen=True, kw_only=True):
    data: ShareQuery


class ShareRow(CatalogueRecord, frozen=True, kw_only=True):
    """A row of 1319: the share that the patient pays first, from day to day."""

    hilist_code: str
    selfpay_prop_psn_type: str
    selfpay_prop_type: str
    selfpay_prop: Rate
    tabname: str | None = None


class SharePage(Page, frozen=True, kw_only=True):
    data: tuple[ShareRow, ...] = ()


def _paged(infno: str, method: str, asked: type[In], page: type[Out]) -> Transaction[In, Out]:
    return Transaction(infno, f"catalogqueryservice/{method}", asked, page, rows=True)


ITEMS = _paged("1312", "queryHilist", ItemQueryInput, ItemPage)
MATCHES = _paged("1317", "queryMedListMapByPage", MatchQueryInput, MatchPage)
LIMITS = _paged("1318", "queryLmtprcByPage", LimitQueryInput, LimitPage)
SHARES = _paged("1319", "querySelfpayByPage", ShareQueryInput, SharePage)
