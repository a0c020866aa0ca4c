"""A desk that may be killed: a fresh profile for each test, one careless platform for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.desk import CrashDesk, desk_in
from tests.crash.warm import warm
from tests.rig.practice import Practice, practice


@pytest.fixture(scope="session")
def careless() -> Iterator[Practice]:
    warm()
    with practice() as platform:
        yield platform


@pytest.fixture
def desk(careless: Practice, tmp_path: Path) -> CrashDesk:
    careless.reset()
    return desk_in(tmp_path, careless)
