"""People of the practice platform's demonstration town."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from desktop.sandbox.control.town import FILE


@cache
def townspeople() -> tuple[Mapping[str, Any], ...]:
    return tuple(json.loads(FILE.read_text(encoding="utf-8")))


def townsman(place: int) -> Mapping[str, Any]:
    """The person at that place; 0 is the most ordinary one."""
    return townspeople()[place]


def named(character: str) -> Mapping[str, Any]:
    """The first person whose name has this character."""
    return next(person for person in townspeople() if character in person["name"])
