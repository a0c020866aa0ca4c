"""F10: one open case for the insurance office: message ids, states, tries, and nobody's name (B28)."""

from __future__ import annotations

from msgspec import Struct

from printing.document import Document, chosen, head_facts, signing
from printing.issue import Issue
from printing.layout import Layout
from printing.parts import Blanks, Column, Notice, Prose, Table, TableRow

LAYOUT = "f10_case"
_LINES = 4
"""For what the office found out."""


class CaseSheet(Struct, frozen=True):
    """What a person at the office needs to ask the platform."""

    issue: Issue
    number: str
    headline: str
    facts: tuple[tuple[str, str], ...]
    """Label and value."""
    msgid: str = ""


def case_sheet(case: CaseSheet, layout: Layout) -> Document:
    texts = layout.texts
    return Document(
        form="F10-case",
        title=layout.title,
        layout=layout,
        issue=case.issue,
        head=head_facts(case.issue),
        running=f"单号 {case.number}",
        parts=chosen(
            layout,
            {
                "headline": lambda: Notice(case.headline),
                "facts": lambda: _facts(case),
                "sentences": lambda: Prose(texts["sentences"], 9.2, indented=False),
                "answer": lambda: Blanks(texts["answer"], _LINES),
                "signatures": lambda: signing(layout, {"cashier": case.issue.operator}),
            },
        ),
        code=case.msgid,
    )


def _facts(case: CaseSheet) -> Table:
    columns = (Column("项目", 1.4), Column("内容", 7))
    rows = (("单号", case.number), *case.facts)
    return Table(columns, tuple(TableRow(row) for row in rows), 9.0)
