"""Where each row of one column stands: proved, declared, asked of a later issue, or open."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec

from tests.requirements.marks import Proof
from tests.requirements.rows import Row, Side, ledger

DECLARED = Path(__file__).with_name("declared.toml")


class Standing(StrEnum):
    """What is known of a row, in the order in which it is told."""

    PROVED = "proved"
    NOTHING = "asks nothing of this side"
    NOT_SOFTWARE = "not software"
    LATER = "later issue"
    OPEN = "open"


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of one side that no test proves, and why that is right."""

    side: Side
    reason: str
    rows: tuple[str, ...]


class Later(Reason, frozen=True, forbid_unknown_fields=True):
    """Rows that a later issue brings; nothing else may be put off."""

    topic: Literal["monthly clearing", "pharmacy purchase", "deductions"]


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``declared.toml``."""

    not_software: tuple[Reason, ...] = ()
    later: tuple[Later, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """One row as the report tells it; ``words`` are tests, a reason, or what the row asks."""

    row: Row
    standing: Standing
    words: tuple[str, ...]


class Column(msgspec.Struct, frozen=True):
    """All 191 rows as one side has to meet them."""

    side: Side
    lines: tuple[Line, ...]

    def standing(self, standing: Standing) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.standing is standing)


def read_declared(file: Path = DECLARED) -> Declared:
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Declared)


def column(side: Side, proofs: Iterable[Proof], declared: Declared) -> Column:
    """A proof counts before a declaration, so that a declaration can fall out of date."""
    of_side = [proof for proof in proofs if proof.side is side]
    return Column(side, tuple(_line(row, side, of_side, declared) for row in ledger().values()))


def _line(row: Row, side: Side, proofs: Sequence[Proof], declared: Declared) -> Line:
    if tests := sorted({_told(proof) for proof in proofs if proof.row == row.id}):
        return Line(row, Standing.PROVED, tuple(tests))
    if row.asks_nothing(side):
        return Line(row, Standing.NOTHING, (row.quote,))
    if why := _reasons(declared.not_software, row, side):
        return Line(row, Standing.NOT_SOFTWARE, why)
    if why := _reasons(declared.later, row, side):
        return Line(row, Standing.LATER, why)
    return Line(row, Standing.OPEN, (row.asks(side),))


def _told(proof: Proof) -> str:
    return f"{proof.test} (slow)" if proof.is_slow else proof.test


def _reasons(reasons: Iterable[Reason], row: Row, side: Side) -> tuple[str, ...]:
    fitting = (each for each in reasons if each.side is side and row.id in each.rows)
    return tuple(_worded(each) for each in fitting)


def _worded(reason: Reason) -> str:
    return f"{reason.topic}: {reason.reason}" if isinstance(reason, Later) else reason.reason


def out_of_date(columns: Iterable[Column], declared: Declared) -> Iterator[str]:
    """Declarations of rows that do not exist, ask nothing, are proved, or are declared twice."""
    standings = {(each.side, line.row.id): line for each in columns for line in each.lines}
    seen: set[tuple[Side, str]] = set()
    for reason in (*declared.not_software, *declared.later):
        for row in reason.rows:
            yield from _faults(row, standings.get((reason.side, row)), (reason.side, row) in seen)
            seen.add((reason.side, row))


def _faults(row: str, line: Line | None, again: bool) -> Iterator[str]:
    if line is None:
        yield f"{row}: declared, but no row of the ledger"
    elif line.standing in {Standing.PROVED, Standing.NOTHING}:
        yield f"{row}: declared, though {line.standing}"
    if again:
        yield f"{row}: declared twice"
