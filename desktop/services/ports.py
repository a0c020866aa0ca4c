"""What the services stand on: small protocols, handed in by ``desktop/app.py``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from desktop.domain.charges import Bill, BillKey
from desktop.domain.credential import Credential
from desktop.domain.events import Entry
from desktop.domain.identifiers import AreaCode, Msgid
from desktop.domain.record import VisitRecord, replay
from desktop.knowledge.refusals import Refusals
from desktop.ledger.journal import Recorded, VisitId
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Outcome
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.question import Question

T = TypeVar("T")

Clock = Callable[[], datetime]
"""Now, +08:00."""


class Platform(Protocol):
    """The line to the platform: every question is sent once, and none ever raises."""

    def query(self, question: Question[In, Out, T]) -> Outcome[T]:
        """Ask what changes nothing."""
        ...

    def ask(self, question: Question[In, Out, T], msgid: Msgid) -> Outcome[T]:
        """Ask under a msgid that is written down."""
        ...

    def decode_voucher(self, scanned: str) -> Outcome[Credential]:
        """The credential behind a scanned 医保码; the code is spent by asking."""
        ...

    def sign_in(self) -> Outcome[str]:
        """9001 for this operator; later questions carry its ``sign_no`` by themselves."""
        ...


class Journal(Protocol):
    """The encrypted journal (``desktop/ledger``)."""

    def append(self, visit: VisitId, entries: Sequence[Entry], at: datetime) -> None: ...
    def entries(self, visit: VisitId) -> Sequence[Recorded]: ...
    def visits_of_bill(self, key: BillKey) -> Sequence[VisitId]: ...
    def visits_of_visit_number(self, visit_no: str) -> Sequence[VisitId]: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk's ports and the two facts about its place."""

    platform: Platform
    journal: Journal
    next_msgid: Callable[[], Msgid]
    new_visit_id: Callable[[], VisitId]
    clock: Clock
    refusals: Refusals
    place: AreaCode
    """就医地 of this hospital."""
    institution: str
    """``fixmedins_code`` of this hospital."""

    def record(self, visit: VisitId) -> VisitRecord:
        """What the journal tells of one visit."""
        return replay(recorded.entry for recorded in self.journal.entries(visit))


@dataclass(frozen=True, slots=True)
class Case:
    """Who, under which insurance, with which credential — and for which bill."""

    claim: Claim
    bill: Bill
