"""What can still be read of a damaged journal, visit by visit.

Without it a new journal would not know the bills that are settled, and a bill that is presented
once more would be settled once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress

from desktop.domain.record import VisitRecord
from desktop.domain.visit import NotAllowed
from desktop.ledger.chain import Link
from desktop.ledger.codec import decode
from desktop.ledger.database import Database
from desktop.ledger.errors import JournalError
from desktop.ledger.intent_file import Kept, Line
from desktop.ledger.journal import SELECT_LINKS

_ENTRY = f"{SELECT_LINKS} WHERE seq = ?"


def salvaged(reopened: Callable[[], Database]) -> tuple[Kept, ...]:
    """Every visit that still makes sense; one of which an entry in the middle is gone does not.

    SQLCipher vouches for each page, so an entry that can be read is as it was written. Raises what
    ``reopened`` raises.
    """
    lines: dict[str, list[Line]] = {}
    for link in _readable(reopened):
        lines.setdefault(link.visit, []).append(Line(link.at, link.kind, link.body))
    found = (Kept(visit, tuple(entries)) for visit, entries in lines.items())
    return tuple(visit for visit in found if _makes_sense(visit.lines))


def joined(open_now: Iterable[Kept], salvage: Iterable[Kept]) -> tuple[Kept, ...]:
    """Of a visit that both hold, what tells more: an open one that went on, or was cut off."""
    visits = {kept.visit: kept for kept in salvage}
    for kept in open_now:
        other = visits.get(kept.visit, kept)
        visits[kept.visit] = other if other.lines[: len(kept.lines)] == kept.lines else kept
    return tuple(visits.values())


def _readable(reopened: Callable[[], Database]) -> Iterator[Link]:
    """Entry after entry; after one that cannot be read the connection reads no page any more."""
    seq, last = 0, _last_number(reopened)
    while seq < last:
        with closing(reopened()) as database, suppress(JournalError):
            while seq < last:
                seq += 1
                yield from (Link(*row) for row in database.rows(_ENTRY, seq))


def _last_number(reopened: Callable[[], Database]) -> int:
    """By the chain's head, else by the entries themselves; 0 when neither can be read."""
    for question in ("SELECT seq FROM head", "SELECT max(seq) FROM entries"):
        with closing(reopened()) as database, suppress(JournalError):
            row = database.one(question)
            return int(row[0] or 0) if row else 0
    return 0


def _makes_sense(lines: Iterable[Line]) -> bool:
    record = VisitRecord()
    try:
        for line in lines:
            record = record.after(decode(line.kind, line.body))
    except (JournalError, NotAllowed):
        return False
    return True
