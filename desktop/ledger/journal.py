"""The encrypted local journal: what happened and what is about to happen, never changed after.

``append`` is the only way in, and it returns when everything is on disk. One journal belongs to
one process (the profile is locked) and is used by one thread at a time. What a damaged journal must
not take along is in a second file (:mod:`desktop.ledger.intent_file`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import NewType

from msgspec import Struct
from msgspec.structs import astuple

from desktop.domain.charges import BillKey
from desktop.domain.events import Entry
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.person import Person
from desktop.ledger import papers, statements, used_codes
from desktop.ledger.admission import admit
from desktop.ledger.chain import ChainReport, Head, Link, follow, moment_of, moment_text
from desktop.ledger.codec import decode, encode, kind_of
from desktop.ledger.database import Database, Row, open_database
from desktop.ledger.errors import JournalDamaged, JournalNotDecrypted
from desktop.ledger.index import Execute, Standing, remember, remember_visit, settles
from desktop.ledger.intent_file import (
    NOTHING,
    IntentFile,
    Kept,
    Line,
    NoSecondFile,
    SecondFile,
    beside,
    found_open,
    read_intents,
)
from desktop.ledger.marks import mark_past, moments_of
from desktop.ledger.papers import NewPaper, PaperFacts, Search

VisitId = NewType("VisitId", str)
"""Ours: one attempt at one bill. A new attempt after a refusal is a new visit."""


class Recorded(Struct, frozen=True):
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

    def __init__(self, database: Database, second: SecondFile | None = None) -> None:
        self._database = database
        self._second = second or NoSecondFile()
        self._writes: dict[VisitId, int] = {}
        self._open: tuple[VisitId, ...] | None = None
        """The open visits as they were last read; None after anything that may have changed them."""

    @classmethod
    def open(cls, path: Path, key: bytes) -> Journal:
        """Open or make the journal and its second file; ``key`` is 32 bytes.

        Intents that only the second file knows (the end of the log was lost) are brought back.
        Raises ``JournalUnreadable``; ``JournalDamaged`` when the second file proves the key.
        """
        found = found_open(beside(path), key) or NOTHING
        try:
            database = open_database(path, key)
        except JournalNotDecrypted as fault:
            if read_intents(beside(path), key) is None:
                raise
            raise JournalDamaged("账本文件打不开，但密钥是对的") from fault
        second = IntentFile(beside(path), key)
        journal = cls(database, second)
        try:
            journal.bring_back(found.visits)
            second.begin(journal._settling(), found)
        except BaseException:
            journal.close()
            raise
        return journal

    @property
    def commits(self) -> int:
        """Durable commits since opening."""
        return self._database.commits

    def writes(self, visit: VisitId) -> int:
        """How often something was written to a visit since opening, as far as that may have
        reached the disk: as often as before, and its entries are the same.
        """
        return self._writes.get(visit, 0)

    @property
    def syncs(self) -> int:
        """Waits for the disk that the second file cost since opening."""
        return self._second.syncs

    def close(self) -> None:
        self._second.close()
        self._database.close()

    def append(self, visit: VisitId, entries: Sequence[Entry], at: datetime) -> None:
        """Write all ``entries`` in one durable commit, or none; no entries, no commit.

        An intent that settles is on disk in the second file too when this returns. The visit is
        among the open ones from now on. Raises
        :class:`~desktop.ledger.errors.JournalWriteFailed` or ``JournalDamaged``,
        :class:`~desktop.ledger.errors.NotAdmitted` for a 2207 in whose way another attempt stands,
        ``DeskError`` (open-elsewhere) when another opening settled or cancelled this visit: then
        nothing is written, and what the entries announce must not be done.
        """
        if not entries:
            return
        moment = moment_text(at)
        lines = [Line(moment, kind_of(entry), encode(entry)) for entry in entries]
        with self._second.with_commit(), self._database.transaction() as execute:
            self._write(execute, visit, lines, entries)
            admit(self, visit, entries, at.date())
            if any(map(settles, entries)):
                self._second.keep(Kept(visit, self._lines(visit)))
        if self._second.holds(visit) and not self._settles_still(visit):
            self._second.end(visit)

    def append_paper(
        self, visit: VisitId, entries: Sequence[Entry], paper: NewPaper, at: datetime
    ) -> None:
        """Keep ``paper`` in the archive in the commit of the entries that announce it.

        None of them settles. Raises as :meth:`append`.
        """
        moment = moment_text(at)
        lines = [Line(moment, kind_of(entry), encode(entry)) for entry in entries]
        with self._database.transaction() as execute:
            self._write(execute, visit, lines, entries)
            papers.keep(execute, self._database, visit, paper, at)

    def papers(self, search: Search) -> tuple[PaperFacts, ...]:
        """The papers of the archive that were looked for, oldest first."""
        return papers.found(self._database, search)

    def paper(self, job: str) -> bytes | None:
        """One of them as it was printed; None for one that is not there."""
        return papers.content(self._database, job)

    def slip(self, job: str) -> bytes:
        """The same for a roll of 80 mm; b"" where the form has none."""
        return papers.slip(self._database, job)

    def take_papers(self, other: Database) -> None:
        """The archive of another journal, as far as it can be read; ours is empty yet.

        Raises :class:`~desktop.ledger.errors.JournalError`: then none of it came along.
        """
        with self._database.transaction() as execute:
            papers.take_over(execute, papers.key_of(other), papers.all_rows(other))

    def bring_back(self, lost: Iterable[Kept]) -> None:
        """Write what of these visits is not written yet; msgids go on past theirs.

        Raises :class:`~desktop.ledger.errors.JournalWriteFailed`.
        """
        missing = [(kept.visit, lines) for kept in lost if (lines := self._missing(kept))]
        if missing:
            with self._database.transaction() as execute:
                moments = [self._again(execute, VisitId(visit), lines) for visit, lines in missing]
                mark = mark_past(chain.from_iterable(moments))
                execute(statements.RESERVE, (max(mark, self.high_water() or ""),))

    def open_visits(self) -> tuple[VisitId, ...]:
        """Visits that were appended to since they were last laid to rest, oldest first."""
        if self._open is None:
            self._open = self._visits(
                "SELECT visit FROM visits NATURAL JOIN open_visits ORDER BY seq"
            )
        return self._open

    def lay_to_rest(self, visits: Iterable[VisitId]) -> None:
        """Take finished visits out of the open ones; only the index changes, in one commit.

        Raises :class:`~desktop.ledger.errors.JournalWriteFailed`.
        """
        if finished := tuple(visits):
            self._open = None
            with self._database.transaction() as execute:
                for visit in finished:
                    execute("DELETE FROM open_visits WHERE visit = ?", (visit,))

    def entries(self, visit: VisitId) -> tuple[Recorded, ...]:
        """Every entry of a visit, oldest first; none for a visit that is not known."""
        return self._recorded("WHERE visit = ? ORDER BY seq", visit)

    def entries_after(self, visit: VisitId, seq: int) -> tuple[Recorded, ...]:
        """The entries of a visit that were written after the one with that number."""
        return self._recorded("WHERE visit = ? AND seq > ? ORDER BY seq", visit, seq)

    def visits(self, day: date | None = None) -> tuple[VisitId, ...]:
        """Visits, oldest first; with ``day`` those that began on it (+08:00)."""
        if day is None:
            return self._visits("SELECT visit FROM visits ORDER BY day, seq")
        return self._visits("SELECT visit FROM visits WHERE day = ? ORDER BY seq", day.isoformat())

    def visits_since(self, moment: datetime) -> tuple[VisitId, ...]:
        """Visits of which something was written at ``moment`` or later, oldest first.

        Read from the end backwards: as quick as the time is short.
        """
        return self._visits(statements.SINCE, moment_text(moment))

    def visits_of_bill(self, key: BillKey) -> tuple[VisitId, ...]:
        """Every attempt at a bill, newest first (one bill, one settlement)."""
        return self._visits(
            "SELECT visit FROM bills WHERE bill_no = ? AND revision = ? ORDER BY seq DESC",
            key.bill_no,
            key.revision,
        )

    def visits_of_any_revision(self, bill_no: str) -> tuple[VisitId, ...]:
        """Every attempt at a bill in whatever revision, newest first."""
        return self._visits(
            "SELECT DISTINCT visit FROM bills WHERE bill_no = ? ORDER BY seq DESC", bill_no
        )

    def settling(self) -> tuple[VisitId, ...]:
        """Visits with a 2207 or 2208 of which the outcome is not known, oldest first."""
        return self._visits(statements.SETTLING)

    def visits_of_visit_number(self, visit_no: str) -> tuple[VisitId, ...]:
        """Every attempt at any bill of a 门诊号, newest first."""
        return self._visits(
            "SELECT visit FROM visit_numbers WHERE visit_no = ? ORDER BY seq DESC", visit_no
        )

    def visits_of_person(self, person: Person, since: date) -> tuple[VisitId, ...]:
        """Visits of the person that began on ``since`` (+08:00) or later, oldest first."""
        return self._visits(statements.OF_PERSON, since.isoformat(), person.psn_no, person.cert_no)

    def is_somebodys(self, visit: VisitId) -> bool:
        """Whether it is known whose visit it is, though its entries cannot be read."""
        return self._database.one("SELECT 1 FROM persons WHERE visit = ?", visit) is not None

    def visits_of_settlement(self, setl_id: SetlId) -> tuple[VisitId, ...]:
        """The visit that this settlement is of, as far as this desk knows; newest first."""
        return self._visits(
            "SELECT visit FROM settlements WHERE setl_id = ? ORDER BY seq DESC", setl_id
        )

    def visits_of_msgid(self, msgid: Msgid) -> tuple[VisitId, ...]:
        """The visit that sent a 2207 or 2208 under ``msgid``; none where it was not ours."""
        return self._visits(statements.OF_MSGID, msgid)

    def unanswered(self) -> tuple[Recorded, ...]:
        """Intents whose answer was never written down, oldest first (visit.md B50).

        They are ``RequestIntended`` without ``RequestAnswered``, and ``Submitted`` and
        ``CancelSubmitted`` without any outcome.
        """
        return self._recorded(statements.OF_STANDING, Standing.UNANSWERED)

    def unknown(self) -> tuple[Recorded, ...]:
        """Intents that were sent and of which nobody knows the outcome yet, oldest first."""
        return self._recorded(statements.OF_STANDING, Standing.UNKNOWN)

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
            execute(statements.RESERVE, (up_to,))

    def use_code(self, code: str, at: datetime) -> bool:
        """Note an e-voucher code as used, durably; False when it was used within a day (B03)."""
        return used_codes.use(self._database, code, at)

    def forget_code(self, code: str) -> None:
        """The code reached nobody: it may be used again."""
        used_codes.forget(self._database, code)

    def _settling(self) -> tuple[Kept, ...]:
        """The visits of which an intent that settles has not ended."""
        standing = self._recorded(statements.OF_ANY_STANDING)
        visits = dict.fromkeys(found.visit for found in standing if settles(found.entry))
        return tuple(Kept(visit, self._lines(visit)) for visit in visits)

    def _missing(self, lost: Kept) -> tuple[Line, ...]:
        """A visit that went on otherwise is right: that commit failed, and the desk knew it."""
        known = self._lines(VisitId(lost.visit))
        return lost.lines[len(known) :] if lost.lines[: len(known)] == known else ()

    def _again(
        self, execute: Execute, visit: VisitId, lines: Sequence[Line]
    ) -> tuple[datetime, ...]:
        """Write them as they were; when their msgids were made."""
        entries = [decode(line.kind, line.body) for line in lines]
        self._write(execute, visit, lines, entries)
        return tuple(moments_of(entries))

    def _write(
        self, execute: Execute, visit: VisitId, lines: Sequence[Line], entries: Sequence[Entry]
    ) -> None:
        self._writes[visit] = self.writes(visit) + 1
        if self._open is not None and visit not in self._open:
            self._open = None
        links = _chained(self._head(), visit, lines)
        for link in links:
            execute(statements.INSERT, astuple(link))
        remember_visit(execute, links[0])
        for link, entry in zip(links, entries, strict=True):
            remember(execute, link, entry)
        execute("UPDATE head SET seq = ?, hash = ?", (links[-1].seq, links[-1].hash))

    def _lines(self, visit: VisitId) -> tuple[Line, ...]:
        links = self._links("WHERE visit = ? ORDER BY seq", visit)
        return tuple(Line(link.at, link.kind, link.body) for link in links)

    def _settles_still(self, visit: VisitId) -> bool:
        standing = self._recorded(statements.STANDING_OF_VISIT, visit)
        return any(settles(found.entry) for found in standing)

    def _head(self) -> Head:
        row = self._database.one("SELECT seq, hash FROM head")
        if row is None:
            raise JournalDamaged("没有链尾")
        return Head(*row)

    def _links(self, which: str, *values: str | int) -> Iterator[Link]:
        return (
            Link(*row) for row in self._database.rows(f"{statements.SELECT_LINKS} {which}", *values)
        )

    def _recorded(self, which: str, *values: str | int) -> tuple[Recorded, ...]:
        return tuple(
            [_read(row) for row in self._database.all(f"{statements.SELECT_READ} {which}", *values)]
        )

    def _visits(self, sql: str, *values: str | int) -> tuple[VisitId, ...]:
        return tuple([VisitId(visit) for (visit,) in self._database.all(sql, *values)])


def _chained(head: Head, visit: VisitId, lines: Sequence[Line]) -> list[Link]:
    links: list[Link] = []
    for line in lines:
        links.append(Link.following(head, line.at, visit, line.kind, line.body))
        head = links[-1].as_head
    return links


def _read(row: Row) -> Recorded:
    seq, at, visit, kind, body = row
    return Recorded(seq, moment_of(at), visit, decode(kind, body))
