"""5206 人员累计信息查询."""

from __future__ import annotations

from desktop.domain.money import Money
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node


class YearSumsQuery(Node, frozen=True, kw_only=True):
    """``data`` of 5206; an empty ``cum_ym`` asks for the whole year."""

    psn_no: str
    cum_ym: str | None = None


class YearSumsInput(Node, frozen=True, kw_only=True):
    data: YearSumsQuery


class YearSumRow(Node, frozen=True, kw_only=True):
    """``cuminfo``: one sum; ``cum`` in fen, for counts (C0000_…) a hundred for each visit."""

    insutype: str
    year: str
    cum_ym: str | None = None
    cum_type_code: str
    cum: Money


class YearSumsOutput(Node, frozen=True, kw_only=True):
    cuminfo: tuple[YearSumRow, ...] = ()


YEAR_SUMS = Transaction(
    "5206", "fsiIntegratedQueryService/queryFixmedinsPracPsnSum", YearSumsInput, YearSumsOutput
)
