"""Each suite keeps to the seconds that ``tests/budgets.toml`` grants it.

A suite is the first folder under ``tests``; the files beside it form the suite ``project``. Only
what ran whole is judged: a suite of which a part was chosen by name, keyword or marker is not.
"""

from __future__ import annotations

import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

TESTS = Path(__file__).parents[1]
SLOW = "slow"


class Budgets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds: of `make test`, of `make test-long`, and of each suite within `make test`."""

    whole: float
    long: float
    suites: dict[str, float]


def read_budgets(file: Path) -> Budgets:
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Budgets)


def suite_of(test_file: Path) -> str:
    folders = test_file.relative_to(TESTS).parts[:-1]
    return folders[0] if folders else "project"


@dataclass(slots=True)
class Meter:
    """The seconds of one run, and which of its suites ran whole."""

    budgets: Budgets
    asked: list[Path]
    started: float
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cut: set[str] = field(default_factory=set)
    only_slow: bool = False

    def cut_short(self, items: Sequence[pytest.Item]) -> None:
        self.cut |= {suite_of(i.path) for i in items if not i.get_closest_marker(SLOW)}

    def is_whole(self, suite: str) -> bool:
        folder = TESTS if suite == "project" else TESTS / suite
        return suite not in self.cut and any(folder.is_relative_to(path) for path in self.asked)

    def verdicts(self, now: float) -> Iterator[str]:
        """One line for each budget that was exceeded or is missing."""
        whole_suites = sorted(filter(self.is_whole, self.spent))
        for suite in whole_suites:
            yield from self._judge_suite(suite)
        if TESTS in self.asked or TESTS.parent in self.asked:
            yield from self._judge_run(now - self.started)

    def _judge_suite(self, suite: str) -> Iterator[str]:
        budget = self.budgets.suites.get(suite)
        if budget is None:
            yield f"suite {suite} has no budget in tests/budgets.toml"
        elif self.spent[suite] > budget:
            yield f"suite {suite} took {self.spent[suite]:.1f} s of its {budget:.0f} s"

    def _judge_run(self, seconds: float) -> Iterator[str]:
        name = "long" if self.only_slow else "whole"
        budget = self.budgets.long if self.only_slow else self.budgets.whole
        if seconds > budget:
            yield f"the run took {seconds:.0f} s of the {budget:.0f} s named {name}"


_METER = pytest.StashKey[Meter]()
_VERDICTS = pytest.StashKey[list[str]]()


def _asked_paths(config: pytest.Config) -> list[Path]:
    base = config.invocation_params.dir
    return [(base / arg).resolve() for arg in config.args]


class _Metering:
    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        self._meter.cut_short(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._meter.spent[suite_of(TESTS.parent / report.nodeid.split("::")[0])] += report.duration


def pytest_configure(config: pytest.Config) -> None:
    meter = Meter(
        budgets=read_budgets(TESTS / "budgets.toml"),
        asked=_asked_paths(config),
        started=time.monotonic(),
        only_slow=config.option.markexpr == SLOW,
    )
    config.stash[_METER] = meter
    config.pluginmanager.register(_Metering(meter))


def pytest_sessionfinish(session: pytest.Session) -> None:
    verdicts = list(session.config.stash[_METER].verdicts(time.monotonic()))
    session.config.stash[_VERDICTS] = verdicts
    if verdicts and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _used(meter: Meter) -> str:
    return ", ".join(f"{suite} {seconds:.1f}" for suite, seconds in sorted(meter.spent.items()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    stash = terminalreporter.config.stash
    terminalreporter.write_line(f"seconds by suite: {_used(stash[_METER])}")
    for verdict in stash.get(_VERDICTS, []):
        terminalreporter.write_line(f"OVER BUDGET: {verdict}", red=True)
