"""One seed played from the morning to the last invariant."""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from desktop.sandbox.model import Person
from desktop.services import stumbling
from tests.simulation.aftermath import janitor, settle_down
from tests.simulation.cashier import come_back, serve
from tests.simulation.disk import Killed
from tests.simulation.faults import WorldFault
from tests.simulation.invariants import judge
from tests.simulation.town import Town, bill_for, patient_of, revised, typed
from tests.simulation.window import Errand, Script, Window
from tests.simulation.witness import Broken, Step
from tests.simulation.world import Kit, World


@dataclass(slots=True)
class Tally:
    """What many runs met; sums of several workers add up."""

    seeds: int = 0
    visits: int = 0
    lives: int = 0
    seconds: float = 0
    """Of processor time."""
    faults: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    steps: Counter[Step] = field(default_factory=Counter)
    identities: Counter[str] = field(default_factory=Counter)
    """Identity and verdict, of every settlement that a desk held as settled in the end."""
    compared: Counter[str] = field(default_factory=Counter)
    """How the reconciliations of the days came out."""
    failures: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.seeds += other.seeds
        self.visits += other.visits
        self.lives += other.lives
        self.seconds += other.seconds
        self.faults += other.faults
        self.sent += other.sent
        self.steps += other.steps
        self.identities += other.identities
        self.compared += other.compared
        self.failures += other.failures

    def count(self, world: World) -> None:
        self.seeds += 1
        self.visits += len(world.witness.visits)
        self.lives += world.lives
        self.faults.update(world.met)
        self.faults.update(world.witness.met)
        self.faults.update(str(fault) for fault in world.network.met)
        self.sent.update(world.witness.sent)
        self.steps.update(world.witness.steps)
        self.identities.update(world.identities)
        self.compared.update(world.compared)


def play(seed: int, kit: Kit, tally: Tally, *, told: bool = False) -> World:
    """Play one seed; what goes wrong is in ``tally.failures``."""
    world = World(seed, kit, told=told)
    try:
        with _nobody_stumbles():
            _day(world)
    except Exception as failure:  # noqa: BLE001 - whatever a run raises is its failure
        tally.failures.append((seed, _words(failure)))
        if told:
            world.story.lines.extend(traceback.format_exc().splitlines())
    tally.count(world)
    return world


class _Stumbles(logging.Handler):
    """The services go on after a visit at which they stumble; a day in which they do is broken."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextmanager
def _nobody_stumbles() -> Iterator[None]:
    log, stumbles = logging.getLogger(stumbling.__name__), _Stumbles()
    log.addHandler(stumbles)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(stumbles)
        log.propagate = True
    if stumbles.told:
        raise Broken(f"the services stumble: {stumbles.told[0]}")


def _words(failure: Exception) -> str:
    if isinstance(failure, Broken):
        return str(failure)
    frame = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{type(failure).__name__}: {failure} ({frame.name}, {frame.filename}:{frame.lineno})"


def _day(world: World) -> None:
    world.chance.brew()
    if world.chance.happens(0.1):
        world.line_goes_down()
    errands = _errands(world)
    _open(world, errands)
    while True:
        try:
            world.play()
            break
        except Killed:
            world.restart()
            _come_back(world, errands)
    settle_down(world)
    judge(world)


def _errands(world: World) -> list[Errand]:
    """One to three patients; some bring two bills of one visit."""
    chance, town = world.chance, world.town
    errands: list[Errand] = []
    for number in range(chance.of((1, 1, 2, 2, 3))):
        who = _somebody(world, town)
        same_visit = bool(errands) and chance.happens(0.2)
        if same_visit:
            who = errands[-1].who
            world.note(WorldFault.SAME_VISIT)
        visit_no = errands[-1].bill.visit.visit_no if same_visit else f"V{number}"
        bill = bill_for(town, chance, who, number, visit_no, world.clock.now)
        if chance.happens(0.03):
            bill = replace(bill, patient=patient_of(chance.of(town.people)))
        if chance.also(0.08):
            world.note(WorldFault.TYPED)
            bill = typed(bill)
        errands.append(Errand(who, bill))
    if chance.also(0.12):
        errands.append(_revised(world, errands[-1]))
    return errands


def _revised(world: World, errand: Errand) -> Errand:
    """The bill once more with other lines: in its place, or beside it as a receipt of its own."""
    world.note(WorldFault.REVISED)
    beside = world.chance.also(0.4)
    if beside:
        world.note(WorldFault.BESIDE)
    return Errand(errand.who, revised(errand.bill, own_receipt=beside), beside)


def _typed_again(world: World, errand: Errand) -> Errand:
    """Whoever does not see the other window types the same charges, under another number."""
    world.note(WorldFault.TYPED_AGAIN)
    first, again = typed(errand.bill), typed(errand.bill, again=True)
    world.witness.typed_twice[again.receipt_no] = first.receipt_no
    return Errand(errand.who, again)


def _somebody(world: World, town: Town) -> Person:
    ordinary = world.chance.happens(0.9)
    return world.chance.of(town.ordinary if ordinary else town.people)


def _open(world: World, errands: list[Errand]) -> None:
    """Patients at either window, one after the other; some bills at both windows at once."""
    queues: tuple[list[Errand], list[Errand]] = ([], [])
    for errand in errands:
        world.chance.of(queues).append(errand)
    if world.chance.happens(0.2):
        world.note(WorldFault.TWO_WINDOWS)
        for queue in queues:
            if errands[0] not in queue:
                queue.append(errands[0])
    elif errands[-1].bill.key.revision == 1 and world.chance.also(0.06):
        _typed_at_both(world, errands, queues)
    for queue, desk in zip(queues, world.process.desks, strict=True):
        world.begin(_shift(Window(world, desk), queue))
    if world.chance.happens(0.5):
        world.begin(janitor(world))


def _typed_at_both(
    world: World, errands: list[Errand], queues: tuple[list[Errand], list[Errand]]
) -> None:
    """The first charges of the day, typed at either window at the same time."""
    again = _typed_again(world, errands[0])
    first = Errand(errands[0].who, typed(errands[0].bill))
    for queue, errand in zip(queues, (first, again), strict=True):
        queue[:] = [errand, *(other for other in queue if other is not errands[0])]
    errands[:] = [first, again, *errands[1:]]


def _shift(window: Window, queue: list[Errand]) -> Script:
    for errand in queue:
        yield from serve(window, errand)
        yield


def _come_back(world: World, errands: list[Errand]) -> None:
    """Whoever was at a window stands there again; the desk looks after what is open."""
    for errand in errands:
        if world.chance.happens(0.7):
            window = Window(world, world.chance.of(world.process.desks))
            world.begin(come_back(window, errand))
    world.begin(janitor(world))
