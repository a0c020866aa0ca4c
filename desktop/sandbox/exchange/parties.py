"""Which of the three parties says no, by the reason; what is named nowhere, the care place does."""

from __future__ import annotations

from typing import Final

from desktop.sandbox.exchange.hops import Place
from desktop.sandbox.refusals import Reason

EXCHANGE: Final = frozenset((Reason.AREA_NOT_CONNECTED, Reason.INSURED_AREA_MISSING))

INSURED_PLACE: Final = frozenset(
    (
        *(Reason.PERSON_UNKNOWN, Reason.CREDENTIAL_OF_ANOTHER, Reason.CARD_MISMATCH),
        *(Reason.TOKEN_UNKNOWN, Reason.TOKEN_EXPIRED, Reason.TOKEN_USED),
        *(Reason.INSURED_AREA_WRONG, Reason.INSURED_HERE, Reason.AREA_WITHOUT_RULES),
        *(Reason.INSURANCE_NOT_HELD, Reason.INSURANCE_NOT_ACTIVE, Reason.INPATIENT),
        *(Reason.PERSON_SUSPENDED, Reason.NOT_FILED, Reason.FILED_ELSEWHERE),
        *(Reason.FILING_NOT_YET, Reason.FILING_ENDED, Reason.POOL_MISSING),
        *(Reason.THIRD_PARTY, Reason.DISEASE_NOT_RECOGNISED),
        *(Reason.REVERSAL_NOT_OPEN, Reason.REVERSAL_UNKNOWN, Reason.REVERSAL_REFUNDED),
        *(Reason.REVERSAL_REPEATED, Reason.SETTLEMENT_UNDONE),
    )
)


def refused_by(reason: Reason) -> Place:
    """The party whose no it is."""
    if reason in EXCHANGE:
        return Place.EXCHANGE
    return Place.INSURED if reason in INSURED_PLACE else Place.CARE
