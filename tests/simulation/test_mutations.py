"""Would the simulation notice? Each deliberate bug must break a rule within some hundred days."""

from __future__ import annotations

import pytest

from tests.simulation.mutations import MUTATIONS, RARE, Mutation, applied
from tests.simulation.runs import Tally, play
from tests.simulation.world import Kit, new_kit

SOON = 1500
"""Seeds; most are caught within ten, a few need a booking that comes late."""
IN_THE_END = 6000


@pytest.fixture(scope="module")
def kit() -> Kit:
    return new_kit()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_simulation_catches(mutation: Mutation, kit: Kit) -> None:
    assert _caught(mutation, kit, SOON) is not None


@pytest.mark.slow
@pytest.mark.parametrize("mutation", RARE, ids=lambda mutation: mutation.name)
def test_the_simulation_catches_in_the_end(mutation: Mutation, kit: Kit) -> None:
    """Bugs that need a late booking and something else at the same time."""
    assert _caught(mutation, kit, IN_THE_END) is not None


def test_a_mended_program_is_right_again(kit: Kit) -> None:
    """What a mutation changed is as before when it ends."""
    with applied(MUTATIONS[0]):
        assert _failures(kit, range(5))
    assert not _failures(kit, range(5))


def _caught(mutation: Mutation, kit: Kit, enough: int) -> str | None:
    """The rule that the bug broke first."""
    with applied(mutation):
        for seed in range(enough):
            for failing, rule in _failures(kit, range(seed, seed + 1)):
                return f"seed {failing}: {rule}"
    return None


def _failures(kit: Kit, seeds: range) -> list[tuple[int, str]]:
    tally = Tally()
    for seed in seeds:
        play(seed, kit, tally)
    return tally.failures
