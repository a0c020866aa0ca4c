"""What the services stand on: small protocols, handed in by ``desktop/app.py``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from msgspec import Struct, field

from desktop.domain.charges import Bill, BillKey
from desktop.domain.credential import Credential
from desktop.domain.events import Entry
from desktop.domain.identifiers import AreaCode, Msgid, PsnNo, SetlId
from desktop.domain.person import Person
from desktop.domain.record import VisitRecord
from desktop.domain.visit import NotAllowed
from desktop.knowledge.refusals import Refusals
from desktop.knowledge.reversals import Reversals
from desktop.ledger.errors import incoherent
from desktop.ledger.journal import Recorded, VisitId
from desktop.nhsa.messages.transaction import In, Out
from desktop.nhsa.outcome import Outcome
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.question import Question
from desktop.services.told import Memory, Told

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


class FaceTerminal(Protocol):
    """The platform's face terminal, where a site has one; it never raises."""

    def authorise_face(self, number: str) -> Outcome[str]:
        """``authNo`` of whoever stands there; ``number`` is used once."""
        ...

    def check_face(self, number: str, auth_no: str) -> Outcome[Credential]:
        """Whose face that authorisation saw."""
        ...


class Journal(Protocol):
    """The encrypted journal (``desktop/ledger``)."""

    def writes(self, visit: VisitId) -> int:
        """Writes to a visit since opening: as many as before, and its entries are the same."""
        ...

    def append(self, visit: VisitId, entries: Sequence[Entry], at: datetime) -> None: ...
    def entries(self, visit: VisitId) -> Sequence[Recorded]: ...
    def entries_after(self, visit: VisitId, seq: int) -> Sequence[Recorded]: ...
    def visits_of_bill(self, key: BillKey) -> Sequence[VisitId]: ...
    def visits_of_any_revision(self, bill_no: str) -> Sequence[VisitId]: ...
    def settling(self) -> Sequence[VisitId]: ...
    def visits_of_visit_number(self, visit_no: str) -> Sequence[VisitId]: ...
    def visits_of_person(self, person: Person, since: date) -> Sequence[VisitId]: ...
    def is_somebodys(self, visit: VisitId) -> bool: ...
    def visits_of_settlement(self, setl_id: SetlId) -> Sequence[VisitId]: ...
    def visits_of_msgid(self, msgid: Msgid) -> Sequence[VisitId]: ...
    def visits(self, day: date | None = None) -> Sequence[VisitId]: ...
    def visits_since(self, moment: datetime) -> Sequence[VisitId]: ...
    def unanswered(self) -> Sequence[Recorded]: ...
    def unknown(self) -> Sequence[Recorded]: ...
    def open_visits(self) -> Sequence[VisitId]: ...
    def lay_to_rest(self, visits: Sequence[VisitId]) -> None: ...
    def use_code(self, code: str, at: datetime) -> bool: ...
    def forget_code(self, code: str) -> None: ...


class Reversal(StrEnum):
    """How a lost settlement may be taken back at this site (``reversal`` of the settings)."""

    BY_2601 = "2601"
    BY_2208 = "2208_after_lookup"
    """2601 is not open: only what was looked up can be cancelled, by a refund."""
    MANUAL = "manual"


class SitePolicy(Struct, frozen=True):
    """How this site resolves a lost outcome."""

    reversal: Reversal = Reversal.BY_2601
    queries: frozenset[str] = frozenset(("3202", "5203", "5201"))
    """Transactions that this site answers."""
    settle_horizon: timedelta = timedelta(minutes=10)
    """No platform books later than this after a request left."""

    @property
    def looks_up(self) -> bool:
        """True where a settlement of which only the msgid is known can be found."""
        return {"3202", "5203"} <= self.queries


class VisitLocks(Protocol):
    """Who works on which person's visit (visit.md B49); other desks join by the hub."""

    def take(self, key: VisitKey, visit: VisitId, who: str) -> str:
        """Hold the key for ``visit``; "" when it is held now, else who holds it."""
        ...

    def release(self, visit: VisitId) -> None:
        """Let go of everything that ``visit`` holds."""
        ...


class VisitKey(Struct, frozen=True):
    """One person's visit of one 门诊号."""

    psn_no: PsnNo
    visit_no: str


class Desk(Struct, frozen=True):
    """One desk's ports and the facts about its place."""

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
    reversals: Reversals
    locks: VisitLocks
    policy: SitePolicy = SitePolicy()
    window: str = "01"
    """The station, as people name it: 窗口 01."""
    operator: str = "0001"
    face: FaceTerminal | None = None
    """None unless the settings say that one stands here."""

    memory: Memory = field(default_factory=Memory)
    """Of this journal's visits; desks of one journal may share it."""

    def told(self, visit: VisitId) -> Told:
        """One visit as the journal holds it now.

        Raises ``JournalDamaged`` where its entries do not follow from each other.
        """
        try:
            return self.memory.told(self.journal, visit)
        except NotAllowed as fault:
            raise incoherent() from fault

    def record(self, visit: VisitId) -> VisitRecord:
        """What the journal tells of one visit."""
        return self.told(visit).record


class Case(Struct, frozen=True):
    """Who, under which insurance, with which credential — and for which bill."""

    claim: Claim
    bill: Bill
