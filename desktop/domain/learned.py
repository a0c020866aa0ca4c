"""What each kind of entry teaches of its visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import Bill, BillKey, CareVisit, Patient, Trauma
from desktop.domain.money import Money
from desktop.domain.prints import PrintDoubted, PrintEnded, PrintIntended, PrintNote, with_print
from desktop.domain.times import CHINA
from desktop.domain.visit import State

if TYPE_CHECKING:
    from desktop.domain.record import VisitRecord

Changes = Mapping[str, object]
"""Fields of the record with their new values."""
Learner = Callable[["VisitRecord", Any], Changes]
"""What one kind of entry teaches."""


def learned(record: VisitRecord, entry: e.Entry) -> Changes:
    """All but the state and its effects, which the table of transitions has."""
    learner = _LEARNERS.get(type(entry))
    return learner(record, entry) if learner else {}


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
    return {
        **_begun_anew(record, notes.Open.SETTLEMENT),
        "submitted": fact,
        "settlement": None,
        "counted": fact.counted,
        "at_till": None,
        **_NOT_CANCELLED,
    }


def _booked(record: VisitRecord, fact: e.Settled | e.SettledUnbalanced) -> Changes:
    """What was left for the bill is held for its settlement from here on."""
    return {
        "settlement": fact.settlement,
        "problems": fact.problems if isinstance(fact, e.SettledUnbalanced) else (),
        "refund": None,
        "others_agreed": None,
        "cash_taken": _with_counted(record, record.cash_taken),
        **_counted_in(record),
    }


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
    notes.DepositCounted: lambda record, note: {"counted": (*record.counted, note)},
    notes.PaidElsewhere: lambda _, note: {"at_till": note.cash},
    notes.OthersAgreed: lambda _, note: {"others_agreed": note},
    notes.SettlesBeside: lambda record, note: {"beside": (*record.beside, *note.visits)},
    notes.IdentityChecked: _checked,
    notes.StandInNamed: lambda _, note: {"stand_in": note.stand_in, "checked": None},
    PrintIntended: _of_paper,
    PrintEnded: _of_paper,
    PrintDoubted: _of_paper,
    e.BillTaken: lambda _, fact: {"bill": fact.bill},
    e.CredentialRead: lambda _, fact: {"credential": fact},
    e.PersonIdentified: lambda _, fact: {"person": fact.person, "insurance": fact.insurance},
    e.BenefitsConfirmed: lambda _, fact: {"filing": fact.filing},
    e.Registered: lambda _, fact: {"mdtrt_id": fact.mdtrt_id, "joined": fact.joined},
    e.RegistrationCancelled: lambda _record, _fact: {"mdtrt_id": None},
    e.LinesUploaded: lambda _, fact: {"batch": fact.batch, "lines": fact.lines},
    e.LinesRemoved: lambda _record, _fact: _NO_LINES,
    e.Previewed: _previewed,
    e.PreviewRefused: lambda _record, _fact: {"preview": None, "previewed": None},
    e.PatientAgreed: lambda _, fact: {"agreed": fact},
    e.Submitted: _submitted,
    e.Settled: _booked,
    e.SettledUnbalanced: _booked,
    e.SettlementRefused: _not_counted,
    e.FoundNotBooked: _not_counted,
    e.Undone: _not_counted,
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
