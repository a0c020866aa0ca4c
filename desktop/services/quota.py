"""What the pooled fund can still pay this year, before the platform itself says so.

An estimate, and only where a public rule of the insured area is known (house rule 2): the yearly
cap less the pooled fund's sum of 5206, never our own history (what-the-desk-knows).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop.domain.identifiers import PsnNo
from desktop.domain.money import ZERO, Money
from desktop.domain.person import EMPLOYEE, RESIDENT, Insurance, YearSum
from desktop.knowledge.caps import Caps
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.benefits import year_sums
from desktop.services.ports import Desk
from desktop.services.sending import query

_POOLED_FUND = {EMPLOYEE: "D310101", RESIDENT: "D390101"}
"""``cum_type_code`` of what the pooled fund paid."""


def left_this_year(
    desk: Desk, caps: Caps, psn_no: PsnNo, insurance: Insurance, day: date
) -> Money | None:
    """Cap less used, in the year of ``day`` (when the fees arose); None when it is not known.

    A 5206 that fails is no answer, and never stops a visit.
    """
    cap = caps.of(insurance.area, insurance.kind, day)
    if cap is None:
        return None
    outcome = query(desk, year_sums(psn_no, insurance.area))
    if not isinstance(outcome, Accepted):
        return None
    used = used_in(outcome.value, insurance.kind, day.year)
    return None if used is None else max(ZERO, cap.amount - used)


def used_in(sums: Iterable[YearSum], insurance: str, year: int) -> Money | None:
    """What the pooled fund paid in that year, in fen; None when the platform did not tell."""
    wanted = (insurance, str(year), _POOLED_FUND.get(insurance))
    return next((row.value for row in sums if (row.insurance, row.year, row.code) == wanted), None)
