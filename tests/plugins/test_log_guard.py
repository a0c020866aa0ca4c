"""An unexpected WARNING fails a test, in whichever phase it comes."""

from __future__ import annotations

import pytest

from tests.plugins.time_budget import TESTS

HEAD = """
import logging, threading
import pytest
log = logging.getLogger("desk.line")
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project of its own; it runs in another process, so its log is not ours."""
    monkeypatch.setenv("PYTHONPATH", str(TESTS.parent))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\nmarkers = expects_log(pattern, logger=None): announced")
    return pytester


def outcomes(inner: pytest.Pytester, *bodies: str) -> list[str]:
    """The outcome of each test in ``bodies``, in their order."""
    inner.makepyfile(HEAD + "\n".join(bodies))
    run = inner.runpytest_subprocess(
        "-v", "-p", "tests.plugins.log_guard", "-p", "no:cacheprovider"
    )
    return [line.split()[1] for line in run.outlines if "::" in line and line.endswith("%]")]


def test_a_warning_fails_and_an_info_does_not(inner: pytest.Pytester) -> None:
    told = outcomes(
        inner,
        "def test_quiet(): log.info('line is up')",
        "def test_loud(): log.warning('line is down')",
        "def test_worse(): log.error('line is down')",
        "def test_elsewhere(): (t := threading.Thread(target=log.warning, args=('x',))).start();"
        " t.join()",
    )
    assert told == ["PASSED", "FAILED", "FAILED", "FAILED"]


def test_what_is_expected_passes(inner: pytest.Pytester) -> None:
    told = outcomes(
        inner,
        "@pytest.mark.expects_log('is down', logger='desk.line')",
        "def test_marked(): log.warning('line is down')",
        "def test_asked(expected_log): expected_log('down$'); log.warning('line is down')",
    )
    assert told == ["PASSED", "PASSED"]


def test_what_is_expected_must_come_and_excuses_nothing_else(inner: pytest.Pytester) -> None:
    told = outcomes(
        inner,
        "@pytest.mark.expects_log('is down')",
        "def test_silent(): pass",
        "@pytest.mark.expects_log('is down')",
        "def test_another_text(): log.warning('line is down'); log.warning('disk is full')",
        "@pytest.mark.expects_log('is down', logger='desk')",
        "def test_another_logger(): log.warning('line is down')",
    )
    assert told == ["FAILED", "FAILED", "FAILED"]


def test_fixtures_are_watched_too(inner: pytest.Pytester) -> None:
    told = outcomes(
        inner,
        "@pytest.fixture",
        "def early(): log.warning('early')",
        "@pytest.fixture",
        "def late():",
        "    yield",
        "    log.warning('late')",
        "def test_setup(early): pass",
        "def test_teardown(late): pass",
    )
    assert told == ["ERROR", "PASSED", "ERROR"]
