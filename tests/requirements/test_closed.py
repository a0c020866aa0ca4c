"""The platform's column is closed; the desk's is counted, and grows with the issues."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.requirements.rows import TESTS


def told(*options: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tests.requirements", *options]
    return subprocess.run(program, cwd=TESTS.parent, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def strict() -> subprocess.CompletedProcess[str]:
    return told("--strict", "platform")


def test_every_row_that_asks_the_platform_is_proved_or_declared(
    strict: subprocess.CompletedProcess[str],
) -> None:
    open_rows = strict.stdout.partition("platform side, open:")[2].partition("\n\n")[0]
    assert strict.returncode == 0, f"{open_rows}\n{strict.stderr}"


def test_both_columns_are_told_whole(strict: subprocess.CompletedProcess[str]) -> None:
    counts = [line for line in strict.stdout.splitlines() if " proved, " in line]
    assert [line.partition(" ")[0] for line in counts] == ["desk", "platform"]
    for line in counts:
        figures = [int(word) for word in line.replace(",", " ").split() if word.isdecimal()]
        assert sum(figures) == 191
