"""F10: what a filing by telephone needs, large enough to read out (S2-27)."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.discreet import Discreet
from printing.document import Document, chosen, head_facts, signing
from printing.issue import Issue
from printing.layout import Layout
from printing.parts import Column, Prose, Sentences, Table, TableRow

LAYOUT = "f10_filing"


class FilingSheet(Discreet, Struct, frozen=True):
    """Five data items and no more; the ID number in full, for it is read out."""

    said = ("issue",)

    issue: Issue
    items: tuple[tuple[str, str], ...]
    """Label and value, in the order in which they are read out; "" is still to be told."""
    phone: str = ""
    """Of the insured area's office."""


def filing_sheet(sheet: FilingSheet, layout: Layout) -> Document:
    texts = layout.texts
    phone = f"{texts['phone']}{sheet.phone or '＿' * 12}"
    return Document(
        form="F10-filing",
        title=layout.title,
        layout=layout,
        issue=sheet.issue,
        head=head_facts(sheet.issue),
        running="",
        parts=chosen(
            layout,
            {
                "items": lambda: _items(sheet),
                "phone": lambda: Prose(phone, 10.5, indented=False),
                "sentences": lambda: Sentences("说明", (texts["sentences"],)),
                "signatures": lambda: signing(layout, {"cashier": sheet.issue.operator}),
            },
        ),
    )


def _items(sheet: FilingSheet) -> Table:
    rows = (
        TableRow((str(number), label, value))
        for number, (label, value) in enumerate(sheet.items, 1)
    )
    columns = (Column("序号", 0.6), Column("信息", 1.6), Column("内容", 7))
    return Table(columns, tuple(rows), 12.0)
