"""备案: what covers a visit; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing as HouseFiling
from desktop.domain.person import FilingGroup, FilingKind
from desktop.sandbox.insured_place.policy import FilingRule, FirstPay
from desktop.sandbox.model import Audit, Filing, FilingScope, Person
from desktop.sandbox.refusals import Reason, Refused

PayOf = Callable[[FilingKind], FirstPay]
"""What the insured area takes first under a filing kind on the day of the fee."""


@dataclass(frozen=True, slots=True)
class Care:
    """Where and when a fee arose, and of which kind."""

    area: str
    day: date
    emergency: bool
    hospital: str = ""
    """``fixmedins_code``; matters where filings name hospitals."""
    chronic: bool = False
    chosen: tuple[str, ...] = ()
    """The hospitals that the person chose for this day (2505)."""


def covers(filing: Filing, area: str) -> bool:
    return AreaCode(filing.area).covers(AreaCode(area))


def holds(filing: Filing, area: str, day: date) -> bool:
    """True when a fee of that day and area falls under the filing (S0-27)."""
    of_the_house = HouseFiling(filing.kind, AreaCode(filing.area), filing.begins, filing.ends)
    return filing.audit is Audit.APPROVED and of_the_house.holds(AreaCode(area), day)


def in_force(filing: Filing, day: date) -> bool:
    """True when it holds on that day, in its own area."""
    return holds(filing, filing.area, day)


def best_filing(
    who: Person, care: Care, pay_of: PayOf, rule: FilingRule | None = None
) -> Filing | None:
    """The covering filing with the better benefit (A15), whatever their order in the store."""
    fitting = (
        filing
        for filing in who.filings
        if holds(filing, care.area, care.day)
        and _opens(filing, care, rule)
        and _at_its_hospital(filing, care, rule)
    )
    return min(fitting, key=lambda f: (*_burden(f.kind, pay_of), f.begins, f.area), default=None)


_RANKS: Final = {kind: rank for rank, kind in enumerate(FilingKind)}


def _burden(kind: FilingKind, pay_of: PayOf) -> tuple[Decimal, bool, bool, int]:
    """Least first where the person keeps most; alike to the fen, LONG goes before TEMP."""
    return (*pay_of(kind).burden, kind.group is not FilingGroup.LONG, _RANKS[kind])


def _opens(filing: Filing, care: Care, rule: FilingRule | None) -> bool:
    """A filing for inpatient care opens outpatient care too (S0-25, S0-28); one of its own is
    needed for chronic care where the area says so (S1-15), and opens that alone.
    """
    if filing.scope is FilingScope.CHRONIC:
        return care.chronic
    return not (care.chronic and rule is not None and rule.chronic_filing)


def _at_its_hospital(filing: Filing, care: Care, rule: FilingRule | None) -> bool:
    """Designated hospitals count only where the insured area uses them (K4, S0-26, S1-18)."""
    if rule is None or not rule.designated_institution:
        return True
    named = {filing.institution, *care.chosen} - {""}
    return not named or care.hospital in named


def filing_kind(who: Person, care: Care, pay_of: PayOf, rule: FilingRule | None) -> FilingKind:
    """The kind under which the visit settles; raises :class:`Refused` when not filed.

    An emergency counts as filed (S3-13), where and since when the area says so; a filing beside
    it never makes it dearer.
    """
    found = best_filing(who, care, pay_of, rule)
    kinds = [found.kind] if found else []
    if care.emergency and (rule is None or rule.emergency_deemed_filed):
        kinds.append(FilingKind.EMERGENCY)
    if not kinds:
        raise _why_not(who.filings, care, rule)
    return min(kinds, key=lambda kind: _burden(kind, pay_of))


def _why_not(filings: Iterable[Filing], care: Care, rule: FilingRule | None) -> Refused:
    """The most telling reason: one for here that lacks something, one for elsewhere, none."""
    here = [filing for filing in filings if covers(filing, care.area)]
    away = next((filing for filing in filings if in_force(filing, care.day)), None)
    found = _lacking(here, care, rule) or _at_another_time(here, care.day)
    if found is not None:
        return found
    if away is not None and away not in here:
        return Refused(Reason.FILED_ELSEWHERE, area=away.area)
    return Refused(Reason.NOT_FILED)


def _lacking(here: Iterable[Filing], care: Care, rule: FilingRule | None) -> Refused | None:
    """A filing that holds today, but for another hospital or not for chronic care."""
    today = [filing for filing in here if holds(filing, care.area, care.day)]
    opening = [filing for filing in today if _opens(filing, care, rule)]
    if opening:
        named = next(name for name in (opening[0].institution, *care.chosen) if name)
        return Refused(Reason.FILED_INSTITUTION, institution=named)
    if today and care.chronic:
        return Refused(Reason.CHRONIC_NOT_FILED)
    return None


def _at_another_time(here: Iterable[Filing], day: date) -> Refused | None:
    waiting = [filing for filing in here if filing.audit is Audit.PENDING]
    if waiting:
        return Refused(Reason.FILING_PENDING)
    taken = [filing for filing in here if filing.audit is Audit.APPROVED]
    later = [filing.begins for filing in taken if filing.begins > day]
    if later:
        return Refused(Reason.FILING_NOT_YET, day=min(later))
    ended = [filing.ends for filing in taken if filing.ends is not None and filing.ends < day]
    return Refused(Reason.FILING_ENDED, day=max(ended)) if ended else None


def told_filing(
    who: Person, care: Care, pay_of: PayOf, rule: FilingRule | None = None
) -> Filing | None:
    """What the extension of 2001 tells: the covering filing, else the latest."""
    taken = (filing for filing in who.filings if filing.audit is Audit.APPROVED)
    latest = max(taken, key=lambda f: f.begins, default=None)
    return best_filing(who, care, pay_of, rule) or latest
