"""Would the simulation notice? Each deliberate bug must break a rule within some hundred days."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.simulation.mutations import MUTATIONS, RARE, Mutation, applied
from tests.simulation.runs import Tally, play
from tests.simulation.world import Kit, new_kit

SOON = 1500
"""Seeds; most are caught within ten, a few need a booking that comes late."""
IN_THE_END = 6000
_SLIP = re.compile(r": (Name|Attribute|Type|UnboundLocal|Key|Import|Syntax)Error: ")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return new_kit()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_simulation_catches(mutation: Mutation, kit: Kit) -> None:
    assert _broken_rule(_caught(mutation, kit, SOON))


@pytest.mark.slow
@pytest.mark.parametrize("mutation", RARE, ids=lambda mutation: mutation.name)
def test_the_simulation_catches_in_the_end(mutation: Mutation, kit: Kit) -> None:
    """Bugs that need a late booking and something else at the same time."""
    assert _broken_rule(_caught(mutation, kit, IN_THE_END))


def test_a_mutation_whose_place_is_gone_fails() -> None:
    """Otherwise the day would be played with the right program, or the wrong one caught."""
    (patch,) = MUTATIONS[0].patches
    moved = Mutation("moved", (replace(patch, old="log.write(SomethingElse("),))
    with pytest.raises(AssertionError, match="commit has no"), applied(moved):
        pass


def test_a_mutation_that_is_bad_python_is_no_catch() -> None:
    assert not _broken_rule(
        "seed 1: NameError: name 'question' is not defined (commit, settle.py:1)"
    )
    assert not _broken_rule(None)


def test_a_mended_program_is_right_again(kit: Kit) -> None:
    """What a mutation changed is as before when it ends."""
    with applied(MUTATIONS[0]):
        assert _failures(kit, range(5))
    assert not _failures(kit, range(5))


def _broken_rule(why: str | None) -> bool:
    """Caught by a rule or by the visit's own states; a slip in the mutated source proves nothing."""
    return why is not None and _SLIP.search(why) is None


def _caught(mutation: Mutation, kit: Kit, enough: int) -> str | None:
    """The rule that the bug broke first."""
    with applied(mutation):
        for seed in (mutation.likely, *range(enough)):
            for failing, rule in _failures(kit, range(seed, seed + 1)):
                return f"seed {failing}: {rule}"
    return None


def _failures(kit: Kit, seeds: range) -> list[tuple[int, str]]:
    tally = Tally()
    for seed in seeds:
        play(seed, kit, tally)
    return tally.failures
