"""F3: every settlement of a month, a line each, reversals as negative lines of their own (S1-40)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count, groupby

from msgspec import Struct

from desktop.domain.balance import Identity
from desktop.domain.discreet import Discreet
from desktop.domain.identifiers import masked_number
from desktop.domain.money import ZERO, Money
from printing.document import Document, chosen, head_facts, shown, signing
from printing.issue import Issue
from printing.layout import Layout
from printing.ledger_sheet import Cell, LedgerSheet, control_of
from printing.parts import Anew, Column, Fact, Facts, Sentences, Table, TableRow
from printing.sound import CannotPrint

LAYOUT = "f3_month_detail"


class DetailLine(Discreet, Struct, frozen=True):
    """One settlement, or its reversal with every amount negative; amounts in fen."""

    said = ("setl_id",)

    day: date
    """结算日期."""
    setl_id: str
    mdtrt_id: str
    receipt_no: str
    name: str
    cert_no: str
    """Printed masked."""
    province: str
    """Of the insured area, in words."""
    city: str
    insurance: str
    person_class: str
    filing: str
    care_kind: str
    diagnosis: str
    """病种/诊断."""
    department: str
    """科室/医师码."""
    total: Money
    full_self_pay: Money
    over_limit: Money
    pre_self_pay: Money
    in_scope: Money
    deductible: Money
    pooled_fund: Money
    other_funds: Money
    fund_total: Money
    account: Money
    cash: Money
    hospital_part: Money = ZERO
    """医院负担: no column of its own, but a part of the total."""
    marks: str = ""
    """急诊/外伤/补办备案."""
    letter: str = ""
    """承诺书号."""
    note: str = ""

    @property
    def broken(self) -> tuple[Identity, ...]:
        """The identities that fail (benefits.md 2.2)."""
        scope = (self.full_self_pay, self.over_limit, self.pre_self_pay, self.in_scope)
        paid = (self.fund_total, self.account, self.cash, self.hospital_part)
        sums = ((Identity.C1, scope), (Identity.C2, paid))
        failed = [identity for identity, parts in sums if Money.total(parts) != self.total]
        if self.pooled_fund + self.other_funds != self.fund_total:
            failed.append(Identity.C4)
        return tuple(failed)


AMOUNTS: tuple[tuple[str, Callable[[DetailLine], Money]], ...] = (
    ("总额", lambda line: line.total),
    ("全自费", lambda line: line.full_self_pay),
    ("超限价", lambda line: line.over_limit),
    ("先行自付", lambda line: line.pre_self_pay),
    ("范围内", lambda line: line.in_scope),
    ("起付", lambda line: line.deductible),
    ("统筹", lambda line: line.pooled_fund),
    ("其他基金", lambda line: line.other_funds),
    ("基金合计", lambda line: line.fund_total),
    ("个账", lambda line: line.account),
    ("现金", lambda line: line.cash),
)
"""The columns of money, in order."""

_WORDS_BEFORE = (
    "序号",
    "结算日期",
    "结算ID",
    "就诊ID",
    "票据号",
    "姓名",
    "证件号",
    "参保地",
    "险种",
    "人员类别",
    "备案类型",
    "医疗类别",
    "病种/诊断",
    "科室/医师码",
)
_WORDS_AFTER = ("标志", "承诺书号", "备注")


class MonthDetail(Discreet, Struct, frozen=True):
    """A month's lines, in whatever order; they are grouped by insured province and city."""

    said = ("issue", "month")

    issue: Issue
    month: date
    """Any day of it."""
    lines: Sequence[DetailLine]


def month_detail(detail: MonthDetail, layout: Layout) -> Document:
    """The detail as paper; raises :class:`printing.sound.CannotPrint` naming the settlement."""
    sheet = detail_sheet(detail)
    control, ordered = control_of(sheet), _ordered(detail.lines)
    return Document(
        form="F3",
        title=layout.title,
        layout=layout,
        issue=detail.issue,
        head=head_facts(detail.issue),
        running=f"{detail.month:%Y年%m月}",
        parts=chosen(
            layout,
            {
                "facts": lambda: _facts(detail, layout),
                "lines": lambda: Table(_COLUMNS, Anew(lambda: _table(ordered)), 5.6),
                "control": lambda: Sentences("控制行", control.lines),
                "signatures": lambda: signing(layout, {"cashier": detail.issue.operator}),
            },
        ),
    )


def detail_sheet(detail: MonthDetail) -> LedgerSheet:
    """The same lines for CSV and XLSX; raises :class:`printing.sound.CannotPrint`."""
    for line in detail.lines:
        if line.broken:
            raise CannotPrint(line.broken, where=f"结算ID {line.setl_id}")
    heads = (*_WORDS_BEFORE, *(head for head, _amount in AMOUNTS), *_WORDS_AFTER)
    ordered = _ordered(detail.lines)
    return LedgerSheet(
        f"{detail.month:%Y%m}",
        heads,
        lambda: (_cells(number, line) for number, line in enumerate(ordered, 1)),
    )


def _ordered(lines: Iterable[DetailLine]) -> list[DetailLine]:
    return sorted(lines, key=lambda line: (line.province, line.city, line.day, line.setl_id))


def _words(number: int, line: DetailLine) -> tuple[str, ...]:
    return (
        str(number),
        line.day.isoformat(),
        line.setl_id,
        line.mdtrt_id,
        line.receipt_no,
        line.name,
        masked_number(line.cert_no),
        f"{line.province}{line.city}",
        line.insurance,
        line.person_class,
        line.filing,
        line.care_kind,
        line.diagnosis,
        line.department,
    )


def _cells(number: int, line: DetailLine) -> tuple[Cell, ...]:
    amounts = (amount(line) for _head, amount in AMOUNTS)
    return (*_words(number, line), *amounts, line.marks, line.letter, line.note)


def _facts(detail: MonthDetail, layout: Layout) -> Facts:
    hospital = detail.issue.hospital
    return shown(
        layout,
        (
            Fact("申报月份", f"{detail.month:%Y年%m月}", strong=True),
            Fact("定点医疗机构", f"{hospital.name}（{hospital.code}）", 5),
            Fact("单位", "元", 1),
            Fact("笔数", str(len(detail.lines)), 2),
        ),
    )


_COLUMNS = (
    Column("序号", 2.2, lower="标志"),
    Column("结算日期", 3.6, lower="险种"),
    Column("结算ID", 7.4, lower="就诊ID"),
    Column("票据号", 6.4, lower="承诺书号"),
    Column("姓名", 6.2, lower="证件号"),
    Column("备案类型", 4.4, lower="人员类别"),
    Column("医疗类别", 4.0, lower="备注"),
    Column("病种/诊断", 5.6, lower="科室/医师码"),
    Column("总额", 4.2, right=True, lower="范围内"),
    Column("全自费", 4.0, right=True, lower="起付"),
    Column("超限价", 4.0, right=True, lower="先行自付"),
    Column("统筹", 4.2, right=True, lower="其他基金"),
    Column("基金合计", 4.2, right=True, lower="个账"),
    Column("现金", 4.2, right=True),
)


def _table(ordered: Sequence[DetailLine]) -> Iterator[TableRow]:
    """Province by province, a subtotal for each city, the total last."""
    numbers = count(1)
    for province, of_province in groupby(ordered, lambda line: line.province):
        for city, group in groupby(of_province, lambda line: line.city):
            lines = tuple(group)
            yield TableRow(label=f"参保地 {province}{city}")
            yield from (_line(next(numbers), line) for line in lines)
            yield _sum(f"小计 {city or province} {len(lines)}笔", lines)
    yield _sum(f"合计 {len(ordered)}笔", ordered)


def _line(number: int, line: DetailLine) -> TableRow:
    return TableRow(
        (
            str(number),
            line.day.isoformat(),
            line.setl_id,
            line.receipt_no,
            line.name,
            line.filing,
            line.care_kind,
            line.diagnosis,
            line.total.yuan(),
            line.full_self_pay.yuan(),
            line.over_limit.yuan(),
            line.pooled_fund.yuan(),
            line.fund_total.yuan(),
            line.cash.yuan(),
        ),
        (
            line.marks,
            line.insurance,
            line.mdtrt_id,
            line.letter,
            masked_number(line.cert_no),
            line.person_class,
            line.note,
            line.department,
            line.in_scope.yuan(),
            line.deductible.yuan(),
            line.pre_self_pay.yuan(),
            line.other_funds.yuan(),
            line.account.yuan(),
            "",
        ),
    )


def _sum(label: str, lines: Sequence[DetailLine]) -> TableRow:
    sums = {head: Money.total(amount(line) for line in lines).yuan() for head, amount in AMOUNTS}
    upper = ("总额", "全自费", "超限价", "统筹", "基金合计", "现金")
    lower = ("范围内", "起付", "先行自付", "其他基金", "个账")
    return TableRow(
        ("", "", label, *("" for _ in range(5)), *(sums[head] for head in upper)),
        (*("" for _ in range(8)), *(sums[head] for head in lower), ""),
        strong=True,
    )
