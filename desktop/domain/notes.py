"""What is known of a visit beside its state: tries at what is open, traces, strays, plans.

Every class here is one kind of journal entry that never moves the visit by itself
(:data:`desktop.domain.events.Entry`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.identifiers import MdtrtId, Msgid, SetlId
from desktop.domain.identity import CheckWay, StandIn
from desktop.domain.money import Money
from desktop.domain.prints import PrintDoubted, PrintEnded, PrintIntended
from desktop.domain.split import OtherAmount

ACCEPTED = "accepted"
REFUSED = "refused"
NOT_SENT = "not-sent"
UNKNOWN = "unknown"
UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class RequestIntended:
    """About to send ``infno`` under ``msgid``; on disk before the first byte leaves."""

    infno: str
    msgid: Msgid
    request_hash: str
    """SHA-256 of what is asked (case, visit, batch, amounts), hex."""


@dataclass(frozen=True, slots=True)
class RequestAnswered:
    """The intent of ``msgid`` ended as one of the words above; unknown stays open."""

    infno: str
    msgid: Msgid
    outcome: str
    text: str = ""
    """The platform's own words, or the reason of ours."""


def ended(lost: Iterable[RequestIntended], outcome: str, by: str) -> tuple[RequestAnswered, ...]:
    """What became of requests without an answer is known now; ``by`` says how."""
    return tuple(RequestAnswered(sent.infno, sent.msgid, outcome, by) for sent in lost)


class Open(StrEnum):
    """What of a visit can be left open and be worked at later."""

    SETTLEMENT = "settlement"
    """A 2207 without a known outcome."""
    CANCEL = "cancel"
    """A 2208 without a known outcome, or a refund that stopped half-way."""
    UPLOAD = "upload"
    """A registration or lines that are to be taken back at the platform."""


class Found(StrEnum):
    """What one try at something open brought."""

    BOOKED = "booked"
    NOT_FOUND = "not-found"
    UNDONE = "undone"
    """Taken back at the platform."""
    DOUBLE = "double"
    """The platform booked one msgid twice by itself."""
    REFUSED = "refused"
    """This way is not open; another one, or a person, must find out."""
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True)
class Tried:
    """One try at finishing what was left open; it never moves the visit by itself."""

    what: Open
    by: str
    """The transactions that were asked, the deciding one last; ``person`` for a person."""
    found: Found
    at: datetime
    """The PC's clock, +08:00: the next try is counted from here."""
    platform_at: datetime | None = None
    """The answer's own time, +08:00: what the horizon is counted by."""
    text: str = ""
    """Why; holds nothing of the person."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The insurance office has it from here; the desk goes on trying all the same."""

    what: Open
    by: str
    """Operator, or ``desk`` when the tries are used up."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TraceFound:
    """A registration is this visit's to withdraw: 5201 found it after its 2201 had lost its answer,
    or every other bill on it has let go of it.
    """

    mdtrt_id: MdtrtId


@dataclass(frozen=True, slots=True)
class TraceRemoved:
    """The registration of a visit that is over, and its lines, are gone at the platform."""


@dataclass(frozen=True, slots=True)
class RefundCleared:
    """After a whole refund nothing of the visit is open at the platform any more: its lines and its
    registration are taken back, serve another bill, or stay because the platform says so.
    """


@dataclass(frozen=True, slots=True)
class StrayFound:
    """3202 names a settlement of one of our msgids on which the visit does not stand: the platform
    booked it twice, or after all. A person must have it undone.
    """

    setl_id: SetlId
    msgid: Msgid


@dataclass(frozen=True, slots=True)
class StrayGone:
    """3202 does not name it any more."""

    setl_id: SetlId


@dataclass(frozen=True, slots=True)
class RefundPlanned:
    """Somebody agreed to a refund; on disk before its 2208 (B38, B39)."""

    lines_back: tuple[str, ...]
    """Numbers of the bill's lines that are given back; empty: the whole bill."""
    by: str


@dataclass(frozen=True, slots=True)
class Torn:
    """A damaged journal gave this visit back without all of its entries; those that follow are what
    could still be read. What became of it only a person can say, so its bill is settled nowhere.
    """

    bill_no: str = ""
    revision: int = 0
    """Of the last bill that the indexes name; ``bill_no`` is "" where none does."""
    visit_no: str = ""
    msgid: Msgid | None = None
    """Of the last 2207 or 2208 that the indexes name."""
    setl_id: SetlId | None = None


@dataclass(frozen=True, slots=True)
class TornJudged:
    """Somebody looked at the platform: the settlement of a torn visit stands, or none does."""

    stands: bool
    by: str


@dataclass(frozen=True, slots=True)
class IdentityChecked:
    """人证核对: somebody, or something, compared the person with the credential (S1-24)."""

    by: str
    """Operator."""
    way: CheckWay
    at: datetime
    """The PC's clock, +08:00."""
    passed: bool = True
    evidence: str = ""
    """``authNo`` of a face flow, or the code of the problem it ended with."""


@dataclass(frozen=True, slots=True)
class StandInNamed:
    """代办: who stands in for the insured person; None: they came themselves after all."""

    stand_in: StandIn | None
    by: str
    """Operator."""


@dataclass(frozen=True, slots=True)
class DepositCounted:
    """What the patient left for this bill with another visit is this visit's from the fact on that
    decides its cash: its 2207 is booked (``Submitted`` names it), it waits as well, or the patient
    pays alone (B22).
    """

    visit: str
    """Where it was left."""
    cash: Money


@dataclass(frozen=True, slots=True)
class PaidElsewhere:
    """The settlement's cash part is with the hospital's till, not here: somebody was told what goes
    back there, or is still to be paid, after a partial refund (B39).
    """

    cash: Money
    by: str
    """Operator."""


@dataclass(frozen=True, slots=True)
class OthersAgreed:
    """The patient heard both sums of everything that is booked otherwise than they had agreed to, and
    pays what is booked (visit.md 3.1, rule 2); on disk before their cash is taken.
    """

    amounts: tuple[OtherAmount, ...]
    by: str
    """Operator who told them."""
    at: datetime
    """The PC's clock, +08:00."""


@dataclass(frozen=True, slots=True)
class SettlesBeside:
    """Somebody looked at what stands beside this bill, settled or paid, and settles it all the same."""

    visits: tuple[str, ...]
    by: str
    """Operator."""


Note = (
    RequestIntended
    | RequestAnswered
    | Tried
    | HandedOver
    | TraceFound
    | TraceRemoved
    | RefundCleared
    | StrayFound
    | StrayGone
    | RefundPlanned
    | Torn
    | TornJudged
    | IdentityChecked
    | StandInNamed
    | DepositCounted
    | PaidElsewhere
    | OthersAgreed
    | SettlesBeside
    | PrintIntended
    | PrintEnded
    | PrintDoubted
)
"""What is known of a visit beside its state."""
