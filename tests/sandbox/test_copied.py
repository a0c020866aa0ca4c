"""A copied state begins as the other is, and goes its own way."""

from __future__ import annotations

import msgspec

from desktop.sandbox.control.surface import demonstration, reset
from desktop.sandbox.state import State


def _town() -> State:
    state = State()
    reset(state, demonstration(), 7)
    return state


def test_a_copy_finds_everybody_by_certificate_and_card() -> None:
    town = _town()
    copy = town.copied()
    for who in town.people:
        assert copy.person_by_certificate(who.certno) == who
        if who.card_no:
            assert copy.person_by_card(who.card_no) == who
    assert copy.options == town.options


def test_what_happens_to_a_copy_happens_there_alone() -> None:
    town = _town()
    copy = town.copied()
    who = next(iter(town.people))
    copy.people.put(who.psn_no, msgspec.structs.replace(who, certno="990000190001010000"))
    assert copy.person_by_certificate(who.certno) is None
    assert town.person_by_certificate(who.certno) == who


def test_nothing_of_a_copy_counts_as_touched() -> None:
    assert _town().copied().people.take_touched() == ()
