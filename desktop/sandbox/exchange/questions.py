"""A question to the e-voucher desk, read and looked over like every other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from desktop.nhsa.envelope import N, Unreadable, read_told, tree_of
from desktop.sandbox.exchange.vouchers import VoucherRefused
from desktop.sandbox.fields import wrong_field


def read_question(kind: type[N], table: str, told: Mapping[str, Any]) -> N:
    """The node that ``told`` holds; raises :class:`VoucherRefused` naming the field.

    ``table`` names the question's field table.
    """
    try:
        asked = read_told(kind, told)
    except Unreadable as error:
        _refuse(error.where)
    data = {**_told(told), **tree_of(asked)}
    if wrong := wrong_field(table, {"data": data, "InData": data, "drugList": _lines(data)}):
        _refuse(wrong)
    return asked


def _lines(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The notice's own rows, without what they do not tell."""
    return [_told(row) for row in data.get("drugList") or ()]


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "")}


def _refuse(field: str) -> NoReturn:
    raise VoucherRefused(500102, f"{field}不能为空或格式不正确")
