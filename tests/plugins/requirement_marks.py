"""A mark ``req`` that proves nothing ends the collection; a marked test that is skipped fails."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.requirements.marks import NotAProof, is_marked, proofs_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        try:
            list(proofs_of(item))
        except NotAProof as fault:
            raise pytest.UsageError(str(fault)) from None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if is_marked(item) and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} proves a requirement: it may not be skipped"
    return report
