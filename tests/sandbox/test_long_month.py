"""The whole month: 12 000 visits in under two minutes of a processor."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.rig.kuasheng import ROOT, command

VISITS = 12_000
MOST_SECONDS = 120.0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_month_of_12000_visits_stands_in_under_two_minutes(tmp_path: Path) -> None:
    """From the start of the program to the ready line, everything kept on disk.

    Measured as the processor's time: it works alone, so a quiet machine's clock says the same.
    """
    said = tmp_path / "said.txt"
    order = command("practice", "--data", tmp_path / "data", "--play", f"2023-11, {VISITS} visits")
    with (
        said.open("w") as words,
        subprocess.Popen(order, stdout=subprocess.PIPE, stderr=words, cwd=ROOT) as process,
    ):
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        used = processor_seconds(process.pid)
        process.terminate()
    assert process.returncode == 0
    assert ready["url"].startswith("http://127.0.0.1:")
    told = said.read_text(encoding="utf-8")
    assert re.search(rf"visits +{VISITS}\n", told), told
    assert used < MOST_SECONDS


def processor_seconds(pid: int) -> float:
    """User and system time so far, fields 14 and 15 of ``/proc/PID/stat``."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
