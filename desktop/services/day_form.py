"""The sheet of a day beside the platform's (F10), from what reconciliation found (3201, 3202)."""

from __future__ import annotations

from datetime import date

from desktop.domain.identifiers import AreaCode
from desktop.knowledge.areas import Areas
from desktop.nhsa.questions.reconciliation import Difference, Pile
from desktop.services.ports import Desk
from desktop.services.reconcile import Reconciled, Todo, Totals, todo
from printing.forms.f10_day import Day, DayDifference, DaySum
from printing.issue import Issue
from printing.words import INSURANCES

PILES = {
    Pile.ONLY_THERE: "平台有、本机没有",
    Pile.ONLY_HERE: "本机有、平台没有",
    Pile.DIFFERS: "两边金额不同",
    Pile.SEVERAL: "平台有几笔",
}
TODOS = {
    Todo.QUEUE: "待办会自己查清；也可以 kuasheng queue retry 这一条",
    Todo.HAVE_IT_UNDONE: "请医保办联系经办机构撤销，撤销后再对一次账",
    Todo.NOT_OURS: "不是本机发出的：先问其他窗口和医院系统，再交医保办",
    Todo.REFUNDED_THERE: "平台上退了而本机没有退：先问其他窗口，再交医保办",
    Todo.NEVER_THERE: "不能重传：基金部分交主管和医保办核实",
    Todo.AMOUNTS: "请医保办与经办机构核对两边金额",
    Todo.SEVERAL: "请医保办与经办机构核对有几笔",
}
"""What a difference asks for, in words."""


def day_of(desk: Desk, issue: Issue, day: date, found: Reconciled, areas: Areas) -> Day:
    """The platform tells whether the sums are equal, never its own where they are not."""
    rows = found.rows.differences if found.rows else ()
    return Day(
        issue,
        day,
        tuple(_sum(each, areas) for each in found.totals),
        tuple(_difference(desk, row) for row in rows),
    )


def _sum(totals: Totals, areas: Areas) -> DaySum:
    ours, equal = totals.sums, totals.equal
    return DaySum(
        agency=areas.name(AreaCode(totals.agency.code)) or totals.agency.code,
        insurance=INSURANCES.get(totals.insurance, totals.insurance),
        ours_count=ours.count,
        theirs_count=ours.count if equal else None,
        ours=ours.total,
        theirs=ours.total if equal else None,
        ours_funds=ours.fund,
        theirs_funds=ours.fund if equal else None,
    )


def _difference(desk: Desk, row: Difference) -> DayDifference:
    wanted, _visit = todo(desk, row)
    only_here = row.pile is Pile.ONLY_HERE
    ours, theirs = (row.total, None) if only_here else (None, row.total)
    return DayDifference(
        row.setl_id or "", row.msgid or "", _what(row), TODOS[wanted], ours, theirs
    )


def _what(row: Difference) -> str:
    return f"{PILES[row.pile]}（退费）" if row.refunded else PILES[row.pile]
