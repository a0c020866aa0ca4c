"""The settlements that this desk knows of a period, as reconciliation compares them (3201, 3202)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop.domain.identifiers import AreaCode
from desktop.domain.money import ZERO
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.nhsa.questions.reconciliation import OwnSettlement, Period
from desktop.services.ports import Desk


def own_settlements(desk: Desk, period: Period, agency: AreaCode) -> tuple[OwnSettlement, ...]:
    """Every settlement of the period that this agency clears, refunds as rows of their own."""
    return tuple(
        row
        for record in _records(desk, period)
        for settlement in _halves(record)
        if agency_of(desk, settlement) == agency
        for row in _row(settlement, refunded=record.cancelled_by is not None)
        if period.holds(row.settled_at)
    )


def agency_of(desk: Desk, settlement: Settlement | None) -> AreaCode:
    """``clr_optins`` of an answer; the care place where it was not told."""
    told = settlement.clearing_agency if settlement else ""
    return AreaCode(told) if len(told) == 6 and told.isdigit() else desk.place


def _records(desk: Desk, period: Period) -> Iterator[VisitRecord]:
    """Of visits that began in the period, or on the day before."""
    days = range(-1, (period.last - period.first).days + 1)
    for day in (period.first + timedelta(days=number) for number in days):
        for visit in desk.journal.visits(day):
            yield desk.record(visit)


def _halves(record: VisitRecord) -> Iterator[Settlement]:
    if record.settlement is not None:
        yield record.settlement
    if record.cancelled_by is not None:
        yield record.cancelled_by


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
