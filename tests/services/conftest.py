"""One practice platform for the suite, forgetting everything per test; a desk of its own each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.services.paper_desk import PaperDesk
from tests.rig.desk_printer import DeskPrinter, OnePrinter
from tests.rig.practice import Practice
from tests.rig.town import townsman
from tests.services.counter import TODAY, Counter, counter_at

_SHORT, _LONG = 0.7, 10.0
"""Seconds that a desk waits for an answer; a busy machine is slow with an ordinary one."""


@pytest.fixture
def platform(running_platform: Practice) -> Practice:
    """The demonstration town on the second of May 2023, at noon."""
    running_platform.reset()
    running_platform.clock(TODAY.isoformat())
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
def counter(platform: Practice, profile: Path, tmp_path: Path) -> Iterator[Counter]:
    with counter_at(platform, profile, tmp_path) as found:
        yield found


@pytest.fixture
def person() -> Mapping[str, Any]:
    """The most ordinary one of the town: insured as an employee, filed, well."""
    return townsman(0)


@pytest.fixture
def printer() -> DeskPrinter:
    return DeskPrinter()


@pytest.fixture
def papers(counter: Counter, printer: DeskPrinter) -> PaperDesk:
    return counter.opened.papers(OnePrinter(printer))
