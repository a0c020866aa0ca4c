"""What insured areas let people do about a filing, and where to ask (``guidance.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.identifiers import AreaCode
from desktop.domain.person import FilingKind

_WHERE = frozenset(("areas", "from", "to", "source"))


@dataclass(frozen=True, slots=True)
class Guide:
    """What is known of one insured area on one day; None and "" are not known."""

    phone: str = ""
    channels: tuple[str, ...] = ()
    account: str = ""
    """``real`` (实账户) or ``virtual`` (虚账户)."""
    late_long_days: int | None = None
    """How far back a late LONG filing may begin (S3-10)."""
    late_temp_any: bool | None = None
    """A late TEMP filing may begin on any day (S3-11)."""
    lock_months: int | None = None
    """How long a LONG filing stays as it is once costs arose (S3-08)."""
    emergency_deemed_filed: bool | None = None
    designated_institution: bool | None = None
    """The filing names hospitals (S1-18)."""
    chronic_filing: bool | None = None
    """Chronic care needs a filing of its own (S1-15)."""
    changes_audited: bool | None = None
    """A changed filing waits for the area's word (S1-17)."""
    commitment: bool | None = None
    """No proofs: a commitment is enough (S2-17, S3-06)."""
    by_phone: bool | None = None
    """Filed by telephone with five data items (S2-27)."""
    grouped: bool | None = None
    """The classes are merged into two groups (S2-15, S2-16)."""
    temporary_pays_more: bool | None = None
    """False: a temporary stay pays what everybody pays (before S2-23)."""
    both_places: bool | None = None
    """Whoever filed for long stays may settle at home too (S3-04)."""
    manual_claim: str = ""
    """Where bills paid in full are handed in (S3-20)."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One table of the file: some facts of some areas in their time."""

    areas: str
    begins: date
    ends: date | None
    facts: Mapping[str, Any]
    source: str

    def holds(self, area: AreaCode, day: date) -> bool:
        in_time = self.begins <= day and (self.ends is None or day <= self.ends)
        return in_time and area.code.startswith(self.areas)


@dataclass(frozen=True, slots=True)
class Guidance:
    """Every row that is known."""

    rows: tuple[Row, ...] = ()
    classes: tuple[Row, ...] = ()
    version: str = ""

    def of(self, area: AreaCode, day: date) -> Guide:
        """The area's own facts before its province's, those before everybody's."""
        fitting = _from_general(self.rows, area, day)
        told: dict[str, Any] = {}
        for row in fitting:
            told |= row.facts
        return Guide(**told, sources=tuple(row.source for row in fitting))

    def classes_of(self, kind: FilingKind, area: AreaCode, day: date) -> tuple[str, ...]:
        """How the area calls the people of this kind; () where that is not known."""
        fitting = _from_general(self.classes, area, day)
        return tuple(fitting[-1].facts.get(kind.value, ())) if fitting else ()


def _from_general(rows: tuple[Row, ...], area: AreaCode, day: date) -> list[Row]:
    fitting = [row for row in rows if row.holds(area, day)]
    return sorted(fitting, key=lambda row: (len(row.areas), row.begins))


def load_guidance() -> Guidance:
    """What came with the program; a bad file fails here, with its place named."""
    source = Path(__file__).with_name("guidance.toml")
    return read_guidance(source.read_text(encoding="utf-8"))


def read_guidance(toml: str) -> Guidance:
    """Read ``version``, ``[[guidance]]`` and ``[[class]]`` tables.

    Raises :class:`ValueError` naming the table and what is wrong with it.
    """
    read = tomllib.loads(toml)
    keys = frozenset(field.name for field in fields(Guide)) - {"sources"}
    kinds = frozenset(kind.value for kind in FilingKind)
    rows = tuple(_rows(read, "guidance", keys, Guide))
    classes = tuple(_rows(read, "class", kinds, dict[str, tuple[str, ...]]))
    return Guidance(rows, classes, str(read.get("version", "")))


def _rows(read: Mapping[str, Any], name: str, keys: frozenset[str], kind: object) -> Iterator[Row]:
    for number, table in enumerate(read.get(name, ()), start=1):
        place = f"{name} {number}"
        facts = {key: value for key, value in table.items() if key not in _WHERE}
        for key in facts.keys() - keys:
            raise ValueError(f"{place}: {key}: not a key of this file")
        yield _row(place, table, _checked(place, facts, kind))


def _checked(place: str, facts: Mapping[str, Any], kind: object) -> dict[str, Any]:
    """The facts, with lists as tuples, when they are of the kinds that are wanted."""
    try:
        msgspec.convert(facts, kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"{place}: {error}") from error
    return {key: tuple(v) if isinstance(v, list) else v for key, v in facts.items()}


def _row(place: str, table: Mapping[str, Any], facts: dict[str, Any]) -> Row:
    try:
        return Row(table["areas"], table["from"], table.get("to"), facts, table["source"])
    except KeyError as error:
        raise ValueError(f"{place}: {error.args[0]}: missing") from error
