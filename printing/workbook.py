"""Rows as XLSX, by XlsxWriter, in memory: nothing of them is ever in a temporary file.

Its other modes write rows as they come into readable files of the system; these rows name patients.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING

from desktop.domain.money import Money
from printing.ledger_sheet import Cell, LedgerSheet, control_cells, control_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""The same rows give the same bytes."""
_FONT = {"font_name": "微软雅黑", "font_size": 10}
_MONEY = {**_FONT, "num_format": "#,##0.00"}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_workbook(sheet: LedgerSheet, out: IO[bytes]) -> None:
    """Heads, rows and the control line."""
    from xlsxwriter import Workbook

    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        plain, money, head = (
            book.add_format(how) for how in (_FONT, _MONEY, {**_FONT, "bold": True})
        )
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        _widen(page, sheet)
        _write(page, 0, sheet.heads, head, money)
        number = 0
        for number, row in enumerate(sheet.rows(), 1):
            _write(page, number, row, plain, money)
        _write(page, number + 1, control_cells(control_of(sheet)), plain, money)


def _write(page: Worksheet, at: int, cells: Iterable[Cell], plain: Format, money: Format) -> None:
    """Figures as figures, exact; a text is one whatever it begins with."""
    for column, cell in enumerate(cells):
        if isinstance(cell, Money):
            page.write_number(at, column, Decimal(cell.fen).scaleb(-2), money)
        elif isinstance(cell, int):
            page.write_number(at, column, cell, plain)
        else:
            page.write_string(at, column, _NOT_XML.sub(" ", cell), plain)


def _widen(page: Worksheet, sheet: LedgerSheet) -> None:
    """By the first row: a Chinese character takes two places."""
    first: Sequence[Cell] = next(iter(sheet.rows()), sheet.heads)
    for column, (cell, head) in enumerate(zip(first, sheet.heads, strict=True)):
        page.set_column(column, column, max(_wide(str(cell)), _wide(head)) + 2)


def _wide(text: str) -> int:
    return sum(1 if ord(character) < 0x80 else 2 for character in text)
