"""The visits that the journal knows, as the office looks through them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from desktop.domain.record import VisitRecord, replay
from desktop.ledger.journal import VisitId
from desktop.services.form_numbers import is_paper_place
from desktop.services.ports import Journal
from desktop.services.rest import is_at_rest


class Seen(Struct, frozen=True):
    """One visit; ``since`` is when it came to where it stands, +08:00."""

    visit: VisitId
    record: VisitRecord
    since: datetime


def visits(journal: Journal, day: date | None, open_at: datetime | None) -> tuple[Seen, ...]:
    """Oldest first; ``day`` limits them to those that began on it, ``open_at`` (now) to those that
    somebody must come back to.
    """
    return tuple(_seen(journal, day, open_at))


def _seen(journal: Journal, day: date | None, open_at: datetime | None) -> Iterator[Seen]:
    wanted = journal.visits(day)
    if open_at is not None:
        open_visits = frozenset(journal.open_visits())
        wanted = [visit for visit in wanted if visit in open_visits]
    for visit in wanted:
        if is_paper_place(visit):
            continue
        told = journal.entries(visit)
        record = replay(recorded.entry for recorded in told)
        if open_at is None or not is_at_rest(record, open_at):
            yield Seen(visit, record, told[-1].at)
