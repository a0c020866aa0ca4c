"""Whether the line stands, learned from nothing but the requests that were made anyway (B22)."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from desktop.domain.credential import Credential
from desktop.domain.identifiers import Msgid
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused, Unknown, WhyUnknown
from desktop.nhsa.questions.question import Question
from desktop.nhsa.transport import WhyNotSent
from desktop.services.ending import by_library
from desktop.services.ports import Clock, Platform

T = TypeVar("T")


class LineNews(Struct, frozen=True):
    """How the last request ended."""

    down_since: datetime | None
    """+08:00; None when it was answered, if only with a no."""


class WatchedLine:
    """A :class:`Platform` that remembers how its last request ended; used by one thread at a time.

    Any answer, also a no, shows that the line stands; none, or one that says nothing, that it does
    not. A question that the cashier gave up shows neither.
    """

    def __init__(self, platform: Platform, clock: Clock) -> None:
        self._platform = platform
        self._clock = clock
        self.news: LineNews | None = None
        """None until something was asked: then nobody knows. May be read on any thread."""

    def query(self, question: Question[In, Out, T]) -> Outcome[T]:
        return self._noted(self._platform.query(question))

    def ask(self, question: Question[In, Out, T], msgid: Msgid) -> Outcome[T]:
        return self._noted(self._platform.ask(question, msgid))

    def decode_voucher(self, scanned: str) -> Outcome[Credential]:
        outcome = self._platform.decode_voucher(scanned)
        return outcome if by_library(outcome) else self._noted(outcome)

    def sign_in(self) -> Outcome[str]:
        return self._noted(self._platform.sign_in())

    def _noted(self, outcome: Outcome[T]) -> Outcome[T]:
        if _is_given_up(outcome):
            return outcome
        answered = isinstance(outcome, Accepted | Refused)
        before = self.news.down_since if self.news else None
        self.news = LineNews(None if answered else before or self._clock())
        return outcome


def _is_given_up(outcome: Outcome[T]) -> bool:
    match outcome:
        case NotSent(WhyNotSent.GIVEN_UP) | Unknown(WhyUnknown.GIVEN_UP):
            return True
        case _:
            return False
