"""Rows as XLSX, written straight into the package: no row stays in memory, nothing on a disk.

The libraries for it keep the rows in memory or in a readable temporary file; these rows name
patients. What is written is the least that ECMA-376 asks for: one sheet, texts in place, two
formats for figures, a frozen head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from desktop.domain.money import Money
from printing.ledger_sheet import Cell, LedgerSheet, control_cells, control_of

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same rows give the same bytes."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MONEY, _HEAD = 1, 2
"""Formats of a cell, by their place in ``cellXfs``."""

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="10"/><name val="微软雅黑"/>'
        '</font><font><b/><sz val="10"/><name val="微软雅黑"/></font></fonts><fills count="2">'
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border>'
        '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf numFmtId="4" xfId="0" applyNumberFormat="1"/>'
        '<xf fontId="1" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}


def write_workbook(sheet: LedgerSheet, out: IO[bytes]) -> None:
    """Heads, rows and the control line; ``out`` needs no going back."""
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in _PARTS.items():
            _put(package, name, content)
        _put(package, "xl/workbook.xml", _workbook(sheet.name))
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as part:
            for piece in _sheet(sheet):
                part.write(piece.encode())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _put(package: ZipFile, name: str, content: str) -> None:
    package.writestr(_entry(name), _XML + content)


def _workbook(name: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(sheet: LedgerSheet) -> Iterator[str]:
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews>{_widths(sheet)}<sheetData>"
    )
    yield _row(sheet.heads, _HEAD)
    for row in sheet.rows():
        yield _row(row)
    yield _row(control_cells(control_of(sheet)))
    yield "</sheetData></worksheet>"


def _widths(sheet: LedgerSheet) -> str:
    """By the first row: a Chinese character takes two places."""
    first: Sequence[Cell] = next(iter(sheet.rows()), sheet.heads)
    columns = (
        f'<col min="{at}" max="{at}" width="{max(_wide(str(cell)), _wide(head)) + 2}" '
        'customWidth="1"/>'
        for at, (cell, head) in enumerate(zip(first, sheet.heads, strict=True), 1)
    )
    return f"<cols>{''.join(columns)}</cols>"


def _wide(text: str) -> int:
    return sum(1 if ord(character) < 0x80 else 2 for character in text)


def _row(cells: Iterable[Cell], form: int = 0) -> str:
    return f"<row>{''.join(_cell(cell, form) for cell in cells)}</row>"


def _cell(cell: Cell, form: int) -> str:
    if isinstance(cell, Money):
        return f'<c s="{_MONEY}"><v>{cell.yuan()}</v></c>'
    if isinstance(cell, int):
        return f"<c><v>{cell}</v></c>"
    text = escape(_NOT_XML.sub(" ", cell))
    return f'<c s="{form}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
