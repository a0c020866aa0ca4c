"""The window stands before its desk is open; a desk that does not open is told in words."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.journey.at_the_window import Booth, Surroundings
from tests.rig.kuasheng import ROOT
from tests.window.till import Till, spied

pytestmark = pytest.mark.slow


def test_a_desk_that_does_not_open_says_why_until_it_is_closed(
    around: Surroundings, profile: Path
) -> None:
    profile.mkdir()
    (profile / "settings.toml").write_text("[desk]\ndrop_folder = 'charges'\n", encoding="utf-8")
    with subprocess.Popen(
        [*spied("--profile", profile), "--json"],
        cwd=ROOT,
        env=around.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        booth = Booth(around.screen, around.readers, around.platform, profile, process)
        till = Till(booth)
        till.sees("没有打开")
        till.says("desk.drop_folder")
        till.says("settings-invalid")
        till.ask_to_close()
        assert process.wait(20) == 1
        assert process.stdout is not None
        *told, _holds = process.stdout.read().decode().splitlines()
    (problem,) = json.loads("\n".join(told))["problems"]
    assert problem["code"] == "settings-invalid"
    assert "desk.drop_folder" in problem["message"]
