"""1901 字典表查询: the values of one code table."""

from __future__ import annotations

import msgspec

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node


class DictionaryQuery(Node, frozen=True, kw_only=True):
    """``data`` of 1901; note ``Vali_Flag``. An empty ``parent_value`` asks for the whole table."""

    type: str
    parent_value: str | None = None
    admdvs: str
    date: str
    vali_flag: str = msgspec.field(name="Vali_Flag")


class DictionaryInput(Node, frozen=True, kw_only=True):
    data: DictionaryQuery


class DictionaryRow(Node, frozen=True, kw_only=True, rename="camel"):
    """``list`` of 1901: one value, in mixed case as printed."""

    type: str
    label: str
    value: str
    parent_value: str | None = None
    sort: int | None = None
    vali_flag: str | None = None
    create_user: str | None = None
    create_date: str | None = None
    version: int | None = None


class DictionaryOutput(Node, frozen=True, kw_only=True):
    rows: tuple[DictionaryRow, ...] = msgspec.field(name="list", default=())


DICTIONARY = Transaction(
    "1901", "catalogqueryservice/queryDataDic", DictionaryInput, DictionaryOutput
)
