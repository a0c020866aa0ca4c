"""A journal of its own for each test, in a real encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger.journal import Journal

KEY = bytes(range(32))


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path, key: bytes) -> Iterator[Journal]:
    journal = Journal.open(path, key)
    yield journal
    journal.close()
