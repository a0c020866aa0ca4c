"""One window: its desk, and the dice of whoever sits behind it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import timedelta

from desktop.domain import events as e
from desktop.domain.charges import Bill
from desktop.domain.problems import ProblemCode
from desktop.domain.visit import State
from desktop.sandbox.model import Person
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Stopped
from desktop.services.ports import Desk
from tests.simulation.world import World

Script = Iterator[None]
"""Every ``yield`` is a place where the other window may act."""
Decided = Generator[None, None, bool]
"""A script that ends with a decision."""

SELF_PAY = e.PaidBySelf("患者自费", "0001")
MAY_DEFER = frozenset(
    (
        *(State.IDLE, State.CREDENTIAL, State.IDENTIFIED),
        *(State.ELIGIBLE, State.REGISTERED, State.CHARGES, State.PRESETTLED),
    )
)
MAY_PAY_SELF = MAY_DEFER | {State.NEEDS_FILING, State.REFUSED, State.DEFERRED}


@dataclass(frozen=True, slots=True)
class Errand:
    """A patient with a bill."""

    who: Person
    bill: Bill
    beside: bool = False
    """Somebody decided that it is settled beside another revision of the bill."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a person decides is drawn from the seed; what the program does is the product's."""

    world: World
    desk: Desk

    @property
    def happens(self) -> Callable[[float], bool]:
        return self.world.chance.happens

    @property
    def tell(self) -> Callable[..., None]:
        return self.world.story.tell

    def mend_clock(self, stop: Stopped) -> None:
        """Somebody puts the PC's clock right when the program says that it is wrong."""
        if stop.problems[0].kind is ProblemCode.CLOCK_WRONG:
            self.world.clock.offset = timedelta(0)
            self.tell("  the clock is put right")

    def deferral(self, why: ProblemCode, visit: DeskVisit) -> e.Deferred:
        """DEFER of B22: to be settled within a week; some leave the whole bill as a deposit."""
        until = self.desk.clock().date() + timedelta(days=7)
        bill = visit.record.bill
        deposit = bill.total if bill is not None and self.world.chance.also(0.6) else None
        return e.Deferred("line down", until, why.code, "0001", deposit)

    def pays_self(self, visit: DeskVisit) -> Script:
        """SELF_PAY of B22, and the visit is over."""
        visit.write_down(SELF_PAY)
        yield
        visit.close()
