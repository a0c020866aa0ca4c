"""What keeps a 2207 from being written down: another attempt at what may be the same charges.

One bill has one settlement (contracts), and a visit of which an outcome is unknown is settled
nowhere (unknown-outcome, rule 4; visit.md 3.1, rule 1). Bills are known by the hospital's numbers; a
number that somebody typed proves nothing, for typed once more it may be another.
"""

from __future__ import annotations

from enum import StrEnum

from desktop.domain.charges import Bill
from desktop.domain.open_work import refund_step
from desktop.domain.person import Person
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State


class Beside(StrEnum):
    """What stands beside a bill, so that a person must decide before it is settled; values as the
    codes of its problems.
    """

    REVISION_SETTLED = "revision-settled"
    """Another revision of the bill: by its key another bill (contracts), with the same charges."""
    PAID_BY_SELF = "paid-by-self"
    """The patient paid the whole of it alone: their receipt comes back, and their cash counts."""
    SETTLED_ALIKE = "settled-alike"
    """One of the same person's, and one of the two was typed: it may be the same charges."""


class InTheWay(StrEnum):
    """How another attempt stands in the way."""

    UNKNOWN = "unknown"
    """Its 2207 or 2208 has no known outcome."""
    SETTLED = "settled"
    """It settled the very same bill."""
    HALF_REFUNDED = "half-refunded"
    """Its partial refund goes on to settle what was kept of the bill, in whatever revision; or of what
    may be the same charges, where one of the two was typed.
    """


def in_the_way(ours: VisitRecord, other: VisitRecord) -> InTheWay | None:
    """Whether ``ours`` may not be settled for the sake of ``other``; None when it may."""
    if ours.bill is None or other.bill is None:
        return None
    if other.blocks_new_settlement:
        return InTheWay.UNKNOWN if may_be_the_same(ours, other) else None
    if refund_step(other) and _is_for_the_same(ours, other):
        return InTheWay.HALF_REFUNDED
    same = ours.bill.key == other.bill.key
    return InTheWay.SETTLED if same and other.effectively_settled else None


def in_the_way_of_paying(ours: VisitRecord, other: VisitRecord) -> InTheWay | None:
    """Whether the patient may not pay ``ours`` alone yet: its charges may be settled in ``other``."""
    if ours.bill is None or other.bill is None or not _is_for_the_same(ours, other):
        return None
    if other.blocks_new_settlement:
        return InTheWay.UNKNOWN
    return InTheWay.HALF_REFUNDED if refund_step(other) else None


def _is_for_the_same(ours: VisitRecord, other: VisitRecord) -> bool:
    """The rest of a refund of ours was settled before, beside whatever stands."""
    assert ours.bill is not None
    assert other.bill is not None
    same_number = ours.bill.key.bill_no == other.bill.key.bill_no
    return same_number or (ours.refund is None and _alike(ours, other))


def stands_beside(ours: VisitRecord, other: VisitRecord) -> Beside | None:
    """What of ``other`` a person must know before ``ours`` is settled; None for the rest of a refund,
    of which that was known.
    """
    if ours.bill is None or other.bill is None or ours.refund is not None:
        return None
    one, two = ours.bill.key, other.bill.key
    if one.bill_no == two.bill_no and other.state is State.SELF_PAY and other.deposit:
        return Beside.PAID_BY_SELF
    if not other.effectively_settled:
        return None
    if one.bill_no == two.bill_no:
        return Beside.REVISION_SETTLED if one != two else None
    return Beside.SETTLED_ALIKE if _alike(ours, other) else None


def _alike(ours: VisitRecord, other: VisitRecord) -> bool:
    """Of one day, or of one sum: typed anew the next morning it has another day."""
    assert ours.bill is not None
    assert other.bill is not None
    typed = ours.bill.typed or other.bill.typed
    same_day = ours.bill.visit.began.date() == other.bill.visit.began.date()
    close = same_day or ours.bill.total == other.bill.total
    return typed and close and _same_person(ours.person, other.person)


def may_be_the_same(ours: VisitRecord, other: VisitRecord) -> bool:
    """The same bill in any revision, or one of the same visit of the same person; where one of the
    two was typed, any of the person's.
    """
    if ours.bill is None or other.bill is None:
        return False
    if ours.bill.key.bill_no == other.bill.key.bill_no:
        return True
    same_visit = ours.bill.visit.visit_no == other.bill.visit.visit_no
    unproved = _was_typed(ours.bill) or _was_typed(other.bill)
    return (same_visit or unproved) and _same_person(ours.person, other.person)


def _was_typed(bill: Bill) -> bool:
    """Bills of before this was said of them have their own number for a 门诊号 that was not typed."""
    return bill.typed or bill.visit.visit_no == bill.key.bill_no


def _same_person(one: Person | None, other: Person | None) -> bool:
    if one is None or other is None:
        return False
    same_document = bool(one.cert_no) and one.cert_no == other.cert_no
    return one.psn_no == other.psn_no or same_document
