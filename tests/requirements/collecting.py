"""Ask pytest itself which tests there are, slow ones too, and what their marks say."""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from tests.requirements.marks import MARK, Proof, proofs_of
from tests.requirements.rows import TESTS

# Nothing is run, so no assertion need be rewritten: that would be most of the seconds.
QUIETLY = ("--collect-only", "-qq", "-m", "", "--assert=plain")


class CollectionFailed(Exception):
    """pytest could not collect; carries what it said."""


class _Collector:
    def __init__(self) -> None:
        self.proofs: frozenset[Proof] = frozenset()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.proofs = frozenset(proof for item in session.items for proof in proofs_of(item))


def collect(files: Iterable[Path]) -> frozenset[Proof]:
    """The proofs in these test files; none of no file (where pytest would take them all)."""
    chosen, collector, said = [str(file) for file in files], _Collector(), io.StringIO()
    if not chosen:
        return collector.proofs
    with redirect_stdout(said), redirect_stderr(said):
        end = pytest.main([*QUIETLY, *chosen], plugins=[collector])
    if end is not pytest.ExitCode.OK:
        raise CollectionFailed(said.getvalue())
    return collector.proofs


def files_with_marks(tests: Path = TESTS) -> list[Path]:
    """The files that write the mark out: the others cannot prove anything, and cost seconds."""
    files = sorted(tests.rglob("test_*.py"))
    return [file for file in files if f"mark.{MARK}" in file.read_text(encoding="utf-8")]
