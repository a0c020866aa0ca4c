"""What a test says it proves: ``@pytest.mark.req("S0-18", "S0-20", side="platform")``.

Without ``side``, the room of the test decides: ``tests/sandbox`` proves the platform's column,
every other room the desk's. A test of both carries two marks. What may be skipped, or is expected
to fail, proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from tests.requirements.rows import TESTS, Side, ledger

MARK = "req"
SLOW = "slow"
PLATFORM_ROOM = TESTS / "sandbox"
NO_PROOF = ("skip", "skipif", "xfail")


class NotAProof(Exception):
    """The mark of a test names no row or no side, or the test cannot be relied on."""


class Proof(msgspec.Struct, frozen=True, order=True):
    """One test function (its parameters left out) that proves one row for one side."""

    row: str
    side: Side
    test: str
    is_slow: bool = False


def is_marked(item: pytest.Item) -> bool:
    return item.get_closest_marker(MARK) is not None


def proofs_of(item: pytest.Item) -> Iterator[Proof]:
    """What the marks of one collected test say; ``NotAProof`` names the test and the fault."""
    for mark in item.iter_markers(MARK):
        side = _side(mark, item)
        for row in _rows(mark, item):
            yield Proof(row, side, item.nodeid.partition("[")[0], _is_slow(item))
        _refuse_doubtful(item)


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker(SLOW) is not None


def _rows(mark: pytest.Mark, item: pytest.Item) -> tuple[str, ...]:
    unknown = [row for row in mark.args if row not in ledger()]
    if unknown or not mark.args:
        named = ", ".join(map(str, unknown)) or "no row"
        raise NotAProof(f"{item.nodeid}: mark req names {named}, not a row of requirements.json")
    return mark.args


def _side(mark: pytest.Mark, item: pytest.Item) -> Side:
    sides = [side.value for side in Side]
    side = mark.kwargs.get("side", _side_of_room(item))
    if mark.kwargs.keys() - {"side"} or side not in sides:
        raise NotAProof(f"{item.nodeid}: mark req takes rows and side= {' or '.join(sides)}")
    return Side(side)


def _side_of_room(item: pytest.Item) -> Side:
    return Side.PLATFORM if item.path.is_relative_to(PLATFORM_ROOM) else Side.DESK


def _refuse_doubtful(item: pytest.Item) -> None:
    for name in NO_PROOF:
        if item.get_closest_marker(name) is not None:
            raise NotAProof(f"{item.nodeid}: carries {name}, so its mark req proves nothing")
