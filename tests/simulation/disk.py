"""The simulated disk under the journal: it outlives every process, and can be full or cut off."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Protocol, cast

from desktop.ledger.database import Cursor, Database, Driver, Value
from desktop.ledger.migrations import MIGRATIONS
from tests.simulation.faults import DiskFault
from tests.simulation.tables import Tables


class Killed(BaseException):
    """The process is gone; nothing of it may catch this."""


class Power:
    """Of one process: once it is off, nothing of the process acts any more."""

    __slots__ = ("on",)

    def __init__(self) -> None:
        self.on = True

    def cut(self) -> Killed:
        """Switch off; the caller raises what comes back."""
        self.on = False
        return Killed()

    def demand(self) -> None:
        if not self.on:
            raise Killed


AskFault = Callable[[], DiskFault | None]


class Storage(Protocol):
    """What holds one journal, in transactions; :meth:`undo` outside of one does nothing."""

    def blank(self) -> None: ...
    def execute(self, sql: str, values: Sequence[Value], /) -> Cursor: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def undo(self) -> None: ...


class Sqlite:
    """A real database, in memory.

    The journal's own transactions are savepoints in one that is never committed, so that going
    back to the empty journal costs next to nothing.
    """

    def __init__(self) -> None:
        raw = sqlite3.connect(":memory:", isolation_level=None)
        for migration in MIGRATIONS:
            for statement in migration.statements:
                raw.execute(statement)
        raw.execute("BEGIN")
        self._cursor = raw.cursor()
        self._in_transaction = False

    def blank(self) -> None:
        self._cursor.execute("ROLLBACK")
        self._cursor.execute("BEGIN")
        self._in_transaction = False

    def execute(self, sql: str, values: Sequence[Value] = (), /) -> Cursor:
        """One cursor for all: what was found is read before the next statement."""
        found: Cursor = self._cursor.execute(sql, values)
        return list(found) if sql.startswith("SELECT") else _NOTHING

    def begin(self) -> None:
        self.execute("SAVEPOINT journal")
        self._in_transaction = True

    def commit(self) -> None:
        self.execute("RELEASE journal")
        self._in_transaction = False

    def undo(self) -> None:
        if self._in_transaction:
            self.execute("ROLLBACK TO journal")
            self.commit()


class Disk:
    """One journal's storage for one worker; :meth:`blank` begins a new world on it."""

    def __init__(self) -> None:
        self._storage: Storage = Tables()
        self._real: Storage = Sqlite()
        self.commits = 0
        """Durable commits since :meth:`blank`; a kill may hide one from its writer."""

    def blank(self, *, real: bool = False) -> None:
        """Empty, with ``real`` SQLite under it."""
        if real is not isinstance(self._storage, Sqlite):
            self._storage, self._real = self._real, self._storage
        self._storage.blank()
        self.commits = 0

    def mount(self, power: Power, ask_fault: AskFault) -> Database:
        """The storage as a new process opens it: what the last one did not commit is gone."""
        self._storage.undo()
        mounted = _Mounted(self, self._storage, power, ask_fault)
        return Database(mounted, cast(Driver, sqlite3))


class _Mounted:
    """A connection in autocommit mode, until the power goes."""

    def __init__(self, disk: Disk, storage: Storage, power: Power, ask_fault: AskFault) -> None:
        self._disk = disk
        self._storage = storage
        self._power = power
        self._ask_fault = ask_fault
        self.in_transaction = False

    def execute(self, sql: str, values: Sequence[Value] = (), /) -> Cursor:
        if not self._power.on:
            raise Killed
        if sql in _CONTROL:
            return self._control(sql)
        return self._storage.execute(sql, values)

    def close(self) -> None:
        """Nothing to fold into the file."""

    def _control(self, sql: str) -> Cursor:
        if sql == "BEGIN IMMEDIATE":
            self._storage.begin()
            self.in_transaction = True
        elif sql == "ROLLBACK":
            self._undo()
        else:
            self._commit()
        return _NOTHING

    def _commit(self) -> None:
        fault = self._ask_fault()
        if fault is DiskFault.FULL:
            raise sqlite3.OperationalError("database or disk is full")
        if fault is DiskFault.KILL_BEFORE:
            self._undo()
            raise self._power.cut()
        self._storage.commit()
        self.in_transaction = False
        self._disk.commits += 1
        if fault is DiskFault.KILL_AFTER:
            raise self._power.cut()
        if fault is DiskFault.KEPT_AFTER_ALL:
            self._power.cut()
            raise sqlite3.OperationalError("disk I/O error")

    def _undo(self) -> None:
        self._storage.undo()
        self.in_transaction = False


_NOTHING: list[tuple[object, ...]] = []
_CONTROL = frozenset(("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"))
