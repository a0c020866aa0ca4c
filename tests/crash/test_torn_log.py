"""The end of the write-ahead log is cut off: nothing acknowledged is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain import events as e
from desktop.ledger.database import side_files
from desktop.ledger.intent_file import beside
from desktop.ledger.journal import Journal, VisitId
from tests.crash.desk import CrashDesk
from tests.crash.judge import Violation, judge
from tests.crash.process import Death
from tests.ledger.samples import MOMENT, bill, intended, settlement, submitted

KEY = bytes(range(32))
HEADER, FRAME = 32, 24 + 4096
Written = tuple[int, VisitId, list[e.Entry]]
"""The size of the log by which some entries of a visit were acknowledged."""
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


def _written(journal: Journal, log: Path, settlements: int) -> Iterator[Written]:
    """Append what settlements append; the last one gets no answer."""
    for number in range(settlements + 1):
        visit = VisitId(f"v{number}")
        batches: list[list[e.Entry]] = [
            [e.BillTaken(bill(str(number))), intended(f"A{number}")],
            [submitted(f"M{number}")],
            [e.Settled(settlement(f"S{number}"))],
        ]
        for batch in batches[: 3 if number < settlements else 2]:
            journal.append(visit, batch, MOMENT)
            yield log.stat().st_size, visit, batch


def test_every_cut_keeps_what_was_acknowledged_by_then(tmp_path: Path) -> None:
    """And with the second file every intent, however much of the log is gone."""
    _holds_at_every_cut(tmp_path, settlements=1, with_second=True)


@pytest.mark.slow
@pytest.mark.parametrize("with_second", [True, False])
def test_every_cut_of_a_long_log(tmp_path: Path, with_second: bool) -> None:
    _holds_at_every_cut(tmp_path, settlements=6, with_second=with_second)


def _holds_at_every_cut(folder: Path, settlements: int, *, with_second: bool) -> None:
    path = folder / "journal.db"
    with closing(Journal.open(path, KEY)) as journal:
        log = side_files(path)[0]
        written = list(_written(journal, log, settlements))
        cuts = list(_cuts(log))
        assert len(cuts) > 3 * len(written)
        for kept in cuts:
            copy = _copied(path, folder / "cut", kept, with_second=with_second)
            told = _expected(written, kept, with_second=with_second)
            _holds(copy, told, kept)


def _expected(
    written: Sequence[Written], kept: int, *, with_second: bool
) -> dict[VisitId, list[e.Entry]]:
    """What must be there, and may be the beginning of more: the last commit may not be cut off."""
    told: dict[VisitId, list[e.Entry]] = {}
    for at, visit, batch in written:
        if at <= kept:
            told.setdefault(visit, []).extend(batch)
    if with_second:
        open_visit = written[-1][1]
        told[open_visit] = [
            one for _, visit, batch in written if visit == open_visit for one in batch
        ]
    return told


def _holds(copy: Path, told: Mapping[VisitId, list[e.Entry]], kept: int) -> None:
    with closing(Journal.open(copy, KEY)) as again:
        for visit, entries in told.items():
            there = [row.entry for row in again.entries(visit)]
            assert there[: len(entries)] == entries, f"{visit} at {kept}"
        assert again.verify_chain().ok


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


def test_without_the_second_file_it_would_be_lost(desk: CrashDesk) -> None:
    """So it is the second file that finds it, and the judge that would tell."""
    _killed_after_2207(desk)
    journal = desk.profile / "journal.db"
    beside(journal).unlink()
    _cut(journal, _commit_ends(side_files(journal)[0])[-1] - 1)
    bill = desk.bill(3)
    with pytest.raises(Violation, match="booked and not in the journal"):
        judge(desk, bill.bill_no, bill.id_number)


@pytest.mark.slow
@pytest.mark.parametrize("commit", range(-6, 0))
def test_any_torn_commit_is_resolved_all_the_same(desk: CrashDesk, commit: int) -> None:
    _killed_after_2207(desk)
    ends = _commit_ends(side_files(desk.profile / "journal.db")[0])
    _torn(desk, ends[max(commit, -len(ends))] - 1)


def _cut(journal: Path, kept: int) -> None:
    log = side_files(journal)[0]
    log.write_bytes(log.read_bytes()[:kept])


def _torn(desk: CrashDesk, kept: int) -> None:
    _cut(desk.profile / "journal.db", kept)
    bill = desk.bill(3)
    desk.recover()
    judge(desk, bill.bill_no, bill.id_number)
    again = desk.settle(bill)
    assert (again.exit, [p["code"] for p in again.body["problems"]]) == (0, ["already-settled"])
    judge(desk, bill.bill_no, bill.id_number)
