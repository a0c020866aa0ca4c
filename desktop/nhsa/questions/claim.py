"""What registration, upload and settlement of one visit have in common."""

from __future__ import annotations

import json
from enum import StrEnum

from msgspec import Struct

from desktop.domain.charges import CareVisit, Trauma
from desktop.domain.credential import Credential
from desktop.domain.identifiers import AreaCode, PsnNo
from desktop.domain.person import Insurance, Person
from desktop.nhsa.messages.wire import JsonText

_LONGEST_NAME = 20
"""Characters of ``psn_name`` in 2201 and 2206, which Hunan adds to the national fields; 1101 knows
50, and ``psn_no`` names the person."""


class Holder(Struct, frozen=True):
    """Who, and where insured: all that taking back and looking up needs, without a credential."""

    psn_no: PsnNo
    area: AreaCode


class Claim(Struct, frozen=True):
    """One patient's visit under one insurance, shown by one credential."""

    person: Person
    insurance: Insurance
    credential: Credential
    visit: CareVisit

    @property
    def holder(self) -> Holder:
        return Holder(self.person.psn_no, self.insurance.area)

    @property
    def name(self) -> str | None:
        """``psn_name`` beside ``psn_no``; None when the field is too short: no name is cut."""
        name = self.person.name
        return name if len(name) <= _LONGEST_NAME else None


class ReferralFlag(StrEnum):
    """门诊急诊转诊标志 ``OTP_ER_REFL_FLAG``."""

    EMERGENCY = "1"
    REFERRED = "2"
    BOTH = "3"


def cross_province_flags(visit: CareVisit) -> JsonText:
    """``exp_content`` of 2203, 2206 and 2207 (H V1.1.21): trauma, third party, emergency.

    ``REL_TTP_FLAG`` goes with TRUM_FLAG 1 only; an emergency counts as filed. The epidemic
    groups of ``MDTRT_GRP_TYPE`` are not a thing of this window, so it is left out.
    """
    flags = {"TRUM_FLAG": "0" if visit.trauma is Trauma.NONE else "1"}
    if visit.trauma is not Trauma.NONE:
        flags["REL_TTP_FLAG"] = "1" if visit.trauma is Trauma.THIRD_PARTY else "0"
    if visit.emergency:
        flags["OTP_ER_REFL_FLAG"] = ReferralFlag.EMERGENCY.value
    return JsonText(json.dumps(flags, separators=(",", ":")))
