"""kill -9 of a real process: what was acknowledged is there, whole, and the chain holds."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.domain import events as e
from desktop.domain import notes
from desktop.ledger.journal import Journal, VisitId
from tests.ledger.appender import MOMENT

ROOT = Path(__file__).parents[2]
ROUNDS = 12
LARGEST_BATCH = 4


def _appender(verb: str, path: Path, key: bytes, *rest: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ledger.appender", verb, str(path), key.hex(), *rest]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _killed_after(seconds: float, path: Path, key: bytes) -> tuple[int, int]:
    """Let a process append, kill it: how many entries it found, and how many it acknowledged."""
    with _appender("many", path, key) as process:
        assert process.stdout is not None
        found = int(process.stdout.readline())
        time.sleep(seconds)
        process.kill()
        said = [int(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    return found, max(said, default=found)


def test_nothing_acknowledged_is_lost_by_kill_9(path: Path, key: bytes) -> None:
    """Random moments of many appends, again and again on one journal; each round is judged.

    At most the one batch (of up to four) that was being written may be there unacknowledged.
    """
    _survives(path, key, seed=20230502, rounds=ROUNDS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_nothing_acknowledged_is_lost_by_kill_9_whatever_the_moments(
    path: Path, key: bytes, seed: int
) -> None:
    """The same with many other moments: a thousand kills in all."""
    _survives(path, key, seed, rounds=25)


def _survives(path: Path, key: bytes, seed: int, rounds: int) -> None:
    moments = random.Random(seed)  # noqa: S311 (repeatable)
    acknowledged = 0
    for _ in range(rounds):
        found, said = _killed_after(moments.uniform(0.0, 0.12), path, key)
        assert acknowledged <= found <= acknowledged + LARGEST_BATCH
        acknowledged = said
    journal = Journal.open(path, key)
    report = journal.verify_chain()
    numbers = sorted(number for visit in journal.visits() for number in _numbers(journal, visit))
    journal.close()
    assert report.ok
    assert acknowledged > rounds
    assert acknowledged <= report.entries <= acknowledged + LARGEST_BATCH
    assert numbers == list(range(report.entries))


def _numbers(journal: Journal, visit: VisitId) -> list[int]:
    entries = [found.entry for found in journal.entries(visit)]
    return [int(entry.text.split()[0]) for entry in entries if isinstance(entry, e.LineRefused)]


@pytest.mark.parametrize("infno", ["2201", "2207", "2208"])
def test_the_intent_outlives_the_process(path: Path, key: bytes, infno: str) -> None:
    """kill -9 between intent and answer (unknown-outcome, rule 6): one of each kind of intent."""
    with _appender("intent", path, key, infno) as process:
        said, _ = process.communicate(timeout=30)
    assert (said, process.returncode) == ("1\n", -signal.SIGKILL)
    journal = Journal.open(path, key)
    (intent,) = journal.unanswered()
    assert intent.visit == VisitId("v1")
    assert isinstance(intent.entry, notes.RequestIntended | e.Submitted | e.CancelSubmitted)
    assert intent.entry.msgid == "M"
    assert journal.verify_chain().ok
    journal.close()


def test_a_journal_half_made_is_made_again(tmp_path: Path, key: bytes) -> None:
    """Killed before every step of its making in turn, until one making ends."""
    for step in range(30):
        path = tmp_path / str(step) / "journal.db"
        path.parent.mkdir()
        with _appender("making", path, key, str(step)) as process:
            process.communicate(timeout=30)
        _is_usable(path, key)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL
    assert step > 4


def _is_usable(path: Path, key: bytes) -> None:
    journal = Journal.open(path, key)
    journal.append(VisitId("v1"), [e.Requeried()], MOMENT)
    assert journal.verify_chain().entries == 1
    journal.close()
    names = {file.name for file in path.parent.iterdir()}
    assert names == {"journal.db", "journal.intents"}
