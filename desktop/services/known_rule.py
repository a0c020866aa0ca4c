"""What a public rule of the insured area says of one person at this hospital: for estimates only.

The platform's answer is the truth (house rule 2); what is reckoned here is always marked 估算.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from desktop.domain.money import ZERO, Money
from desktop.domain.person import FilingGroup, Insurance, PersonGroup
from desktop.domain.quantities import Rate
from desktop.knowledge.benefits import Benefits, Counts, Rule

FIRST_LEVEL = "1"
"""一级 and below, where the same care is paid best (S4-24)."""


class Terms(Struct, frozen=True):
    """A rule, for whom and where it is read."""

    rule: Rule
    group: PersonGroup
    level: str
    """1, 2 or 3: of this hospital."""
    first_pays: Callable[[FilingGroup], Rate | None]
    """首先自付 of each group of filings, at most."""

    @property
    def standard(self) -> Money:
        """起付标准 here, in fen."""
        return self.rule.standard(self.level)

    @property
    def ratio(self) -> Rate:
        """What the pooled fund pays above it, here."""
        return self.ratio_at(self.level)

    @property
    def by_year(self) -> bool:
        return self.rule.counts is Counts.YEAR

    @property
    def levels(self) -> tuple[str, ...]:
        """Every level that the rule names for these people."""
        return tuple(sorted(self.rule.ratios[self.group]))

    def ratio_at(self, level: str) -> Rate:
        found = self.rule.ratio(self.group, level)
        assert found is not None
        return found

    def pays(self, level: str, in_scope: Money, due: Money) -> Money:
        """What the ratio yields of 符合政策范围 above what is due of the deductible, in fen."""
        return self.ratio_at(level).of(max(ZERO, in_scope - due))


class KnownRules(Struct, frozen=True):
    """Every rule that this desk knows, and the level of its hospital."""

    benefits: Callable[[], Benefits] = Benefits
    level: str = ""
    """As the settings have it; "" is not rated, and then nothing is estimated by level."""

    def terms(self, insurance: Insurance, day: date) -> Terms | None:
        """For the fees of that day; None unless rule, people and level are all known."""
        known, group = self.benefits(), PersonGroup.of(insurance.person_class)
        rule = known.of(insurance.area, insurance.kind, day)
        if rule is None or group is None:
            return None
        if rule.ratio(group, self.level) is None:
            return None

        def first_pay(filed: FilingGroup) -> Rate | None:
            return known.first_pay(insurance.area, filed, day)

        return Terms(rule, group, self.level, first_pay)
