"""A disk that takes no more: the append fails as a whole, and the journal goes on after."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain import events as e
from desktop.domain.problems import DeskError
from desktop.ledger.errors import JournalUnreadable, JournalWriteFailed
from desktop.ledger.journal import Journal, VisitId
from tests.ledger.samples import MOMENT

V1 = VisitId("v1")
LARGE = [e.LineRefused("x" * 30_000)]


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    """A real limit of the system on this process's writes; the disk of a test is never full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _fill(journal: Journal) -> int:
    """Append until it fails; how many went in."""
    for count in range(1000):
        try:
            journal.append(V1, [*LARGE, e.Requeried()], MOMENT)
        except JournalWriteFailed:
            return count
    raise AssertionError("the disk never was full")


def _holds(journal: Journal, appends: int) -> None:
    assert len(journal.entries(V1)) == 2 * appends
    assert journal.verify_chain().ok


def test_a_write_beyond_the_limit_fails_whole(journal: Journal, path: Path, key: bytes) -> None:
    with _files_no_larger_than(200_000):
        appended = _fill(journal)
        assert appended > 0
        _holds(journal, appended)
    journal.append(V1, [*LARGE, e.Requeried()], MOMENT)
    _holds(journal, appended + 1)
    journal.close()
    again = Journal.open(path, key)
    _holds(again, appended + 1)
    again.close()


def test_no_room_for_a_new_journal_leaves_none(path: Path, key: bytes) -> None:
    with _files_no_larger_than(10_000), pytest.raises(DeskError):
        Journal.open(path, key)
    assert not path.exists()
    Journal.open(path, key).close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 kB; needs the right to mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a small disk; the limit on file sizes proves the same")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_fails_the_append_whole(small_disk: Path, key: bytes) -> None:
    path = small_disk / "journal.db"
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(200_000))
    journal = Journal.open(path, key)
    appended = _fill(journal)
    assert appended > 0
    _holds(journal, appended)
    ballast.unlink()
    journal.append(V1, [*LARGE, e.Requeried()], MOMENT)
    _holds(journal, appended + 1)
    journal.close()


def test_a_journal_closed_on_a_full_disk_opens_again(small_disk: Path, key: bytes) -> None:
    """The log that could not be folded in stays, and so does every entry."""
    path = small_disk / "journal.db"
    journal = Journal.open(path, key)
    appended = _fill(journal)
    journal.close()
    try:
        again = Journal.open(path, key)
    except JournalUnreadable:
        pytest.fail("an acknowledged entry cannot be read on a full disk")
    _holds(again, appended)
    again.close()
