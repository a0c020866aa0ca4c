"""Whose words the detail of a problem is: said where they come in, kept by no list of kinds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.problems import Problem, ProblemCode
from desktop.knowledge.refusals import load_refusals

ROOT = Path(__file__).parents[2]
MAKERS = ("Problem", "desk_error", "stopped")


def _calls(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in MAKERS:
                yield node


def _of_an_answer(call: ast.Call) -> bool:
    """It takes a ``text``, as every refusal, look and gateway has one."""
    return any(
        isinstance(node, ast.Attribute | ast.Name | ast.Constant)
        and "text" in (getattr(node, "attr", ""), getattr(node, "id", ""), _constant(node))
        for given in call.args
        for node in ast.walk(given)
    )


def _constant(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_quoted(call: ast.Call) -> bool:
    return any(given.arg == "quoted" for given in call.keywords)


def test_whoever_hands_on_somebody_elses_text_says_that_it_is_quoted() -> None:
    found = {
        f"{file.name}:{call.lineno}": _is_quoted(call)
        for room in ("desktop", "ui")
        for file in sorted((ROOT / room).rglob("*.py"))
        if "sandbox" not in file.parts
        for call in _calls(file)
        if _of_an_answer(call)
    }
    assert len(found) >= 7
    assert [place for place, quoted in found.items() if not quoted] == []


def test_a_refusal_is_quoted_whatever_it_means_and_our_own_detail_never() -> None:
    refusals = load_refusals()
    assert all(refusals.problem(text).quoted for text in ("未备案", "谁也不认得的话"))
    assert not Problem(ProblemCode.INSURANCE_NOT_FOUND, "310").quoted
