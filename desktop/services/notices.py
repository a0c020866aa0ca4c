"""What a patient hears although the settlement goes on (visit.md B16, B17, B20)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from desktop.domain.charges import EMERGENCY, CareVisit, Trauma
from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing, FilingGroup
from desktop.knowledge.guidance import Guidance, Guide
from desktop.services.filing_help import BY_THE_AREA, filing_lock

_INJURY = ("S", "T")
"""ICD-10 chapters of injuries (B17)."""


class Tells(StrEnum):
    """The closed set of notices."""

    LOCK = "lock"
    DEEMED_FILED = "deemed-filed"
    TEMPORARY = "temporary"
    MAYBE_TRAUMA = "maybe-trauma"


class Notice(Struct, frozen=True):
    """One thing to say, in Chinese; the office keeps that it was heard."""

    tells: Tells
    words: str


class Told(Struct, frozen=True):
    """What 2001 and the bill told."""

    visit: CareVisit
    filing: Filing | None
    """From the site's extension of 2001; None where it is not told."""
    insured: AreaCode
    place: AreaCode
    settled_before: bool
    """This hospital has settled under the filing already."""


def notices(told: Told, today: date, guidance: Guidance) -> tuple[Notice, ...]:
    """What is to be said before the first key is pressed; () most of the time."""
    guide = guidance.of(told.insured, today)
    found = (_lock(told, today, guide), _deemed(told, guide), _temporary(told), _trauma(told))
    return tuple(notice for notice in found if notice)


def _lock(told: Told, today: date, guide: Guide) -> Notice | None:
    covering = told.filing if _covers(told) else None
    lock = filing_lock(covering, today, guide, settled_before=told.settled_before)
    return Notice(Tells.LOCK, lock.words) if lock else None


def _covers(told: Told) -> bool:
    return told.filing is not None and told.filing.holds(told.place, told.visit.began.date())


def _deemed(told: Told, guide: Guide) -> Notice | None:
    """S3-13: no filing is needed, and the benefit is that of temporary stays (A15)."""
    if not (_is_emergency(told.visit) and told.visit.emergency) or _covers(told):
        return None
    sure = "" if guide.emergency_deemed_filed else f"（{BY_THE_AREA}）"
    words = f"急诊抢救未备案的视同已备案，按临时外出就医人员待遇标准结算{sure}。"
    return Notice(Tells.DEEMED_FILED, words)


def _temporary(told: Told) -> Notice | None:
    """S2-23: temporary stays pay a share first, or at a lower ratio, as the area has it."""
    if not _covers(told) or told.filing is None:
        return None
    if told.filing.kind.group is not FilingGroup.TEMP:
        return None
    words = "按临时外出就医人员待遇结算，个人先多付一部分（首先自付或降低支付比例）。"
    return Notice(Tells.TEMPORARY, words)


def _trauma(told: Told) -> Notice | None:
    """S3-16: the doctor confirms; the cashier only asks that somebody does."""
    if told.visit.trauma is not Trauma.NONE or not _is_injury(told.visit):
        return None
    return Notice(Tells.MAYBE_TRAUMA, "诊断是外伤，请医生确认有无第三方责任并在医院系统标明。")


def _is_injury(visit: CareVisit) -> bool:
    return any(diagnosis.code.startswith(_INJURY) for diagnosis in visit.diagnoses)


def _is_emergency(visit: CareVisit) -> bool:
    return visit.kind.startswith(EMERGENCY)
