"""``kuasheng practice --play``: what is said, what is kept, what is wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from desktop.sandbox.server import build
from tests.rig.kuasheng import ROOT, command, in_this_process

PATIENCE = 60.0


def test_a_folder_is_filled_and_then_served(tmp_path: Path) -> None:
    """The summary stands beside stdout, which belongs to the ready line."""
    order = command("practice", "--data", tmp_path, "--play", "2023-11, 12 visits, seed 3")
    with subprocess.Popen(
        order, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        ready = json.loads(process.stdout.readline())
        assert ready["url"].startswith("http://127.0.0.1:")
        process.terminate()
        words = process.stderr.read()
        process.wait(PATIENCE)
    assert "visits       12\n" in words
    assert "seconds" in words
    kept = build(tmp_path)
    assert len(kept.state.visits) > 5
    kept.store.close()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2023-13, 5 visits", "'2023-13'"),
        ("2023-11, many visits", "'many visits'"),
        ("next month", "'next month'"),
    ],
)
def test_a_bad_text_is_named(text: str, part: str) -> None:
    ran = in_this_process("practice", "--play", text)
    assert ran.exit == 2
    assert f"argument --play: {part}: " in ran.words


def test_a_month_without_rules_is_named() -> None:
    ran = in_this_process("practice", "--play", "2011-11, 5 visits")
    assert (ran.exit, ran.codes) == (1, ["practice-unavailable"])
    assert "2011-11" in ran.body["problems"][0]["message"]
