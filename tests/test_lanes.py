"""``make test`` runs every test file in exactly one lane."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.lanes import TESTS, turns


def files_of(suite: str) -> list[Path]:
    place = TESTS / suite
    return sorted(place.rglob("test_*.py")) if place.is_dir() else [place]


def test_every_test_file_has_exactly_one_lane() -> None:
    lanes = [lane for turn in turns() for lane in turn]
    counted = Counter(file for lane in lanes for suite in lane.suites for file in files_of(suite))
    assert counted == Counter(TESTS.rglob("test_*.py"))


def test_what_is_timed_is_never_traced() -> None:
    first, *timed = turns()
    assert any(lane.traced for lane in first)
    assert not any(lane.traced for turn in timed for lane in turn)
