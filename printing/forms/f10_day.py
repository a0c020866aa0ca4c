"""F10: a day beside the platform's: ours, theirs, the difference (3201, 3202)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.money import Money
from printing.document import Document, chosen, head_facts, shown, signing
from printing.issue import Issue
from printing.layout import Layout
from printing.parts import Column, Fact, Facts, Heading, Part, Sentences, Table, TableRow

LAYOUT = "f10_day"


class DaySum(Struct, frozen=True):
    """One agency and insurance: visits and sums in fen, ours and theirs; None was not told."""

    agency: str
    insurance: str
    ours_count: int
    theirs_count: int | None
    ours: Money
    theirs: Money | None
    """医疗费总额."""
    ours_funds: Money
    theirs_funds: Money | None

    @property
    def equal(self) -> bool:
        return (self.ours_count, self.ours, self.ours_funds) == (
            self.theirs_count,
            self.theirs,
            self.theirs_funds,
        )


class DayDifference(Discreet, Struct, frozen=True):
    """One settlement on which we and the platform differ."""

    said = ("setl_id",)

    setl_id: str
    msgid: str
    what: str
    """In words: 平台有本院无 …"""
    todo: str
    ours: Money | None = None
    theirs: Money | None = None


class Day(Struct, frozen=True):
    """The day's comparison."""

    issue: Issue
    day: date
    sums: tuple[DaySum, ...]
    differences: tuple[DayDifference, ...] = ()

    @property
    def equal(self) -> bool:
        return not self.differences and all(each.equal for each in self.sums)


def day_sheet(day: Day, layout: Layout) -> Document:
    verdict = layout.texts["equal" if day.equal else "different"]
    return Document(
        form="F10-day",
        title=layout.title,
        layout=layout,
        issue=day.issue,
        head=head_facts(day.issue),
        running=f"对账日期 {day.day}",
        parts=chosen(
            layout,
            {
                "facts": lambda: _facts(day, layout),
                "sums": lambda: _sums(day.sums),
                "verdict": lambda: Sentences("结论", (verdict,)),
                "rows": lambda: _differences(day.differences),
                "signatures": lambda: signing(layout, {"cashier": day.issue.operator}),
            },
        ),
    )


def _facts(day: Day, layout: Layout) -> Facts:
    result = "一致" if day.equal else "不一致"
    return shown(
        layout,
        (
            Fact("对账日期", day.day.isoformat(), strong=True),
            Fact("清算经办机构", "、".join(dict.fromkeys(each.agency for each in day.sums)), 5),
            Fact("结果", result, strong=True),
        ),
    )


def _sums(sums: tuple[DaySum, ...]) -> Table:
    columns = (
        Column("清算机构 / 险种", 3),
        Column("项目", 1.4),
        Column("人次", 1.3, right=True),
        Column("医疗费总额", 2.2, right=True),
        Column("基金支付", 2.2, right=True),
    )
    return Table(columns, tuple(row for each in sums for row in _three(each)), 8.0)


def _three(each: DaySum) -> tuple[TableRow, ...]:
    """Ours, theirs, and what is between them."""
    count = _less(each.ours_count, each.theirs_count)
    return (
        TableRow(
            (
                f"{each.agency} / {each.insurance}",
                "本院",
                str(each.ours_count),
                each.ours.yuan(),
                each.ours_funds.yuan(),
            )
        ),
        TableRow(
            (
                "",
                "平台",
                "未返回" if each.theirs_count is None else str(each.theirs_count),
                _told(each.theirs),
                _told(each.theirs_funds),
            )
        ),
        TableRow(
            (
                "",
                "差异",
                count,
                _difference(each.ours, each.theirs),
                _difference(each.ours_funds, each.theirs_funds),
            ),
            strong=True,
        ),
    )


def _less(ours: int, theirs: int | None) -> str:
    return "—" if theirs is None else str(ours - theirs)


def _difference(ours: Money, theirs: Money | None) -> str:
    return "—" if theirs is None else (ours - theirs).yuan()


def _told(amount: Money | None) -> str:
    return "—" if amount is None else amount.yuan()


def _differences(rows: tuple[DayDifference, ...]) -> tuple[Part, ...]:
    if not rows:
        return ()
    columns = (
        Column("结算单号", 3, lower="报文号"),
        Column("差异", 2.4),
        Column("本院", 1.6, right=True),
        Column("平台", 1.6, right=True),
        Column("处理", 3),
    )
    table = Table(
        columns,
        tuple(
            TableRow(
                (row.setl_id, row.what, _told(row.ours), _told(row.theirs), row.todo),
                (row.msgid, "", "", "", ""),
            )
            for row in rows
        ),
    )
    return (Heading("差异明细"), table)
