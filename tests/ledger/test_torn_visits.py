"""A visit of which a damaged journal lost entries is kept, is a person's, and is settled nowhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import BillKey
from desktop.domain.one_at_a_time import InTheWay, in_the_way
from desktop.domain.open_work import what_is_open
from desktop.domain.record import VisitRecord, replay
from desktop.domain.visit import State
from desktop.ledger.database import Database, open_as_it_is
from desktop.ledger.errors import NotAdmitted
from desktop.ledger.journal import Journal, VisitId
from desktop.ledger.recover import Recovered, recover_journal
from tests.ledger.samples import MOMENT, bill, full, settlement, submitted
from tests.ledger.test_recover import NOW, STEPS

V1, V2, V3 = VisitId("v1"), VisitId("v2"), VisitId("v3")
Hole = Callable[[list[str]], list[int]]
"""Of the kinds of the entries of a visit, the places of those that are lost."""


def _entries(number: str) -> list[e.Entry]:
    booked = (submitted("M" + number), e.Settled(settlement("S" + number)))
    return [e.BillTaken(bill(number, visit_no="MZ" + number)), *map(full, STEPS), *booked]


def _fill(path: Path, key: bytes) -> None:
    """Three settled bills of one day, one after the other, none of them open."""
    with closing(Journal.open(path, key)) as journal:
        for visit in (V1, V2, V3):
            journal.append(visit, _entries(visit[1:]), MOMENT)


def _cut(path: Path, key: bytes, visit: str, lost: Hole) -> None:
    """As after the damage of the pages on which these entries were."""
    with closing(open_as_it_is(path, key)) as database:
        database.one("PRAGMA foreign_keys = OFF")
        _deleted(database, visit, lost)


def _deleted(database: Database, visit: str, lost: Hole) -> None:
    with database.transaction() as execute:
        for (name,) in database.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            execute(f"DROP TRIGGER {name}")
        rows = database.all("SELECT seq, kind FROM entries WHERE visit = ? ORDER BY seq", visit)
        for place in lost([str(kind) for _, kind in rows]):
            execute("DELETE FROM entries WHERE seq = ?", (rows[place][0],))


def _recovered(path: Path, key: bytes, visit: str, lost: Hole) -> Recovered:
    _fill(path, key)
    _cut(path, key, visit, lost)
    return recover_journal(path, key, NOW)


def _middle(kinds: list[str]) -> list[int]:
    return [kinds.index("Registered")]


def _bill(_kinds: list[str]) -> list[int]:
    return [0]


def _end(kinds: list[str]) -> list[int]:
    return [kinds.index("Submitted"), kinds.index("Settled")]


def _from_the_preview_on(kinds: list[str]) -> list[int]:
    return list(range(kinds.index("Previewed"), len(kinds)))


def _everything(kinds: list[str]) -> list[int]:
    return list(range(len(kinds)))


HOLES = (_middle, _bill, _end, _from_the_preview_on, _everything)


@pytest.mark.parametrize("lost", HOLES)
@pytest.mark.parametrize("visit", [V1, V2, V3])
def test_a_visit_with_a_hole_is_kept_and_named(
    path: Path, key: bytes, visit: VisitId, lost: Hole
) -> None:
    recovered = _recovered(path, key, visit, lost)
    assert recovered.torn == (visit,)
    assert recovered.lost == len(lost([entry.__class__.__name__ for entry in _entries("1")]))
    with closing(Journal.open(path, key)) as journal:
        assert set(journal.visits()) == {V1, V2, V3}
        assert visit in journal.open_visits()
        assert visit in {row.visit for row in journal.unknown()}
        record = _record(journal, visit)
        assert (record.state, what_is_open(record)) == (State.UNKNOWN, None)
        assert journal.verify_chain().ok
        for other in {V1, V2, V3} - {visit}:
            assert _record(journal, other).effectively_settled


@pytest.mark.parametrize("lost", HOLES)
def test_its_bill_passes_no_door(path: Path, key: bytes, lost: Hole) -> None:
    """The bill's file lies in the drop folder yet, in whatever revision."""
    _recovered(path, key, V2, lost)
    with closing(Journal.open(path, key)) as journal:
        assert journal.visits_of_bill(BillKey("2", 1)) == (V2,)
        again = [e.BillTaken(bill("2", 2, visit_no="MZ2")), *_entries("2")[1:-1]]
        with pytest.raises(NotAdmitted):
            journal.append(VisitId("v4"), again, MOMENT)
        journal.append(VisitId("v5"), _entries("5"), MOMENT)


def test_it_survives_a_second_damage(path: Path, key: bytes) -> None:
    """It is in the second file from the next opening on."""
    _recovered(path, key, V2, _middle)
    Journal.open(path, key).close()
    _cut(path, key, V2, _everything)
    again = recover_journal(path, key, NOW)
    assert (again.visits, again.torn, again.lost) == ((V2,), (V2,), 0)


def test_what_the_second_file_holds_fills_the_hole(path: Path, key: bytes) -> None:
    """Nothing is torn, and nothing is lost."""
    with closing(Journal.open(path, key)) as journal:
        journal.append(V1, _entries("1")[:-1], MOMENT)
        journal.append(V1, [e.OutcomeUnknown("timed-out")], MOMENT)
    _cut(path, key, V1, _middle)
    recovered = recover_journal(path, key, NOW)
    assert (recovered.visits, recovered.torn, recovered.lost) == ((V1,), (), 0)
    with closing(Journal.open(path, key)) as journal:
        assert [row.entry for row in journal.entries(V1)] == [
            *_entries("1")[:-1],
            e.OutcomeUnknown("timed-out"),
        ]


@pytest.mark.parametrize("stands", [True, False])
@pytest.mark.parametrize("lost", HOLES)
def test_a_person_ends_it(path: Path, key: bytes, lost: Hole, *, stands: bool) -> None:
    """A settlement that stands keeps the door shut, read or not; none opens it."""
    _recovered(path, key, V2, lost)
    with closing(Journal.open(path, key)) as journal:
        journal.append(V2, [notes.TornJudged(stands, "9001")], MOMENT)
        assert not journal.unknown()
        assert not journal.settling()
        record = _record(journal, V2)
        ours = replay(_entries("2")[:-2])
        assert (in_the_way(ours, record) is None) is not stands
        assert (record.state, what_is_open(record)) == (State.CLOSED, None)


def test_a_settlement_that_was_read_and_stands_is_settled(path: Path, key: bytes) -> None:
    _recovered(path, key, V2, _middle)
    with closing(Journal.open(path, key)) as journal:
        journal.append(V2, [notes.TornJudged(stands=True, by="9001")], MOMENT)
        record = _record(journal, V2)
        assert in_the_way(replay(_entries("2")[:-2]), record) is InTheWay.SETTLED


def _record(journal: Journal, visit: VisitId) -> VisitRecord:
    return replay(row.entry for row in journal.entries(visit))


@pytest.mark.parametrize("kind", get_args(e.Entry))
def test_any_entry_may_follow_a_hole(kind: type[e.Entry]) -> None:
    """Nothing but a person's word moves it."""
    record = replay((notes.Torn("B1", 1), full(kind)))
    judged = kind is notes.TornJudged
    assert record.state is (State.CLOSED if judged else State.UNKNOWN)
    assert record.blocks_new_settlement


def test_a_visit_of_which_not_even_the_bill_is_known_is_still_looked_for(journal: Journal) -> None:
    journal.append(V1, (notes.Torn(),), MOMENT)
    assert journal.settling() == (V1,)
