"""Which insurance of a person is asked for, and what it was on a day."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from desktop.sandbox.calls import Call
from desktop.sandbox.model import Insured, Person
from desktop.sandbox.refusals import Reason, Refused

RETIRED: Final = "12"


def insurance(call: Call, who: Person, insutype: str) -> Insured:
    """The insurance asked for, held in the insured area of the envelope."""
    rows = [row for row in who.insured if row.insutype == insutype]
    if not rows:
        raise Refused(Reason.INSURANCE_NOT_HELD, insutype=insutype)
    here = [row for row in rows if row.area == call.head.insuplc_admdvs]
    if not here:
        raise Refused(Reason.INSURED_AREA_WRONG, area=call.head.insuplc_admdvs)
    return min(here, key=lambda row: not row.active)


def as_of(insured: Insured, day: date) -> Insured:
    """As it was on that day: who retires is a pensioner from the next month on (S4-14)."""
    retires = insured.retires
    if retires is None or (day.year, day.month) <= (retires.year, retires.month):
        return insured
    return msgspec.structs.replace(insured, psn_type=RETIRED)
