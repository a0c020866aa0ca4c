"""Would the simulation notice? Each deliberate bug must break a rule within a few hundred days."""

from __future__ import annotations

import pytest

from tests.simulation.mutations import MUTATIONS, Mutation, applied
from tests.simulation.runs import Tally, play
from tests.simulation.world import Kit, new_kit

ENOUGH = 600
"""Seeds; what is caught is caught far earlier."""


@pytest.fixture(scope="module")
def kit() -> Kit:
    return new_kit()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_simulation_catches(mutation: Mutation, kit: Kit) -> None:
    assert _caught(mutation, kit) is not None


def _caught(mutation: Mutation, kit: Kit) -> str | None:
    """The rule that the bug broke first."""
    with applied(mutation):
        for seed in range(ENOUGH):
            tally = Tally()
            play(seed, kit, tally)
            if tally.failures:
                return f"seed {seed}: {tally.failures[0][1]}"
    return None
