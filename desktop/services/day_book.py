"""The settlements that this desk knows of a period, as reconciliation compares them (3201, 3202)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.events import Cancelled, PersonIdentified, Settled, SettledUnbalanced
from desktop.domain.identifiers import AreaCode
from desktop.domain.money import ZERO
from desktop.domain.split import Settlement
from desktop.domain.times import CHINA
from desktop.ledger.journal import Recorded, VisitId
from desktop.nhsa.questions.reconciliation import OwnSettlement, Period
from desktop.services.ports import Desk
from desktop.services.stumbling import readable


class Booked(Struct, frozen=True):
    """A settlement that a visit was told of, or its negative half."""

    visit: VisitId
    settlement: Settlement
    refunded: bool
    insurance: str = ""
    """``insutype``."""


def own_settlements(
    desk: Desk, period: Period, agency: AreaCode, insurance: str = ""
) -> tuple[OwnSettlement, ...]:
    """Every settlement of the period that this agency clears, refunds as rows of their own;
    ``insurance`` limits them to one ``insutype``.
    """
    return tuple(
        row
        for visit in visits_of(desk, period)
        for booked in booked_of(visit, _entries(desk, visit))
        if agency_of(desk, booked.settlement) == agency and insurance in ("", booked.insurance)
        for row in _row(booked.settlement, refunded=booked.refunded)
        if period.holds(row.settled_at)
    )


def books_of(desk: Desk, period: Period) -> frozenset[tuple[AreaCode, str]]:
    """Which agency clears which insurance of the settlements of the period."""
    return frozenset(
        (agency_of(desk, booked.settlement), booked.insurance)
        for visit in visits_of(desk, period)
        for booked in booked_of(visit, _entries(desk, visit))
        if booked.settlement.settled_at and period.holds(booked.settlement.settled_at)
    )


def _entries(desk: Desk, visit: VisitId) -> Sequence[Recorded]:
    """What is written of the visit counts, also where it cannot be followed."""
    told = readable(desk, visit)
    return told.entries if told is not None else desk.journal.entries(visit)


def visits_of(desk: Desk, period: Period) -> Sequence[VisitId]:
    """Visits that may have been told of a settlement of the period, or of a refund: of which
    something was written since, or on the day before, by the PC's clock.
    """
    before = period.first - timedelta(days=1)
    return desk.journal.visits_since(datetime.combine(before, time.min, CHINA))


def booked_of(visit: VisitId, entries: Sequence[Recorded]) -> list[Booked]:
    """Every settlement of the visit in its order: what was refunded, and the refund beside it."""
    found: list[Booked] = []
    kind = ""
    for recorded in entries:
        match recorded.entry:
            case PersonIdentified(_, insurance):
                kind = insurance.kind
            case Settled(settlement) | SettledUnbalanced(settlement):
                found.append(Booked(visit, settlement, refunded=False, insurance=kind))
            case Cancelled(negative):
                found[-1] = replace(found[-1], refunded=True)
                if negative is not None:
                    found.append(Booked(visit, negative, refunded=True, insurance=kind))
    return found


def agency_of(desk: Desk, settlement: Settlement | None) -> AreaCode:
    """``clr_optins`` of an answer; the care place where it was not told."""
    told = settlement.clearing_agency if settlement else ""
    return AreaCode(told) if len(told) == 6 and told.isdigit() else desk.place


def _row(settlement: Settlement, *, refunded: bool) -> Iterator[OwnSettlement]:
    """None where the platform left out a name or a sum that the file needs."""
    split = settlement.split
    named = settlement.setl_id and settlement.mdtrt_id and settlement.psn_no
    if not named or settlement.settled_at is None or split.total is None:
        return
    assert settlement.setl_id is not None
    assert settlement.mdtrt_id is not None
    assert settlement.psn_no is not None
    yield OwnSettlement(
        setl_id=settlement.setl_id,
        mdtrt_id=settlement.mdtrt_id,
        psn_no=settlement.psn_no,
        settled_at=settlement.settled_at,
        total=split.total,
        fund=split.fund_total or ZERO,
        account=split.account or ZERO,
        cash=split.cash or ZERO,
        refunded=refunded,
    )
