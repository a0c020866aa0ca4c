"""A line on which no further question leaves when the time is up: one try of the queue is bounded.

A question that has left may still take its own time-out; nothing is broken off on its way.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from desktop.domain.credential import Credential
from desktop.domain.identifiers import Msgid
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import NotSent, Outcome
from desktop.nhsa.questions.question import Question
from desktop.nhsa.transport import WhyNotSent
from desktop.services.ports import Clock, Desk, Platform

T = TypeVar("T")

FIRST = timedelta(seconds=30)
"""For the first try at something; each one after it gets twice the time of the one before."""
LONGEST = timedelta(minutes=5)
"""Enough for every question of a try at a platform that barely answers in time."""


def at_most(desk: Desk, tries: int) -> Desk:
    """The same desk for one try, after so many ``tries``."""
    return within(desk, min(FIRST * 2 ** min(tries, 5), LONGEST))


def within(desk: Desk, limit: timedelta) -> Desk:
    """The same desk, which asks nothing more when ``limit`` is over."""
    line = _LineInTime(desk.platform, desk.clock, desk.clock() + limit)
    return replace(desk, platform=line)


class _LineInTime:
    """A :class:`~desktop.services.ports.Platform` up to a moment of the PC's clock."""

    def __init__(self, platform: Platform, clock: Clock, until: datetime) -> None:
        self._platform = platform
        self._clock = clock
        self._until = until

    def query(self, question: Question[In, Out, T]) -> Outcome[T]:
        return self._platform.query(question) if self._in_time else _TOO_LATE

    def ask(self, question: Question[In, Out, T], msgid: Msgid) -> Outcome[T]:
        return self._platform.ask(question, msgid) if self._in_time else _TOO_LATE

    def decode_voucher(self, scanned: str) -> Outcome[Credential]:
        return self._platform.decode_voucher(scanned) if self._in_time else _TOO_LATE

    def sign_in(self) -> Outcome[str]:
        return self._platform.sign_in() if self._in_time else _TOO_LATE

    @property
    def _in_time(self) -> bool:
        return self._clock() <= self._until


_TOO_LATE = NotSent(WhyNotSent.OUT_OF_TIME)
