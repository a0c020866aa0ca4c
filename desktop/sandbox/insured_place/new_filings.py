"""A filing that is made, changed or ended: late, locked, or to be audited first; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import msgspec

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import FilingGroup
from desktop.domain.times import months_later
from desktop.sandbox.insured_place.filing import in_force
from desktop.sandbox.insured_place.filing_classes import class_of, classes_on
from desktop.sandbox.insured_place.policy import FilingRule
from desktop.sandbox.model import Audit, Filing, FilingScope, Person

PROVINCES: Final = frozenset(
    (
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54"),
        *("61", "62", "63", "64", "65", "66", "99"),
    )
)
"""First two digits of the areas on the national exchange; 66 兵团, 99 the invented areas."""


class FilingRefused(Exception):
    """The insured area does not take the filing; the text is for the patient."""


def file_new(
    who: Person, new: Filing, today: date, rule: FilingRule | None, used: Iterable[Filing]
) -> Person:
    """The person with the filing added; raises :class:`FilingRefused`.

    ``used`` are the filings under which costs arose. A new LONG filing takes the place of every
    one of its use that would still be open beside it; a TEMP filing stands beside it. The same
    filing again changes nothing, with another end it ends then. A commitment is enough: it is in
    force at once (S1-20, S2-17), but a change may have to wait for the area's audit (S1-17).
    """
    _refuse_nowhere(new)
    home = _home(who, new)
    _refuse_foreign_class(home, new, today)
    _refuse_backwards(new)
    _refuse_at_home(home, new)
    if any(_says_nothing(filing, new) for filing in who.filings):
        return who
    before = [filing for filing in who.filings if _gives_way(filing, new)]
    again = _ended_by(who, new, before)
    if rule is not None:
        changed = {*before, again} if again else {*before}
        _refuse_locked([row for row in used if row in changed], today, rule)
    if again is not None:
        if rule is not None and (added := _prolongation(again, new)) is not None:
            _refuse_too_late(added, today, rule)
        return _with(who, again, msgspec.structs.replace(again, ends=new.ends))
    if rule is not None:
        _refuse_too_late(new, today, rule)
    return msgspec.structs.replace(who, filings=_added(who, new, before, rule))


def _prolongation(again: Filing, new: Filing) -> Filing | None:
    """The days that another end adds: they may come as late as those of a new filing."""
    if again.ends is None or new.ends is None or new.ends <= again.ends:
        return None
    return msgspec.structs.replace(new, begins=again.ends + timedelta(days=1))


def _added(
    who: Person, new: Filing, before: Sequence[Filing], rule: FilingRule | None
) -> tuple[Filing, ...]:
    """With the new one at the end, in the place of those ``before`` it or waiting for it."""
    version = 1 + max((filing.version for filing in before), default=0)
    numbered = msgspec.structs.replace(new, version=version)
    if before and rule is not None and rule.changes_audited:
        waiting = msgspec.structs.replace(numbered, audit=Audit.PENDING)
        kept = (filing for filing in who.filings if not (filing in before and _waits(filing)))
        return (*kept, waiting)
    return (*_making_way(who.filings, new), numbered)


@dataclass(frozen=True, slots=True)
class Word:
    """What the area says of the filing ``version`` that waits for its audit."""

    version: int
    approved: bool


def audit(
    who: Person, word: Word, today: date, rule: FilingRule | None, used: Iterable[Filing]
) -> Person:
    """The area's word on a filing that waits for it; those that it replaces then end.

    Costs that arose while it waited lock those as they do for :func:`file_new`: the filing waits
    on. Raises :class:`FilingRefused`.
    """
    waiting = waiting_for(who, word)
    if not word.approved:
        return _with(who, waiting, msgspec.structs.replace(waiting, audit=Audit.REJECTED))
    taken = msgspec.structs.replace(waiting, audit=Audit.APPROVED)
    others = [filing for filing in who.filings if filing != waiting]
    if rule is not None:
        replaced = [filing for filing in others if _gives_way(filing, taken)]
        _refuse_locked([row for row in used if row in replaced], today, rule)
    return msgspec.structs.replace(who, filings=(*_making_way(others, taken), taken))


def waiting_for(who: Person, word: Word) -> Filing:
    """The filing that the word is about; raises :class:`FilingRefused` when none waits."""
    waiting = next((f for f in who.filings if _waits(f) and f.version == word.version), None)
    if waiting is None:
        raise FilingRefused("没有待审核的备案")
    return waiting


def _with(who: Person, before: Filing, after: Filing) -> Person:
    filings = tuple(after if filing == before else filing for filing in who.filings)
    return msgspec.structs.replace(who, filings=filings)


def _waits(filing: Filing) -> bool:
    return filing.audit is Audit.PENDING


def _says_nothing(filing: Filing, new: Filing) -> bool:
    """It is filed already, or asked for already."""
    own = msgspec.structs.replace(new, version=filing.version, audit=filing.audit)
    return filing.audit is not Audit.REJECTED and own == filing


def _ended_by(who: Person, new: Filing, before: Sequence[Filing]) -> Filing | None:
    """The filing of which the new one says nothing but another end.

    A LONG one is not prolonged over others of its use.
    """
    if new.ends is None:
        return None
    for filing in who.filings:
        ending = msgspec.structs.replace(new, ends=filing.ends, version=filing.version)
        if ending == filing:
            shorter = filing.ends is None or new.ends < filing.ends
            return filing if shorter or all(row == filing for row in before) else None
    return None


def _making_way(filings: Iterable[Filing], new: Filing) -> tuple[Filing, ...]:
    """Those that the new one replaces end the day before it, or go if they had not begun then."""
    eve = new.begins - timedelta(days=1)
    return tuple(
        msgspec.structs.replace(filing, ends=eve) if _gives_way(filing, new) else filing
        for filing in filings
        if not (_gives_way(filing, new) and (_waits(filing) or filing.begins > eve))
    )


def _gives_way(filing: Filing, new: Filing) -> bool:
    """One LONG filing at a time, and one for chronic care; TEMP filings stand beside it.

    What still waits for its audit gives way to any later wish.
    """
    chronic = FilingScope.CHRONIC
    same_use = (filing.scope is chronic) == (new.scope is chronic)
    still_open = _waits(filing) or filing.ends is None or filing.ends >= new.begins
    taken = filing.audit is not Audit.REJECTED
    return _is_long(filing) and _is_long(new) and same_use and still_open and taken


def _is_long(filing: Filing) -> bool:
    return filing.kind.group is FilingGroup.LONG


def _home(who: Person, new: Filing) -> str:
    """The area that takes the filing: an insurance that is stopped or ended files nothing."""
    home = who.home_for(new.area)
    if home is None:
        raise FilingRefused("没有正常参保的医疗保险，不能办理异地就医备案")
    return home.area


def _refuse_foreign_class(area: str, new: Filing, today: date) -> None:
    """A class that the insured area does not file on that day, or under another kind (S2-15)."""
    known = any(classes_on(area, today))
    if new.named and known and class_of(new.named, new.kind, area, today) is None:
        raise FilingRefused(f"参保地现在没有“{new.named}”这一类备案")


def _refuse_backwards(new: Filing) -> None:
    if new.ends is not None and new.ends < new.begins:
        raise FilingRefused("备案的结束日期早于开始日期")


def _refuse_nowhere(new: Filing) -> None:
    """A code that names no province covers no care."""
    if new.area[:2] not in PROVINCES:
        raise FilingRefused(f"没有{new.area}这个就医地")


def _refuse_at_home(home: str, new: Filing) -> None:
    """Filings are for other provinces."""
    if AreaCode(home).same_province(AreaCode(new.area)):
        raise FilingRefused("就医地在参保省份以内，不需要办理跨省异地就医备案")


def _refuse_too_late(new: Filing, today: date, rule: FilingRule) -> None:
    earliest = today - timedelta(days=rule.late_long_days)
    if _is_long(new) and new.begins < earliest:
        raise FilingRefused(
            f"补办异地长期居住备案，起始日期最多可往前提前{rule.late_long_days}日，"
            f"最早为{earliest.isoformat()}"
        )


def _refuse_locked(changed: Iterable[Filing], today: date, rule: FilingRule) -> None:
    """Once costs arose where it was filed for, a LONG filing stays as it is (S3-08, A14)."""
    for filing in changed:
        free = months_later(filing.begins, rule.lock_months)
        if _is_long(filing) and in_force(filing, today) and today < free:
            raise FilingRefused(
                f"备案地已发生医疗费用，{rule.lock_months}个月内不能变更或取消备案，"
                f"{free.isoformat()}起可办理"
            )
