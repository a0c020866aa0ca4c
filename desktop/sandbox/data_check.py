"""What the platform would only read when it is first asked, read at the start: a bad file stops it.

Town, catalogue, institutions, rules of audit and the rules of the areas are read anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from desktop.sandbox import dictionaries, fields
from desktop.sandbox.bad_data import BadData
from desktop.sandbox.care_place.diagnoses import (
    DIAGNOSES,
    IN_PROVINCE,
    read_diagnoses,
    read_diseases,
)
from desktop.sandbox.dictionaries import read_dictionaries
from desktop.sandbox.fields import ENVELOPE, YES_NO, Rules, read_fields
from desktop.sandbox.insured_place.eligibility import CODED_FLAGS
from desktop.sandbox.offered import HANDLERS

DATA: Final = fields.FILE.parent


def check_data(folder: Path = DATA) -> None:
    """Raises :class:`BadData` naming the file and the place in it."""
    tables = read_dictionaries(folder / dictionaries.FILE.name)
    rules = read_fields(folder / fields.FILE.name)
    _refuse_missing(fields.FILE.name, rules, (ENVELOPE, *HANDLERS))
    _refuse_missing(dictionaries.FILE.name, tables, CODED_FLAGS)
    for place, name in _named(rules):
        if name != YES_NO and name not in tables:
            raise BadData(f"{fields.FILE.name}: {place}", f"no code table {name}")
    read_diagnoses(folder / DIAGNOSES)
    read_diseases(folder / IN_PROVINCE)


def _refuse_missing(file: str, found: Mapping[str, object], needed: tuple[str, ...]) -> None:
    for name in needed:
        if name not in found:
            raise BadData(f"{file}: {name}", "is missing")


def _named(rules: Mapping[str, Mapping[str, Rules]]) -> Iterator[tuple[str, str]]:
    """Every code table that a field names, with its place."""
    for infno, nodes in rules.items():
        for node, told in nodes.items():
            for field, rule in told.items():
                yield from ((f"{infno}.{node}.{field}", name) for name in rule.codes)
