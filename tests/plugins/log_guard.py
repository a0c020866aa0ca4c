"""A test that logs an unexpected WARNING or worse fails.

A test says what it expects by the marker ``@pytest.mark.expects_log(pattern, logger=None)`` or,
when the text is known only inside the test, by calling the fixture ``expected_log`` with the same
arguments. ``pattern`` is searched in the message; ``logger`` is the exact name of the logger.
An expectation that nothing met fails the test too.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import pytest


class ExpectLog(Protocol):
    """What the fixture ``expected_log`` hands out."""

    def __call__(self, pattern: str, logger: str | None = None) -> None: ...


@dataclass(slots=True)
class _Expectation:
    pattern: str
    logger: str | None = None
    met: bool = False

    def accepts(self, record: logging.LogRecord) -> bool:
        if self.logger not in (None, record.name):
            return False
        return re.search(self.pattern, record.getMessage()) is not None


@dataclass(slots=True)
class _Watch:
    """The log of one test: what it announced, and what came."""

    expectations: list[_Expectation]
    records: list[logging.LogRecord] = field(default_factory=list)

    def expect(self, pattern: str, logger: str | None = None) -> None:
        self.expectations.append(_Expectation(pattern, logger))

    def take_unexpected(self) -> list[str]:
        """Tell each unexpected record once, so one phase of the test is blamed for it."""
        unexpected = [record for record in self.records if not self._is_expected(record)]
        self.records.clear()
        return [f"{r.levelname} {r.name}: {r.getMessage()}" for r in unexpected]

    def unmet(self) -> list[str]:
        return [e.pattern for e in self.expectations if not e.met]

    def _is_expected(self, record: logging.LogRecord) -> bool:
        accepting = [e for e in self.expectations if e.accepts(record)]
        for expectation in accepting:
            expectation.met = True
        return bool(accepting)


class _Recorder(logging.Handler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.records.append(record)


_WATCH = pytest.StashKey[_Watch]()


@contextmanager
def _recording(watch: _Watch) -> Iterator[None]:
    recorder = _Recorder(watch)
    root = logging.getLogger()
    root.addHandler(recorder)
    try:
        yield
    finally:
        root.removeHandler(recorder)


def _announced(item: pytest.Item) -> list[_Expectation]:
    return [_Expectation(*m.args, **m.kwargs) for m in item.iter_markers("expects_log")]


def _fail_on_unexpected(watch: _Watch) -> None:
    if unexpected := watch.take_unexpected():
        pytest.fail("unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)


def pytest_configure() -> None:
    """The steps of each HTTP exchange are not kept: a twentieth of the whole run."""
    logging.getLogger("httpcore").setLevel(logging.INFO)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    watch = item.stash[_WATCH] = _Watch(_announced(item))
    with _recording(watch):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    yield
    _fail_on_unexpected(item.stash[_WATCH])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    yield
    watch = item.stash[_WATCH]
    _fail_on_unexpected(watch)
    if unmet := watch.unmet():
        pytest.fail("expected in the log, but not there:\n" + "\n".join(unmet), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    yield
    _fail_on_unexpected(item.stash[_WATCH])


@pytest.fixture
def expected_log(request: pytest.FixtureRequest) -> ExpectLog:
    """Announce a WARNING or worse from inside the test."""
    item: pytest.Item = request.node
    return item.stash[_WATCH].expect
