"""The window stands before its desk is open; a desk that does not open is told in words."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.journey.at_the_window import Surroundings
from tests.rig.kuasheng import ROOT, command

pytestmark = pytest.mark.slow


def test_a_desk_that_does_not_open_is_told_and_the_window_goes(
    around: Surroundings, profile: Path
) -> None:
    profile.mkdir()
    (profile / "settings.toml").write_text("[desk]\ndrop_folder = 'charges'\n", encoding="utf-8")
    ended = subprocess.run(
        command("--profile", profile, "--json"),
        cwd=ROOT,
        env=around.environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    (problem,) = json.loads(ended.stdout)["problems"]
    assert problem["code"] == "settings-invalid"
    assert "desk.drop_folder" in problem["message"]
    assert around.screen.windows("跨省直结前台") == []
