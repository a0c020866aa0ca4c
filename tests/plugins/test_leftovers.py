"""A thread or a process that outlives the tests fails the run."""

from __future__ import annotations

import sys

import pytest

from tests.plugins.time_budget import TESTS


def run(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    pytester.makepyfile(body)
    return pytester.runpytest_subprocess("-p", "tests.plugins.leftovers")


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS.parent))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def test_a_tidy_test_passes(pytester: pytest.Pytester) -> None:
    assert run(pytester, "def test_tidy(): pass").ret == pytest.ExitCode.OK


def test_a_thread_left_behind_is_named(pytester: pytest.Pytester) -> None:
    told = run(
        pytester,
        """
        import threading
        def test_untidy(): threading.Timer(1, print).start()
        """,
    )
    assert told.ret == pytest.ExitCode.TESTS_FAILED
    told.stdout.fnmatch_lines(["LEFT BEHIND by a test: thread Thread-*"])


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the children")
def test_a_process_left_behind_is_named(pytester: pytest.Pytester) -> None:
    told = run(
        pytester,
        """
        import subprocess
        kept = []
        def test_untidy(): kept.append(subprocess.Popen(["sleep", "3"]))
        """,
    )
    assert told.ret == pytest.ExitCode.TESTS_FAILED
    told.stdout.fnmatch_lines(["LEFT BEHIND by a test: process * (*"])
