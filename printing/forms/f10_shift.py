"""F10: the sheet that a cashier hands over at the end of a shift: counts, cash, open items."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.money import Money
from printing.document import Document, chosen, head_facts, shown, signing
from printing.issue import Issue, moment
from printing.layout import Layout
from printing.parts import Column, Fact, Facts, Heading, Part, Table, TableRow, Total

LAYOUT = "f10_shift"


class Counted(Struct, frozen=True):
    """How many of a kind, and their sums in fen; ``cash`` is negative for money back."""

    label: str
    count: int
    total: Money
    funds: Money
    account: Money
    cash: Money


class OpenItem(Discreet, Struct, frozen=True):
    """A visit that is not at its end; the name printed masked by who builds this."""

    said = ("state",)

    visit_no: str
    name: str
    state: str
    since: datetime
    todo: str


class Shift(Discreet, Struct, frozen=True):
    """One cashier's shift."""

    said = ("issue", "name")

    issue: Issue
    name: str
    """班次, in words."""
    began: datetime
    ended: datetime
    counted: tuple[Counted, ...]
    open: tuple[OpenItem, ...] = ()


def shift_sheet(shift: Shift, layout: Layout) -> Document:
    return Document(
        form="F10-shift",
        title=layout.title,
        layout=layout,
        issue=shift.issue,
        head=head_facts(shift.issue),
        running=f"{shift.name}    {shift.issue.operator}",
        parts=chosen(
            layout,
            {
                "facts": lambda: _facts(shift, layout),
                "counts": lambda: _counts(shift.counted),
                "cash": lambda: Total("应交现金", Money.total(c.cash for c in shift.counted)),
                "open": lambda: _open(shift.open),
                "signatures": lambda: signing(layout, {"cashier": shift.issue.operator}),
            },
        ),
    )


def _facts(shift: Shift, layout: Layout) -> Facts:
    return shown(
        layout,
        (
            Fact("班次", shift.name, strong=True),
            Fact("收费员", shift.issue.operator),
            Fact("开始", moment(shift.began)),
            Fact("结束", moment(shift.ended)),
        ),
    )


def _counts(counted: tuple[Counted, ...]) -> Table:
    heads = ("笔数", "医疗费总额", "基金支付", "个人账户", "个人现金")
    columns = (Column("业务", 2.4), *(Column(head, 2, right=True) for head in heads))
    total = Counted(
        "合计",
        sum(each.count for each in counted),
        Money.total(each.total for each in counted),
        Money.total(each.funds for each in counted),
        Money.total(each.account for each in counted),
        Money.total(each.cash for each in counted),
    )
    return Table(columns, (*map(_row, counted), _row(total, strong=True)), 8.0)


def _row(counted: Counted, *, strong: bool = False) -> TableRow:
    """Kinds of business are no sum of visits: the last row counts nothing."""
    amounts = (counted.total, counted.funds, counted.account, counted.cash)
    count = "" if strong else str(counted.count)
    cells = (counted.label, count, *(amount.yuan() for amount in amounts))
    return TableRow(cells, strong=strong)


def _open(items: tuple[OpenItem, ...]) -> tuple[Part, ...]:
    if not items:
        return ()
    columns = (
        Column("门诊号", 3),
        Column("姓名", 1.6),
        Column("状态", 2.4),
        Column("起于", 3),
        Column("接班后要做的事", 4),
    )
    rows = (
        TableRow((item.visit_no, item.name, item.state, moment(item.since), item.todo))
        for item in items
    )
    return (Heading("未完事项"), Table(columns, tuple(rows)))
