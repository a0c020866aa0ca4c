"""The SQLCipher file under the journal: opened strictly, written in durable transactions.

A commit returns when the data is on disk (WAL, ``synchronous = FULL``). Every page is encrypted
and authenticated with a raw 32-byte key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, Protocol, cast

from desktop.ledger.durable import create_private, put_in_place
from desktop.ledger.errors import (
    JournalDamaged,
    JournalError,
    JournalFromNewerProgram,
    JournalNotDecrypted,
    JournalUnreadable,
    JournalWriteFailed,
)
from desktop.ledger.migrations import MIGRATIONS, Migration

KEY_BYTES = 32
PAGE_BYTES = 4096
"""Of SQLCipher 4; the first page always is in the file, for it is named when it is whole."""
BUSY_TIMEOUT_MS = 5000
CACHE_KIB = 1024
"""Decrypted pages in memory; the library's own 8 MiB fill up by 24 KiB a settlement, all day long.
What is read again and again (the last visits, the tops of the indexes) is a tenth of it.
"""

Value = str | bytes | int | None
Row = tuple[Any, ...]


class Cursor(Protocol):
    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """What the journal needs of a DB-API connection in autocommit mode."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, values: Sequence[Value] = (), /) -> Cursor: ...
    def close(self) -> None: ...


class Driver(Protocol):
    """The part of ``sqlcipher3.dbapi2`` that is used here."""

    @property
    def Error(self) -> type[Exception]: ...  # noqa: N802 (DB-API)
    @property
    def OperationalError(self) -> type[Exception]: ...  # noqa: N802 (DB-API)
    @property
    def connect(self) -> Callable[..., Connection]: ...


class Database:
    """One open file. One thread at a time; writers of other processes are waited for."""

    def __init__(self, connection: Connection, driver: Driver) -> None:
        self._connection = connection
        self._driver = driver
        self._turn = RLock()
        """A thread that comes back late must not have the connection closed under it."""
        self.commits = 0
        """Durable commits since opening; a benchmark counts them per settlement."""

    def rows(self, sql: str, *values: Value) -> Iterator[Row]:
        """Rows as they are read.

        Raises :class:`JournalUnreadable` (disk, lock) or :class:`JournalDamaged` (content).
        """
        try:
            yield from self._connection.execute(sql, values)
        except self._driver.Error as fault:
            raise self._why(fault) from fault

    def all(self, sql: str, *values: Value) -> list[Row]:
        """The same, all read when this returns."""
        try:
            with self._turn:
                return list(self._connection.execute(sql, values))
        except self._driver.Error as fault:
            raise self._why(fault) from fault

    def one(self, sql: str, *values: Value) -> Row | None:
        """The first row; None when there is none. Raises as :meth:`rows`."""
        return next(iter(self.all(sql, *values)), None)

    @contextmanager
    def transaction(self) -> Iterator[Callable[..., object]]:
        """Everything executed inside is on disk when this ends, or nothing is.

        Yields the connection's ``execute``. Raises :class:`JournalWriteFailed`, and
        :class:`JournalDamaged` where what is there could not be read.
        """
        with self._turn:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except JournalDamaged:
                self._roll_back()
                raise
            except (self._driver.Error, JournalError, UnicodeError) as fault:
                self._roll_back()
                raise JournalWriteFailed from fault
            except BaseException:
                self._roll_back()
                raise
            self.commits += 1

    def is_sound(self) -> bool:
        """Every page of the file, the indexes' too: its seal, and its place in the tree."""
        try:
            sealed = not list(self.rows("PRAGMA cipher_integrity_check"))
            return sealed and self.one("PRAGMA integrity_check") == ("ok",)
        except JournalError:
            return False

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._turn:
            self._connection.close()

    def _why(self, fault: Exception) -> JournalError:
        disk = isinstance(fault, self._driver.OperationalError)
        return JournalUnreadable(str(fault)) if disk else JournalDamaged(str(fault))

    def _roll_back(self) -> None:
        with suppress(self._driver.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def sqlcipher() -> Driver:
    """The driver, imported when it is needed."""
    from sqlcipher3 import dbapi2

    return cast(Driver, dbapi2)


def open_database(
    path: Path,
    key: bytes,
    *,
    driver: Driver | None = None,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> Database:
    """Open the file, or make it when there is none, and bring its schema up to date.

    A new file gets its name only when it is whole, so an existing file that cannot be read is
    never a half-made one and is left as it is: raises :class:`JournalUnreadable` (also for a
    newer program's file, as :class:`JournalFromNewerProgram`, and as :class:`JournalNotDecrypted`
    when key and file do not go together).
    """
    driver = driver or sqlcipher()
    if not path.exists():
        _create(path, key, driver, migrations)
    database = open_as_it_is(path, key, driver=driver)
    try:
        _migrate(database, migrations)
    except BaseException:
        database.close()
        raise
    return database


def open_as_it_is(path: Path, key: bytes, *, driver: Driver | None = None) -> Database:
    """Open a file that exists, of any version; raises as :func:`open_database`."""
    if not _has_whole_pages(path):
        raise JournalNotDecrypted("账本文件不完整")
    return _open_existing(path, key, driver or sqlcipher())


def _create(path: Path, key: bytes, driver: Driver, migrations: Sequence[Migration]) -> None:
    unfinished = path.with_name(path.name + ".making")
    clear_unfinished(unfinished)
    try:
        create_private(unfinished, b"")
        with closing(_open_existing(unfinished, key, driver)) as database:
            _migrate(database, migrations)
        _demand(not any(side.exists() for side in side_files(unfinished)), "账本没有写完整")
        put_in_place(unfinished, path)
    except OSError as fault:
        raise JournalUnreadable(str(fault)) from fault


def clear_unfinished(path: Path) -> None:
    """Remove what a crash left of a file that never got its name."""
    for leftover in (path, *side_files(path)):
        leftover.unlink(missing_ok=True)


def _has_whole_pages(path: Path) -> bool:
    """SQLite takes a shorter file for an empty database, and would begin it anew.

    A log beside the file may hold the rest of a page whose writing was cut off.
    """
    size = path.stat().st_size
    in_use = side_files(path)[0].exists()
    return size >= PAGE_BYTES and (in_use or size % PAGE_BYTES == 0)


def side_files(path: Path) -> tuple[Path, Path]:
    """The write-ahead log of a database, and its shared index."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _open_existing(path: Path, key: bytes, driver: Driver) -> Database:
    if len(key) != KEY_BYTES:
        raise JournalUnreadable(f"密钥不是 {KEY_BYTES} 字节")
    address = f"{path.resolve().as_uri()}?mode=rw"
    try:
        connection = driver.connect(
            address, uri=True, isolation_level=None, check_same_thread=False
        )
    except driver.Error as fault:
        raise JournalUnreadable(str(fault)) from fault
    try:
        with _told_apart(driver):
            _unlock(connection, key)
            _settle_in(connection)
    except JournalUnreadable:
        connection.close()
        raise
    return Database(connection, driver)


@contextmanager
def _told_apart(driver: Driver) -> Iterator[None]:
    """Disk and locks apart from content that does not decrypt."""
    try:
        yield
    except driver.OperationalError as fault:
        raise JournalUnreadable(str(fault)) from fault
    except driver.Error as fault:
        raise JournalNotDecrypted(str(fault)) from fault


def _unlock(connection: Connection, key: bytes) -> None:
    _demand(bool(_value(connection, "PRAGMA cipher_version")), "没有加密的 SQLite")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    _value(connection, "SELECT count(*) FROM sqlite_schema")
    _demand(_value(connection, "PRAGMA cipher_status") == "1", "没有启用加密")


def _settle_in(connection: Connection) -> None:
    """Make the settings that durability rests on, and see that they are really so."""
    for setting, wanted in (
        ("journal_mode = WAL", "wal"),
        ("synchronous = FULL", 2),
        ("foreign_keys = ON", 1),
        ("recursive_triggers = ON", 1),
        ("trusted_schema = OFF", 0),
        (f"busy_timeout = {BUSY_TIMEOUT_MS}", BUSY_TIMEOUT_MS),
        (f"cache_size = {-CACHE_KIB}", -CACHE_KIB),
    ):
        connection.execute(f"PRAGMA {setting}")
        name = setting.partition(" ")[0]
        _demand(_value(connection, f"PRAGMA {name}") == wanted, f"设置 {name} 不成立")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise JournalUnreadable(otherwise)


def _value(connection: Connection, sql: str) -> Value:
    rows = list(connection.execute(sql))
    return cast(Value, rows[0][0]) if rows else None


def _migrate(database: Database, migrations: Sequence[Migration]) -> None:
    version = _version(database)
    if version > max(migration.version for migration in migrations):
        raise JournalFromNewerProgram(f"账本版本 {version}")
    for migration in migrations:
        if migration.version > version:
            _apply(database, migration)


def _apply(database: Database, migration: Migration) -> None:
    with database.transaction() as execute:
        for statement in migration.statements:
            execute(statement)
        execute(f"PRAGMA user_version = {migration.version}")


def _version(database: Database) -> int:
    row = database.one("PRAGMA user_version")
    return int(row[0]) if row else 0
