"""The file: encrypted, opened strictly, upgraded whole, and never made worse."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any, cast

import pytest

from desktop.domain import events as e
from desktop.domain.identifiers import PsnNo, SetlId
from desktop.ledger.chain import Fault
from desktop.ledger.codec import encode
from desktop.ledger.database import Connection, Driver, open_database, sqlcipher
from desktop.ledger.errors import (
    JournalDamaged,
    JournalError,
    JournalFromNewerProgram,
    JournalNotDecrypted,
    JournalUnreadable,
    JournalWriteFailed,
)
from desktop.ledger.intent_file import beside
from desktop.ledger.journal import Journal, VisitId
from desktop.ledger.migrations import MIGRATIONS, Migration
from tests.ledger.raw import raw
from tests.ledger.samples import ID_NUMBER, MOMENT, NAME, bill, full, settlement, submitted

V1 = VisitId("v1")
PAGE = 4096


@pytest.fixture
def filled(path: Path, key: bytes) -> Path:
    """A closed journal of many pages."""
    journal = Journal.open(path, key)
    for number in range(60):
        journal.append(VisitId(f"v{number}"), [e.BillTaken(bill(str(number)))], MOMENT)
    journal.close()
    return path


def _refused(path: Path, key: bytes, error: type[Exception] = JournalUnreadable) -> None:
    """Opening fails with the typed error and leaves the file as it is."""
    before = path.read_bytes()
    with pytest.raises(error):
        Journal.open(path, key)
    assert path.read_bytes() == before


def test_no_plain_byte_of_a_person_is_on_disk(journal: Journal, path: Path) -> None:
    entry = e.BillTaken(bill())
    secrets = [ID_NUMBER.encode(), NAME.encode(), NAME.encode("gbk"), encode(entry)[:40], b"SQLite"]
    assert secrets[0] in encode(entry)
    journal.append(V1, [entry, submitted()], MOMENT)
    on_disk = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert set(on_disk) == {"journal.db", "journal.db-wal", "journal.db-shm", "journal.intents"}
    assert len(on_disk["journal.db-wal"]) > PAGE
    assert len(on_disk["journal.intents"]) > len(encode(entry))
    journal.close()
    on_disk["closed"] = path.read_bytes()
    assert [n for n, content in on_disk.items() if any(s in content for s in secrets)] == []


def test_only_the_owner_may_read_the_file(journal: Journal, path: Path) -> None:
    journal.append(V1, [e.Requeried()], MOMENT)
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def test_the_wrong_key_is_refused_and_the_right_one_still_fits(filled: Path, key: bytes) -> None:
    _refused(filled, bytes(32))
    journal = Journal.open(filled, key)
    assert journal.verify_chain().entries == 60
    journal.close()


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(path: Path, length: int) -> None:
    with pytest.raises(JournalUnreadable):
        Journal.open(path, bytes(length))
    assert not path.exists()


@pytest.mark.parametrize("kept", [0, 1, 100, PAGE, PAGE + 1, 4 * PAGE, -PAGE, -1])
def test_a_truncated_file_is_refused(filled: Path, key: bytes, kept: int) -> None:
    content = filled.read_bytes()
    filled.write_bytes(content[:kept])
    _refused(filled, key, JournalDamaged)
    beside(filled).unlink()
    _refused(filled, key)


@pytest.mark.parametrize("content", [b"not a database " * 1000, b"SQLite format 3\0" + bytes(8176)])
def test_what_is_no_journal_is_refused(path: Path, key: bytes, content: bytes) -> None:
    path.write_bytes(content)
    _refused(path, key)


def test_a_plain_database_is_refused(path: Path, key: bytes) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE entries (seq)")
    plain.close()
    _refused(path, key)


def test_a_flipped_bit_is_never_taken_for_content(filled: Path, key: bytes) -> None:
    """In any page: either the file is refused, or a read fails, or nothing read is different."""
    sound = filled.read_bytes()
    found = [_what_is_read(filled, key, sound, page) for page in range(len(sound) // PAGE)]
    assert found[0] == "refused"
    assert Fault.UNREADABLE in found
    assert set(found) <= {"refused", Fault.UNREADABLE, None}


def _what_is_read(path: Path, key: bytes, sound: bytes, page: int) -> object:
    flipped = bytearray(sound)
    flipped[page * PAGE + 1000] ^= 1
    path.write_bytes(flipped)
    try:
        journal = Journal.open(path, key)
    except JournalDamaged:
        return "refused"
    try:
        report = journal.verify_chain()
        assert report.first_fault or report.entries == 60
        return report.first_fault and report.first_fault.fault
    finally:
        journal.close()


def test_a_missing_folder_is_an_error_of_the_journal(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(JournalUnreadable):
        Journal.open(tmp_path / "none" / "journal.db", key)


def test_a_folder_is_no_journal(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(JournalUnreadable):
        Journal.open(tmp_path, key)


def test_what_a_crash_left_of_the_making_is_cleared(path: Path, key: bytes) -> None:
    for name in ("journal.db.making", "journal.db.making-wal", "journal.db.making.new"):
        path.with_name(name).write_bytes(b"half")
    Journal.open(path, key).close()
    names = {file.name for file in path.parent.iterdir()}
    assert names == {"journal.db", "journal.intents"}


def test_a_sqlite_without_encryption_is_refused(path: Path, key: bytes) -> None:
    """Python's own SQLite would take the key in silence and write plain text."""
    with pytest.raises(JournalUnreadable):
        open_database(path, key, driver=cast(Driver, sqlite3))
    assert not path.exists()


class _Deaf:
    """A real connection on which one setting stays as it was."""

    def __init__(self, connection: Connection, setting: str) -> None:
        self._connection = connection
        self._setting = setting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        deaf = sql.startswith(f"PRAGMA {self._setting} = ")
        return () if deaf else self._connection.execute(sql, values)


class _Broken:
    """A real connection to a disk that fails."""

    def __init__(self, connection: Connection, error: type[Exception]) -> None:
        self._connection = connection
        self._error = error

    def execute(self, _sql: str, _values: Sequence[Any] = ()) -> Any:
        raise self._error("disk I/O error")

    def close(self) -> None:
        self._connection.close()


def test_a_disk_that_fails_is_neither_a_wrong_key_nor_damage(filled: Path, key: bytes) -> None:
    real = sqlcipher()

    def connect(*args: Any, **options: Any) -> Connection:
        return cast(Connection, _Broken(real.connect(*args, **options), real.OperationalError))

    broken = SimpleNamespace(
        connect=connect, Error=real.Error, OperationalError=real.OperationalError
    )
    with pytest.raises(JournalUnreadable) as caught:
        open_database(filled, key, driver=cast(Driver, broken))
    assert not isinstance(caught.value, JournalNotDecrypted)


@pytest.mark.parametrize("setting", ["journal_mode", "foreign_keys", "recursive_triggers"])
def test_a_setting_that_does_not_hold_is_refused(path: Path, key: bytes, setting: str) -> None:
    real = sqlcipher()

    def connect(*args: Any, **options: Any) -> Connection:
        return cast(Connection, _Deaf(real.connect(*args, **options), setting))

    deaf = SimpleNamespace(
        connect=connect, Error=real.Error, OperationalError=real.OperationalError
    )
    with pytest.raises(JournalUnreadable, match="journal-unreadable") as caught:
        open_database(path, key, driver=cast(Driver, deaf))
    assert setting in caught.value.problems[0].detail


def test_every_commit_waits_for_the_disk(journal: Journal) -> None:
    assert journal._database.one("PRAGMA synchronous") == (2,)
    assert journal._database.one("PRAGMA journal_mode") == ("wal",)


def test_pages_in_memory_are_few(journal: Journal) -> None:
    """The library's own 8 MiB are filled by one long day."""
    assert journal._database.one("PRAGMA cache_size") == (-1024,)


def test_what_was_acknowledged_is_in_the_files(journal: Journal, path: Path, key: bytes) -> None:
    """A copy of file and log, taken right after an append, opens with the entry in it."""
    journal.append(V1, [e.Requeried()], MOMENT)
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    shutil.copy(path.with_name("journal.db-wal"), copy.with_name("copy.db-wal"))
    copied = Journal.open(copy, key)
    assert len(copied.entries(V1)) == 1
    copied.close()


def test_whatever_interrupts_a_transaction_undoes_it(journal: Journal) -> None:
    with pytest.raises(KeyboardInterrupt):
        _interrupted(journal)
    assert journal.high_water() is None
    journal.reserve("whole")
    assert journal.high_water() == "whole"


def _interrupted(journal: Journal) -> None:
    with journal._database.transaction() as execute:
        execute("INSERT INTO msgid_lease VALUES (1, 'half')")
        raise KeyboardInterrupt


NEXT = Migration(
    len(MIGRATIONS) + 1,
    ("CREATE TABLE later (x)", "ALTER TABLE visits ADD COLUMN place TEXT"),
)
BROKEN = Migration(NEXT.version, (NEXT.statements[0], "ALTER TABLE nothing ADD COLUMN x"))


def test_versions_are_numbered_from_one_without_gaps() -> None:
    versions = [migration.version for migration in MIGRATIONS]
    assert versions == list(range(1, len(MIGRATIONS) + 1))


def test_an_upgrade_keeps_every_entry(filled: Path, key: bytes) -> None:
    database = open_database(filled, key, migrations=(*MIGRATIONS, NEXT))
    journal = Journal(database)
    assert database.one("PRAGMA user_version") == (NEXT.version,)
    assert list(database.rows("SELECT * FROM later")) == []
    assert journal.verify_chain().entries == 60
    journal.close()


def test_a_journal_of_the_first_version_gets_its_new_indexes(path: Path, key: bytes) -> None:
    """Every visit that exists is open, and every settlement is found by its number."""
    settled: list[e.Entry] = [submitted(), e.Settled(settlement("S1"))]
    journal = Journal.open(path, key)
    who = full(e.PersonIdentified)
    journal.append(VisitId("v2"), [e.BillTaken(bill()), *settled], MOMENT)
    journal.append(
        VisitId("v1"), [who, submitted(), e.SettledUnbalanced(settlement(None), ())], MOMENT
    )
    journal.close()
    with raw(path, key) as first:
        first.execute("DROP TABLE open_visits")
        first.execute("DROP TABLE settlements")
        first.execute("DROP TABLE persons")
        first.execute("DROP TABLE used_codes")
        first.execute("DROP TABLE used_codes_key")
        first.execute("DROP TABLE papers")
        first.execute("DROP TABLE papers_key")
        first.execute("PRAGMA user_version = 1")
    again = Journal.open(path, key)
    assert again.open_visits() == (VisitId("v2"), VisitId("v1"))
    assert again.visits_of_settlement(SetlId("S1")) == (VisitId("v2"),)
    day = MOMENT.date()
    assert again.visits_of_person(who.person, day) == (VisitId("v1"),)
    again.append(VisitId("v2"), [who], MOMENT + timedelta(days=1))
    assert again.visits_of_person(who.person, day) == (VisitId("v2"), VisitId("v1"))
    assert again.visits_of_person(replace(who.person, psn_no=PsnNo("9")), day) != ()
    stranger = replace(who.person, psn_no=PsnNo("9"), cert_no="")
    assert again.visits_of_person(stranger, day) == ()
    assert again.visits_of_person(who.person, day + timedelta(days=1)) == ()
    again.append(VisitId("v3"), settled, MOMENT)
    assert again.visits_of_settlement(SetlId("S1")) == (VisitId("v3"), VisitId("v2"))
    assert again.visits_of_settlement(SetlId("S2")) == ()
    again.close()


def test_a_failed_upgrade_leaves_the_old_version_whole(filled: Path, key: bytes) -> None:
    with pytest.raises(JournalWriteFailed):
        open_database(filled, key, migrations=(*MIGRATIONS, BROKEN))
    database = open_database(filled, key)
    assert database.one("PRAGMA user_version") == (len(MIGRATIONS),)
    assert database.one("SELECT count(*) FROM sqlite_schema WHERE name = 'later'") == (0,)
    assert Journal(database).verify_chain().entries == 60
    database.close()


def test_a_new_file_goes_through_every_version(path: Path, key: bytes) -> None:
    database = open_database(path, key, migrations=(*MIGRATIONS, NEXT))
    assert database.one("PRAGMA user_version") == (NEXT.version,)
    database.close()


def test_a_failed_making_leaves_no_journal(path: Path, key: bytes) -> None:
    with pytest.raises(JournalError):
        open_database(path, key, migrations=(*MIGRATIONS, BROKEN))
    assert not path.exists()


def test_a_file_of_a_newer_program_is_refused(filled: Path, key: bytes) -> None:
    with raw(filled, key) as other:
        other.execute("PRAGMA user_version = 99")
    _refused(filled, key, JournalFromNewerProgram)


def test_closing_waits_for_who_is_writing(filled: Path, key: bytes) -> None:
    """A worker that comes back late: the connection was once closed under it (SIGSEGV)."""
    database = open_database(filled, key)
    inside, go_on, ends = Event(), Event(), list[str]()

    def write() -> None:
        with database.transaction() as execute:
            inside.set()
            assert go_on.wait(10)
            execute("DELETE FROM msgid_lease")
        ends.append("written")

    def close() -> None:
        database.close()
        ends.append("closed")

    writer, closer = Thread(target=write), Thread(target=close)
    writer.start()
    assert inside.wait(10)
    closer.start()
    closer.join(0.1)
    assert closer.is_alive()
    go_on.set()
    writer.join(10)
    closer.join(10)
    assert ends == ["written", "closed"]
    with pytest.raises(JournalWriteFailed), database.transaction():
        pass
