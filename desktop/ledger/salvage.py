"""What can still be read of a damaged journal, visit by visit.

Without it a new journal would not know the bills that are settled, and a bill that is presented
once more would be settled once more. So a visit of which entries are lost comes along as well, as
far as it can be read: marked as torn it is a person's, and its bill is settled nowhere. What the
second file holds of a visit fills the holes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime

from msgspec import Struct

from desktop.domain.notes import Torn
from desktop.domain.record import VisitRecord, replay
from desktop.domain.visit import NotAllowed, State
from desktop.ledger.chain import Link, moment_text
from desktop.ledger.codec import decode, encode, kind_of
from desktop.ledger.database import Database
from desktop.ledger.errors import JournalError
from desktop.ledger.intent_file import Kept, Line
from desktop.ledger.left_in_indexes import Traces, traces_of
from desktop.ledger.statements import SELECT_LINKS

Reopened = Callable[[], Database]
_ENTRY = f"{SELECT_LINKS} WHERE seq = ?"
_BEFORE_2207 = frozenset(
    (
        *(State.IDLE, State.CREDENTIAL, State.IDENTIFIED, State.ELIGIBLE, State.NEEDS_FILING),
        *(State.REFUSED, State.REGISTERED, State.CHARGES, State.PRESETTLED, State.CONFIRMED),
    )
)
UNCOUNTED = -1


class Salvage(Struct, frozen=True):
    """What goes into the new journal."""

    visits: tuple[Kept, ...]
    torn: tuple[str, ...] = ()
    """Visits that only a person can end; they are among ``visits``."""
    lost: int = 0
    """Entries that nobody can read any more; :data:`UNCOUNTED` where not even the last is known."""


def salvaged(reopened: Reopened, kept: Sequence[Kept], now: datetime) -> Salvage:
    """Every visit of which anything is known; ``kept`` is what the second file holds.

    SQLCipher vouches for each page, so an entry that can be read is as it was written. Raises what
    ``reopened`` raises.
    """
    last = _last_number(reopened)
    links = tuple(_readable(reopened, last))
    wreck = Wreck(links, last, {each.visit: each.lines for each in kept}, traces_of(reopened))
    visits = tuple(wreck.brought(visit, now) for visit in wreck.visits)
    torn = tuple(each.visit for each in visits if _is_torn(each))
    return Salvage(visits, torn, wreck.lost)


def _is_torn(brought: Kept) -> bool:
    record = _record(brought.lines)
    return record is not None and record.torn is not None


class Wreck:
    """A damaged journal as far as it was read, and what is known of it besides."""

    def __init__(
        self,
        links: Sequence[Link],
        last: int,
        kept: Mapping[str, tuple[Line, ...]],
        traces: Mapping[str, Traces],
    ) -> None:
        self._kept, self._traces = kept, traces
        self._links: dict[str, list[Link]] = {}
        for link in links:
            self._links.setdefault(link.visit, []).append(link)
        self._missing = frozenset(range(1, last + 1)) - {link.seq for link in links}
        restored = sum(len(self._restored(visit)) for visit in kept)
        self.lost = max(0, len(self._missing) - restored) if last else UNCOUNTED
        self._days = _days_of_holes(links, self._missing)

    @property
    def visits(self) -> Iterable[str]:
        """In the journal's order, where it can be read."""
        return dict.fromkeys((*self._links, *self._kept, *self._traces))

    def brought(self, visit: str, now: datetime) -> Kept:
        """As it was written where that is known, else as far as it is, marked as torn."""
        kept, read = self._kept.get(visit, ()), self._read(visit)
        after = tuple(line for line in read if line not in kept)
        for story in ((*kept, *after), read, kept):
            record = _record(story)
            if story and record is not None and not self._is_torn(visit, record):
                return Kept(visit, story)
        legible = (line for line in (*kept, *after) if _record((line,), _ANYTHING) is not None)
        return Kept(visit, (self._mark(visit, now), *legible))

    def _is_torn(self, visit: str, record: VisitRecord) -> bool:
        """An entry of it is lost; or one that may be of it, and would tell of a 2207."""
        if visit in self._kept or not self.lost:
            return False
        if not self._missing.isdisjoint(self._traces.get(visit, Traces()).seqs):
            return True
        last = self._links[visit][-1]
        goes_on = record.bill is not None and record.state in _BEFORE_2207
        return goes_on and last.seq < self._days.get(last.at[:10], 0)

    def _mark(self, visit: str, now: datetime) -> Line:
        torn = self._traces.get(visit, Traces()).named
        read = self._read(visit)
        at = read[0].at if read else moment_text(now)
        return Line(at, kind_of(torn), encode(torn))

    def _restored(self, visit: str) -> tuple[Line, ...]:
        read = self._read(visit)
        return tuple(line for line in self._kept[visit] if line not in read)

    def _read(self, visit: str) -> tuple[Line, ...]:
        return tuple(Line(link.at, link.kind, link.body) for link in self._links.get(visit, ()))


def _days_of_holes(links: Sequence[Link], missing: frozenset[int]) -> Mapping[str, int]:
    """The last number that is missing after an entry of a day."""
    days: dict[str, int] = {}
    numbers = [link.seq for link in links]
    for link, following in zip(links, (*numbers[1:], max(missing, default=0) + 1), strict=False):
        if following - 1 in missing:
            days[link.at[:10]] = following - 1
    return days


def _readable(reopened: Reopened, last: int) -> Iterator[Link]:
    """Entry after entry; after one that cannot be read the connection reads no page any more."""
    seq = 0
    while seq < last:
        with closing(reopened()) as database, suppress(JournalError):
            while seq < last:
                seq += 1
                yield from (Link(*row) for row in database.rows(_ENTRY, seq))


def _last_number(reopened: Reopened) -> int:
    """By the chain's head, else by the entries themselves; 0 when neither can be read."""
    for question in ("SELECT seq FROM head", "SELECT max(seq) FROM entries"):
        with closing(reopened()) as database, suppress(JournalError):
            row = database.one(question)
            return int(row[0] or 0) if row else 0
    return 0


_ANYTHING = VisitRecord(torn=Torn())
"""Every entry may follow."""


def _record(lines: Sequence[Line], before: VisitRecord | None = None) -> VisitRecord | None:
    """None where it makes no sense: an entry in the middle is gone."""
    try:
        return replay((decode(line.kind, line.body) for line in lines), before)
    except (JournalError, NotAllowed):
        return None
