"""A slice of ``make sim``: no settlement is lost or doubled in any of these days.

The whole is ``make sim SEEDS=100000``; ``make sim SEED=n`` tells one day in plain words.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from desktop.domain.open_work import refund_step
from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from tests.simulation.cashier import serve
from tests.simulation.faults import WorldFault
from tests.simulation.paying import maybe_refunded
from tests.simulation.report import missing_states, reached
from tests.simulation.runs import Tally, play
from tests.simulation.town import bill_for
from tests.simulation.window import Errand, Script, Window
from tests.simulation.world import Kit, World, new_kit

SEEDS = range(220)


@pytest.fixture(scope="module")
def kit() -> Kit:
    return new_kit()


@pytest.fixture(scope="module")
def tally(kit: Kit) -> Tally:
    found = Tally()
    for seed in SEEDS:
        play(seed, kit, found)
    return found


def test_every_rule_holds_in_every_day(tally: Tally) -> None:
    assert tally.failures == []


@pytest.mark.parametrize("seed", [135, 2016, 3007, 20360, 27238])
def test_a_day_that_once_went_wrong(seed: int, kit: Kit) -> None:
    """Each broke a rule of a version before this one."""
    found = Tally()
    play(seed, kit, found)
    assert found.failures == []


def test_the_days_are_rough(tally: Tally) -> None:
    """The slice means something: faults of every kind of place, restarts, lost outcomes."""
    assert tally.lives > tally.seeds * 1.5
    assert tally.sent["2601"] > 10
    assert tally.sent["5203"] > 10
    assert sum(tally.faults.values()) > 3 * tally.seeds


def test_the_patients_get_somewhere(tally: Tally) -> None:
    """Most are known to the platform and are settled; every state of a visit occurs."""
    assert reached(tally, State.IDENTIFIED) > tally.visits / 2
    assert reached(tally, State.SETTLED) > tally.visits / 4
    assert missing_states(tally) == []


def test_vouchers_sessions_and_the_books_take_part(tally: Tally) -> None:
    """Every settled amount adds up, every day is compared, sessions end, codes are shown twice."""
    assert tally.identities["C1 holds"] > tally.seeds / 4
    assert tally.compared["at the end, no difference"] > tally.seeds / 2
    assert tally.sent["9001"] > 10
    assert tally.faults[WorldFault.SESSION_ENDED] > 10
    assert tally.faults[WorldFault.CODE_AGAIN]


def test_nobody_puts_off_paying_when_all_is_well(kit: Kit) -> None:
    """Seed 13133 of 22 November: a bill settled in the last evening was left unpaid for ever."""
    ended: Counter[State] = Counter()
    for seed in range(1, 61):
        world = World(seed, kit)
        world.heal()
        who = world.chance.of(world.town.ordinary)
        bill = bill_for(world.town, world.chance, who, 0, "V0", world.clock.now)
        _walk(serve(Window(world, world.process.desks[0]), Errand(who, bill)))
        ended.update(seen.state for seen in world.witness.visits.values())
    assert ended[State.CLOSED] > 30
    assert not {State.SETTLED, State.UNPAID, State.SETTLED_NEEDS_CHECK} & set(ended)


def test_no_refund_stays_half_done_when_all_is_well(kit: Kit) -> None:
    """Seed 2026: the filing was withdrawn, and the rest was offered evening after evening."""
    steps: Counter[str] = Counter()
    for seed in range(1, 41):
        world = World(seed, kit)
        world.heal()
        who = world.chance.of(world.town.ordinary)
        bill = bill_for(world.town, world.chance, who, 0, "V0", world.clock.now)
        window = Window(world, world.process.desks[0])
        _walk(serve(window, Errand(who, bill)))
        world.withdraw_filing(who.psn_no)
        world.clock.offset = timedelta(0)
        for visit in tuple(world.witness.visits):
            if window.desk.record(visit).effectively_settled:
                _walk(maybe_refunded(window, DeskVisit(window.desk, visit), 1))
                steps[refund_step(window.desk.record(visit))] += 1
    assert steps.keys() == {""}
    assert steps[""] > 10


def _walk(script: Script) -> None:
    for _ in script:
        pass


def test_the_same_seed_plays_the_same_day(kit: Kit) -> None:
    first, again = (play(3, kit, Tally(), told=True).story.lines for _ in range(2))
    assert len(first) > 20
    assert first == again
