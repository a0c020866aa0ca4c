"""``python -m tests.requirements [--strict SIDE ...]``: the ledger's rows and who proves them.

Ends with 1 when a row of a strict side is neither proved nor declared in ``declared.toml``.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from tests.requirements.collecting import CollectionFailed, collect, files_with_marks
from tests.requirements.rows import Side
from tests.requirements.standing import (
    Column,
    Declared,
    Line,
    Standing,
    column,
    out_of_date,
    read_declared,
)


def main(arguments: Sequence[str]) -> int:
    strict = _strict_sides(arguments)
    declared = read_declared()
    try:
        proofs = collect(files_with_marks())
    except CollectionFailed as failed:
        print(failed, file=sys.stderr)
        return 2
    columns = [column(side, proofs, declared) for side in Side]
    print("\n".join(line for each in columns for line in _told(each)))
    return judged(columns, declared, strict)


def _strict_sides(arguments: Sequence[str]) -> frozenset[Side]:
    parser = ArgumentParser("python -m tests.requirements", description=__doc__)
    parser.add_argument("--strict", nargs="+", type=Side, choices=list(Side), default=[])
    return frozenset(parser.parse_args(arguments).strict)


def _told(each: Column) -> Iterator[str]:
    for standing in Standing:
        lines = each.standing(standing)
        yield f"{each.side} side, {standing}: {len(lines)} rows"
        yield from (text for line in lines for text in _told_line(line))
        yield ""


def _told_line(line: Line) -> Iterator[str]:
    first, *others = line.words
    yield f"  {line.row.id}  {first}"
    yield from (f"         {other}" for other in others)


def judged(columns: Sequence[Column], declared: Declared, strict: frozenset[Side]) -> int:
    """The counts, and 1 for a strict side that is not closed."""
    for each in columns:
        counts = (f"{len(each.standing(standing))} {standing}" for standing in Standing)
        print(f"{each.side} side: {', '.join(counts)}")
    stale = list(out_of_date(columns, declared))
    for fault in stale:
        print(f"declared.toml: {fault}")
    unproved = any(each.standing(Standing.OPEN) for each in columns if each.side in strict)
    return int(bool(strict) and (unproved or bool(stale)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
