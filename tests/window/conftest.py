"""One platform, one card service and one screen for the tests of a file; a window for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.at_the_window import Surroundings, surroundings
from tests.window.till import Till, till_among

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole windows with real keys take minutes: a part of ``make test-long``.

    ``make test`` plays one at tests/journey.
    """
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="package")
def running() -> Iterator[Surroundings]:
    with surroundings() as around:
        yield around


@pytest.fixture
def around(running: Surroundings) -> Iterator[Surroundings]:
    """The town as at the start, no faults, no card in the reader."""
    running.platform.reset()
    yield running
    running.readers.remove_all()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def till(around: Surroundings, profile: Path) -> Iterator[Till]:
    with till_among(around, profile) as opened:
        yield opened
