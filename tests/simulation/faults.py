"""Everything that can go wrong in the simulated world, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Delivery(StrEnum):
    """What comes back over the line; the words are those of the story."""

    ANSWER = "the answer arrives"
    NOT_SENT = "no connection"
    TIMED_OUT = "no answer ever comes"
    BROKEN_OFF = "the connection breaks"
    HTTP_500 = "HTTP 500 comes back"
    TRUNCATED = "half an answer arrives"
    GARBLED = "rubbish arrives"
    GATEWAY_401 = "the gateway turns it away (401)"
    GATEWAY_999 = "the gateway fails (999)"
    OF_ANOTHER = "the answer to another message arrives"


@dataclass(frozen=True, slots=True)
class Spoiling:
    """How a sending goes: how often the platform acts, now and later, and what comes back."""

    acts: int
    delivery: Delivery
    later: int = 0
    """1: the platform acts once (more) within the settle horizon."""


class SendFault(StrEnum):
    """Faults of one request on its way; the words are those of the statistics."""

    NOT_SENT = "not sent"
    LOST_BEFORE = "lost before booking"
    LOST_AFTER = "answer lost after booking"
    RESET_BEFORE = "reset before booking"
    RESET_AFTER = "reset after booking"
    LATE = "booked late"
    DOUBLED = "booked twice"
    DOUBLED_LOST = "booked twice, answer lost"
    DOUBLED_LATE = "booked again later"
    HTTP_500_BEFORE = "HTTP 500 before booking"
    HTTP_500_AFTER = "HTTP 500 after booking"
    TRUNCATED = "truncated answer"
    GARBLED_BEFORE = "garbled before booking"
    GARBLED_AFTER = "garbled after booking"
    GATEWAY_401 = "gateway 401"
    GATEWAY_999_BEFORE = "gateway 999 before booking"
    GATEWAY_999_AFTER = "gateway 999 after booking"
    OF_ANOTHER = "answer to another message"
    REFUSED = "business refusal"
    UNBALANCED = "sums that do not add up"
    DELAYED = "slow answer"
    KILL_BEFORE = "killed before sending"
    KILL_ACTED = "killed after the platform acted"


SPOILINGS: Mapping[SendFault, Spoiling] = MappingProxyType(
    {
        SendFault.NOT_SENT: Spoiling(0, Delivery.NOT_SENT),
        SendFault.LOST_BEFORE: Spoiling(0, Delivery.TIMED_OUT),
        SendFault.LOST_AFTER: Spoiling(1, Delivery.TIMED_OUT),
        SendFault.RESET_BEFORE: Spoiling(0, Delivery.BROKEN_OFF),
        SendFault.RESET_AFTER: Spoiling(1, Delivery.BROKEN_OFF),
        SendFault.LATE: Spoiling(0, Delivery.TIMED_OUT, later=1),
        SendFault.DOUBLED: Spoiling(2, Delivery.ANSWER),
        SendFault.DOUBLED_LOST: Spoiling(2, Delivery.TIMED_OUT),
        SendFault.DOUBLED_LATE: Spoiling(1, Delivery.ANSWER, later=1),
        SendFault.HTTP_500_BEFORE: Spoiling(0, Delivery.HTTP_500),
        SendFault.HTTP_500_AFTER: Spoiling(1, Delivery.HTTP_500),
        SendFault.TRUNCATED: Spoiling(1, Delivery.TRUNCATED),
        SendFault.GARBLED_BEFORE: Spoiling(0, Delivery.GARBLED),
        SendFault.GARBLED_AFTER: Spoiling(1, Delivery.GARBLED),
        SendFault.GATEWAY_401: Spoiling(0, Delivery.GATEWAY_401),
        SendFault.GATEWAY_999_BEFORE: Spoiling(0, Delivery.GATEWAY_999),
        SendFault.GATEWAY_999_AFTER: Spoiling(1, Delivery.GATEWAY_999),
        SendFault.OF_ANOTHER: Spoiling(1, Delivery.OF_ANOTHER),
        SendFault.REFUSED: Spoiling(0, Delivery.ANSWER),
        SendFault.UNBALANCED: Spoiling(1, Delivery.ANSWER),
        SendFault.DELAYED: Spoiling(1, Delivery.ANSWER),
        SendFault.KILL_BEFORE: Spoiling(0, Delivery.NOT_SENT),
        SendFault.KILL_ACTED: Spoiling(1, Delivery.TIMED_OUT),
    }
)
HEALTHY = Spoiling(1, Delivery.ANSWER)

ONLY_SETTLING = frozenset((SendFault.OF_ANOTHER, SendFault.UNBALANCED))
"""Faults that a question without amounts or names of its own does not have."""


class DiskFault(StrEnum):
    """Faults of one durable write."""

    FULL = "disk full"
    KILL_BEFORE = "killed before the commit"
    KILL_AFTER = "killed after the commit"
    KEPT_AFTER_ALL = "write failed, power cut, entries found whole"


class WorldFault(StrEnum):
    """What else happens meanwhile."""

    CLOCK_FORWARD = "desk clock jumps forward"
    CLOCK_BACK = "desk clock jumps back"
    USED_ELSEWHERE = "quota used elsewhere"
    FILING_WITHDRAWN = "filing withdrawn meanwhile"
    TWO_WINDOWS = "two windows on one bill"
    SAME_VISIT = "two bills of one visit at once"
    NEW_YEAR = "New Year while settling"
    PRINTER = "printer fails"
    LEFT = "patient leaves"
    LINE_DOWN = "line down for minutes"
    CODE_AGAIN = "voucher scanned twice"
    TOKEN_AGAIN = "voucher's token shown again"
    DAWDLED = "voucher's token expires"
    SESSION_ENDED = "session ends"
    CLEARED = "office clears a stray settlement"
    REVISED = "bill revised under way"
    BESIDE = "revision settled beside the bill"
    TYPED = "bill typed at the desk"
    TYPED_AGAIN = "charges typed at the other window too"
    DEPOSIT = "whole bill left as a deposit"
    EARLIER_VERSION = "agreement without intent, of an earlier version"
    DEPOSIT_USED = "deposit used for what is due"


EVERY_FAULT: tuple[str, ...] = (*SendFault, *DiskFault, *WorldFault)
