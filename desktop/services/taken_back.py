"""What was taken back of a visit, from its entries: old, negative and new settlement."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.charges import Bill
from desktop.domain.events import (
    BillTaken,
    Cancelled,
    Entry,
    Settled,
    SettledUnbalanced,
)
from desktop.domain.money import ZERO, Money
from desktop.domain.notes import PaidElsewhere, RefundPlanned
from desktop.domain.open_work import is_paid_here
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.services.told import Told


class TakenBack(Struct, frozen=True):
    """The last taking back of a visit."""

    old: Settlement
    bill: Bill
    """As it was settled."""
    negative: Settlement | None
    lines_back: tuple[str, ...]
    """Empty: the whole bill."""
    paid: Money
    """What the patient had paid when it was taken back, fen: their cash part, or before that step
    what they had left for the bill, or paid for the settlement before.
    """
    here: bool
    """This desk holds it; else the hospital's till does."""
    new: Settlement | None = None
    """What was settled anew of the rest."""
    new_bill: Bill | None = None

    @property
    def name(self) -> str:
        """What the voucher is of: the negative settlement, else the one that was taken back."""
        return (self.negative and self.negative.setl_id) or f"-{self.old.setl_id}"


class _Seen(Struct, frozen=True):
    """What the entries told so far."""

    bill: Bill | None = None
    settlement: Settlement | None = None
    lines_back: tuple[str, ...] = ()
    till: Money | None = None
    """What the hospital's till holds, where it takes the cash."""
    back: TakenBack | None = None
    record: VisitRecord = VisitRecord()


def taken_back(told: Told) -> TakenBack | None:
    """None where nothing was, or where the rest of a partial refund is not settled yet."""
    seen = _seen(recorded.entry for recorded in told.entries)
    back = seen.back
    if back is None or (back.lines_back and back.new is None and told.record.refund is not None):
        return None
    return back


def _seen(entries: Iterable[Entry]) -> _Seen:
    seen = _Seen()
    for entry in entries:
        seen = replace(_with(seen, entry), record=seen.record.after(entry))
    return seen


def paid_at_till(entries: Iterable[Entry]) -> Money | None:
    """The cash part that the hospital's till took for the first settlement of a visit; of the rest of
    a refund from the moment on at which somebody was told what changes hands there. None: not told.
    """
    return _seen(entries).till


def _with(seen: _Seen, entry: Entry) -> _Seen:
    match entry:
        case BillTaken(bill):
            return replace(seen, bill=bill)
        case RefundPlanned(lines_back):
            return replace(seen, lines_back=lines_back)
        case PaidElsewhere(cash):
            return replace(seen, till=cash)
        case Settled(settlement) | SettledUnbalanced(settlement):
            first = settlement.split.cash if seen.back is None else seen.till
            return replace(_settled_anew(seen, settlement), settlement=settlement, till=first)
        case Cancelled(negative) if seen.settlement is not None and seen.bill is not None:
            here = is_paid_here(seen.record)
            paid = (seen.record.cash_taken if here else seen.till) or ZERO
            back = TakenBack(seen.settlement, seen.bill, negative, seen.lines_back, paid, here)
            return replace(seen, back=back, settlement=None)
        case _:
            return seen


def _settled_anew(seen: _Seen, settlement: Settlement) -> _Seen:
    """The rest of a partial refund; a whole one leaves nothing to be settled in its visit."""
    if seen.back is None or seen.back.new is not None:
        return seen
    return replace(seen, back=replace(seen.back, new=settlement, new_bill=seen.bill))
