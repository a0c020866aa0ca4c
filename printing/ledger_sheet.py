"""Rows of a month as data: CSV, the control line over them, and the cells of a workbook.

The SHA-256 is that of the rows as CSV (UTF-8, without mark, head and control line), so whoever
holds the file, the workbook or the paper can hold the three against each other.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from desktop.domain.money import ZERO, Money

Cell = str | int | Money
"""Text, a count, or an amount in fen."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula."""


class LedgerSheet(Struct, frozen=True):
    """Rows of equal length under their heads; ``rows`` gives them anew each time."""

    name: str
    heads: tuple[str, ...]
    rows: Callable[[], Iterable[tuple[Cell, ...]]]


class Control(Struct, frozen=True):
    """What must agree wherever the rows arrive: how many, the sums in fen, their SHA-256."""

    count: int
    sums: tuple[tuple[str, Money], ...]
    sha256: str

    @property
    def lines(self) -> tuple[str, ...]:
        """In words for paper."""
        sums = "，".join(f"{head} {amount}" for head, amount in self.sums)
        return (f"共 {self.count} 行；{sums}", f"SHA-256 {self.sha256}")


def control_of(sheet: LedgerSheet) -> Control:
    """Read the rows once; sums are of the columns of money."""
    digest, count, sums = hashlib.sha256(), 0, dict[int, Money]()
    for row in sheet.rows():
        count += 1
        digest.update(_line(row))
        for at, cell in enumerate(row):
            if isinstance(cell, Money):
                sums[at] = sums.get(at, ZERO) + cell
    named = tuple((sheet.heads[at], amount) for at, amount in sorted(sums.items()))
    return Control(count, named, digest.hexdigest())


def csv_lines(sheet: LedgerSheet) -> Iterator[bytes]:
    """The file piece by piece: mark, heads, rows, control line (which begins with #)."""
    yield b"\xef\xbb\xbf" + _line(sheet.heads)
    for row in sheet.rows():
        yield _line(row)
    yield _line(control_cells(control_of(sheet)))


def control_cells(control: Control) -> tuple[Cell, ...]:
    """The control line as cells, for files that are no paper."""
    sums = (f"{head}={amount}" for head, amount in control.sums)
    return ("#控制行", f"行数={control.count}", *sums, f"SHA-256={control.sha256}")


def _line(row: Iterable[Cell]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_text(cell) for cell in row])
    return out.getvalue().encode()


def _text(cell: Cell) -> str:
    if isinstance(cell, Money):
        return cell.yuan()
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return str(cell)
