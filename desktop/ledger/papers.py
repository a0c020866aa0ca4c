"""The archive: every paper as it was printed, in the journal's own encrypted file.

A paper is written in the transaction of the entry that announces its printing, which holds its
SHA-256: the chain vouches for it. Persons are found by a keyed hash of their ID number; the key is
made with the table and lies in it, encrypted like everything there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.ledger.chain import moment_of, moment_text
from desktop.ledger.database import Database, Row, Value
from desktop.ledger.errors import JournalDamaged
from desktop.ledger.index import Execute


class NewPaper(Discreet, Struct, frozen=True):
    """A paper that is about to be printed for the first time."""

    said = ("job", "form")

    job: str
    form: str
    title: str
    setl_id: str
    """What it is of: a settlement, or the number that the paper bears itself."""
    id_number: str
    """Of the person; only its mark is kept."""
    reprint: int
    content: bytes
    """The PDF."""
    slip: bytes = b""
    """The same for a roll of 80 mm, as its drawer packs it."""

    @property
    def sha256(self) -> str:
        from hashlib import sha256

        return sha256(self.content).hexdigest()


class PaperFacts(Struct, frozen=True):
    """One paper of the archive, without its content; ``at`` is +08:00."""

    job: str
    visit: str
    form: str
    title: str
    setl_id: str
    reprint: int
    at: datetime
    sha256: str
    size: int
    """Bytes of the PDF."""


class Search(Discreet, Struct, frozen=True):
    """Which papers; what is "" or None says nothing, and nothing at all finds every paper."""

    said = ("visit", "setl_id", "first", "last")

    visit: str = ""
    setl_id: str = ""
    id_number: str = ""
    first: date | None = None
    last: date | None = None


_INSERT = "INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_WIDTH = 13
_LEVEL = 0
"""Of zlib. The streams of a PDF are packed already: any other level makes a slip 6 % smaller, in a
twentieth of the time that it has (1.3 ms)."""
_COLUMNS = "job, visit, form, title, setl_id, reprint, at, sha256, size"


def keep(execute: Execute, database: Database, visit: str, paper: NewPaper, at: datetime) -> None:
    """Within the transaction of the entry that announces it."""
    execute(
        _INSERT,
        (
            paper.job,
            visit,
            paper.form,
            paper.title,
            paper.setl_id,
            paper.reprint,
            moment_text(at),
            moment_text(at)[:10],
            _mark(database, paper.id_number),
            paper.sha256,
            len(paper.content),
            zlib.compress(paper.content, _LEVEL),
            paper.slip,
        ),
    )


def found(database: Database, search: Search) -> tuple[PaperFacts, ...]:
    """Oldest first."""
    wanted, values = _where(database, search)
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    rows = database.all(f"SELECT {_COLUMNS} FROM papers{where} ORDER BY at, job", *values)  # noqa: S608
    return tuple(map(_facts, rows))


def content(database: Database, job: str) -> bytes | None:
    """The PDF, byte for byte; None for a paper that is not there. Raises ``JournalDamaged``."""
    from hashlib import sha256

    row = database.one("SELECT packed, sha256 FROM papers WHERE job = ?", job)
    if row is None:
        return None
    pdf = zlib.decompress(row[0])
    if sha256(pdf).hexdigest() != row[1]:
        raise JournalDamaged("存档的单据与账本不符")
    return pdf


def slip(database: Database, job: str) -> bytes:
    """The same for a roll; b"" where the form has none, or the paper is not there."""
    row = database.one("SELECT slip FROM papers WHERE job = ?", job)
    return b"" if row is None else bytes(row[0])


def all_rows(database: Database) -> Iterator[tuple[Value, ...]]:
    """Every row as it is stored, for a journal that takes another's place."""
    return database.rows("SELECT * FROM papers ORDER BY rowid")


def take_over(execute: Execute, key: bytes, rows: Iterator[tuple[Value, ...]]) -> None:
    """Into an archive that is empty yet: marks go on to be made with the key of before."""
    execute("UPDATE papers_key SET key = ?", (key,))
    for row in rows:
        execute(_INSERT, (*row, b"")[:_WIDTH])  # before version 5 none had a slip


def key_of(database: Database) -> bytes:
    row = database.one("SELECT key FROM papers_key")
    if row is None:
        raise JournalDamaged("没有单据存档的密钥")
    return bytes(row[0])


def _where(database: Database, search: Search) -> tuple[list[str], list[Value]]:
    wanted: tuple[tuple[str, Value], ...] = (
        ("visit = ?", search.visit),
        ("setl_id = ?", search.setl_id),
        ("person = ?", _mark(database, search.id_number) if search.id_number else ""),
        ("day >= ?", search.first.isoformat() if search.first else ""),
        ("day <= ?", search.last.isoformat() if search.last else ""),
    )
    told = [(clause, value) for clause, value in wanted if value]
    return [clause for clause, _ in told], [value for _, value in told]


def _facts(row: Row) -> PaperFacts:
    job, visit, form, title, setl_id, reprint, at, sha256, size = row
    return PaperFacts(job, visit, form, title, setl_id, reprint, moment_of(at), sha256, size)


def _mark(database: Database, id_number: str) -> bytes:
    """The same for small letters: an ID number ends with x or X."""
    import hmac

    return hmac.digest(key_of(database), id_number.strip().upper().encode(), "sha256")
