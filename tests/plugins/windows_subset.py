"""The suites that run on Windows too: ``pytest -m windows``.

The others need pcscd, namespaces or a Secret Service; Windows does not even collect them.
"""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from tests.plugins.time_budget import TESTS, suite_of

WINDOWS_SUITES = frozenset({"domain", "hospital", "knowledge", "nhsa", "printing", "sandbox"})


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    if platform.system() != "Windows" or not collection_path.is_file():
        return None
    elsewhere = collection_path.is_relative_to(TESTS) and suite_of(collection_path)
    return True if elsewhere and elsewhere not in WINDOWS_SUITES else None


def pytest_itemcollected(item: pytest.Item) -> None:
    if suite_of(item.path) in WINDOWS_SUITES:
        item.add_marker("windows")
