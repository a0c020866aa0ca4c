"""One invented bill, as JSON and as CSV, for tests that break it on purpose."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop.hospital.csv_format import parse_csv
from desktop.hospital.faults import ChargesInvalid, Fault
from desktop.hospital.json_format import parse_json

_DOCUMENT = Path(__file__).parents[2] / "docs" / "charges-file.md"

Tree = dict[str, Any]


def example(language: str) -> str:
    """The full example of ``docs/charges-file.md``: what is documented is what is tested."""
    document = _DOCUMENT.read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", document, re.DOTALL)
    assert found is not None
    return found.group(1)


def tree() -> Tree:
    loaded: Tree = json.loads(example("json"))
    return loaded


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def broken(path: str, value: object) -> bytes:
    """The example with the field at ``path`` (``lines.0.amount``) set to ``value``."""
    root = tree()
    node, last = _holder(root, path)
    node[last] = value
    return as_json(root)


def without(path: str) -> bytes:
    """The example without the field at ``path``."""
    root = tree()
    node, last = _holder(root, path)
    del node[last]
    return as_json(root)


def _holder(root: Tree, path: str) -> tuple[Any, str | int]:
    *parents, last = (int(name) if name.isdigit() else name for name in path.split("."))
    node: Any = root
    for name in parents:
        node = node[name]
    return node, last


FIRST = "第1条明细（行号1）"
SECOND = "第2条明细（行号2）"


def json_faults(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(ChargesInvalid) as caught:
        parse_json(data)
    return caught.value.faults


def csv_faults(text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(ChargesInvalid) as caught:
        parse_csv(text if isinstance(text, bytes) else text.encode())
    return caught.value.faults


def places(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.line, fault.field) for fault in faults]
