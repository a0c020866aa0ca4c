"""The kinds of care (``med_type``) that the platform settles: a closed set.

Everything else is refused: inpatient, pharmacy and maternity kinds, what is no code at all, and the
local codes of chronic care (1401 …, 140104), which are for people insured in the same place; across
provinces chronic care is 14 with a recognised disease (S1-15).
"""

from __future__ import annotations

from typing import Final

from desktop.domain.charges import CHRONIC, EMERGENCY
from desktop.sandbox.refusals import Reason, Refused

ORDINARY: Final = "11"
REGISTRATION: Final = "12"
"""门诊挂号: a registration fee alone (H)."""
RESCUE: Final = "1301"
"""急诊抢救."""
EMERGENCIES: Final = frozenset((EMERGENCY, RESCUE))
OFFERED: Final = frozenset((ORDINARY, REGISTRATION, CHRONIC)) | EMERGENCIES


def check_offered(med_type: str) -> None:
    """Raises :class:`Refused` for a kind of care that is not settled here."""
    if med_type not in OFFERED:
        raise Refused(Reason.CARE_KIND_NOT_OFFERED, med_type=med_type)
