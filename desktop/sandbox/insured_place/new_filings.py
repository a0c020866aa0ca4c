"""A filing that is made, changed or ended: late, locked, or to be audited first; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from desktop.domain.person import FilingGroup
from desktop.sandbox.insured_place.filing import in_force
from desktop.sandbox.insured_place.filing_classes import class_of, classes_on
from desktop.sandbox.insured_place.policy import FilingRule
from desktop.sandbox.model import Audit, Filing, FilingScope, Person


class FilingRefused(Exception):
    """The insured area does not take the filing; the text is for the patient."""


def file_new(
    who: Person, new: Filing, today: date, rule: FilingRule | None, used: Iterable[Filing]
) -> Person:
    """The person with the filing added; raises :class:`FilingRefused`.

    ``used`` are the filings under which costs arose. A new LONG filing takes the place of an
    open one; a TEMP filing stands beside it. The same filing again, with an end, ends it. A
    commitment is enough: it is in force at once (S1-20, S2-17), but a change may have to wait
    for the area's audit (S1-17).
    """
    _refuse_foreign_class(who, new, today)
    _refuse_backwards(new)
    if rule is not None:
        _refuse_locked(new, today, rule, used)
    again = next((filing for filing in who.filings if _same(filing, new)), None)
    if again is not None:
        return _with(who, again, msgspec.structs.replace(again, ends=new.ends))
    if rule is not None:
        _refuse_too_late(new, today, rule)
    before = [filing.version for filing in who.filings if _gives_way(filing, new)]
    numbered = msgspec.structs.replace(new, version=1 + max(before, default=0))
    if before and rule is not None and rule.changes_audited:
        waiting = msgspec.structs.replace(numbered, audit=Audit.PENDING)
        return msgspec.structs.replace(who, filings=(*who.filings, waiting))
    return msgspec.structs.replace(who, filings=(*_making_way(who, new), numbered))


def audit(who: Person, version: int, approved: bool) -> Person:
    """The area's word on a filing that waits for it; the one that it replaces then ends."""
    waiting = next(
        (f for f in who.filings if f.audit is Audit.PENDING and f.version == version), None
    )
    if waiting is None:
        raise FilingRefused("没有待审核的备案")
    if not approved:
        return _with(who, waiting, msgspec.structs.replace(waiting, audit=Audit.REJECTED))
    taken = msgspec.structs.replace(waiting, audit=Audit.APPROVED)
    made_way = msgspec.structs.replace(who, filings=_making_way(who, taken))
    return _with(made_way, waiting, taken)


def _with(who: Person, before: Filing, after: Filing) -> Person:
    filings = tuple(after if filing == before else filing for filing in who.filings)
    return msgspec.structs.replace(who, filings=filings)


def _same(filing: Filing, new: Filing) -> bool:
    """The new one says nothing but when the present one ends."""
    ending = msgspec.structs.replace(new, ends=filing.ends, version=filing.version)
    return new.ends is not None and ending == filing


def _making_way(who: Person, new: Filing) -> tuple[Filing, ...]:
    ends = new.begins - timedelta(days=1)
    return tuple(
        msgspec.structs.replace(filing, ends=ends) if _gives_way(filing, new) else filing
        for filing in who.filings
    )


def _gives_way(filing: Filing, new: Filing) -> bool:
    """One LONG filing at a time, and one for chronic care; TEMP filings stand beside it."""
    chronic = FilingScope.CHRONIC
    same_use = (filing.scope is chronic) == (new.scope is chronic)
    return _is_long(filing) and _is_long(new) and same_use and in_force(filing, new.begins)


def _is_long(filing: Filing) -> bool:
    return filing.kind.group is FilingGroup.LONG


def _refuse_foreign_class(who: Person, new: Filing, today: date) -> None:
    """A class that the insured area does not file on that day, or under another kind (S2-15)."""
    area = who.insured[0].area if who.insured else ""
    known = any(classes_on(area, today))
    if new.named and known and class_of(new.named, new.kind, area, today) is None:
        raise FilingRefused(f"参保地现在没有“{new.named}”这一类备案")


def _refuse_backwards(new: Filing) -> None:
    if new.ends is not None and new.ends < new.begins:
        raise FilingRefused("备案的结束日期早于开始日期")


def _refuse_too_late(new: Filing, today: date, rule: FilingRule) -> None:
    earliest = today - timedelta(days=rule.late_long_days)
    if _is_long(new) and new.begins < earliest:
        raise FilingRefused(
            f"补办异地长期居住备案，起始日期最多可往前提前{rule.late_long_days}日，"
            f"最早为{earliest.isoformat()}"
        )


def _refuse_locked(new: Filing, today: date, rule: FilingRule, used: Iterable[Filing]) -> None:
    """Once costs arose where it was filed for, a LONG filing stays as it is (S3-08, A14)."""
    for filing in used if _is_long(new) else ():
        free = months_later(filing.begins, rule.lock_months)
        if _is_long(filing) and in_force(filing, today) and today < free:
            raise FilingRefused(
                f"备案地已发生医疗费用，{rule.lock_months}个月内不能变更或取消备案，"
                f"{free.isoformat()}起可办理"
            )


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(day.day, (next_first - timedelta(days=1)).day))
