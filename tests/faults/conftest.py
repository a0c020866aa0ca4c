"""One platform, one proxy and one desk for all cases: only visits differ."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import count

import pytest

from tests.faults.line import SpoiltLine, agree_on_the_day, spoilt_line
from tests.rig.practice import Practice, practice
from tests.rig.town import townsman
from tests.services.counter import TODAY


@pytest.fixture(scope="session")
def platform() -> Iterator[Practice]:
    """Books doubles, as a careless platform would."""
    with practice() as running:
        running.reset()
        running.clock(TODAY.isoformat())
        running.options(repeat_2207="book")
        yield running


@pytest.fixture(scope="session", autouse=True)
def quiet() -> Iterator[None]:
    """The wire's own log would be most of the work here."""
    log = logging.getLogger("httpcore")
    log.setLevel(logging.INFO)
    yield
    log.setLevel(logging.NOTSET)


@pytest.fixture(scope="session")
def stations() -> Iterator[int]:
    return count(1)


@pytest.fixture(scope="module")
def shared_line(
    infno: str,
    platform: Practice,
    stations: Iterator[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SpoiltLine]:
    """A desk for each transaction; when it is done, its day and the platform's are the same."""
    folder = tmp_path_factory.mktemp(infno)
    with spoilt_line(platform, folder, townsman(0), next(stations)) as line:
        yield line
        agree_on_the_day(line)


@pytest.fixture
def line(shared_line: SpoiltLine) -> Iterator[SpoiltLine]:
    yield shared_line
    shared_line.heal()
