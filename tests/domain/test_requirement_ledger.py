"""What tests say they prove exists: requirements, branches, identities, worked examples."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.balance import Identity

TESTS = Path(__file__).parents[1]
REFERENCE = TESTS / "reference"
NAMED = re.compile(r"(?<![A-Za-z0-9])(S\d-\d\d|B\d\d|E\d\d|C\d)(?![A-Za-z0-9-])")
LEDGER: list[dict[str, str]] = json.loads(
    (REFERENCE / "requirements.json").read_text(encoding="utf-8")
)


def known() -> set[str]:
    examples = json.loads((REFERENCE / "benefit_examples.json").read_text(encoding="utf-8"))
    return {
        *(row["id"] for row in LEDGER),
        *(f"B{branch:02d}" for branch in range(1, 53)),
        *(example["input"]["id"] for example in examples),
        *Identity,
    }


def named_in(source: str) -> set[str]:
    """Ids in test names (``test_s0_29_…``, ``test_c1_…``) and in docstrings."""
    words = " ".join(_words(ast.parse(source)))
    return set(NAMED.findall(words))


def _words(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield re.sub(r"S(\d)_(\d\d)", r"S\1-\2", node.name.upper()).replace("_", " ")


def test_the_ledger_is_whole() -> None:
    """191 rows of the five seeds, each id once, in order."""
    ids = [row["id"] for row in LEDGER]
    rows = {"S0": 36, "S1": 61, "S2": 33, "S3": 28, "S4": 33}
    assert ids == [f"{seed}-{n:02d}" for seed, last in rows.items() for n in range(1, last + 1)]
    assert all(set(row) == {"id", "where", "quote", "desk", "platform"} for row in LEDGER)
    assert all(row["where"] and row["quote"] for row in LEDGER)


def test_every_id_that_a_test_names_exists() -> None:
    unknown = {
        (str(path.relative_to(TESTS)), name)
        for path in TESTS.rglob("test_*.py")
        for name in named_in(path.read_text(encoding="utf-8")) - known()
    }
    assert not unknown


def test_ids_are_found_in_names_and_docstrings_only() -> None:
    source = '''
"""Proves S0-29 and (E33)."""
def test_c1_fails_and_b28_holds() -> None:
    """S9-99, not ES1-01 nor B4.15."""
    text = "S8-88"  # S7-77
def test_s1_15_of_chronic_visits() -> None: ...
'''
    assert named_in(source) == {"S0-29", "E33", "C1", "B28", "S9-99", "S1-15"}
