"""What is known of one visit: the fold of its journal entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.domain import events as e
from desktop.domain.charges import Bill
from desktop.domain.identifiers import BatchNo, MdtrtId, Msgid
from desktop.domain.money import Money
from desktop.domain.person import Filing, Insurance, Person
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


@dataclass(frozen=True, slots=True)
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
    cancelled_by: Settlement | None = None
    problems: tuple[str, ...] = ()
    cash_taken: Money | None = None
    """What the desk holds of the patient's; None or nothing after all went back."""
    printed: int = 0
    """How often a paper of this visit was printed (visit.md B36, B37)."""
    cancel: e.CancelSubmitted | None = None
    """The last 2208."""
    before_cancel: State | None = None
    """Where the visit stood when its 2208 was sent."""
    refund: e.RefundPlanned | None = None
    """The refund that is under way; None once it is through or was refused."""
    deferred: e.Deferred | None = None
    tried: tuple[e.Tried, ...] = ()
    """Tries at what is open, oldest first; those of an earlier 2207 or 2208 are gone."""
    handed_over: tuple[e.HandedOver, ...] = ()
    """What the insurance office has; as with the tries."""
    unanswered: tuple[e.RequestIntended, ...] = ()
    """Intents without a known outcome: never answered, or answered unusably."""

    @property
    def msgid(self) -> Msgid | None:
        """Of the last 2207."""
        return self.submitted.msgid if self.submitted else None

    @property
    def blocks_new_settlement(self) -> bool:
        """The bill may not be sent again by anyone (unknown-outcome, rule 4)."""
        return self.state in BLOCKS_NEW_SETTLEMENT

    @property
    def effectively_settled(self) -> bool:
        """A settlement of this visit stands."""
        standing = self.settlement is not None and self.cancelled_by is None
        return standing and (self.state in EFFECTIVELY_SETTLED or self.state is State.CLOSED)

    def after(self, entry: e.Entry) -> VisitRecord:
        """The record with one entry more; raises ``NotAllowed`` for an impossible fact."""
        if isinstance(entry, e.Note):
            return _noted(self, entry)
        row = transition(self.state, entry)
        if not self._fits_cancel(entry):
            raise NotAllowed(self.state, type(entry))
        return replace(_learned(self, entry), state=row.target, effects=row.effects)

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


def replay(entries: Iterable[e.Entry]) -> VisitRecord:
    """The record of a visit from all its entries, oldest first."""
    record = VisitRecord()
    for entry in entries:
        record = record.after(entry)
    return record


def _noted(record: VisitRecord, note: e.Note) -> VisitRecord:
    match note:
        case e.RequestIntended():
            return replace(record, unanswered=(*record.unanswered, note))
        case e.RequestAnswered(_, _, e.UNKNOWN, _):
            return record
        case e.RequestAnswered(_, msgid):
            left = tuple(sent for sent in record.unanswered if sent.msgid != msgid)
            return replace(record, unanswered=left)
        case e.Tried():
            return replace(record, tried=(*record.tried, note))
        case e.HandedOver():
            return replace(record, handed_over=(*record.handed_over, note))
        case e.RefundPlanned():
            return replace(record, refund=note)
        case e.TraceFound(mdtrt_id):
            return replace(record, mdtrt_id=mdtrt_id, joined=False)
        case e.TraceRemoved():
            return replace(record, mdtrt_id=None, batch=None, lines=())


def _begun_anew(record: VisitRecord, what: e.Open) -> VisitRecord:
    """Tries at an earlier request say nothing about the one that is sent now."""
    return replace(
        record,
        tried=tuple(tried for tried in record.tried if tried.what is not what),
        handed_over=tuple(given for given in record.handed_over if given.what is not what),
    )


def _learned(record: VisitRecord, fact: e.Fact) -> VisitRecord:
    match fact:
        case e.BillTaken(bill):
            return replace(record, bill=bill)
        case e.CredentialRead():
            return replace(record, credential=fact)
        case e.PersonIdentified(person, insurance):
            return replace(record, person=person, insurance=insurance)
        case e.BenefitsConfirmed(_, filing):
            return replace(record, filing=filing)
        case _:
            return _learned_of_visit(record, fact)


def _learned_of_visit(record: VisitRecord, fact: e.Fact) -> VisitRecord:
    match fact:
        case e.Registered(mdtrt_id, joined):
            return replace(record, mdtrt_id=mdtrt_id, joined=joined)
        case e.RegistrationCancelled():
            return replace(record, mdtrt_id=None)
        case e.LinesUploaded(batch, lines):
            return replace(record, batch=batch, lines=lines)
        case e.LinesRemoved():
            return replace(record, batch=None, lines=(), preview=None, previewed=None)
        case _:
            return _learned_of_money(record, fact)


def _learned_of_money(record: VisitRecord, fact: e.Fact) -> VisitRecord:
    match fact:
        case e.Previewed(settlement):
            return replace(record, preview=settlement, previewed=fact)
        case e.PreviewRefused():
            return replace(record, preview=None, previewed=None)
        case e.PatientAgreed():
            return replace(record, agreed=fact)
        case e.Submitted():
            anew = _begun_anew(record, e.Open.SETTLEMENT)
            return replace(anew, submitted=fact, settlement=None, cancelled_by=None)
        case e.Settled(settlement):
            return replace(record, settlement=settlement, problems=(), refund=None)
        case e.SettledUnbalanced(settlement, problems):
            return replace(record, settlement=settlement, problems=problems, refund=None)
        case _:
            return _learned_after_booking(record, fact)


def _learned_after_booking(record: VisitRecord, fact: e.Fact) -> VisitRecord:
    match fact:
        case e.CashTaken(cash):
            return replace(record, cash_taken=cash)
        case e.Printed():
            return replace(record, printed=record.printed + 1)
        case e.CashReturned():
            return replace(record, cash_taken=None)
        case e.Deferred():
            return replace(record, deferred=fact)
        case _:
            return _learned_of_refund(record, fact)


def _learned_of_refund(record: VisitRecord, fact: e.Fact) -> VisitRecord:
    match fact:
        case e.CancelSubmitted():
            anew = _begun_anew(record, e.Open.CANCEL)
            return replace(anew, cancel=fact, before_cancel=record.state)
        case e.Cancelled(negative):
            return replace(record, cancelled_by=negative, refund=_partial(record.refund))
        case (
            e.CancelRefused()
            | e.CancelRefusedUnbalanced()
            | e.CancelRefusedAfterCash()
            | e.RefundUnwound()
        ):
            return replace(record, refund=None)
        case _:
            return record


def _partial(refund: e.RefundPlanned | None) -> e.RefundPlanned | None:
    """What is still to be settled anew; a whole refund ends with its 2208."""
    return refund if refund and refund.lines_back else None
