"""One window: its desk, and the dice of whoever sits behind it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import timedelta

from desktop.domain import events as e
from desktop.domain.charges import Bill
from desktop.domain.money import ZERO, Money
from desktop.domain.one_at_a_time import Beside
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.visit import State
from desktop.sandbox.model import Person
from desktop.services.deposits import amount, left_for
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Stopped
from desktop.services.ports import Desk
from tests.simulation.world import World, held_for

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

    def defers(self, visit: DeskVisit, why: ProblemCode) -> None:
        """DEFER of B22; some leave the whole bill as a deposit. Raises :class:`Stopped`."""
        bill = visit.record.bill
        if bill is None:
            until = self.desk.clock().date() + timedelta(days=7)
            visit.write_down(e.Deferred("line down", until, why.code, "0001"))
            return
        more = bill.total - self._left(visit) if self.world.chance.also(0.6) else ZERO
        self._moves(bill, more, lambda: visit.defer(Problem(why), more if more.fen > 0 else None))

    def pays_self(self, visit: DeskVisit) -> Script:
        """SELF_PAY of B22, and the visit is over. Raises :class:`Stopped`."""
        bill = visit.record.bill
        if bill is None:
            visit.write_down(SELF_PAY)
        else:
            more = bill.total - self._left(visit) - (visit.record.deposit or ZERO)
            self._moves(bill, more, lambda: self._decides_to_pay(visit, bill))
        yield

    def _decides_to_pay(self, visit: DeskVisit, bill: Bill) -> None:
        """Told of what is no settlement of these charges, they pay all the same."""
        why = Problem(ProblemCode.NO_USABLE_ANSWER)
        try:
            visit.pay_self(why)
        except Stopped as stop:
            if not (self.is_another(bill, stop) or _nothing_else_ends_it(visit, stop)):
                raise
            visit.pay_self(why, tuple(Beside))

    def is_another(self, bill: Bill, stop: Stopped) -> bool:
        """What stands beside it is not these charges, or they are to be settled or paid after all:
        somebody has looked, and decides so.
        """
        told = stop.problems[0].code in (Beside.SETTLED_ALIKE, Beside.PAID_BY_SELF)
        return told and not self.world.witness.stands(bill.receipt_no)

    def takes(self, bill: Bill, cash: Money) -> None:
        """What the desk says is due moves the drawer, from what the journal knows to be in it: cash
        may be there from before a crash. Negative: it goes back.
        """
        self.world.till[bill.key.bill_no] = held_for(self.desk, bill.key.bill_no) + cash.fen

    def _moves(self, bill: Bill, cash: Money, step: Callable[[], None]) -> None:
        """Where the desk says that it may not be, the money stays with the patient; where the desk
        dies meanwhile, its next life tells what it knows of.
        """
        world, before = self.world, dict(self.world.till)
        world.till_is_doubtful.add(bill.key.bill_no)
        self.takes(bill, cash)
        try:
            step()
        except (Stopped, DeskError):
            world.till = before
            raise
        world.till_is_doubtful.discard(bill.key.bill_no)

    def _left(self, visit: DeskVisit) -> Money:
        return amount(left_for(self.desk, visit.record, visit.id)) or ZERO


def _nothing_else_ends_it(visit: DeskVisit, stop: Stopped) -> bool:
    """A deferred bill beside which another one was settled: the list offers no other end."""
    told = stop.problems[0].code in tuple(Beside)
    return told and visit.record.state is State.DEFERRED
