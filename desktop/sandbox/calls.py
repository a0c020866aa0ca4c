"""One transaction under way, and the checks that many transactions share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct, field

from desktop.domain.times import CLOCK_TOLERANCE
from desktop.nhsa.envelope import RequestHead
from desktop.sandbox.insured_place.policy import Policies
from desktop.sandbox.state import State


class Way(Struct):
    """How far a message came; written by the national exchange, ``account`` by the insured area."""

    area: str = ""
    """The insured area that was asked; empty while the care place kept the message."""
    delay_ms: int = 0
    lost: Literal["", "there", "back"] = ""
    account: str = ""
    """How the bank's step of a real account ended; empty where no bank was asked."""


class Call(Struct, frozen=True):
    """What a transaction may use; both times are +08:00 without zone."""

    state: State
    policies: Policies
    head: RequestHead
    business_now: datetime
    real_now: datetime
    way: Way = field(default_factory=Way)


def wire_time(text: str) -> datetime:
    """``yyyy-MM-dd HH:mm:ss``, which :mod:`desktop.sandbox.fields` has looked at."""
    return datetime.fromisoformat(text)


def is_ahead(call: Call, moment: datetime) -> bool:
    """True from tomorrow on, by the business clock.

    Within its day the clock may stand still (practice-control): what a desk tells of today has
    happened. About midnight a desk's clock may be ahead by as much as lets it settle (B48).
    """
    return moment.date() > (call.business_now + CLOCK_TOLERANCE).date()


def wire_day(text: str) -> date:
    """``yyyy-MM-dd``, which :mod:`desktop.sandbox.fields` has looked at."""
    return date.fromisoformat(text)


def time_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def years_old(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
