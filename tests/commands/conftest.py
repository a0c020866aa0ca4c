"""One practice platform in its own process for the suite, forgetting everything per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rig.practice import Practice, practice


@pytest.fixture(scope="session")
def running_platform() -> Iterator[Practice]:
    with practice() as platform:
        yield platform


@pytest.fixture
def platform(running_platform: Practice) -> Practice:
    running_platform.reset()
    return running_platform


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A practice profile whose desk does not wait long for lost answers."""
    folder = tmp_path / "profile"
    folder.mkdir()
    (folder / "settings.toml").write_text("[platform]\nread_timeout = 1.0\n", encoding="utf-8")
    return folder
