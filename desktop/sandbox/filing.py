"""备案: what covers a visit, and when a new one may be made; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing as HouseFiling
from desktop.domain.person import FilingGroup, FilingKind
from desktop.sandbox.model import Filing, Person
from desktop.sandbox.policy import FilingRule
from desktop.sandbox.refusals import Reason, Refused


class FilingRefused(Exception):
    """The insured area does not take the filing; the text is for the patient."""


@dataclass(frozen=True, slots=True)
class Care:
    """Where and when a fee arose."""

    area: str
    day: date
    emergency: bool


def covers(filing: Filing, area: str) -> bool:
    return AreaCode(filing.area).covers(AreaCode(area))


def holds(filing: Filing, area: str, day: date) -> bool:
    """True when a fee of that day and area falls under the filing (S0-27)."""
    of_the_house = HouseFiling(filing.kind, AreaCode(filing.area), filing.begins, filing.ends)
    return of_the_house.holds(AreaCode(area), day)


def in_force(filing: Filing, day: date) -> bool:
    """True when it holds on that day, in its own area."""
    return holds(filing, filing.area, day)


def best_filing(who: Person, care: Care) -> Filing | None:
    """The covering filing with the better benefit: LONG before TEMP (A15)."""
    fitting = (f for f in who.filings if holds(f, care.area, care.day))
    return min(fitting, key=lambda f: f.kind.group is not FilingGroup.LONG, default=None)


def filing_kind(who: Person, care: Care, rule: FilingRule | None) -> FilingKind:
    """The kind under which the visit settles; raises :class:`Refused` when not filed.

    An emergency without a filing counts as filed (S3-13).
    """
    found = best_filing(who, care)
    if found is not None:
        return found.kind
    if care.emergency and (rule is None or rule.emergency_deemed_filed):
        return FilingKind.EMERGENCY
    raise _why_not(who.filings, care)


def _why_not(filings: Iterable[Filing], care: Care) -> Refused:
    """The most telling reason: a filing for here at another time, one for elsewhere, none."""
    here = [filing for filing in filings if covers(filing, care.area)]
    later = [filing for filing in here if filing.begins > care.day]
    if later:
        return Refused(Reason.FILING_NOT_YET, day=min(filing.begins for filing in later))
    ends = [filing.ends for filing in here if filing.ends is not None]
    if ends:
        return Refused(Reason.FILING_ENDED, day=max(ends))
    away = next((filing for filing in filings if in_force(filing, care.day)), None)
    if away is not None:
        return Refused(Reason.FILED_ELSEWHERE, area=away.area)
    return Refused(Reason.NOT_FILED)


def told_filing(who: Person, care: Care) -> Filing | None:
    """What the extension of 2001 tells: the covering filing, else the latest."""
    return best_filing(who, care) or max(who.filings, key=lambda f: f.begins, default=None)


def file_new(
    who: Person, new: Filing, today: date, rule: FilingRule | None, used: Iterable[Filing]
) -> Person:
    """The person with the filing added; raises :class:`FilingRefused`.

    ``used`` are the filings under which costs arose. A new LONG filing takes the place of an
    open one; a TEMP filing stands beside it.
    """
    if rule is not None:
        _refuse_too_late(new, today, rule)
        _refuse_locked(today, rule, used)
    kept = who.filings
    if new.kind.group is FilingGroup.LONG:
        kept = tuple(_ended_before(filing, new.begins) for filing in kept)
    return msgspec.structs.replace(who, filings=(*kept, new))


def _refuse_too_late(new: Filing, today: date, rule: FilingRule) -> None:
    earliest = today - timedelta(days=rule.late_long_days)
    if new.kind.group is FilingGroup.LONG and new.begins < earliest:
        raise FilingRefused(
            f"补办异地长期居住备案，起始日期最多可往前提前{rule.late_long_days}日，"
            f"最早为{earliest.isoformat()}"
        )


def _refuse_locked(today: date, rule: FilingRule, used: Iterable[Filing]) -> None:
    for filing in used:
        free = months_later(filing.begins, rule.lock_months)
        if filing.kind.group is FilingGroup.LONG and in_force(filing, today) and today < free:
            raise FilingRefused(
                f"备案地已发生医疗费用，{rule.lock_months}个月内不能变更或取消备案，"
                f"{free.isoformat()}起可办理"
            )


def _ended_before(filing: Filing, day: date) -> Filing:
    if filing.kind.group is not FilingGroup.LONG or not in_force(filing, day):
        return filing
    return msgspec.structs.replace(filing, ends=day - timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(day.day, (next_first - timedelta(days=1)).day))
