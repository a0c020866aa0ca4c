"""How an insured area says no: in its dialect, with its own guidance (S1-16)."""

from __future__ import annotations

from typing import Final

from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.refusals import Reason, Refused, wording

MENDED_AT_HOME: Final = frozenset(
    (
        *(Reason.NOT_FILED, Reason.FILED_ELSEWHERE, Reason.FILED_INSTITUTION),
        *(Reason.FILING_NOT_YET, Reason.FILING_ENDED, Reason.FILING_PENDING),
        *(Reason.CHRONIC_NOT_FILED, Reason.DISEASE_NOT_RECOGNISED, Reason.DISEASE_ENDED),
        *(Reason.INSURANCE_PAUSED, Reason.INSURANCE_ENDED, Reason.BENEFIT_WAITING),
    )
)
"""What the person can put right with the insured area."""


def say(policies: Policies, refused: Refused, msgid: str, area: str) -> str:
    """The text of a refusal, with what the area tells its people to do."""
    text = wording(refused, msgid, area)
    place = policies.place(area)
    if place is None or not place.guidance or refused.reason not in MENDED_AT_HOME:
        return text
    return f"{text}；{place.guidance}"
