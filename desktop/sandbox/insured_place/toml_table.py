"""A TOML table that knows the way to itself, so that every complaint names its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.money import ZERO, Money, NotAnAmount
from desktop.domain.quantities import NotAQuantity, Rate
from desktop.sandbox.bad_data import BadData

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")


class BadPolicy(BadData):
    """A policy file that cannot be trusted; ``place`` is ``file: key``."""


def open_toml(path: Path) -> Table:
    """The whole file; raises :class:`BadPolicy`."""
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadPolicy(path.name, f"not TOML: {error}") from error


@dataclass(frozen=True, slots=True)
class Table:
    """Every reading method raises :class:`BadPolicy` for what is missing or wrong."""

    table: Mapping[str, Any]
    file: str
    path: str = ""

    def __contains__(self, key: str) -> bool:
        return key in self.table

    def bad(self, key: str, why: str) -> BadPolicy:
        return BadPolicy(f"{self.file}: {self.path}{key}", why)

    def only(self, keys: Iterable[str]) -> None:
        for key in sorted(self.table.keys() - set(keys)):
            raise self.bad(key, "not a key of this table")

    def get(self, key: str, kind: type[V]) -> V:
        if key not in self.table:
            raise self.bad(key, "missing")
        value = self.table[key]
        if not isinstance(value, kind) or _mistaken(value, kind):
            raise self.bad(key, f"should be {kind.__name__}, is {type(value).__name__}")
        return value

    def text(self, key: str) -> str:
        found = self.get(key, str)
        if not found.strip():
            raise self.bad(key, "is empty")
        return found

    def matching(self, key: str, pattern: re.Pattern[str]) -> str:
        found = self.get(key, str)
        if not pattern.fullmatch(found):
            raise self.bad(key, f"{found!r} does not look like {pattern.pattern}")
        return found

    def texts(self, key: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """At least one text, none twice."""
        found = self.get(key, list)
        for each in found:
            if not isinstance(each, str) or not pattern.fullmatch(each):
                raise self.bad(key, f"{each!r} does not look like {pattern.pattern}")
        if not found or len(set(found)) < len(found):
            raise self.bad(key, "is empty or names one twice")
        return tuple(found)

    def whole(self, key: str, most: int) -> int:
        """From 0 to ``most``."""
        found = self.get(key, int)
        if found < 0:
            raise self.bad(key, "is negative")
        if found > most:
            raise self.bad(key, f"is more than {most}")
        return found

    def below(self, key: str) -> Table:
        return Table(self.get(key, dict), self.file, f"{self.path}{key}.")

    def rows(self, key: str) -> tuple[Table, ...]:
        """The tables ``[[key]]``, counted from 1; none when there are none."""
        rows = self.get(key, list) if key in self.table else []
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, dict):
                raise self.bad(f"{key}[{number}]", "should be a table")
        return tuple(
            Table(row, self.file, f"{self.path}{key}[{n}].") for n, row in enumerate(rows, 1)
        )

    def amount(self, key: str) -> Money:
        """Yuan as text, not negative."""
        found = self._parsed(key, Money.parse)
        if found < ZERO:
            raise self.bad(key, "is negative")
        return found

    def share(self, key: str) -> Rate:
        """From 0 to 1, as text."""
        found = self._parsed(key, Rate.parse)
        if not 0 <= found.value <= 1:
            raise self.bad(key, "lies outside 0 to 1")
        return found

    def _parsed(self, key: str, parse: Callable[[str], V]) -> V:
        try:
            return parse(self.get(key, str))
        except (NotAnAmount, NotAQuantity) as error:
            raise self.bad(key, str(error)) from error

    def one_of(self, key: str, kind: type[E]) -> E:
        text = self.get(key, str)
        if text not in {member.value for member in kind}:
            raise self.bad(key, f"{text!r} is none of {', '.join(kind)}")
        return kind(text)


def _mistaken(value: object, kind: type) -> bool:
    """A truth value is no number here, a point in time no day."""
    if kind is int:
        return isinstance(value, bool)
    return kind is date and isinstance(value, datetime)
