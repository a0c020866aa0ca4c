"""The way of a message: 就医地 → 国家 → 参保地 and back, and what each of the three did; pure.

The log tells places, areas, numbers of messages and reasons. It never tells whom a message was
about, nor the free text of a refusal, which may name a disease or a visit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.sandbox.row import Row

KEPT: Final = 5000
"""Messages that the log remembers; older ones are forgotten."""


class Place(StrEnum):
    """The three parties."""

    CARE = "就医地"
    EXCHANGE = "国家"
    INSURED = "参保地"


class Did(StrEnum):
    """What a party did with a message."""

    FORWARDED = "forwarded"
    ROUTED = "routed"
    REFUSED = "refused"
    LOST = "lost"
    SETTLED = "settled"
    CANCELLED = "cancelled"
    REVERSED = "reversed"
    ACCOUNT = "account"
    """The step of a real account, by itself after the pool's (S2-08): its note tells how it ended."""
    ANSWERED = "answered"
    RETURNED = "returned"
    SPOILT = "spoilt"


class Hop(Row, frozen=True, kw_only=True):
    """One station of a message; ``note`` is a reason's name, a delay or a fault."""

    place: Place
    did: Did
    area: str = ""
    note: str = ""


class Ask(Row, frozen=True, kw_only=True):
    """Which message it was; ``at`` is business time, +08:00 without zone."""

    msgid: str
    infno: str
    at: datetime
    institution: str
    care_area: str


class Message(Row, frozen=True, kw_only=True):
    """A message with its way."""

    number: int
    """Counts messages since the start or the last reset."""
    ask: Ask
    hops: tuple[Hop, ...]


class MessageLog:
    """The latest messages, oldest first; kept in memory, not in the data folder."""

    def __init__(self, kept: int = KEPT) -> None:
        self._messages: deque[Message] = deque(maxlen=kept)
        self._number = 0

    def add(self, ask: Ask, hops: Iterable[Hop]) -> None:
        self._number += 1
        self._messages.append(Message(number=self._number, ask=ask, hops=tuple(hops)))

    def clear(self) -> None:
        self._messages.clear()
        self._number = 0

    def latest(self, count: int, msgid: str | None = None) -> tuple[Message, ...]:
        """The last ``count`` messages, of that ``msgid`` when one is named; oldest first."""
        found = [row for row in self._messages if msgid in (None, row.ask.msgid)]
        return tuple(found[-count:])
