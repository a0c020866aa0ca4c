"""The virtual screen: a real window, real keys, a picture."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.rig.screen import Screen, ScreenUnavailable

ROOT = Path(__file__).parents[2]
WIDTH, HEIGHT = 400, 300


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen(WIDTH, HEIGHT, scale=200) as made:
        yield made


@pytest.fixture
def probe(screen: Screen) -> Iterator[subprocess.Popen[str]]:
    program = [sys.executable, "-m", "tests.rig.qt_probe", str(WIDTH // 2), str(HEIGHT // 2)]
    environment = {**os.environ, **screen.environment}
    with subprocess.Popen(
        program, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        screen.wait_for_window("探针")
        yield running
        running.terminate()


def line(probe: subprocess.Popen[str]) -> str:
    assert probe.stdout is not None
    return probe.stdout.readline().rstrip("\n")


def test_keys_reach_the_window_and_a_picture_shows_it(
    screen: Screen, probe: subprocess.Popen[str], tmp_path: Path
) -> None:
    screen.type("abX1", delay_ms=5)
    screen.press("BackSpace", "Return")
    assert line(probe) == "abX"
    screen.scan("4240123456789012345678901234")
    assert line(probe) == "4240123456789012345678901234"
    screen.picture(tmp_path / "screen.png")
    picture = QImage(str(tmp_path / "screen.png"))
    assert (picture.width(), picture.height()) == (WIDTH, HEIGHT)
    assert picture.pixelColor(WIDTH - 5, HEIGHT - 5).name() == "#0a4d6b"


def test_a_window_that_does_not_come_is_said(screen: Screen) -> None:
    with pytest.raises(ScreenUnavailable, match="no window with the title"):
        screen.wait_for_window("nobody", seconds=0.2)


def test_two_screens_do_not_meet(screen: Screen) -> None:
    with Screen(100, 80) as other:
        assert other.environment["DISPLAY"] != screen.environment["DISPLAY"]
        assert other.pixels()[:2] == (100, 80)
