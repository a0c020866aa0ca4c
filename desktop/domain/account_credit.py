"""个人账户计入: what comes into a personal account each month, and why it is less than before; pure.

Rules and amounts come from documents of the insured area (``desktop/knowledge/account_credit.toml``)
and from the person; what neither tells stays unknown and is never guessed. Amounts in fen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import Money
from desktop.domain.quantities import Rate


class CreditGroup(StrEnum):
    """Whom a rule is for."""

    ACTIVE = "active"
    RETIRED = "retired"


class CreditBase(StrEnum):
    """What a share is taken of."""

    CONTRIBUTION_BASE = "contribution_base"
    """本人缴费基数."""
    AVERAGE_PENSION = "average_pension"
    """The area's average basic pension of the year that the rule names (``pension_year``)."""
    NOTHING = "nothing"
    """No share: it is not credited any more."""
    UNCHANGED = "unchanged"
    """As before: the document gives no figure."""


@dataclass(frozen=True, slots=True)
class CreditRule:
    """One sentence of a document: a group, an age, a time, and the employer's or the fund's part."""

    areas: str
    """What the codes of the insured areas begin with."""
    group: CreditGroup
    begins: date
    ends: date | None
    age_from: int | None
    """Full years, this one included; None: no lower bound."""
    age_to: int | None
    """Full years, this one included."""
    base: CreditBase
    share: Rate | None
    own_contribution: bool
    """True: what the person pays in comes to the account as well, all of it."""
    pension_year: int | None
    derived: bool
    """True: what was before the document, worked out from it; ``begins`` is no day of its."""
    words: str
    """The document's own sentence, for the patient."""
    source: str
    """In Chinese, for the patient as well."""

    def fits(self, area: AreaCode, group: CreditGroup, age: int, month: date) -> bool:
        in_time = self.begins <= month and (self.ends is None or month <= self.ends)
        old_enough = self.age_from is None or age >= self.age_from
        young_enough = self.age_to is None or age <= self.age_to
        is_theirs = area.code.startswith(self.areas) and group is self.group
        return is_theirs and in_time and old_enough and young_enough


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account it is, as far as known; amounts of one month."""

    area: AreaCode
    born: date
    retired_on: date | None = None
    """The day of 在职转退休; None: in work. The same for 灵活就业 with a retired's benefit."""
    contribution_base: Money | None = None
    own_contribution: Money | None = None
    average_pension: Money | None = None
    """Of the year that the rule names."""
    credited_before: Money | None = None
    """What came each month while the rule was "unchanged"."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A month's credit explained; None where an amount is not known."""

    rule: CreditRule
    age: int
    own: Money | None
    """The person's own contribution; zero where none comes in."""
    added: Money | None
    """The employer's part, or the pool's fixed sum for the retired."""

    @property
    def total(self) -> Money | None:
        if self.own is None or self.added is None:
            return None
        return self.own + self.added


@dataclass(frozen=True, slots=True)
class CreditRules:
    """Every rule that is known; an area without one is not guessed at."""

    known: tuple[CreditRule, ...] = ()

    def credit(self, holder: Holder, month: date) -> Credit | None:
        """What comes in that month and by which sentence; None where no document tells."""
        day = month.replace(day=1)
        age, group = age_on(holder.born, day), group_in(holder, day)
        rule = next((r for r in self.known if r.fits(holder.area, group, age, day)), None)
        return None if rule is None else _credit(rule, holder, age)

    def changes(self, holder: Holder, months: Iterable[date]) -> tuple[Credit, ...]:
        """Why it is another sum than before: one explanation for each rule that took over."""
        found = [credit for month in months if (credit := self.credit(holder, month))]
        before = (None, *(credit.rule for credit in found))
        return tuple(c for c, last in zip(found, before, strict=False) if c.rule != last)


def group_in(holder: Holder, month: date) -> CreditGroup:
    """Retired from the month after retiring (seed 004 二(二)4)."""
    on = holder.retired_on
    is_retired = on is not None and (month.year, month.month) > (on.year, on.month)
    return CreditGroup.RETIRED if is_retired else CreditGroup.ACTIVE


def age_on(born: date, day: date) -> int:
    """Full years on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _credit(rule: CreditRule, holder: Holder, age: int) -> Credit:
    own = holder.own_contribution if rule.own_contribution else Money(0)
    return Credit(rule, age, own, _added(rule, holder))


def _added(rule: CreditRule, holder: Holder) -> Money | None:
    if rule.base is CreditBase.NOTHING:
        return Money(0)
    if rule.base is CreditBase.UNCHANGED:
        return holder.credited_before
    is_pension = rule.base is CreditBase.AVERAGE_PENSION
    base = holder.average_pension if is_pension else holder.contribution_base
    return None if base is None or rule.share is None else rule.share.of(base)
