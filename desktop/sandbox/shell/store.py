"""Keeps the platform's state over restarts: one SQLite file, one transaction for each request.

Only touched rows are written, before the answer goes out, so a kill loses nothing answered and
leaves nothing half done.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from desktop.sandbox.state import State

FILE = "practice.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    place TEXT NOT NULL, key TEXT NOT NULL, row BLOB NOT NULL, PRIMARY KEY (place, key)
) WITHOUT ROWID
"""


class StoreUnusable(Exception):
    """The folder cannot hold the file, or the file is not one of ours."""


class Store:
    """The file ``practice.sqlite`` of a data folder."""

    def __init__(self, folder: Path) -> None:
        """Raises :class:`StoreUnusable`."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(folder / FILE)
        except (OSError, sqlite3.Error) as error:
            raise StoreUnusable(str(folder)) from error
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute(_SCHEMA)
        except sqlite3.Error as error:
            self._db.close()
            raise StoreUnusable(str(folder)) from error

    def load(self, state: State) -> bool:
        """Fill an empty state with what was kept; False when nothing was.

        Raises :class:`StoreUnusable` for rows that this program does not know.
        """
        try:
            found = self._fill(state)
        except (sqlite3.Error, msgspec.DecodeError, KeyError) as error:
            self.close()
            raise StoreUnusable(FILE) from error
        _forget_touched(state)
        return found

    def _fill(self, state: State) -> bool:
        tables = dict(state.tables())
        found = False
        for place, key, row in self._db.execute("SELECT place, key, row FROM kept"):
            table = tables[place]
            table.put(key, msgspec.json.decode(row, type=table.row))
            found = True
        return found

    def save(self, state: State) -> None:
        """Write every touched row in one transaction."""
        kept: list[tuple[str, str, bytes]] = []
        gone: list[tuple[str, str]] = []
        for place, table in state.tables():
            for key, row in table.take_touched():
                if row is None:
                    gone.append((place, key))
                else:
                    kept.append((place, key, msgspec.json.encode(row)))
        with self._db:
            self._db.executemany("DELETE FROM kept WHERE place = ? AND key = ?", gone)
            self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", kept)

    def close(self) -> None:
        self._db.close()


class NoStore:
    """Keeps nothing."""

    def load(self, state: State) -> bool:  # noqa: ARG002 - a port
        return False

    def save(self, state: State) -> None:
        _forget_touched(state)

    def close(self) -> None:
        return None


def _forget_touched(state: State) -> None:
    for _, table in state.tables():
        table.take_touched()
