"""F10: items that no fund pays, told before they are given and signed for (S4-21)."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import masked_number
from desktop.domain.money import Money
from printing.document import Document, chosen, head_facts, shown, signing
from printing.issue import Issue
from printing.layout import Layout
from printing.parts import Column, Fact, Facts, Prose, Table, TableRow, Total

LAYOUT = "f10_self_pay_notice"


class SelfPayItem(Struct, frozen=True):
    """One item; ``amount`` in fen."""

    name: str
    amount: Money
    specification: str = ""
    quantity: str = ""
    price: str = ""
    """Unit price in yuan, as the hospital writes it."""
    reason: str = ""


class SelfPayNotice(Discreet, Struct, frozen=True):
    """The items of a visit that the patient pays in full."""

    said = ("issue", "number")

    issue: Issue
    number: str
    name: str
    id_number: str
    """Printed masked."""
    insured_area: str
    visit_no: str
    items: tuple[SelfPayItem, ...]
    sex: str = ""
    department: str = ""


def self_pay_notice(notice: SelfPayNotice, layout: Layout) -> Document:
    texts = layout.texts
    total = Money.total(item.amount for item in notice.items)
    return Document(
        form="F10-self-pay",
        title=layout.title,
        layout=layout,
        issue=notice.issue,
        head=head_facts(notice.issue, Fact("单号", notice.number)),
        running=f"单号 {notice.number}    {notice.name}",
        parts=chosen(
            layout,
            {
                "facts": lambda: _facts(notice, layout),
                "notice": lambda: Prose(texts["notice"]),
                "items": lambda: _items(notice.items),
                "total": lambda: Total("自费合计", total),
                "agreement": lambda: Prose(texts["agreement"]),
                "signatures": lambda: signing(layout, {"cashier": notice.issue.operator}),
            },
        ),
    )


def _facts(notice: SelfPayNotice, layout: Layout) -> Facts:
    return shown(
        layout,
        (
            Fact("姓名", notice.name, strong=True),
            Fact("性别", notice.sex, 2),
            Fact("身份证号", masked_number(notice.id_number), 4),
        ),
        (
            Fact("参保地", notice.insured_area),
            Fact("门诊号", notice.visit_no, 4),
            Fact("就诊科室", notice.department),
        ),
    )


def _items(items: tuple[SelfPayItem, ...]) -> Table:
    columns = (
        Column("序号", 0.8),
        Column("项目名称", 4),
        Column("规格", 2.2),
        Column("数量", 1.2, right=True),
        Column("单价", 1.6, right=True),
        Column("金额（元）", 1.8, right=True),
        Column("自费原因", 3),
    )
    rows = (
        TableRow(
            (
                str(number),
                item.name,
                item.specification,
                item.quantity,
                item.price,
                item.amount.yuan(),
                item.reason,
            )
        )
        for number, item in enumerate(items, 1)
    )
    return Table(columns, tuple(rows))
