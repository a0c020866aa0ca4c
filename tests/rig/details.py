"""The Chinese that the floors below put into the details of problems and faults, from their source.

``{0}`` stands where a value is put in.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
_RAISED = re.compile(r"(Problem|desk_error|stopped|Error|Failed|Opened|Journal\w+|KeyUnavailable)$")
"""What takes a detail as its last argument."""
_TOLD = re.compile(r"(Fault|Wrong|fault|_broken|_unusable|_expect|_demand|_matching|_one_to)$")
"""What does in the room of one file: a fault of a charges file, a reader's step."""
_NAMED = frozenset(("detail", "message", "late", "where", "status"))
_FILES = (
    "desktop/*.py",
    "desktop/hospital/*.py",
    "desktop/ledger/*.py",
    "desktop/services/*.py",
    "card_reader/**/*.py",
    "printing/*.py",
    "ui/cashier/*.py",
)
_WHOLE = ("desktop/settings.py", "desktop/printer_settings.py", "desktop/domain/disk_faults.py")
"""Files whose every text may be in a detail."""


def details() -> Iterator[str]:
    """Every text, once or more."""
    for name in _WHOLE:
        yield from _all_of(ast.parse((ROOT / name).read_text(encoding="utf-8")))
    for pattern in _FILES:
        for file in sorted(ROOT.glob(pattern)):
            yield from _of(ast.parse(file.read_text(encoding="utf-8")))


def _all_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield from _texts(node)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _all_of(child)


def _of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if (
                _RAISED.search(name) or _TOLD.search(name)
            ):
                for given in args:
                    yield from _texts(given)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in _NAMED:
                yield from _texts(value)


def _texts(node: ast.expr) -> Iterator[str]:
    """What the expression may be as a text, in each of its branches."""
    match node:
        case ast.Constant(value=str(text)):
            if CHINESE.search(text):
                yield text
        case ast.JoinedStr(values=parts):
            text = "".join(_part(part) for part in parts)
            if CHINESE.search(text):
                yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one)
            yield from _texts(other)
        case ast.BinOp(left=one, right=other):
            yield from _texts(one)
            yield from _texts(other)


def _part(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{0}"
