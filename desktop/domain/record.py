"""What is known of one visit: the fold of its journal entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import Bill
from desktop.domain.identifiers import BatchNo, MdtrtId, Msgid, SetlId
from desktop.domain.identity import StandIn
from desktop.domain.learned import Changes, learned
from desktop.domain.money import Money
from desktop.domain.person import Filing, Insurance, Person
from desktop.domain.prints import Paper
from desktop.domain.split import LineSplit, Settlement
from desktop.domain.visit import (
    BLOCKS_NEW_SETTLEMENT,
    EFFECTIVELY_SETTLED,
    Effect,
    NotAllowed,
    State,
    transition,
)

_AFTER_CASH = frozenset((State.COLLECTED, State.PRINT_PENDING, State.PRINTED, State.CLOSED))


@dataclass(frozen=True)
class VisitRecord:
    """One visit as its entries tell it; amounts in fen."""

    state: State = State.IDLE
    effects: tuple[Effect, ...] = ()
    """What the last fact asks the services to do."""
    bill: Bill | None = None
    credential: e.CredentialRead | None = None
    person: Person | None = None
    insurance: Insurance | None = None
    filing: Filing | None = None
    checked: notes.IdentityChecked | None = None
    """The last 人证核对 that passed, of whoever stands there now."""
    stand_in: StandIn | None = None
    """Who settles for the person; None: they came themselves."""
    mdtrt_id: MdtrtId | None = None
    joined: bool = False
    """The registration belongs to an earlier bill of the same visit."""
    batch: BatchNo | None = None
    lines: tuple[LineSplit, ...] = ()
    preview: Settlement | None = None
    agreed: e.PatientAgreed | None = None
    previewed: e.Previewed | None = None
    """When the preview came, by both clocks."""
    submitted: e.Submitted | None = None
    """The last 2207."""
    settlement: Settlement | None = None
    others_agreed: notes.OthersAgreed | None = None
    """The patient's yes to what it books otherwise than they had agreed to."""
    cancelled: bool = False
    """A 2208 took the settlement back."""
    cancelled_by: Settlement | None = None
    """Its negative settlement; None where its number could not be found out."""
    taken_back: tuple[Settlement, Settlement | None] | None = None
    """What the 2208 of the last partial refund took back and its negative settlement: a 2207 of the
    rest is another settlement, and where that is not booked these are still the last ones."""
    cleared: bool = False
    """What a whole refund left at the platform is taken back; the numbers stay known for papers."""
    problems: tuple[str, ...] = ()
    cash_taken: Money | None = None
    """What the desk holds of the patient's for a settlement; None or nothing after all went back."""
    at_till: Money | None = None
    """What the hospital's till holds for the rest of a partial refund, once that was told."""
    beside: tuple[str, ...] = ()
    """Visits that stand beside this one, settled or paid, by somebody's decision."""
    deposit: Money | None = None
    """Left for the bill, or paid for it alone; once a 2207 is booked it is the settlement's."""
    counted: tuple[notes.DepositCounted, ...] = ()
    """What was left elsewhere and becomes this visit's with what is sent, or decided, now."""
    brought_from: tuple[str, ...] = ()
    """The visits whose deposit became this one's."""
    printed: int = 0
    """How often its settlement slip was printed (visit.md B36, B37)."""
    papers: tuple[Paper, ...] = ()
    """Every paper of this visit, oldest first; visits of before papers were kept have none."""
    cancel: e.CancelSubmitted | None = None
    """The last 2208."""
    before_cancel: State | None = None
    """Where the visit stood when its 2208 was sent."""
    refund: notes.RefundPlanned | None = None
    """The refund that is under way; None once it is through or was refused."""
    deferred: e.Deferred | None = None
    tried: tuple[notes.Tried, ...] = ()
    """Tries at what is open, oldest first; those of an earlier 2207 or 2208 are gone."""
    strays: tuple[SetlId, ...] = ()
    """Settlements of this visit at the platform on which it does not stand."""
    handed_over: tuple[notes.HandedOver, ...] = ()
    """What the insurance office has; as with the tries."""
    unanswered: tuple[notes.RequestIntended, ...] = ()
    """Intents without a known outcome: never answered, or answered unusably."""
    torn: notes.Torn | None = None
    """Entries of it are lost, and nobody has said yet what became of it."""
    stands_unread: bool = False
    """A person says that it is settled; the settlement itself is lost."""

    @property
    def msgid(self) -> Msgid | None:
        """Of the last 2207."""
        return self.submitted.msgid if self.submitted else None

    @property
    def blocks_new_settlement(self) -> bool:
        """The bill may not be sent again by anyone (unknown-outcome, rule 4)."""
        return self.state in BLOCKS_NEW_SETTLEMENT or self.stands_unread

    @property
    def effectively_settled(self) -> bool:
        """A settlement of this visit stands."""
        standing = self.settlement is not None and not self.cancelled
        return standing and (self.state in EFFECTIVELY_SETTLED or self.state is State.CLOSED)

    @property
    def to_give_back(self) -> Settlement | None:
        """What a refund takes back, or took; also after a 2207 of the rest that is not booked."""
        taken_back = self.taken_back[0] if self.taken_back else None
        return self.settlement or taken_back

    def lost(self, *infnos: str) -> tuple[notes.RequestIntended, ...]:
        """Requests of these transactions of which nobody knows what became."""
        return tuple(sent for sent in self.unanswered if sent.infno in infnos)

    def after(self, entry: e.Entry) -> VisitRecord:
        """The record with one entry more; raises ``NotAllowed`` for an impossible fact."""
        taught = learned(self, entry)
        if isinstance(entry, notes.Note):
            return _with(self, taught)
        if self.torn is not None:
            return _with(self, {**taught, "state": State.UNKNOWN})
        row = transition(self.state, entry)
        if not self._fits_cancel(entry):
            raise NotAllowed(self.state, type(entry))
        return _with(self, {**taught, "state": row.target, "effects": row.effects})

    def _fits_cancel(self, fact: e.Fact) -> bool:
        """A refused 2208 leads back to where the visit stood; above all it never clears a check."""
        match fact:
            case e.CancelRefusedUnbalanced():
                return self.before_cancel is State.SETTLED_NEEDS_CHECK
            case e.CancelRefused():
                return self.before_cancel in (State.SETTLED, State.UNPAID)
            case e.CancelRefusedAfterCash():
                return self.before_cancel in _AFTER_CASH
            case e.RefundUnwound():
                return self.refund is not None
            case _:
                return True


def pays_here(record: VisitRecord) -> bool:
    """The patient agreed to pay the cash part at this desk, not elsewhere in the hospital."""
    return record.agreed is not None and record.agreed.pays_here


def replay(entries: Iterable[e.Entry], record: VisitRecord | None = None) -> VisitRecord:
    """The record of a visit from its entries, oldest first; those after ``record``, with one."""
    record = record or VisitRecord()
    for entry in entries:
        record = record.after(entry)
    return record


def _with(record: VisitRecord, changes: Changes) -> VisitRecord:
    """``replace`` without its 20 µs: a visit is folded again at every step and every look."""
    changed = object.__new__(VisitRecord)
    changed.__dict__.update(record.__dict__)
    changed.__dict__.update(changes)
    return changed
