"""The national exchange: takes a message from the care place to an insured area, or does not."""

from __future__ import annotations

from desktop.sandbox.calls import Call
from desktop.sandbox.model import Person
from desktop.sandbox.refusals import Reason, Refused


class Lost(Exception):
    """The message never reached the insured area: nothing was done, nobody answers."""


def person(call: Call, psn_no: str) -> Person:
    """The person, reached through the insured area of the envelope.

    Raises :class:`Refused`, and :class:`Lost` where messages get lost on their way.
    """
    found = call.state.people.get(psn_no)
    if found is None:
        raise Refused(Reason.PERSON_UNKNOWN)
    if not call.head.insuplc_admdvs:
        raise Refused(Reason.INSURED_AREA_MISSING)
    reach(call, call.head.insuplc_admdvs)
    return found


def reach(call: Call, area: str) -> None:
    """Route the message; refuses an insured area that is not connected. Raises :class:`Lost`."""
    row = call.state.area(area)
    first = not call.way.area
    if first or not row.connected:
        call.way.area, call.way.delay_ms = area, row.delay_ms
    if not row.connected:
        raise Refused(Reason.AREA_NOT_CONNECTED, area=area)
    if first and row.loss_there and call.state.chance() < row.loss_there:
        call.way.lost = "there"
        raise Lost
