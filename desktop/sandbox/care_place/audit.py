"""The care place looks a line over before it takes it (S1-28): rules as data, a no with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from desktop.domain.quantities import Quantity, UnitPrice
from desktop.sandbox.care_place.spans import is_within, limit_on
from desktop.sandbox.care_place.splitting import APPROVED
from desktop.sandbox.catalogue_model import AuditKind, AuditRule, Item
from desktop.sandbox.model import Institution
from desktop.sandbox.refusals import Reason, Refused

UNDECIDED: Final = "0"
"""``hosp_appr_flag`` 无须审批: neither approved nor denied."""


@dataclass(frozen=True, slots=True)
class Charged:
    """A line as the rules see it."""

    feedetl_sn: str
    item: Item
    time: datetime
    price: UnitPrice
    quantity: Quantity
    approval: str
    days: str
    """``prd_days``, "" when not told."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a line: the hospital, the patient, what else is charged in the visit."""

    hospital: Institution
    sex: str
    diagnoses: tuple[str, ...]
    before: tuple[Charged, ...]
    """Lines of this question that come first, and settled ones of the visit."""
    elsewhere: Callable[[], Iterable[Charged]] = tuple
    """Settled lines of the person's other visits: looked for by rules that count a day."""


Breaks = Callable[[AuditRule, Charged, Around], bool]


def look_over(rules: Iterable[AuditRule], line: Charged, around: Around) -> None:
    """Raises :class:`Refused` for the first rule that the line breaks."""
    _look_at_price(line, around.hospital)
    for rule in rules:
        if _is_about(rule, line, around.hospital) and _BREAKS[rule.kind](rule, line, around):
            raise Refused(
                _REASONS[rule.kind],
                feedetl_sn=line.feedetl_sn,
                code=line.item.code,
                name=line.item.name,
                why=rule.why,
            )


def _look_at_price(line: Charged, hospital: Institution) -> None:
    span = limit_on(line.item, hospital.area, line.time.date())
    if span is not None and span.refuses and line.price.value > span.limit.value:
        raise Refused(
            Reason.LINE_OVER_LIMIT,
            feedetl_sn=line.feedetl_sn,
            code=line.item.code,
            name=line.item.name,
            limit=span.limit.text(),
        )


def _is_about(rule: AuditRule, line: Charged, hospital: Institution) -> bool:
    day = line.time.date()
    in_time = rule.begins <= day and (rule.ends is None or day <= rule.ends)
    return in_time and _names(rule, line.item) and _is_here(rule, hospital)


def _names(rule: AuditRule, item: Item) -> bool:
    if not rule.items and not rule.kinds:
        return True
    return item.code in rule.items or item.kind in rule.kinds


def _is_here(rule: AuditRule, hospital: Institution) -> bool:
    return not rule.areas or any(is_within(hospital.area, area) for area in rule.areas)


def _duplicate(_rule: AuditRule, line: Charged, around: Around) -> bool:
    return any((other.item.code, other.time) == _place(line) for other in around.before)


def _place(line: Charged) -> tuple[str, datetime]:
    return line.item.code, line.time


def _undecided(_rule: AuditRule, line: Charged, _around: Around) -> bool:
    return line.item.restricted and line.approval == UNDECIDED


def _diagnosis(rule: AuditRule, line: Charged, around: Around) -> bool:
    """A visit whose diagnoses are not known breaks nothing."""
    if line.approval != APPROVED or not around.diagnoses:
        return False
    return not any(code.startswith(rule.diagnoses) for code in around.diagnoses)


def _most(rule: AuditRule, line: Charged, _around: Around) -> bool:
    return rule.most is not None and line.quantity.value > rule.most.value


def _most_a_day(rule: AuditRule, line: Charged, around: Around) -> bool:
    day = _same_day((*around.before, *around.elsewhere()), line.time.date())
    same = (other.quantity.value for other in day if other.item.code == line.item.code)
    return rule.most is not None and line.quantity.value + sum(same) > rule.most.value


def _same_day(lines: Iterable[Charged], day: date) -> Iterable[Charged]:
    return (line for line in lines if line.time.date() == day)


def _not_with(rule: AuditRule, line: Charged, around: Around) -> bool:
    """In either order: the rule names one side as its items, the other as ``others``."""
    day = _same_day(around.before, line.time.date())
    return any(other.item.code in rule.others for other in day)


def _sex(rule: AuditRule, _line: Charged, around: Around) -> bool:
    return around.sex in ("1", "2") and around.sex != rule.sex


def _level(rule: AuditRule, _line: Charged, around: Around) -> bool:
    return around.hospital.level < rule.level


def _days(rule: AuditRule, line: Charged, _around: Around) -> bool:
    """What is no number was refused with the length of its field."""
    return rule.days is not None and Decimal(line.days or "0") > rule.days


_BREAKS: Final[Mapping[AuditKind, Breaks]] = MappingProxyType(
    {
        AuditKind.DUPLICATE: _duplicate,
        AuditKind.UNDECIDED: _undecided,
        AuditKind.DIAGNOSIS: _diagnosis,
        AuditKind.MOST: _most,
        AuditKind.MOST_A_DAY: _most_a_day,
        AuditKind.NOT_WITH: _not_with,
        AuditKind.SEX: _sex,
        AuditKind.LEVEL: _level,
        AuditKind.DAYS: _days,
    }
)
_REASONS: Final[Mapping[AuditKind, Reason]] = MappingProxyType(
    {
        AuditKind.DUPLICATE: Reason.LINE_DUPLICATE,
        AuditKind.UNDECIDED: Reason.LINE_UNDECIDED,
        AuditKind.DIAGNOSIS: Reason.LINE_LIMITED_USE,
        AuditKind.MOST: Reason.LINE_TOO_MANY,
        AuditKind.MOST_A_DAY: Reason.LINE_DAY_TOO_MANY,
        AuditKind.NOT_WITH: Reason.LINE_EXCLUDED,
        AuditKind.SEX: Reason.LINE_OTHER_SEX,
        AuditKind.LEVEL: Reason.LINE_LEVEL,
        AuditKind.DAYS: Reason.LINE_TOO_LONG,
    }
)
