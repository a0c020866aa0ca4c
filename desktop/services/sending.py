"""Requests that leave traces: their names are on disk before they leave."""

from __future__ import annotations

from typing import TypeVar

from desktop.domain.events import (
    ACCEPTED,
    NOT_SENT,
    REFUSED,
    UNKNOWN,
    RequestAnswered,
    RequestIntended,
)
from desktop.domain.identifiers import Msgid
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused
from desktop.nhsa.questions.question import Question
from desktop.services.ports import Desk
from desktop.services.visit_log import VisitLog

T = TypeVar("T")


def send(
    desk: Desk, log: VisitLog, question: Question[In, Out, T], msgid: Msgid | None = None
) -> Outcome[T]:
    """Write the intent down, send once, note how it ended; ``msgid`` when it is taken already."""
    return _send(desk, log, question, msgid or desk.next_msgid(), durable=True)


def ask(desk: Desk, log: VisitLog, question: Question[In, Out, T]) -> Outcome[T]:
    """The same for what changes nothing or may be repeated: on disk with the next write."""
    return _send(desk, log, question, desk.next_msgid(), durable=False)


def _send(
    desk: Desk, log: VisitLog, question: Question[In, Out, T], msgid: Msgid, *, durable: bool
) -> Outcome[T]:
    log.note(RequestIntended(question.infno, msgid, question.request_hash))
    if durable:
        log.write()
    outcome = desk.platform.ask(question, msgid)
    log.note(RequestAnswered(question.infno, msgid, *_in_words(outcome)))
    return outcome


def _in_words(outcome: Outcome[T]) -> tuple[str, str]:
    if isinstance(outcome, Accepted):
        return ACCEPTED, ""
    if isinstance(outcome, Refused):
        return REFUSED, outcome.text
    if isinstance(outcome, NotSent):
        return NOT_SENT, outcome.why
    return UNKNOWN, f"{outcome.why} {outcome.text}".rstrip()
