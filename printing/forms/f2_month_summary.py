"""F2: what a hospital declares for a month, by insured area and kind (S1-39, S1-46)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from desktop.domain.balance import Identity
from desktop.domain.money import ZERO, Money
from printing.document import Document, chosen, head_facts, shown, signing
from printing.issue import Issue
from printing.layout import Layout
from printing.ledger_sheet import Cell, LedgerSheet, control_of
from printing.parts import Column, Fact, Facts, Sentences, Table, TableRow
from printing.sound import CannotPrint

LAYOUT = "f2_month_summary"


class SummaryLine(Struct, frozen=True):
    """One group of settlements; amounts in fen, refunds (退费) negative and part of the sums."""

    batch: str
    """申报批次号."""
    province: str
    city: str
    """参保省/市 (拨付中心), in words."""
    insurance: str
    """险种/待遇类型."""
    person_class: str
    visits: int
    """人次."""
    total: Money
    recognised: Money
    """医保认可费用."""
    pooled_fund: Money
    large_amount: Money
    """大额/大病."""
    civil_servant_fund: Money
    medical_aid: Money
    other_funds: Money
    fund_total: Money
    account: Money
    cash: Money
    refunds: Money
    bond: Money
    """预留保证金."""
    claimed: Money
    """申报基金额."""
    hospital_part: Money = ZERO
    """医院负担: no column of its own, but a part of the total."""

    @property
    def broken(self) -> tuple[Identity, ...]:
        """The identities that fail (benefits.md 2.2)."""
        paid = (self.fund_total, self.account, self.cash, self.hospital_part)
        funds = (
            self.pooled_fund,
            self.large_amount,
            self.civil_servant_fund,
            self.medical_aid,
            self.other_funds,
        )
        sums = ((Identity.C2, self.total, paid), (Identity.C4, self.fund_total, funds))
        return tuple(identity for identity, whole, parts in sums if Money.total(parts) != whole)


AMOUNTS: tuple[tuple[str, Callable[[SummaryLine], Money]], ...] = (
    ("医疗费总额", lambda line: line.total),
    ("医保认可费用", lambda line: line.recognised),
    ("统筹", lambda line: line.pooled_fund),
    ("大额/大病", lambda line: line.large_amount),
    ("公务员补助", lambda line: line.civil_servant_fund),
    ("救助", lambda line: line.medical_aid),
    ("其他基金", lambda line: line.other_funds),
    ("基金合计", lambda line: line.fund_total),
    ("个人账户", lambda line: line.account),
    ("现金", lambda line: line.cash),
    ("退费（−）", lambda line: line.refunds),
    ("预留保证金", lambda line: line.bond),
    ("申报基金额", lambda line: line.claimed),
)
"""The columns of money, in order."""
_WORDS = ("申报批次号", "参保省/市", "险种/待遇类型", "人员类别", "人次")


class MonthSummary(Struct, frozen=True):
    """A month's groups, in whatever order."""

    issue: Issue
    first: date
    last: date
    """申报期间, both days included."""
    lines: Sequence[SummaryLine]


def month_summary(summary: MonthSummary, layout: Layout) -> Document:
    """The declaration as paper; raises :class:`printing.sound.CannotPrint` naming the group."""
    control = control_of(summary_sheet(summary))
    month = f"{summary.first:%Y年%m月}申报"
    return Document(
        form="F2",
        title=f"{layout.title}（{month}）",
        layout=layout,
        issue=summary.issue,
        head=head_facts(summary.issue),
        running=month,
        parts=chosen(
            layout,
            {
                "facts": lambda: _facts(summary, layout),
                "lines": lambda: Table(_COLUMNS, tuple(_table(_ordered(summary.lines))), 6.4),
                "control": lambda: Sentences("控制行", control.lines),
                "signatures": lambda: signing(layout, {"cashier": summary.issue.operator}),
            },
        ),
    )


def summary_sheet(summary: MonthSummary) -> LedgerSheet:
    """The same groups for CSV and XLSX; raises :class:`printing.sound.CannotPrint`."""
    for line in summary.lines:
        if line.broken:
            raise CannotPrint(line.broken, where=f"{_area(line)} {line.batch}")
    heads = (*_WORDS, *(head for head, _amount in AMOUNTS))
    ordered = _ordered(summary.lines)
    return LedgerSheet(f"{summary.first:%Y%m}", heads, lambda: map(_cells, ordered))


def _ordered(lines: Iterable[SummaryLine]) -> list[SummaryLine]:
    return sorted(
        lines, key=lambda line: (line.province, line.city, line.insurance, line.person_class)
    )


def _area(line: SummaryLine) -> str:
    return f"{line.province}{line.city}"


def _cells(line: SummaryLine) -> tuple[Cell, ...]:
    amounts = (amount(line) for _head, amount in AMOUNTS)
    return (line.batch, _area(line), line.insurance, line.person_class, line.visits, *amounts)


def _facts(summary: MonthSummary, layout: Layout) -> Facts:
    hospital = summary.issue.hospital
    return shown(
        layout,
        (
            Fact("申报月份", f"{summary.first:%Y年%m月}", 2, strong=True),
            Fact("申报期间", f"{summary.first} 至 {summary.last}", 3),
            Fact("定点医疗机构名称（章）", f"{hospital.name}（{hospital.code}）", 4),
            Fact("单位", "元", 1),
            Fact("人次", str(sum(line.visits for line in summary.lines)), 1),
        ),
    )


_COLUMNS = (
    Column("申报批次号", 6.4),
    Column("险种/待遇类型", 6.6),
    Column("人员类别", 3.6),
    Column("人次", 2.2, right=True),
    *(Column(head, 4.3, right=True) for head, _amount in AMOUNTS),
)


def _table(ordered: Sequence[SummaryLine]) -> Iterator[TableRow]:
    """Province by province, a subtotal for each city, the total last."""
    for province, of_province in groupby(ordered, lambda line: line.province):
        for city, group in groupby(of_province, lambda line: line.city):
            lines = tuple(group)
            yield TableRow(label=f"参保地 {province}{city}")
            yield from map(_line, lines)
            yield _sum(f"小计 {city or province}", lines)
    yield _sum("合计", ordered)


def _line(line: SummaryLine) -> TableRow:
    amounts = (amount(line).yuan() for _head, amount in AMOUNTS)
    return TableRow((line.batch, line.insurance, line.person_class, str(line.visits), *amounts))


def _sum(label: str, lines: Sequence[SummaryLine]) -> TableRow:
    amounts = (Money.total(amount(line) for line in lines).yuan() for _head, amount in AMOUNTS)
    visits = str(sum(line.visits for line in lines))
    return TableRow((label, "", "", visits, *amounts), strong=True)
