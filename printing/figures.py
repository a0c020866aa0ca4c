"""The figures of a slip, in the order in which a patient reads them (F1 blocks 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from desktop.domain.money import ZERO, Money
from desktop.domain.quantities import Rate
from desktop.domain.split import FundShare, LineSplit, Split, first_pay
from printing.slip import SettlementSlip
from printing.words import CHARGE_KINDS, FUNDS

_CLASS_A = "01"
_CLASS_B = "02"


class Row(Struct, frozen=True):
    """A label with its figure; ``part`` marks a row that explains the one above."""

    label: str
    value: str
    part: bool = False


class KindRow(Struct, frozen=True):
    """One kind of charge; a cell is None when the platform did not tell it."""

    label: str
    cells: tuple[Money | None, ...]


class KindTable(Struct, frozen=True):
    """Block 4: fees by kind, without the columns that nobody told."""

    heads: tuple[str, ...]
    rows: tuple[KindRow, ...]
    total: KindRow


def kind_table(lines: Iterable[LineSplit]) -> KindTable:
    """Sum the care place's line splits by kind; sums of what came, no benefit is computed."""
    kinds: dict[str, list[LineSplit]] = {}
    for line in lines:
        kinds.setdefault(line.charge_kind, []).append(line)
    every = [line for group in kinds.values() for line in group]
    rows = [
        KindRow(CHARGE_KINDS.get(kind, kind or "未分类"), _cells(kinds[kind]))
        for kind in sorted(kinds)
    ]
    total = KindRow("合计", _cells(every))
    shown = [at for at in range(len(_COLUMNS)) if any(row.cells[at] is not None for row in rows)]
    return KindTable(
        tuple(_COLUMNS[at][0] for at in shown),
        tuple(_only(row, shown) for row in rows),
        _only(total, shown),
    )


def _cells(lines: Iterable[LineSplit]) -> tuple[Money | None, ...]:
    group = tuple(lines)
    return tuple(_sum(figure(line) for line in group) for _head, figure in _COLUMNS)


def _only(row: KindRow, columns: Iterable[int]) -> KindRow:
    return KindRow(row.label, tuple(row.cells[at] for at in columns))


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    """The sum, or None when one part of it was not told."""
    total = ZERO
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


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


def scope_rows(slip: SettlementSlip) -> tuple[Row, ...]:
    """How the bill was divided: what policy leaves out, what it covers, deductible, ratio."""
    split = slip.settlement.split
    first = _temporary_first_pay(slip)
    own_first = split.pre_self_pay - first if split.pre_self_pay and first else None
    return tuple(
        _told(
            ("全自费", split.full_self_pay),
            ("超限价", split.over_limit),
            ("先行自付", split.pre_self_pay),
            ("其中 乙类先行自付", own_first),
            ("其中 临时外出首先自付", first),
            ("符合政策范围", split.in_scope),
            ("起付标准", slip.deductible_standard),
            ("本次起付", split.deductible),
        )
    ) + _rate_row(split.pooled_rate)


def _temporary_first_pay(slip: SettlementSlip) -> Money | None:
    """首先自付 when there is one; a negative difference would be none."""
    first = first_pay(slip.settlement.split, slip.lines)
    return first if first and first > ZERO else None


def _told(*rows: tuple[str, Money | None]) -> Iterator[Row]:
    for label, amount in rows:
        if amount is not None:
            yield Row(label, amount.yuan(), part=label.startswith("其中"))


def _rate_row(rate: Rate | None) -> tuple[Row, ...]:
    if rate is None:
        return ()
    return (Row("统筹支付比例", f"{(rate.value * 100).normalize():f}%"),)


def payment_rows(split: Split) -> tuple[Row, ...]:
    """Who pays: each fund that pays, then the personal part and what the account did."""
    person = _told(
        ("个人负担合计", split.personal_part),
        ("个人账户中家庭共济", split.family_account or None),
        ("个人账户余额", split.account_balance),
    )
    return (*_fund_rows(split), *person)


def _fund_rows(split: Split) -> Iterator[Row]:
    """The platform's own rows when they add up to its fund total, else its fund fields."""
    shares = [share for share in split.shares if not (share.is_account or share.is_hospital)]
    if shares and split.fund_total == Money.total(share.paid for share in shares):
        paying = [share for share in shares if share.paid] or shares[:1]
        return (Row(_fund_name(share), share.paid.yuan()) for share in paying)
    return _told(
        ("统筹基金", split.pooled_fund),
        ("职工大额医疗费用补助", split.large_amount_fund or None),
        ("居民大病保险", split.critical_illness_fund or None),
        ("公务员医疗补助", split.civil_servant_fund or None),
        ("企业补充医疗保险", split.company_fund or None),
        ("伤残人员医疗保障", split.disabled_fund or None),
        ("医疗救助", split.medical_aid or None),
        ("其他基金", split.other_funds or None),
    )


def _fund_name(share: FundShare) -> str:
    return share.name or FUNDS.get(share.fund, share.fund)


def is_equation(split: Split) -> bool:
    """True when the hero figures, as told, make the sum that their signs would claim."""
    others = (split.fund_total, split.account, split.hospital_part or ZERO, split.cash)
    return _sum(others) == split.total


def hero_rows(split: Split) -> tuple[Row, ...]:
    """The bill in one line: the total, less what others pay."""
    return tuple(
        _told(
            ("医疗费总额", split.total),
            ("医保基金支付", split.fund_total),
            ("个人账户支付", split.account),
            ("医院负担", split.hospital_part or None),
        )
    )
