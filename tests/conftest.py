"""What holds for every test; each rule, and what all share, is one plugin in ``tests/plugins``."""

from __future__ import annotations

pytest_plugins = [
    "tests.plugins.log_guard",
    "tests.plugins.leftovers",
    "tests.plugins.time_budget",
    "tests.plugins.hypothesis_profiles",
    "tests.plugins.requirement_marks",
    "tests.plugins.windows_subset",
    "tests.plugins.practice_platform",
    "pytester",
]
