"""``docs/visit-states.md`` says what the table says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop.domain.visit import TABLE, State
from desktop.domain.visit_document import document

PROJECT = Path(__file__).parents[2]
GENERATE = "python -m desktop.domain.visit_document > docs/visit-states.md"


def test_the_document_is_fresh() -> None:
    written = (PROJECT / "docs" / "visit-states.md").read_text(encoding="utf-8")
    assert written == document(), GENERATE


def test_every_state_and_every_row_is_in_it() -> None:
    text = document()
    assert all(f"\n## {state}\n" in text for state in State)
    assert sum(line.startswith("| ") for line in text.splitlines()) == len(TABLE) + len(State)


def test_the_command_writes_it() -> None:
    command = [sys.executable, "-m", "desktop.domain.visit_document"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    assert done.stdout.decode() == document()
