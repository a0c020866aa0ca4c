"""What became of a request: accepted, refused, surely not sent, or unknown — decided here, once.

The rule (contracts, "What counts as an answer of 2207"; unknown-outcome): a well-formed
envelope with ``infcode`` 0, the needed fields, and the names that were asked is a yes. A
well-formed envelope with another ``infcode``, or a 401 of the gateway, is a no. Everything else
that happened after a connection existed is unknown; a doubt never becomes a yes or a no.

A body that is not UTF-8 is unknown even where GBK would make it a refusal: taking a guess for a
no would let a second settlement start, and costs more than asking the platform again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.nhsa.dates import http_date, stamp_of
from desktop.nhsa.decoder import Unreadable, parse, whole_number
from desktop.nhsa.envelope import Response, read_response
from desktop.nhsa.messages.transaction import In, Out, Transaction
from desktop.nhsa.transport import LostError, NotSentError, Reply, WhyLost, WhyNotSent

T = TypeVar("T")
U = TypeVar("U")


class By(StrEnum):
    """Who said no."""

    PLATFORM = "platform"
    GATEWAY = "gateway"
    """Nothing reached the business system."""


class WhyUnknown(StrEnum):
    """Why it is not known whether the platform acted."""

    TIMED_OUT = "timed-out"
    BROKEN_OFF = "broken-off"
    TOO_LARGE = "too-large"
    GIVEN_UP = "given-up"
    LIBRARY_FAILED = "library-failed"
    HTTP_STATUS = "http-status"
    GATEWAY_FAILED = "gateway-failed"
    UNREADABLE = "unreadable"
    NOT_OURS = "not-ours"
    """An answer to another msgid, visit or person."""


class Accepted(Struct, Generic[T], frozen=True):
    """A definite yes."""

    value: T
    platform_time: datetime | None
    """``respond_time``, else the HTTP Date, +08:00: what the PC's clock is compared with."""


class Refused(Discreet, Struct, frozen=True):
    """A definite no."""

    said = ("code", "by", "platform_time")

    text: str
    """The platform's own sentence, word for word; may name the person: never log it."""
    code: str
    """``infcode`` or the gateway's code, as text."""
    by: By
    platform_time: datetime | None


class NotSent(Struct, frozen=True):
    """A definite no: nothing left this PC."""

    why: WhyNotSent

    @property
    def platform_time(self) -> None:
        """Nobody answered."""


class Unknown(Struct, frozen=True):
    """Perhaps: to be resolved, never resent (house rule 3)."""

    why: WhyUnknown
    text: str
    """Where it went wrong, for the journal and the log: holds nothing of the person."""
    platform_time: datetime | None = None


Outcome: TypeAlias = Accepted[T] | Refused | NotSent | Unknown

_NOT_ALLOWED = "401"
"""Status and code with which a gateway turns a caller away."""

_LOST = {
    WhyLost.TIMED_OUT: WhyUnknown.TIMED_OUT,
    WhyLost.BROKEN_OFF: WhyUnknown.BROKEN_OFF,
    WhyLost.TOO_LARGE: WhyUnknown.TOO_LARGE,
    WhyLost.GIVEN_UP: WhyUnknown.GIVEN_UP,
    WhyLost.LIBRARY_FAILED: WhyUnknown.LIBRARY_FAILED,
}


def outcome_of_failure(failure: NotSentError | LostError) -> NotSent | Unknown:
    """What a request without an answer became."""
    if isinstance(failure, NotSentError):
        return NotSent(failure.why)
    return Unknown(_LOST[failure.why], str(failure))


def outcome_of_reply(
    transaction: Transaction[In, Out], reply: Reply, is_ours: Callable[[Out], bool]
) -> Outcome[Out]:
    """What a whole HTTP answer means; ``is_ours`` compares it with what was asked."""
    if transaction.of_file is not None and _is_file(reply):
        return Accepted(transaction.of_file(reply.body), http_date(reply.headers))

    def of_envelope(tree: Mapping[str, object]) -> Outcome[Out]:
        _refuse_gateways(tree)
        return _outcome_of_envelope(transaction, read_response(tree), is_ours, reply)

    return outcome_of_body(reply, of_envelope)


def _is_file(reply: Reply) -> bool:
    """A yes of 9102 is a stream, a no is JSON: the content type tells (1.5)."""
    return reply.status == 200 and "octet-stream" in reply.headers.get("content-type", "")


def outcome_of_body(
    reply: Reply, of_service: Callable[[Mapping[str, object]], Outcome[T]]
) -> Outcome[T]:
    """What every answer has in common; ``of_service`` is asked about the service's own words.

    ``of_service`` gets the body, parsed, and may raise :class:`NotTheServiceError` and
    :class:`~desktop.nhsa.decoder.Unreadable`.
    """
    try:
        tree = _answer_tree(reply)
        return _refused_by_gateway(tree, reply) or of_service(tree)
    except NotTheServiceError as failure:
        return Unknown(failure.why, str(failure), http_date(reply.headers))
    except Unreadable as failure:
        return Unknown(WhyUnknown.UNREADABLE, str(failure), http_date(reply.headers))


class NotTheServiceError(Exception):
    """Something before the service answered, and does not say whether it passed on."""

    def __init__(self, why: WhyUnknown, text: str) -> None:
        super().__init__(text)
        self.why = why


def _answer_tree(reply: Reply) -> Mapping[str, object]:
    if reply.status == 200:
        return parse(reply.body)
    unknown = NotTheServiceError(WhyUnknown.HTTP_STATUS, f"HTTP {reply.status}")
    if reply.status != 401:
        raise unknown
    try:
        tree = parse(reply.body)
    except Unreadable:
        raise unknown from None
    if tree.get("code") != _NOT_ALLOWED:
        raise unknown
    return tree


def _refused_by_gateway(tree: Mapping[str, object], reply: Reply) -> Refused | None:
    """A gateway's 401 is a no (5.1)."""
    if "infcode" in tree or tree.get("code") != _NOT_ALLOWED:
        return None
    text = tree.get("message", tree.get("msg", ""))
    said = text if isinstance(text, str) else ""
    return Refused(said, _NOT_ALLOWED, By.GATEWAY, http_date(reply.headers))


def _refuse_gateways(tree: Mapping[str, object]) -> None:
    """Any other code of a gateway may hide a yes (5.1)."""
    code = tree.get("code")
    if "infcode" not in tree and code not in (None, "0"):
        shown = code if isinstance(code, str) and len(code) <= 10 else "?"
        raise NotTheServiceError(WhyUnknown.GATEWAY_FAILED, f"code {shown}")


def _outcome_of_envelope(
    transaction: Transaction[In, Out],
    response: Response,
    is_ours: Callable[[Out], bool],
    reply: Reply,
) -> Outcome[Out]:
    head = response.head
    at = stamp_of(head.respond_time) or http_date(reply.headers)
    if _infcode(response) != 0:
        return Refused(head.err_msg or "", str(head.infcode), By.PLATFORM, at)
    output = response.output_of(transaction)
    if not is_ours(output):
        return Unknown(WhyUnknown.NOT_OURS, "another msgid, visit or person", at)
    return Accepted(output, at)


def _infcode(response: Response) -> int:
    try:
        return whole_number(response.head.infcode)
    except Unreadable as error:
        raise error.inside("infcode") from error


def translated(outcome: Outcome[T], to_domain: Callable[[T], U]) -> Outcome[U]:
    """The outcome in words of the house; what those words cannot hold is unreadable."""
    if not isinstance(outcome, Accepted):
        return outcome
    try:
        return Accepted(to_domain(outcome.value), outcome.platform_time)
    except Unreadable as failure:
        return Unknown(WhyUnknown.UNREADABLE, str(failure), outcome.platform_time)
