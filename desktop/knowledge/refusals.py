"""Patterns that map the platform's free texts to the desk's reasons (what-the-desk-knows).

The interface has no codes for "why not"; the patterns are data (``refusals.toml``), versioned and
dated, and a text that none of them knows is shown word for word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.whys import Why


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the table; ``why`` is None where the problem says all that is known."""

    texts: tuple[str, ...]
    """Regular expressions, compiled when the first text is to be understood, not at the start."""
    but: tuple[str, ...]
    """Near misses: a text with one of these means something else."""
    problem: ProblemCode
    why: Why | None
    begins: date
    ends: date | None
    source: str

    def knows(self, text: str, day: date | None) -> bool:
        return (
            self._holds(day)
            and any(_compiled(known).search(text) for known in self.texts)
            and not any(_compiled(other).search(text) for other in self.but)
        )

    def _holds(self, day: date | None) -> bool:
        if day is None:
            return True
        return self.begins <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Refusals:
    """The patterns in the order in which they are tried."""

    patterns: tuple[Pattern, ...]
    version: str = ""

    def problem(self, text: str, otherwise: ProblemCode = ProblemCode.REFUSED) -> Problem:
        """The problem that ``text`` means; the platform's own words stay in ``detail``."""
        return Problem(self.find(text) or otherwise, text, quoted=True)

    def find(self, text: str, day: date | None = None) -> ProblemCode | None:
        """The problem that a pattern knows, else None; ``day`` None tries patterns of any time."""
        found = self._first(text, day)
        return found.problem if found else None

    def why(self, text: str, day: date | None = None) -> Why | None:
        """The reason that a pattern knows; None: a person must read the text."""
        found = self._first(text, day)
        return found.why if found else None

    def _first(self, text: str, day: date | None) -> Pattern | None:
        unspaced = "".join(text.split())
        return next((row for row in self.patterns if row.knows(unspaced, day)), None)


@cache
def load_refusals() -> Refusals:
    """The patterns that came with the program; a bad table fails here, with its place named."""
    source = Path(__file__).with_name("refusals.toml")
    return _read(source.read_text(encoding="utf-8"))


def site_refusals(file: Path) -> Refusals:
    """The program's patterns, before them the site's own of ``file``, if it is there.

    Raises OSError, and ValueError as :func:`read_refusals`: a bad pattern is found at the start,
    not by the first refusal.
    """
    known = load_refusals()
    try:
        own = read_refusals(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return known
    return Refusals((*own.patterns, *known.patterns), known.version)


def read_refusals(toml: str) -> Refusals:
    """Read ``version`` and ``[[refusal]]`` tables with ``patterns`` (regular expressions).

    A table names its ``why`` or its ``problem``; ``but``, ``from``, ``to`` and ``source`` may be
    left out. Raises :class:`ValueError` naming the table and what is wrong with it.
    """
    found = _read(toml)
    for number, row in enumerate(found.patterns, start=1):
        for pattern in (*row.texts, *row.but):
            _check(f"refusal {number}", pattern)
    return found


def _read(toml: str) -> Refusals:
    read = tomllib.loads(toml)
    rows = enumerate(_tables(read), start=1)
    found = tuple(_pattern(f"refusal {number}", table) for number, table in rows)
    return Refusals(found, str(read.get("version", "")))


def _tables(read: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    match read:
        case {"refusal": [*tables]} if all(isinstance(table, dict) for table in tables):
            return tables
    raise ValueError("there is no [[refusal]]")


def _pattern(place: str, table: Mapping[str, Any]) -> Pattern:
    why = _why(place, table)
    return Pattern(
        texts=_texts(place, table, "patterns"),
        but=_texts(place, {"but": [], **table}, "but"),
        problem=why.problem if why else _problem(place, table),
        why=why,
        begins=_day(place, table, "from") or date.min,
        ends=_day(place, table, "to"),
        source=str(table.get("source", "")),
    )


def _why(place: str, table: Mapping[str, Any]) -> Why | None:
    if "why" not in table:
        return None
    named = next((why for why in Why if why.code == table["why"]), None)
    if named is None:
        raise ValueError(f"{place}: why: none is called {table['why']!r}")
    return named


def _problem(place: str, table: Mapping[str, Any]) -> ProblemCode:
    named = table.get("problem")
    kind = ProblemCode.of(named) if isinstance(named, str) else None
    if kind is None:
        raise ValueError(f"{place}: problem: none is called {named!r}")
    return kind


def _texts(place: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    texts = table.get(key)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{place}: {key}: a list of texts is wanted")
    return tuple(texts)


def _check(place: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{place}: {pattern!r}: {error}") from error


def _day(place: str, table: Mapping[str, Any], key: str) -> date | None:
    day = table.get(key)
    if day is not None and type(day) is not date:
        raise ValueError(f"{place}: {key}: a date is wanted")
    return day
