"""F7: why it could not be settled here, what was tried, and where to claim (S3-20, S4-26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import masked_number
from desktop.domain.money import Money
from printing.document import Document, head_facts, shown, signing
from printing.issue import Issue, moment
from printing.layout import Layout
from printing.parts import (
    Choices,
    Column,
    Fact,
    Facts,
    Heading,
    Part,
    Prose,
    Sentences,
    Table,
    TableRow,
)

LAYOUT = "f7_not_settled"


class Attempt(Struct, frozen=True):
    """One thing that was tried."""

    at: datetime
    what: str
    answer: str
    """What came back, in words."""
    msgid: str = ""


class NotSettled(Discreet, Struct, frozen=True):
    """A visit that ends as self-pay."""

    said = ("issue", "code")

    issue: Issue
    number: str
    name: str
    id_number: str
    """Printed masked."""
    insured_area: str
    insurance: str
    visit_no: str
    visited_at: datetime
    code: str
    """Of the problem, to name on the telephone."""
    reason: str
    """In words, the platform's own where nobody knows better ones."""
    tried: tuple[Attempt, ...] = ()
    documents: tuple[tuple[str, bool], ...] = (
        ("票据", True),
        ("费用清单", True),
        ("病历/处方", True),
        ("急诊证明", False),
    )
    """What there is to hand over, and whether it was."""
    claim: tuple[str, ...] = ()
    """Where to claim, a sentence each."""
    total: Money | None = None
    receipt_no: str = ""
    phone: str = ""
    """Of the hospital's insurance office."""


def not_settled(sheet: NotSettled, layout: Layout) -> Document:
    return Document(
        form="F7",
        title=layout.title,
        layout=layout,
        issue=sheet.issue,
        head=head_facts(sheet.issue, Fact("单号", sheet.number), Fact("票据号", sheet.receipt_no)),
        running=f"单号 {sheet.number}    {sheet.name}",
        parts=tuple(part for name in layout.parts for part in _part(name, sheet, layout)),
    )


def _part(name: str, sheet: NotSettled, layout: Layout) -> Iterator[Part]:
    texts = layout.texts
    match name:
        case "facts":
            yield _facts(sheet, layout)
        case "reason":
            yield Heading(texts["reason"])
            yield Prose(sheet.reason, 9.2, indented=False)
            yield Sentences("原因代码", (sheet.code,))
        case "tried" if sheet.tried:
            yield Heading(texts["tried"])
            yield _tried(sheet)
        case "documents":
            yield Heading(texts["documents"])
            yield Choices("已勾选的为已交付", sheet.documents)
        case "claim" if sheet.claim:
            yield Heading(texts["claim"])
            yield from (Prose(line, 8.4, indented=False) for line in sheet.claim)
        case "signatures":
            known = {"cashier": sheet.issue.operator, "phone": sheet.phone}
            signatures = signing(layout, known)
            if signatures:
                yield signatures


def _facts(sheet: NotSettled, layout: Layout) -> Facts:
    total = sheet.total.yuan() if sheet.total is not None else ""
    return shown(
        layout,
        (
            Fact("姓名", sheet.name, strong=True),
            Fact("身份证号", masked_number(sheet.id_number)),
            Fact("参保地", sheet.insured_area),
            Fact("险种", sheet.insurance),
        ),
        (
            Fact("门诊号", sheet.visit_no),
            Fact("就诊时间", moment(sheet.visited_at)),
            Fact("医疗费总额", total),
        ),
    )


def _tried(sheet: NotSettled) -> Table:
    columns = (
        Column("时间", 2.2),
        Column("做了什么", 2.4),
        Column("结果", 4.4),
        Column("报文号", 3.6),
    )
    rows = (TableRow((moment(each.at), each.what, each.answer, each.msgid)) for each in sheet.tried)
    return Table(columns, tuple(rows))
