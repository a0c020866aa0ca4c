"""The encrypted local journal: what happened and what is about to happen, never changed after.

``append`` is the only way in, and it returns when everything is on disk. One journal belongs to
one process (the profile is locked) and is used by one thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NewType

from desktop.domain.charges import BillKey
from desktop.domain.events import Entry
from desktop.ledger.chain import ChainReport, Head, Link, follow, moment_of, moment_text
from desktop.ledger.codec import decode, encode, kind_of
from desktop.ledger.database import Database, open_database
from desktop.ledger.errors import JournalDamaged
from desktop.ledger.index import Standing, remember, remember_visit

VisitId = NewType("VisitId", str)
"""Ours: one attempt at one bill. A new attempt after a refusal is a new visit."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as the journal holds it; ``at`` is +08:00."""

    seq: int
    at: datetime
    visit: VisitId
    entry: Entry


class Journal:
    """Append-only entries of all visits, hash-chained, with the questions the desk asks.

    Reading raises :class:`~desktop.ledger.errors.JournalUnreadable` when the disk fails,
    :class:`~desktop.ledger.errors.JournalDamaged` when the content is not as it was written, and
    :class:`~desktop.ledger.errors.JournalFromNewerProgram` for a kind that it does not know.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path, key: bytes) -> Journal:
        """Open or make the journal; ``key`` is 32 bytes. Raises ``JournalUnreadable``."""
        return cls(open_database(path, key))

    @property
    def commits(self) -> int:
        """Durable commits since opening."""
        return self._database.commits

    def close(self) -> None:
        self._database.close()

    def append(self, visit: VisitId, entries: Sequence[Entry], at: datetime) -> None:
        """Write all ``entries`` in one durable commit, or none; no entries, no commit.

        Raises :class:`~desktop.ledger.errors.JournalWriteFailed`: then nothing is written, and
        what the entries announce must not be done.
        """
        if not entries:
            return
        bodies = [(kind_of(entry), encode(entry)) for entry in entries]
        moment = moment_text(at)
        with self._database.transaction() as execute:
            links = _chained(self._head(), moment, visit, bodies)
            for link in links:
                execute(_INSERT, _columns(link))
            remember_visit(execute, links[0])
            for link, entry in zip(links, entries, strict=True):
                remember(execute, link, entry)
            execute("UPDATE head SET seq = ?, hash = ?", (links[-1].seq, links[-1].hash))

    def entries(self, visit: VisitId) -> tuple[Recorded, ...]:
        """Every entry of a visit, oldest first; none for a visit that is not known."""
        return self._recorded("WHERE visit = ? ORDER BY seq", visit)

    def visits(self, day: date | None = None) -> tuple[VisitId, ...]:
        """Visits, oldest first; with ``day`` those that began on it (+08:00)."""
        if day is None:
            return self._visits("SELECT visit FROM visits ORDER BY day, seq")
        return self._visits("SELECT visit FROM visits WHERE day = ? ORDER BY seq", day.isoformat())

    def visits_of_bill(self, key: BillKey) -> tuple[VisitId, ...]:
        """Every attempt at a bill, newest first (one bill, one settlement)."""
        return self._visits(
            "SELECT visit FROM bills WHERE bill_no = ? AND revision = ? ORDER BY seq DESC",
            key.bill_no,
            key.revision,
        )

    def visits_of_visit_number(self, visit_no: str) -> tuple[VisitId, ...]:
        """Every attempt at any bill of a 门诊号, newest first."""
        return self._visits(
            "SELECT visit FROM visit_numbers WHERE visit_no = ? ORDER BY seq DESC", visit_no
        )

    def unanswered(self) -> tuple[Recorded, ...]:
        """Intents whose answer was never written down, oldest first (visit.md B50).

        They are ``RequestIntended`` without ``RequestAnswered``, and ``Submitted`` and
        ``CancelSubmitted`` without any outcome.
        """
        return self._recorded(_OF_STANDING, Standing.UNANSWERED)

    def unknown(self) -> tuple[Recorded, ...]:
        """Intents that were sent and of which nobody knows the outcome yet, oldest first."""
        return self._recorded(_OF_STANDING, Standing.UNKNOWN)

    def verify_chain(self) -> ChainReport:
        """Follow every link from the first to the last, one at a time in memory.

        Raises nothing: a file that cannot be read on is the first fault.
        """
        return follow(self._links("ORDER BY seq"), self._head)

    def file_is_sound(self) -> bool:
        """Every page of the file is as it was written, those that no chain passes through too."""
        return self._database.is_sound()

    def high_water(self) -> str | None:
        """Up to where msgids are reserved; None before the first reservation."""
        row = self._database.one("SELECT up_to FROM msgid_lease")
        return None if row is None else str(row[0])

    def reserve(self, up_to: str) -> None:
        """Reserve msgids, durably; one commit. Raises ``JournalWriteFailed``."""
        with self._database.transaction() as execute:
            execute("INSERT OR REPLACE INTO msgid_lease VALUES (1, ?)", (up_to,))

    def _head(self) -> Head:
        row = self._database.one("SELECT seq, hash FROM head")
        if row is None:
            raise JournalDamaged("没有链尾")
        return Head(*row)

    def _links(self, which: str, *values: str) -> Iterator[Link]:
        return (Link(*row) for row in self._database.rows(f"{_SELECT} {which}", *values))

    def _recorded(self, which: str, *values: str) -> tuple[Recorded, ...]:
        return tuple(map(_read, self._links(which, *values)))

    def _visits(self, sql: str, *values: str | int) -> tuple[VisitId, ...]:
        return tuple(VisitId(visit) for (visit,) in self._database.rows(sql, *values))


_SELECT = "SELECT seq, at, visit, kind, body, prev, hash FROM entries"
_INSERT = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)"
_OF_STANDING = (
    "WHERE seq IN (SELECT seq FROM intents WHERE standing = ? AND standing <> 'ended') ORDER BY seq"
)


def _chained(
    head: Head, at: str, visit: VisitId, bodies: Sequence[tuple[str, bytes]]
) -> list[Link]:
    links: list[Link] = []
    for kind, body in bodies:
        links.append(Link.following(head, at, visit, kind, body))
        head = links[-1].as_head
    return links


def _columns(link: Link) -> tuple[str | bytes | int, ...]:
    return (link.seq, link.at, link.visit, link.kind, link.body, link.prev, link.hash)


def _read(link: Link) -> Recorded:
    entry = decode(link.kind, link.body)
    return Recorded(link.seq, moment_of(link.at), VisitId(link.visit), entry)
