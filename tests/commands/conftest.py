"""One practice platform in its own process for the suite, forgetting everything per test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.desk import TODAY, CommandDesk
from tests.rig.pcsc import PcscStack
from tests.rig.practice import Practice
from tests.rig.town import townsman

_SHORT, _LONG = 1.0, 10.0
"""Seconds that a desk waits for an answer; a busy machine is slow with an ordinary one."""


@pytest.fixture
def platform(running_platform: Practice) -> Practice:
    running_platform.reset()
    return running_platform


@pytest.fixture
def profile(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A practice profile; only where the platform is to be silent its desk soon gives up waiting."""
    silent = request.node.get_closest_marker("silent") is not None
    folder = tmp_path / "profile"
    folder.mkdir()
    wait = _SHORT if silent else _LONG
    (folder / "settings.toml").write_text(f"[platform]\nread_timeout = {wait}\n", encoding="utf-8")
    return folder


@pytest.fixture
def desk(platform: Practice, profile: Path, tmp_path: Path) -> CommandDesk:
    """A practice desk on the second of May 2023, at noon."""
    platform.clock(TODAY.isoformat())
    return CommandDesk(platform, profile, tmp_path)


@pytest.fixture
def person() -> Mapping[str, Any]:
    """The most ordinary one of the town: insured as an employee, filed, well."""
    return townsman(0)


@pytest.fixture(scope="session")
def running_readers() -> Iterator[PcscStack]:
    with PcscStack(readers=1) as stack:
        yield stack


@pytest.fixture
def readers(running_readers: PcscStack) -> Iterator[PcscStack]:
    """One empty reader behind a real pcscd."""
    yield running_readers
    running_readers.empty()
