"""The end of the write-ahead log is cut off: nothing acknowledged is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain import events as e
from desktop.ledger.database import side_files
from desktop.ledger.intent_file import beside
from desktop.ledger.journal import Journal, VisitId
from tests.crash.desk import CrashDesk
from tests.crash.judge import judge
from tests.crash.process import Death
from tests.ledger.samples import MOMENT, bill, intended, settlement, submitted

KEY = bytes(range(32))
HEADER, FRAME = 32, 24 + 4096
_COMMIT_SIZE = slice(4, 8)
"""Of a frame's head: the size of the database, zero unless the frame ends a commit."""


def _cuts(log: Path) -> Iterator[int]:
    """Every frame boundary of a log, and a byte to either side."""
    size = log.stat().st_size
    for boundary in range(HEADER, size + 1, FRAME):
        yield from (at for at in (boundary - 1, boundary, boundary + 1) if at <= size)


def _commit_ends(log: Path) -> list[int]:
    content = log.read_bytes()
    starts = range(HEADER, len(content) - FRAME + 1, FRAME)
    return [at + FRAME for at in starts if any(content[at : at + FRAME][_COMMIT_SIZE])]


def _copied(path: Path, folder: Path, kept: int, *, with_second: bool) -> Path:
    """What a power cut leaves: the file, and the log up to ``kept`` bytes."""
    folder.mkdir(exist_ok=True)
    for leftover in folder.iterdir():
        leftover.unlink()
    copy = folder / path.name
    shutil.copy(path, copy)
    if with_second:
        shutil.copy(beside(path), beside(copy))
    side_files(copy)[0].write_bytes(side_files(path)[0].read_bytes()[:kept])
    return copy


def _written(journal: Journal, log: Path) -> Iterator[tuple[int, VisitId, list[e.Entry]]]:
    """Append what a few settlements append: the size of the log by which each was acknowledged."""
    for number in range(4):
        visit = VisitId(f"v{number}")
        batches: list[list[e.Entry]] = [
            [e.BillTaken(bill(str(number))), intended(f"A{number}")],
            [submitted(f"M{number}")],
            [e.Settled(settlement(f"S{number}"))],
        ]
        for batch in batches[: 2 if number == 3 else 3]:
            journal.append(visit, batch, MOMENT)
            yield log.stat().st_size, visit, batch


@pytest.mark.parametrize("with_second", [True, False])
def test_every_cut_keeps_what_was_acknowledged_by_then(tmp_path: Path, with_second: bool) -> None:
    """And with the second file every intent, however much of the log is gone."""
    path = tmp_path / "journal.db"
    journal = Journal.open(path, KEY)
    log = side_files(path)[0]
    written = list(_written(journal, log))
    cuts = list(_cuts(log))
    assert len(cuts) > 3 * len(written)
    for kept in cuts:
        copy = _copied(path, tmp_path / "cut", kept, with_second=with_second)
        again = Journal.open(copy, KEY)
        there = {visit: [row.entry for row in again.entries(visit)] for visit in again.visits()}
        for visit in {visit for _, visit, _ in written}:
            told = [one for at, v, batch in written if v == visit and at <= kept for one in batch]
            assert there.get(visit, [])[: len(told)] == told, f"{visit} at {kept}"
        if with_second:
            assert there[VisitId("v3")] == [*written[-2][2], *written[-1][2]]
        assert again.verify_chain().ok
        again.close()
    journal.close()


def _killed_after_2207(desk: CrashDesk) -> None:
    """The last of three settlements, booked, its answer not written down."""
    for number in (1, 2):
        points = desk.settle(desk.bill(number)).passed.points
    at = len(points) - points[::-1].index("after 2207")
    killed = desk.settle(desk.bill(3), Death(at_point=at))
    assert killed.last_point == "after 2207"


def test_a_torn_commit_of_the_intent_is_resolved_all_the_same(desk: CrashDesk) -> None:
    """The platform booked, and the log has lost its last commit: the intent of the 2207."""
    _killed_after_2207(desk)
    _torn(desk, _commit_ends(side_files(desk.profile / "journal.db")[0])[-1] - 1)


@pytest.mark.slow
@pytest.mark.parametrize("commit", range(-6, 0))
def test_any_torn_commit_is_resolved_all_the_same(desk: CrashDesk, commit: int) -> None:
    _killed_after_2207(desk)
    ends = _commit_ends(side_files(desk.profile / "journal.db")[0])
    _torn(desk, ends[max(commit, -len(ends))] - 1)


def _torn(desk: CrashDesk, kept: int) -> None:
    log = side_files(desk.profile / "journal.db")[0]
    log.write_bytes(log.read_bytes()[:kept])
    bill = desk.bill(3)
    desk.recover()
    judge(desk, bill.bill_no, bill.id_number)
    again = desk.settle(bill)
    assert (again.exit, [p["code"] for p in again.body["problems"]]) == (0, ["already-settled"])
    judge(desk, bill.bill_no, bill.id_number)
