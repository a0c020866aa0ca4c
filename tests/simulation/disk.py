"""The simulated disk under the journal: it outlives every process, and can be full or cut off."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from desktop.ledger.database import Cursor, Database, Driver, Value
from desktop.ledger.migrations import MIGRATIONS
from tests.simulation.faults import DiskFault

if TYPE_CHECKING:
    from collections.abc import Iterator


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


class Disk:
    """One journal's storage for one worker; :meth:`blank` begins a new world on it.

    The journal's own transactions are savepoints in one that is never committed, so that going
    back to the empty journal costs next to nothing.
    """

    def __init__(self) -> None:
        self._raw = sqlite3.connect(":memory:", isolation_level=None)
        for migration in MIGRATIONS:
            for statement in migration.statements:
                self._raw.execute(statement)
        self._raw.execute("BEGIN")
        self.commits = 0
        """Durable commits since :meth:`blank`; a kill may hide one from its writer."""

    def blank(self) -> None:
        self._raw.execute("ROLLBACK")
        self._raw.execute("BEGIN")
        self.commits = 0

    def mount(self, power: Power, ask_fault: AskFault) -> Database:
        """The storage as a new process opens it."""
        return Database(_Mounted(self, self._raw, power, ask_fault), cast(Driver, sqlite3))


class _Mounted:
    """A connection in autocommit mode, until the power goes."""

    def __init__(
        self, disk: Disk, raw: sqlite3.Connection, power: Power, ask_fault: AskFault
    ) -> None:
        self._disk = disk
        self._cursor = raw.cursor()
        self._power = power
        self._ask_fault = ask_fault
        self.in_transaction = False

    def execute(self, sql: str, values: Sequence[Value] = (), /) -> Cursor:
        if not self._power.on:
            raise Killed
        if sql in _CONTROL:
            return self._control(sql)
        return self._execute(sql, values)

    def _execute(self, sql: str, values: Sequence[Value] = ()) -> Cursor:
        """One cursor for all: what was found is read before the next statement."""
        found: Cursor = self._cursor.execute(sql, values)
        return list(found) if sql.startswith("SELECT") else _NOTHING

    def close(self) -> None:
        """Nothing to fold into the file."""

    def _control(self, sql: str) -> Cursor:
        if sql == "BEGIN IMMEDIATE":
            self._execute("SAVEPOINT journal")
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
        self._execute("RELEASE journal")
        self.in_transaction = False
        self._disk.commits += 1
        if fault is DiskFault.KILL_AFTER:
            raise self._power.cut()
        if fault is DiskFault.KEPT_AFTER_ALL:
            self._power.cut()
            raise sqlite3.OperationalError("disk I/O error")

    def _undo(self) -> None:
        self._execute("ROLLBACK TO journal")
        self._execute("RELEASE journal")
        self.in_transaction = False


class _Nothing:
    def __iter__(self) -> Iterator[tuple[object, ...]]:
        return iter(())


_NOTHING = _Nothing()
_CONTROL = frozenset(("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"))
