"""Requests of the desk: what leaves traces is on disk by name before it leaves.

A session that has ended is renewed silently, once, before the request is made again (B51); 2207
and 2208 never come by here.
"""

from __future__ import annotations

from typing import TypeVar

from desktop.domain.identifiers import Msgid
from desktop.domain.notes import (
    ACCEPTED,
    NOT_SENT,
    REFUSED,
    UNKNOWN,
    RequestAnswered,
    RequestIntended,
)
from desktop.domain.problems import ProblemCode
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused
from desktop.nhsa.questions.question import Question
from desktop.services.ending import said_no
from desktop.services.ports import Desk
from desktop.services.visit_log import VisitLog

T = TypeVar("T")


def query(desk: Desk, question: Question[In, Out, T]) -> Outcome[T]:
    """Ask what changes nothing and needs no journal."""
    outcome = desk.platform.query(question)
    return desk.platform.query(question) if _signed_in_anew(desk, outcome) else outcome


def send(
    desk: Desk, log: VisitLog, question: Question[In, Out, T], msgid: Msgid | None = None
) -> Outcome[T]:
    """Write the intent down, send once, note how it ended; ``msgid`` when it is taken already."""
    if msgid is not None:
        return _send(desk, log, question, msgid, durable=True)
    return _sent(desk, log, question, durable=True)


def ask(desk: Desk, log: VisitLog, question: Question[In, Out, T]) -> Outcome[T]:
    """The same for what changes nothing or may be repeated: on disk with the next write."""
    return _sent(desk, log, question, durable=False)


def _sent(
    desk: Desk, log: VisitLog, question: Question[In, Out, T], *, durable: bool
) -> Outcome[T]:
    outcome = _send(desk, log, question, desk.next_msgid(), durable=durable)
    if _signed_in_anew(desk, outcome):
        return _send(desk, log, question, desk.next_msgid(), durable=durable)
    return outcome


def _signed_in_anew(desk: Desk, outcome: Outcome[T]) -> bool:
    """The platform refused for want of a session, and has given one now."""
    if not said_no(outcome):
        return False
    wanted = desk.refusals.find(outcome.text) is ProblemCode.SIGN_IN_NEEDED
    return wanted and isinstance(desk.platform.sign_in(), Accepted)


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
