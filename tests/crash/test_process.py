"""What counts as a kill: SIGKILL on purpose, and nothing else."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.crash import process
from tests.crash.process import Death, NoEnd, run


def test_a_killed_process_is_a_kill(tmp_path: Path) -> None:
    assert run(["--help"], tmp_path, Death(after=0.0)).killed


def test_a_crash_of_its_own_is_no_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_child", lambda *_: os.kill(os.getpid(), signal.SIGUSR1))
    with pytest.raises(NoEnd, match="signal 10"):
        run(["--help"], tmp_path)


def test_a_process_that_hangs_is_no_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PATIENCE", 0.1)
    monkeypatch.setattr(process, "_child", lambda *_: signal.pause())
    with pytest.raises(NoEnd, match="no end after"):
        run(["--help"], tmp_path)
