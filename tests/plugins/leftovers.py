"""Whoever starts a thread or a process ends it: what outlives the last test fails the run."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

_LEFTOVERS = pytest.StashKey[list[str]]()


def _threads() -> Iterator[str]:
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            yield f"thread {thread.name}"


def _child_pids() -> Iterator[str]:
    """Nothing where the system has no such files (Windows)."""
    for listing in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        yield from listing.read_text().split()


def _processes() -> Iterator[str]:
    for pid in _child_pids():
        try:
            name, _, state = _file(pid, "stat").partition("(")[2].rpartition(") ")
            command = _file(pid, "cmdline").replace("\0", " ").strip()
        except OSError:
            continue
        if not state.startswith("Z"):  # the Popen of a zombie warns for itself
            yield f"process {pid} ({name}): {command}"


def _file(pid: str, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text(errors="replace")


def pytest_sessionfinish(session: pytest.Session) -> None:
    left = session.config.stash[_LEFTOVERS] = [*_threads(), *_processes()]
    if left and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in terminalreporter.config.stash.get(_LEFTOVERS, []):
        terminalreporter.write_line(f"LEFT BEHIND by a test: {line}", red=True)
