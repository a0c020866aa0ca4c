"""The README of the practice platform tells every call of its control surface, and every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.sandbox.control import bodies
from desktop.sandbox.control.phone import PhoneFilingBody
from desktop.sandbox.control.terminal import TerminalBody
from desktop.sandbox.shell.control_routes import CALLS

README = (Path(bodies.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
PART = README.partition("## The control surface")[2].partition("## What departs")[0]
TOLD = set(re.findall(r"`([^`]+)`", PART))


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _call in CALLS])
def test_a_call_is_told(method: str, path: str) -> None:
    assert f"{method} {path}" in TOLD


def every_body() -> Iterator[type[msgspec.Struct]]:
    for body in bodies.Body.__subclasses__():
        if body.__module__ == bodies.__name__:
            yield body
    yield from (PhoneFilingBody, TerminalBody)


@pytest.mark.parametrize("body", sorted(every_body(), key=str), ids=lambda body: body.__name__)
def test_a_key_is_told(body: type[msgspec.Struct]) -> None:
    untold = [each.encode_name for each in msgspec.structs.fields(body)]
    assert [name for name in untold if name not in TOLD] == []
