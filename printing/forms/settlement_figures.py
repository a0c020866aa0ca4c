"""The figures of a settlement, in the order in which a patient reads them (F1 blocks 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from desktop.domain.money import ZERO, Money
from desktop.domain.quantities import Rate
from desktop.domain.split import LineSplit, Split, all_told, first_pay
from desktop.domain.who_pays import Figure, division, equation, funds
from printing.parts import FigureRow, FigureTable, Row
from printing.words import CHARGE_KINDS

ESTIMATED = MappingProxyType({"起付标准": "起付标准（估算）"})
"""What no transaction tells."""
_CLASS_A = "01"
_CLASS_B = "02"


def kind_table(lines: Iterable[LineSplit]) -> FigureTable:
    """Sum the care place's line splits by kind; sums of what came, no benefit is computed."""
    kinds: dict[str, list[LineSplit]] = {}
    for line in lines:
        kinds.setdefault(line.charge_kind, []).append(line)
    every = [line for group in kinds.values() for line in group]
    rows = [
        FigureRow(CHARGE_KINDS.get(kind, kind or "未分类"), _cells(kinds[kind]))
        for kind in sorted(kinds)
    ]
    total = FigureRow("合计", _cells(every))
    shown = [at for at in range(len(_COLUMNS)) if any(row.cells[at] is not None for row in rows)]
    return FigureTable(
        "费用类别",
        tuple(_COLUMNS[at][0] for at in shown),
        tuple(_only(row, shown) for row in rows),
        _only(total, shown),
    )


def _cells(lines: Iterable[LineSplit]) -> tuple[Money | None, ...]:
    group = tuple(lines)
    return tuple(_sum(figure(line) for line in group) for _head, figure in _COLUMNS)


def _only(row: FigureRow, columns: Iterable[int]) -> FigureRow:
    return FigureRow(row.label, tuple(row.cells[at] for at in columns))


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    """The sum, or None when one part of it was not told."""
    told = all_told(amounts)
    return None if told is None else Money.total(told)


def _of_class(code: str) -> Callable[[LineSplit], Money | None]:
    def figure(line: LineSplit) -> Money | None:
        if not line.item_class:
            return None
        return line.amount if line.item_class == code else ZERO

    return figure


_COLUMNS: tuple[tuple[str, Callable[[LineSplit], Money | None]], ...] = (
    ("金额", lambda line: line.amount),
    ("甲类", _of_class(_CLASS_A)),
    ("乙类", _of_class(_CLASS_B)),
    ("全自费", lambda line: line.full_self_pay),
    ("超限价", lambda line: line.over_limit),
    ("先行自付", lambda line: line.pre_self_pay),
)


def scope_rows(
    split: Split, lines: Iterable[LineSplit], standard: Money | None = None
) -> tuple[Row, ...]:
    """How the bill was divided: what policy leaves out, what it covers, deductible, ratio.

    ``standard`` is 起付标准: no transaction tells it, so what knowledge data has is an estimate.
    """
    figures = division(split, first_pay(split, lines), standard)
    return (*_rows(figures), *_rate_row(split.pooled_rate))


def _rows(figures: Iterable[Figure]) -> Iterator[Row]:
    """What was told, as it is on the wire."""
    for figure in figures:
        if figure.amount is not None:
            words = ESTIMATED.get(figure.words, figure.words)
            yield Row(words, figure.amount.yuan(), part=figure.is_part)


def _rate_row(rate: Rate | None) -> tuple[Row, ...]:
    if rate is None:
        return ()
    return (Row("统筹支付比例", rate.percent()),)


def payment_rows(split: Split) -> tuple[Row, ...]:
    """Who pays: each fund that pays, then the personal part and what the account did."""
    return (
        *(Row(fund.words, fund.paid.yuan()) for fund in funds(split)),
        *_rows(
            (
                Figure("个人负担合计", split.personal_part),
                Figure("个人账户中家庭共济", split.family_account or None),
                Figure("个人账户余额", split.account_balance),
            )
        ),
    )


def hero_rows(split: Split) -> tuple[Row, ...]:
    """The bill in one line: the total, less what others pay."""
    return tuple(_rows(equation(split)))
