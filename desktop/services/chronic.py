"""Chronic care: which of recognition and filing is missing (B18, S1-15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from desktop.domain.person import ChronicRecognition
from desktop.domain.whys import Why
from desktop.knowledge.guidance import Guide
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.benefits import chronic_recognitions
from desktop.services.advice_steps import Standing
from desktop.services.ports import Desk
from desktop.services.sending import query

_FILING_MISSING = frozenset(
    (
        *(Why.NOT_FILED, Why.FILING_NOT_YET, Why.FILING_ENDED, Why.FILING_OUTSIDE),
        *(Why.FILING_PENDING, Why.FILED_ELSEWHERE, Why.FILED_INSTITUTION, Why.CHRONIC_NOT_FILED),
    )
)


class Missing(StrEnum):
    """What stands between the patient and chronic benefit."""

    NOTHING = "nothing"
    RECOGNITION = "recognition"
    FILING = "filing"
    BOTH = "both"
    COVER = "cover"
    """Recognised and filed, but not settled across provinces (S1-31)."""


class ChronicStanding(Struct, frozen=True):
    """Where a patient stands with one disease."""

    missing: Missing
    recognised: tuple[ChronicRecognition, ...]
    """What is recognised on the day of the visit, for the pick list."""
    words: str


def ask_chronic(
    desk: Desk, standing: Standing, why: Why | None, guide: Guide
) -> ChronicStanding | None:
    """Ask 5301 beside the no of 2001 (``why``); None where the site gives no answer."""
    outcome = query(desk, chronic_recognitions(standing.person.psn_no, standing.insured))
    if not isinstance(outcome, Accepted):
        return None
    visit = standing.visit
    return chronic_standing(outcome.value, visit.disease, visit.began.date(), why, guide)


def chronic_standing(
    rows: Iterable[ChronicRecognition], disease: str, day: date, why: Why | None, guide: Guide
) -> ChronicStanding:
    """Recognition from 5301, the filing from what 2001 said."""
    every = tuple(rows)
    held = tuple(row for row in every if _holds(row, day))
    mine = next((row for row in held if row.code == disease), None)
    missing = _missing(mine is not None, why)
    return ChronicStanding(missing, held, _words(missing, _named(every, disease), guide))


def _holds(row: ChronicRecognition, day: date) -> bool:
    begun = row.begins is None or row.begins <= day
    return begun and (row.ends is None or day <= row.ends)


def _missing(recognised: bool, why: Why | None) -> Missing:
    filing = why in _FILING_MISSING
    if not recognised:
        return Missing.BOTH if filing else Missing.RECOGNITION
    if filing:
        return Missing.FILING
    return Missing.COVER if why is Why.CHRONIC_NOT_COVERED else Missing.NOTHING


def _named(rows: Iterable[ChronicRecognition], disease: str) -> str:
    """The disease by its name where 5301 tells one."""
    names = (row.name for row in rows if row.code == disease and row.name)
    return f"“{next(names, disease)}”"


def _words(missing: Missing, name: str, guide: Guide) -> str:
    own = "还要单独办理门诊慢特病异地就医备案。" if guide.chronic_filing else ""
    return {
        Missing.NOTHING: f"{name}已认定、已备案。",
        Missing.RECOGNITION: f"缺认定：参保地没有认定{name}，或认定已过期。{own}",
        Missing.FILING: f"缺备案：{name}已认定，还没有能用的异地就医备案。{own}",
        Missing.BOTH: f"认定和备案都缺：请先在参保地认定{name}，再办异地就医备案。{own}",
        Missing.COVER: f"{name}已认定，但参保地不在跨省直接结算这种病。",
    }[missing]
