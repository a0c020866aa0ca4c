"""The two storages under the simulated journal: what one day becomes on each is the same."""

from __future__ import annotations

import sqlite3

import pytest

from desktop.domain.visit import State
from desktop.ledger.database import Database
from tests.simulation.disk import Disk, Killed, Power, Sqlite, Storage
from tests.simulation.runs import Tally, play
from tests.simulation.tables import Tables
from tests.simulation.world import new_kit

_SEEDS = range(1, 26)
_INSERT = "INSERT INTO open_visits VALUES (?) ON CONFLICT (visit) DO NOTHING"
_VISIT = "INSERT INTO visits VALUES (?, ?, ?) ON CONFLICT (visit) DO NOTHING"
_OPEN = "SELECT visit FROM visits NATURAL JOIN open_visits ORDER BY seq"


def _stories(monkeypatch: pytest.MonkeyPatch, storage: type[Storage]) -> tuple[list[str], Tally]:
    monkeypatch.setattr("tests.simulation.disk.Tables", storage)
    kit, tally = new_kit(), Tally()
    told = [play(seed, kit, tally, told=True).story.lines for seed in _SEEDS]
    return [line for lines in told for line in lines], tally


def test_the_same_days_on_tables_and_on_a_real_database(monkeypatch: pytest.MonkeyPatch) -> None:
    on_tables, tally = _stories(monkeypatch, Tables)
    on_sqlite, _ = _stories(monkeypatch, Sqlite)
    assert on_tables == on_sqlite
    assert tally.failures == []
    assert tally.lives > tally.seeds
    assert any(State.SETTLED in line for line in on_tables)


def test_a_statement_that_nobody_taught_is_an_error() -> None:
    with pytest.raises(KeyError):
        Tables().execute("SELECT 1", ())


@pytest.mark.parametrize("real", [False, True])
def test_what_a_dead_process_did_not_commit_is_gone(real: bool) -> None:
    disk, power = Disk(), Power()
    disk.blank(real=real)
    first = disk.mount(power, lambda: None)
    with pytest.raises(Killed):
        _killed_while_writing(first, power)
    again = disk.mount(Power(), lambda: None)
    assert again.all(_OPEN) == []
    with again.transaction() as execute:
        execute(_VISIT, ("v2", 1, "2023-05-02"))
        execute(_INSERT, ("v2",))
    assert disk.mount(Power(), lambda: None).all(_OPEN) == [("v2",)]


def _killed_while_writing(database: Database, power: Power) -> None:
    with database.transaction() as execute:
        execute(_VISIT, ("v1", 1, "2023-05-02"))
        execute(_INSERT, ("v1",))
        raise power.cut()


def test_an_entry_is_written_once() -> None:
    for storage, fault in ((Tables(), AssertionError), (Sqlite(), sqlite3.IntegrityError)):
        storage.begin()
        row = (1, "2023-05-02T09:00:00.000000+08:00", "v1", "X", b"{}", bytes(32), bytes(32))
        storage.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        with pytest.raises(fault):
            storage.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", row)
