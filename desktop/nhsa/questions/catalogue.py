"""The care place's catalogue: files (1301…1309, 9102), items (1312), limits (1318), shares (1319).

Questions about things, not persons: they need no insured area and book nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

from desktop.domain.identifiers import AreaCode
from desktop.domain.quantities import Rate, UnitPrice
from desktop.nhsa.dates import day_of, moment_of
from desktop.nhsa.decoder import Fault, Unreadable
from desktop.nhsa.messages.catalogue_download import (
    CATALOGUE_KEEPING,
    NO_VERSION,
    CatalogueDownloadInput,
    CatalogueDownloadOutput,
    CatalogueQuery,
)
from desktop.nhsa.messages.catalogue_query import (
    ITEMS,
    LIMITS,
    SHARES,
    CatalogueRecord,
    ItemPage,
    ItemQuery,
    ItemQueryInput,
    ItemRow,
    LimitPage,
    LimitQuery,
    LimitQueryInput,
    LimitRow,
    Page,
    PageQuery,
    SharePage,
    ShareQuery,
    ShareQueryInput,
    ShareRow,
)
from desktop.nhsa.messages.column_file import FileForm, L, unpack
from desktop.nhsa.messages.files import DOWNLOAD, DownloadData, DownloadInput, DownloadOutput
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.questions.question import Question, area_of
from desktop.nhsa.questions.reconciliation import RemoteFile

T = TypeVar("T")
EVER = date(2000, 1, 1)
"""``updt_time`` of a desk that has nothing yet."""
PAGE = 50
"""Rows of a page: an ``output`` holds 40 000 characters (interface document 1.1)."""
VALID = "1"
REFUSE = "2"
"""``overlmt_dspo_way`` of the practice platform; every other code splits."""


class Span(Struct, frozen=True):
    """Where and when a row holds; both days included."""

    code: str
    """医保目录编码 ``hilist_code``."""
    area: AreaCode
    """A province or a city stands for all that is in it."""
    begins: date
    ends: date | None


class ListedItem(Span, frozen=True):
    """An item of the catalogue (1312)."""

    name: str
    kind: str
    """``med_chrgitm_type``."""
    item_class: str
    """``chrgitm_lv``; open set."""
    restricted: bool
    valid: bool


class PriceLimit(Span, frozen=True):
    """The highest price that counts, per unit (1318)."""

    limit: UnitPrice
    refuses: bool
    """A line above it is not taken; otherwise what is above is the patient's."""


class FirstShare(Span, frozen=True):
    """The share that the patient pays first, 先自付比例 (1319)."""

    share: Rate


class PageOf(Struct, Generic[T], frozen=True):
    """One page of rows, and how many pages there are; one when it is not told."""

    rows: tuple[T, ...]
    pages: int


def catalogue_file(
    catalogue: Transaction[CatalogueDownloadInput, CatalogueDownloadOutput],
    version: str = NO_VERSION,
) -> Question[CatalogueDownloadInput, CatalogueDownloadOutput, RemoteFile]:
    """1301…1309: the file with every row later than ``version``."""
    question = CatalogueDownloadInput(data=CatalogueQuery(ver=version))
    return Question(catalogue, question, _offered)


def _offered(output: CatalogueDownloadOutput) -> RemoteFile:
    return RemoteFile(output.file_qury_no, output.filename, moment_of(output.dld_end_time))


def catalogue_lines(
    file: RemoteFile, form: FileForm[L]
) -> Question[DownloadInput, DownloadOutput, tuple[L, ...]]:
    """9102 of a catalogue file, read; a file that cannot be read names line and column."""
    data = DownloadData(
        file_qury_no=file.number, filename=file.filename, fixmedins_code=CATALOGUE_KEEPING
    )

    def lines(output: DownloadOutput) -> tuple[L, ...]:
        return unpack(form, output.content)

    return Question(DOWNLOAD, DownloadInput(download=data), lines)


def catalogue_items(
    page: int, area: AreaCode, since: date = EVER
) -> Question[ItemQueryInput, ItemPage, PageOf[ListedItem]]:
    """1312: items that apply to ``area``, changed on or after ``since``; pages count from 1."""
    question = ItemQueryInput(data=_query(ItemQuery, page, area, since))
    return Question(ITEMS, question, lambda told: _page(told, told.data, _item))


def _item(row: ItemRow) -> ListedItem:
    area, begins, ends = _held(row)
    return ListedItem(
        row.hilist_code,
        area,
        begins,
        ends,
        row.hilist_name,
        row.med_chrgitm_type,
        row.chrgitm_lv,
        row.lmt_used_flag == "1",
        row.vali_flag == VALID,
    )


def price_limits(
    page: int, area: AreaCode, since: date = EVER
) -> Question[LimitQueryInput, LimitPage, PageOf[PriceLimit]]:
    """1318 in the same way."""
    question = LimitQueryInput(data=_query(LimitQuery, page, area, since))
    return Question(LIMITS, question, lambda told: _page(told, told.data, _limit))


def _limit(row: LimitRow) -> PriceLimit:
    refuses = row.overlmt_dspo_way == REFUSE
    return PriceLimit(row.hilist_code, *_held(row), row.hilist_pric_uplmt_amt, refuses)


def first_shares(
    page: int, area: AreaCode, since: date = EVER
) -> Question[ShareQueryInput, SharePage, PageOf[FirstShare]]:
    """1319 in the same way."""
    question = ShareQueryInput(data=_query(ShareQuery, page, area, since))
    return Question(SHARES, question, lambda told: _page(told, told.data, _share))


def _share(row: ShareRow) -> FirstShare:
    return FirstShare(row.hilist_code, *_held(row), row.selfpay_prop)


Q = TypeVar("Q", bound=PageQuery)
R = TypeVar("R", bound=CatalogueRecord)


def _query(kind: type[Q], page: int, area: AreaCode, since: date) -> Q:
    return kind(insu_admdvs=area.code, updt_time=since.isoformat(), page_num=page, page_size=PAGE)


def _page(told: Page, rows: Iterable[R], read: Callable[[R], T]) -> PageOf[T]:
    return PageOf(tuple(read(row) for row in rows), told.pages or 1)


def _held(row: CatalogueRecord) -> tuple[AreaCode, date, date | None]:
    """Raises :class:`~desktop.nhsa.decoder.Unreadable`."""
    ends = _day(row.enddate, "data.enddate") if row.enddate else None
    return area_of(row.insu_admdvs, "data.insu_admdvs"), _day(row.begndate, "data.begndate"), ends


def _day(text: str, where: str) -> date:
    """A price holds from day to day: a day that cannot be read is no price."""
    found = day_of(text)
    if found is None:
        raise Unreadable(Fault.WRONG_SHAPE, where)
    return found


S = TypeVar("S", bound=Span)


def holding(rows: Iterable[S], code: str, area: AreaCode, day: date) -> S | None:
    """The row that counts for an item at a hospital of ``area``: the closest area, the latest."""
    found = [
        row
        for row in rows
        if row.code == code
        and row.begins <= day
        and (row.ends is None or day <= row.ends)
        and area.code.startswith(_stem(row.area))
    ]
    return max(found, key=lambda row: (len(_stem(row.area)), row.begins), default=None)


def _stem(area: AreaCode) -> str:
    """``430000`` → ``43``, ``430200`` → ``4302``."""
    code = area.code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
