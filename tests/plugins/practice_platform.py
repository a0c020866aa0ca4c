"""One practice platform in its own process for all tests of a run; who uses it resets it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rig.practice import Practice, practice


@pytest.fixture(scope="session")
def running_platform() -> Iterator[Practice]:
    with practice() as platform:
        yield platform
