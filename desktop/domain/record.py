"""What is known of one visit: the fold of its journal entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import Bill, BillKey, CareVisit, Patient, Trauma
from desktop.domain.identifiers import BatchNo, MdtrtId, Msgid, SetlId
from desktop.domain.identity import StandIn
from desktop.domain.money import Money
from desktop.domain.person import Filing, Insurance, Person
from desktop.domain.prints import (
    Paper,
    PrintDoubted,
    PrintEnded,
    PrintIntended,
    PrintNote,
    with_print,
)
from desktop.domain.split import LineSplit, Settlement
from desktop.domain.times import CHINA
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
        learned = _LEARNERS.get(type(entry), _nothing)(self, entry)
        if isinstance(entry, notes.Note):
            return _with(self, learned)
        if self.torn is not None:
            return _with(self, {**learned, "state": State.UNKNOWN})
        row = transition(self.state, entry)
        if not self._fits_cancel(entry):
            raise NotAllowed(self.state, type(entry))
        return _with(self, {**learned, "state": row.target, "effects": row.effects})

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


Changes = Mapping[str, object]
"""Fields of the record with their new values."""
Learner = Callable[[VisitRecord, Any], Changes]
"""What one kind of entry teaches."""


def _with(record: VisitRecord, changes: Changes) -> VisitRecord:
    """``replace`` without its 20 µs: a visit is folded again at every step and every look."""
    changed = object.__new__(VisitRecord)
    changed.__dict__.update(record.__dict__)
    changed.__dict__.update(changes)
    return changed


def _nothing(_record: VisitRecord, _entry: object) -> Changes:
    return {}


def _intended(record: VisitRecord, note: notes.RequestIntended) -> Changes:
    return {"unanswered": (*record.unanswered, note)}


def _answered(record: VisitRecord, note: notes.RequestAnswered) -> Changes:
    if note.outcome == notes.UNKNOWN:
        return {}
    return {"unanswered": tuple(sent for sent in record.unanswered if sent.msgid != note.msgid)}


def _stray_gone(record: VisitRecord, note: notes.StrayGone) -> Changes:
    return {"strays": tuple(stray for stray in record.strays if stray != note.setl_id)}


def _checked(_record: VisitRecord, note: notes.IdentityChecked) -> Changes:
    return {"checked": note} if note.passed else {}


def _previewed(_record: VisitRecord, fact: e.Previewed) -> Changes:
    return {"preview": fact.settlement, "previewed": fact}


def _submitted(record: VisitRecord, fact: e.Submitted) -> Changes:
    anew = _begun_anew(record, notes.Open.SETTLEMENT)
    sent: Changes = {"submitted": fact, "settlement": None, "counted": fact.counted}
    return {**anew, **sent, "at_till": None, **_NOT_CANCELLED}


def _booked(record: VisitRecord, fact: e.Settled | e.SettledUnbalanced) -> Changes:
    problems = fact.problems if isinstance(fact, e.SettledUnbalanced) else ()
    booked: Changes = {"settlement": fact.settlement, "problems": problems, "refund": None}
    return {**booked, "others_agreed": None, **_brought_to_settlement(record)}


def _brought_to_settlement(record: VisitRecord) -> Changes:
    """What was left for the bill is held for its settlement from here on."""
    if not record.counted:
        return {}
    return {"cash_taken": _with_counted(record, record.cash_taken), **_counted_in(record)}


def _deferred(record: VisitRecord, fact: e.Deferred) -> Changes:
    held = _with_counted(record, fact.deposit)
    return {"deferred": fact, "deposit": held, **_counted_in(record)}


def _paid_by_self(record: VisitRecord, _fact: e.PaidBySelf) -> Changes:
    """The whole bill, whatever of it was left before."""
    return {"deposit": record.bill.total if record.bill else None, **_counted_in(record)}


def _with_counted(record: VisitRecord, more: Money | None) -> Money | None:
    if not record.counted:
        return more
    return Money.total((*(each.cash for each in record.counted), *((more,) if more else ())))


def _counted_in(record: VisitRecord) -> Changes:
    visits = (each.visit for each in record.counted)
    return {"counted": (), "brought_from": (*record.brought_from, *visits)}


def _not_counted(_record: VisitRecord, _fact: object) -> Changes:
    """Nothing is booked: what was left for the bill stays where it was left."""
    return {"counted": ()}


def _cancel_submitted(record: VisitRecord, fact: e.CancelSubmitted) -> Changes:
    anew = _begun_anew(record, notes.Open.CANCEL)
    return {**anew, "cancel": fact, "before_cancel": record.state}


def _cancelled(record: VisitRecord, fact: e.Cancelled) -> Changes:
    """A whole refund ends with its 2208; of a partial one the rest is still to be settled.

    What was tried at lines and registration before does not count for their taking back now.
    """
    refund = record.refund if record.refund and record.refund.lines_back else None
    return {
        **_begun_anew(record, notes.Open.UPLOAD),
        "cancelled": True,
        "cancelled_by": fact.negative,
        "refund": refund,
        "taken_back": (record.settlement, fact.negative) if refund and record.settlement else None,
    }


def _begun_anew(record: VisitRecord, what: notes.Open) -> Changes:
    """Tries at an earlier request say nothing about the one that is sent now."""
    return {
        "tried": tuple(tried for tried in record.tried if tried.what is not what),
        "handed_over": tuple(given for given in record.handed_over if given.what is not what),
    }


def _of_paper(record: VisitRecord, note: PrintNote) -> Changes:
    return {"papers": with_print(record.papers, note)}


def _torn(record: VisitRecord, note: notes.Torn) -> Changes:
    """Of a bill that cannot be read its numbers are known, and they are what stands in the way."""
    bill = record.bill or (_by_its_numbers(note) if note.bill_no else None)
    return {"torn": note, "state": State.UNKNOWN, "effects": (), "bill": bill}


def _by_its_numbers(note: notes.Torn) -> Bill:
    nobody = Patient("", "", "", "", None)
    visit = CareVisit(
        note.visit_no, "", datetime.min.replace(tzinfo=CHINA), "", "", "", "", "",
        (), "", emergency=False, trauma=Trauma.NONE, trauma_letter="",
    )  # fmt: skip
    return Bill(BillKey(note.bill_no, note.revision), "", nobody, visit, ())


def _torn_judged(record: VisitRecord, note: notes.TornJudged) -> Changes:
    """Over, one way or the other; what was cut off is nobody's step any more."""
    standing = record.settlement if note.stands else None
    return {
        **_NO_LINES,
        "torn": None,
        "state": State.CLOSED,
        "settlement": standing,
        **_NOT_CANCELLED,
        "stands_unread": note.stands and standing is None,
        "mdtrt_id": record.mdtrt_id if note.stands else None,
        "refund": None,
        "unanswered": (),
    }


def _no_refund(_record: VisitRecord, _fact: object) -> Changes:
    return {"refund": None}


def _unwound(record: VisitRecord, _fact: e.RefundUnwound) -> Changes:
    """As after a whole refund, also where a 2207 of the rest was sent and is not booked."""
    settlement, negative = record.taken_back or (record.settlement, record.cancelled_by)
    return {
        "refund": None,
        "cancelled": True,
        "settlement": settlement,
        "cancelled_by": negative,
    }


_LEARNERS: Mapping[type[e.Entry], Learner] = {
    notes.RequestIntended: _intended,
    notes.RequestAnswered: _answered,
    notes.Tried: lambda record, note: {"tried": (*record.tried, note)},
    notes.HandedOver: lambda record, note: {"handed_over": (*record.handed_over, note)},
    notes.TraceFound: lambda _, note: {"mdtrt_id": note.mdtrt_id, "joined": False},
    notes.TraceRemoved: lambda _record, _note: {"mdtrt_id": None, "batch": None, "lines": ()},
    notes.RefundCleared: lambda _record, _note: {"cleared": True},
    notes.StrayFound: lambda record, note: {"strays": (*record.strays, note.setl_id)},
    notes.StrayGone: _stray_gone,
    notes.RefundPlanned: lambda _, note: {"refund": note},
    notes.Torn: _torn,
    notes.TornJudged: _torn_judged,
    notes.IdentityChecked: _checked,
    PrintIntended: _of_paper,
    PrintEnded: _of_paper,
    PrintDoubted: _of_paper,
    notes.StandInNamed: lambda _, note: {"stand_in": note.stand_in, "checked": None},
    e.BillTaken: lambda _, fact: {"bill": fact.bill},
    e.CredentialRead: lambda _, fact: {"credential": fact},
    e.PersonIdentified: lambda _, fact: {"person": fact.person, "insurance": fact.insurance},
    e.BenefitsConfirmed: lambda _, fact: {"filing": fact.filing},
    e.Registered: lambda _, fact: {"mdtrt_id": fact.mdtrt_id, "joined": fact.joined},
    e.RegistrationCancelled: lambda _record, _fact: {"mdtrt_id": None},
    e.LinesUploaded: lambda _, fact: {"batch": fact.batch, "lines": fact.lines},
    e.LinesRemoved: lambda _record, _fact: {**_NO_LINES},
    e.Previewed: _previewed,
    e.PreviewRefused: lambda _record, _fact: {"preview": None, "previewed": None},
    e.PatientAgreed: lambda _, fact: {"agreed": fact},
    e.Submitted: _submitted,
    notes.SettlesBeside: lambda record, note: {"beside": (*record.beside, *note.visits)},
    notes.PaidElsewhere: lambda _, note: {"at_till": note.cash},
    notes.OthersAgreed: lambda _, note: {"others_agreed": note},
    notes.DepositCounted: lambda record, note: {"counted": (*record.counted, note)},
    e.Settled: _booked,
    e.SettlementRefused: _not_counted,
    e.FoundNotBooked: _not_counted,
    e.Undone: _not_counted,
    e.SettledUnbalanced: _booked,
    e.CashTaken: lambda _, fact: {"cash_taken": fact.cash},
    e.CashReturned: lambda _record, _fact: {"cash_taken": None},
    e.Printed: lambda record, _: {"printed": record.printed + 1},
    e.Deferred: _deferred,
    e.PaidBySelf: _paid_by_self,
    e.SettledAnew: lambda _record, _fact: {"deposit": None},
    e.Closed: lambda _record, _fact: {"deposit": None},
    e.CancelSubmitted: _cancel_submitted,
    e.Cancelled: _cancelled,
    e.CancelRefused: _no_refund,
    e.CancelRefusedUnbalanced: _no_refund,
    e.CancelRefusedAfterCash: _no_refund,
    e.RefundUnwound: _unwound,
}
"""Entries that are not here teach nothing but the state."""
_NOT_CANCELLED: Changes = {"cancelled": False, "cancelled_by": None}
_NO_LINES: Changes = {"batch": None, "lines": (), "preview": None, "previewed": None}
