"""Patterns that map the platform's free texts to the desk's problems (what-the-desk-knows).

The interface has no codes for "why not"; the patterns are data (``refusals.toml``) and a text
that none of them knows is shown word for word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from desktop.domain.problems import Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class Refusals:
    """The patterns in the order in which they are tried."""

    patterns: tuple[tuple[re.Pattern[str], ProblemCode], ...]

    def problem(self, text: str, otherwise: ProblemCode = ProblemCode.REFUSED) -> Problem:
        """The problem that ``text`` means; the platform's own words stay in ``detail``."""
        return Problem(self.find(text) or otherwise, text)

    def find(self, text: str) -> ProblemCode | None:
        """The problem that a pattern knows, else None."""
        return next((code for pattern, code in self.patterns if pattern.search(text)), None)


def load_refusals() -> Refusals:
    """The patterns that came with the program; a bad file fails here, with its place named."""
    source = resources.files("desktop.knowledge").joinpath("refusals.toml")
    return read_refusals(source.read_text(encoding="utf-8"))


def read_refusals(toml: str) -> Refusals:
    """Read ``[[refusal]]`` tables with ``problem`` and ``patterns`` (regular expressions).

    Raises :class:`ValueError` naming the table and what is wrong with it.
    """
    by_code = {code.code: code for code in ProblemCode}
    found: list[tuple[re.Pattern[str], ProblemCode]] = []
    for number, table in enumerate(_tables(toml), start=1):
        code = by_code.get(str(table.get("problem")))
        if code is None:
            raise ValueError(f"refusal {number}: problem: none is called {table.get('problem')!r}")
        found.extend((_compiled(number, pattern), code) for pattern in _patterns(number, table))
    return Refusals(tuple(found))


def _tables(toml: str) -> list[Mapping[str, Any]]:
    match tomllib.loads(toml):
        case {"refusal": [*tables]} if all(isinstance(table, dict) for table in tables):
            return tables
    raise ValueError("there is no [[refusal]]")


def _patterns(number: int, table: Mapping[str, Any]) -> list[str]:
    patterns = table.get("patterns")
    if not isinstance(patterns, list) or not all(isinstance(text, str) for text in patterns):
        raise ValueError(f"refusal {number}: patterns: a list of texts is wanted")
    return patterns


def _compiled(number: int, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"refusal {number}: {pattern!r}: {error}") from error
