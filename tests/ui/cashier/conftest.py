"""One practice platform for the presenter tests, forgetting everything per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig.practice import Practice, practice
from tests.services.counter import TODAY
from tests.ui.cashier.booth import Booth, booth_at


@pytest.fixture(scope="module")
def running_platform() -> Iterator[Practice]:
    with practice() as platform:
        yield platform


@pytest.fixture
def booth(running_platform: Practice, tmp_path: Path) -> Iterator[Booth]:
    running_platform.reset()
    running_platform.clock(TODAY.isoformat())
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "settings.toml").write_text("[platform]\nread_timeout = 1.0\n", encoding="utf-8")
    with booth_at(running_platform, profile, tmp_path) as opened:
        yield opened
