"""The journal's file behind the journal's back: raw SQL, with or without its guards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.ledger.database import Connection, sqlcipher

Sql = Callable[..., object]


@contextmanager
def raw(path: Path, key: bytes) -> Iterator[Connection]:
    """A plain SQLCipher connection in autocommit mode."""
    connection = sqlcipher().connect(str(path), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        yield connection
    finally:
        connection.close()


def tamper(path: Path, key: bytes, sql: str, *values: str | bytes | int) -> None:
    """Change the file as somebody would who has the key: every trigger dropped first."""
    with raw(path, key) as connection:
        triggers = list(connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql, values)
