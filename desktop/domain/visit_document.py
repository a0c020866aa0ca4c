"""Writes ``docs/visit-states.md`` from the table of :mod:`desktop.domain.visit`.

``python -m desktop.domain.visit_document > docs/visit-states.md``; a test keeps it fresh.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from desktop.domain.visit import (
    BLOCKS_NEW_SETTLEMENT,
    EFFECTIVELY_SETTLED,
    TABLE,
    State,
    Transition,
)

_TOP = """\
# The states of a visit

Generated from `desktop/domain/visit.py` by `python -m desktop.domain.visit_document`; do not edit.

A fact moves the visit; what is not in these tables cannot happen. The fact is in the journal
before its effects are carried out. Numbers are transactions of the platform, F1 … F9 papers; a
branch is that of the visit's description (B01 … B52).
"""


def document() -> str:
    """The whole document, Markdown with a mermaid drawing."""
    return "\n".join((_TOP, *_drawing(), *_sets(), *_tables()))


def _drawing() -> Iterator[str]:
    """One arrow for each pair of states; what leaves a state as it is stands in its table."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {State.IDLE}"
    for (source, target), facts in _arrows().items():
        yield f"    {source} --> {target}: {', '.join(facts)}"
    yield f"    {State.CLOSED} --> [*]"
    yield "```"
    yield ""


def _arrows() -> dict[tuple[State, State], list[str]]:
    arrows: dict[tuple[State, State], list[str]] = {}
    for row in TABLE:
        if row.source is not row.target:
            arrows.setdefault((row.source, row.target), []).append(row.fact.__name__)
    return arrows


def _sets() -> Iterator[str]:
    yield f"A new settlement of the bill is blocked in {_listed(BLOCKS_NEW_SETTLEMENT)}."
    yield ""
    yield (
        f"A settlement stands in {_listed(EFFECTIVELY_SETTLED)}; in `{State.CLOSED}` the record "
        "tells."
    )
    yield ""


def _listed(states: Iterable[State]) -> str:
    chosen = frozenset(states)
    return ", ".join(f"`{state}`" for state in State if state in chosen)


def _tables() -> Iterator[str]:
    for state in State:
        yield f"## {state}"
        yield ""
        yield "| fact | becomes | then | branch |"
        yield "|---|---|---|---|"
        yield from (_line(row) for row in TABLE if row.source is state)
        yield ""


def _line(row: Transition) -> str:
    becomes = "stays" if row.target is row.source else f"`{row.target}`"
    then = "; ".join(row.effects)
    return f"| {row.fact.__name__} | {becomes} | {then} | {row.branch} |"


if __name__ == "__main__":
    sys.stdout.buffer.write(document().encode())
