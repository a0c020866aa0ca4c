"""A line or a bill in the shares that the care place hands to the insured area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class LineShare:
    """A line or the sum of lines, split by the care place; the last four add up to the first."""

    total: Money
    full_self_pay: Money
    over_limit: Money
    pre_self_pay: Money
    in_scope: Money


NOTHING = LineShare(ZERO, ZERO, ZERO, ZERO, ZERO)


def sum_of(lines: Iterable[LineShare]) -> LineShare:
    """The batch as one."""
    rows = tuple(lines)
    return LineShare(
        Money.total(row.total for row in rows),
        Money.total(row.full_self_pay for row in rows),
        Money.total(row.over_limit for row in rows),
        Money.total(row.pre_self_pay for row in rows),
        Money.total(row.in_scope for row in rows),
    )
