"""One platform, one card service and one screen for all tests; a window for each.

The ordinary ways (card, scanned code, refused and put right) are a part of ``make test``; the rest,
marked slow, of ``make test-long``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.at_the_window import Surroundings, surroundings
from tests.window.till import Till, till_among


@pytest.fixture(scope="package")
def running() -> Iterator[Surroundings]:
    with surroundings() as around:
        yield around


@pytest.fixture
def around(running: Surroundings) -> Iterator[Surroundings]:
    """The town as at the start, no faults, no card in the reader."""
    running.platform.reset()
    yield running
    running.readers.empty()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def till(around: Surroundings, profile: Path) -> Iterator[Till]:
    with till_among(around, profile) as opened:
        yield opened
