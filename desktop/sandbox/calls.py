"""One transaction under way, and the checks that many transactions share."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct, field

from desktop.domain.identifiers import AreaCode, BadIdentifier
from desktop.domain.times import CLOCK_TOLERANCE
from desktop.nhsa.envelope import RequestHead
from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.state import State

_WIRE_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WIRE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)


class Way(Struct):
    """How far a message came; written by the national exchange alone."""

    area: str = ""
    """The insured area that was asked; empty while the care place kept the message."""
    delay_ms: int = 0
    lost: Literal["", "there", "back"] = ""


class Call(Struct, frozen=True):
    """What a transaction may use; both times are +08:00 without zone."""

    state: State
    policies: Policies
    head: RequestHead
    business_now: datetime
    real_now: datetime
    way: Way = field(default_factory=Way)


def area_code(text: str, field: str) -> AreaCode:
    try:
        return AreaCode(text)
    except BadIdentifier as error:
        raise Refused(Reason.FIELD_WRONG, field=field) from error


def wire_time(text: str, field: str) -> datetime:
    """``yyyy-MM-dd HH:mm:ss``; raises :class:`Refused` naming the field."""
    if not _WIRE_TIME.fullmatch(text):
        raise Refused(Reason.FIELD_WRONG, field=field)
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(Reason.FIELD_WRONG, field=field) from error


def is_ahead(call: Call, moment: datetime) -> bool:
    """True from tomorrow on, by the business clock.

    Within its day the clock may stand still (practice-control): what a desk tells of today has
    happened. About midnight a desk's clock may be ahead by as much as lets it settle (B48).
    """
    return moment.date() > (call.business_now + CLOCK_TOLERANCE).date()


def wire_day(text: str, field: str) -> date:
    """``yyyy-MM-dd``; raises :class:`Refused` naming the field."""
    if not _WIRE_DAY.fullmatch(text):
        raise Refused(Reason.FIELD_WRONG, field=field)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(Reason.FIELD_WRONG, field=field) from error


def time_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def years_old(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
