"""What the pooled fund can still pay this year, before the platform itself says so (idea 2).

An estimate, and only where a public rule of the insured area is known (house rule 2): it stands on
the sums of 5206, never on our own history (what-the-desk-knows).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from desktop.domain.identifiers import PsnNo
from desktop.domain.money import ZERO, Money
from desktop.domain.person import EMPLOYEE, RESIDENT, Filing, FilingGroup, Insurance, YearSum
from desktop.domain.quantities import Rate
from desktop.knowledge.benefits import Counts
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.benefits import year_sums
from desktop.services.known_rule import FIRST_LEVEL, KnownRules, Terms
from desktop.services.ports import Desk
from desktop.services.sending import query

_POOLED_FUND = {EMPLOYEE: "D310101", RESIDENT: "D390101"}
"""``cum_type_code`` of what the pooled fund paid."""
_COSTS = "F0000"
"""What ``cum_type_code`` of costs begins with; the ``med_type`` follows."""
EXAMPLE = Money(50_000)
"""Costs in scope, in fen, by which the levels of hospitals are compared while there is no bill."""


class Due(Struct, frozen=True):
    """What of the deductible is still to be paid at this hospital, in fen."""

    least: Money
    most: Money
    counts: Counts

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


class Levels(Struct, frozen=True):
    """What the pooled fund would pay of the same costs, in fen."""

    of: Money
    here: Money
    first_level: Money | None
    """At a hospital of the first level; None when this is one, or no more would be paid there."""
    at_least: bool
    """It may be more: not all that it depends on was told."""


class Outlook(Struct, frozen=True):
    """Everything of it is an estimate."""

    left: Money
    """The year's cap less what was used, in fen."""
    due: Due | None = None
    """None where there is no deductible, or the level of this hospital is not known."""
    example: Levels | None = None
    """Of :data:`EXAMPLE`."""


class Asked(Struct, frozen=True):
    """Whose year it is."""

    psn_no: PsnNo
    insurance: Insurance
    filing: Filing | None
    """As 2001 told; None when it did not."""
    day: date
    """When the fees arise."""


def outlook_of(desk: Desk, known: KnownRules, asked: Asked) -> Outlook | None:
    """By 5206 and the rule of the day; None when either is not known.

    A 5206 that fails is no answer, and never stops a visit.
    """
    insurance, day = asked.insurance, asked.day
    rule = known.benefits().of(insurance.area, insurance.kind, day)
    if rule is None:
        return None
    outcome = query(desk, year_sums(asked.psn_no, insurance.area))
    if not isinstance(outcome, Accepted):
        return None
    sums = outcome.value
    used = used_in(sums, insurance.kind, day.year)
    if used is None:
        return None
    left = max(ZERO, rule.cap - used)
    terms = known.terms(insurance, day)
    if terms is None:
        return Outlook(left)
    due = due_of(terms, costs_in(sums, insurance.kind, day.year))
    return Outlook(left, due, _example(terms, due, asked.filing, left))


def used_in(sums: Iterable[YearSum], insurance: str, year: int) -> Money | None:
    """What the pooled fund paid in that year, in fen; None when the platform did not tell."""
    wanted = (insurance, str(year), _POOLED_FUND.get(insurance))
    return next((row.value for row in sums if (row.insurance, row.year, row.code) == wanted), None)


def costs_in(sums: Iterable[YearSum], insurance: str, year: int) -> Money | None:
    """Every cost of that year, in fen; None when the platform did not tell any."""
    of_the_year = (row for row in sums if (row.insurance, row.year) == (insurance, str(year)))
    told = [row.value for row in of_the_year if row.code.startswith(_COSTS)]
    return Money.total(told) if told else None


def due_of(terms: Terms, costs: Money | None) -> Due | None:
    """No transaction tells what was paid of it: at most it is all, and no more was paid than cost.

    So it is exact for the first visit of a year, and where it counts in each visit anew.
    """
    most = terms.standard
    if not most:
        return None
    if not terms.by_year:
        return Due(most, most, terms.rule.counts)
    least = ZERO if costs is None else max(ZERO, most - costs)
    return Due(least, most, terms.rule.counts)


def _example(terms: Terms, due: Due | None, filing: Filing | None, left: Money) -> Levels | None:
    """What would be paid today of a round sum; the least of it where not all is known."""
    first_pay = _first_pay(terms, filing)
    if first_pay is None:
        return None
    in_scope = EXAMPLE - first_pay.of(EXAMPLE)
    here = min(left, terms.pays(terms.level, in_scope, terms.standard))
    there = min(left, terms.pays(FIRST_LEVEL, in_scope, terms.rule.standard(FIRST_LEVEL)))
    sure = (due is None or due.is_exact) and not first_pay.value
    return Levels(EXAMPLE, here, there if there > here else None, at_least=not sure)


def _first_pay(terms: Terms, filing: Filing | None) -> Rate | None:
    """The most that is paid first; None where the area's rule for it is not known."""
    groups = (filing.kind.group,) if filing else tuple(FilingGroup)
    rates = [terms.first_pays(group) for group in groups]
    told = [rate for rate in rates if rate is not None]
    return max(told) if len(told) == len(rates) else None
