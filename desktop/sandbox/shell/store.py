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


class Store:
    """The file ``practice.sqlite`` of a data folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / FILE)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute(_SCHEMA)

    def load(self, state: State) -> bool:
        """Fill an empty state with what was kept; False when nothing was."""
        tables = dict(state.tables())
        found = False
        for place, key, row in self._db.execute("SELECT place, key, row FROM kept"):
            table = tables[place]
            table.put(key, msgspec.json.decode(row, type=table.row))
            found = True
        _forget_touched(state)
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
