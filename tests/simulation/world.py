"""One run's world: a town, its platform, a line, a disk, and one process with its windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import msgspec

from desktop.domain.credential import Credential
from desktop.domain.money import Money
from desktop.knowledge.refusals import Refusals, load_refusals
from desktop.knowledge.reversals import Reversals, load_reversals
from desktop.ledger.errors import JournalWriteFailed
from desktop.ledger.journal import Journal, VisitId
from desktop.nhsa.msgid import MsgidSource, Station
from desktop.sandbox.model import Area, Person, YearSums
from desktop.sandbox.platform import Platform
from desktop.sandbox.state import sums_key
from desktop.services.line import Line
from desktop.services.locks import LocalLocks
from desktop.services.ports import Desk, Reversal, SitePolicy
from desktop.services.recover import recover
from desktop.services.told import Memory
from tests.simulation.chance import CALM, Chance
from tests.simulation.clock import Clock
from tests.simulation.disk import Disk, Killed, Power
from tests.simulation.faults import DiskFault, WorldFault
from tests.simulation.intents import Shelf, SimulatedIntents
from tests.simulation.line import HOSPITAL, PLACE, TypedLine
from tests.simulation.network import SETTLE_HORIZON, Network
from tests.simulation.story import Story
from tests.simulation.town import Town
from tests.simulation.wire import ByteLine, ByteTransport
from tests.simulation.witness import Witness, WitnessedJournal

Script = Iterator[None]
_ORDINARY_DAY = datetime(2023, 5, 2, 9)  # noqa: DTZ001 - +08:00 always
_NEW_YEARS_EVE = datetime(2023, 12, 31, 23, 59, 30)  # noqa: DTZ001
_STEPS = 4000
"""More than any run needs: a run that goes on for ever is a fault of its own."""
_STARTS = 50
OVER_BYTES = 20
"""One run in so many speaks JSON through the real client, and writes to a real SQLite."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What every run of one worker uses again."""

    town: Town
    disk: Disk
    refusals: Refusals
    reversals: Reversals


def new_kit() -> Kit:
    return Kit(Town(), Disk(), load_refusals(), load_reversals())


@dataclass(frozen=True, slots=True)
class Process:
    """One life of the desk's program: two windows of one profile."""

    power: Power
    journal: Journal
    desks: tuple[Desk, Desk]


class World:
    """Everything of one run; nothing in it is drawn from anywhere but the seed."""

    def __init__(self, seed: int, kit: Kit, *, told: bool = False) -> None:
        self.seed = seed
        self.kit = kit
        self.chance = Chance(seed)
        self.met: Counter[str] = Counter()
        """Faults of the disk and of the world."""
        self.began = self._morning()
        self.clock = Clock(self.began)
        self.story = Story(self.clock, told=told)
        self.town = kit.town
        self.platform = Platform(kit.town.fresh(seed), kit.town.policies)
        self.disk = kit.disk
        self.disk.blank(real=self._is_over_bytes)
        self.shelf = Shelf()
        self.witness = Witness(self.disk, self.platform.state, self.story)
        self.network = Network(self.platform, self.clock, self.chance, self.story, self.witness)
        self.network.meanwhile = self._meanwhile
        self.policy = self._policy()
        self.till: dict[str, int] = {}
        """Fen that really lie in the drawer for a bill, by its number."""
        self.till_is_doubtful: set[str] = set()
        """Bills for which money changed hands when the desk died."""
        self.phones: dict[str, Credential] = {}
        """The voucher that a person showed last, by ID number."""
        self.identities: Counter[str] = Counter()
        self.compared: Counter[str] = Counter()
        self.lives = 0
        self.is_well = False
        """Nothing goes wrong any more."""
        self._visits = count(1)
        self._scripts: list[Script] = []
        self._running: set[int] = set()
        self.process = self._started()

    def _morning(self) -> datetime:
        if self.chance.happens(0.06):
            self.met[WorldFault.NEW_YEAR] += 1
            return _NEW_YEARS_EVE + timedelta(seconds=self.chance.between(0, 29))
        return _ORDINARY_DAY + timedelta(seconds=int(self.chance.between(0, 30000)))

    def _policy(self) -> SitePolicy:
        """Most sites are as the default; some answer no queries, some do not open 2601.

        Some platforms serve only who is signed in, and end sessions as they like.
        """
        if self.chance.happens(0.3):
            self.platform.state.change_settings(require_sign_in=True)
            self.clock.later(self.chance.between(5, 900), self.end_session)
        kind = self.chance.roll()
        if kind < 0.1:
            return SitePolicy(queries=frozenset(), settle_horizon=SETTLE_HORIZON)
        if kind < 0.15:
            return SitePolicy(reversal=Reversal.MANUAL, settle_horizon=SETTLE_HORIZON)
        if kind < 0.2:
            closed = msgspec.structs.replace(Area(), reversal_2601=False)
            self.platform.state.areas.put("370800", closed)
        return SitePolicy(settle_horizon=SETTLE_HORIZON)

    # --- the process -------------------------------------------------------------------------

    def _started(self) -> Process:
        self.lives += 1
        power = Power()
        journal = self._journal(power)
        witnessed = WitnessedJournal(journal, self.disk, self.witness)
        station = Station(HOSPITAL, 1)
        msgids = MsgidSource(station, journal, self.clock.desk)
        locks, memory = LocalLocks(), Memory()
        first, second = (
            Desk(
                platform=self._line(power, msgids),
                journal=witnessed,
                next_msgid=msgids.next,
                new_visit_id=self._new_visit_id,
                clock=self.clock.desk,
                refusals=self.kit.refusals,
                place=PLACE,
                institution=HOSPITAL,
                reversals=self.kit.reversals,
                locks=locks,
                policy=self.policy,
                window=window,
                memory=memory,
            )
            for window in ("01", "02")
        )
        return Process(power, journal, (first, second))

    @property
    def _is_over_bytes(self) -> bool:
        return self.seed % OVER_BYTES == 0

    def _line(self, power: Power, msgids: MsgidSource) -> Line | TypedLine:
        """Typed in most runs, for it is fast; over bytes in the others."""
        state = self.platform.state
        typed = TypedLine(self.network, state, self.clock, power, msgids.next)
        if not self._is_over_bytes:
            return typed
        transport = ByteTransport(self.network, self.platform, self.clock, power)
        return ByteLine(transport, msgids.next, typed)

    def _journal(self, power: Power) -> Journal:
        """As ``Journal.open`` opens it, on the simulated disk."""
        intents = SimulatedIntents(
            self.shelf, power, self._disk_fault, lambda: self.chance.happens(0.5)
        )
        journal = Journal(self.disk.mount(power, self._disk_fault), intents)
        journal.bring_back(tuple(self.shelf.kept.values()))
        intents.begin(journal._settling())
        return journal

    def restart(self) -> None:
        """The process is gone, whatever it was doing; a new one starts and recovers.

        It may be killed while it starts, or find the disk full: then it is started once more.
        """
        self._scripts.clear()
        for _ in range(_STARTS):
            self.story.tell("the program starts")
            kept = tuple(map(VisitId, self.shelf.kept))
            try:
                self.process = self._started()
                self._recollect(kept)
                recover(self.process.desks[0])
                self._put_till_right()
                return
            except (Killed, JournalWriteFailed):
                self.story.tell("  it does not come up")
                self._recollect(kept)
        raise AssertionError("the program never starts")

    def _put_till_right(self) -> None:
        """Patient and cashier do as the desk says: it holds what was left, or it went back."""
        for bill_no in self.till_is_doubtful:
            self.till[bill_no] = held_for(self.process.desks[0], bill_no)
        self.till_is_doubtful.clear()

    def _recollect(self, kept: Iterable[VisitId]) -> None:
        """Entries that the second file brought back: on disk without anybody's knowing."""
        journal = Journal(self.disk.mount(Power(), lambda: None))
        for visit in kept:
            recorded = journal.entries(visit)
            known = self.witness.visits.get(visit)
            fresh = recorded[known.entries if known else 0 :]
            if fresh:
                self.witness.written(visit, [row.entry for row in fresh])

    def _new_visit_id(self) -> VisitId:
        return VisitId(f"visit {next(self._visits)}")

    def _disk_fault(self) -> DiskFault | None:
        fault = self.chance.disk_fault()
        if fault is not None:
            self.note(fault)
        return fault

    def line_goes_down(self) -> None:
        """Some time from now, for some minutes."""
        begins, lasts = self.chance.between(0, 30), self.chance.between(20, 900)
        self.clock.later(begins, lambda: self._switch_line(down=True))
        self.clock.later(begins + lasts, lambda: self._switch_line(down=False))

    def line_fails_now(self) -> None:
        """For the next few seconds."""
        self._switch_line(down=True)
        self.clock.later(3, lambda: self._switch_line(down=False))

    def _switch_line(self, *, down: bool) -> None:
        if down and not self.is_well:
            self.note(WorldFault.LINE_DOWN)
        self.network.down = down and not self.is_well

    # --- what people do ----------------------------------------------------------------------

    def begin(self, script: Script) -> None:
        self._scripts.append(script)

    def play(self) -> None:
        """Let everybody act in turns until all are done; raises ``Killed``."""
        for _ in range(_STEPS):
            if not self._scripts:
                return
            self._act(self.chance.of(self._scripts))
            self.process.power.demand()
        raise AssertionError("the scripts never end")

    def _act(self, script: Script) -> None:
        self._running.add(id(script))
        try:
            next(script)
        except StopIteration:
            self._scripts.remove(script)
        finally:
            self._running.discard(id(script))

    def _meanwhile(self) -> None:
        """A request is under way: others may act, and the world goes on."""
        if self.chance.weather is CALM or not self.chance.happens(self.chance.weather.meanwhile):
            return
        idle = [script for script in self._scripts if id(script) not in self._running]
        if idle:
            self.story.tell("  (meanwhile, at the other window)")
            self._act(self.chance.of(idle))

    def note(self, fault: DiskFault | WorldFault) -> None:
        self.met[fault] += 1
        self.story.tell("  {}!", fault)

    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)

    def heal(self) -> None:
        """From here on nothing goes wrong any more; the desk's clock is put right later."""
        self.chance.weather = CALM
        self.network.down, self.is_well = False, True
        self.story.tell("everything is well again")

    def use_elsewhere(self, psn_no: str, insutype: str) -> None:
        """Some of this year's quota is used at home."""
        key = sums_key(psn_no, insutype, self.clock.now.year)
        sums = self.platform.state.sums
        before = sums.get(key) or YearSums()
        used = Money(int(self.chance.between(1000, 40000)))
        sums.put(key, msgspec.structs.replace(before, fund=before.fund + used))

    def withdraw_filing(self, psn_no: str) -> None:
        """The insured area takes the filing back."""
        self.note(WorldFault.FILING_WITHDRAWN)
        people = self.platform.state.people
        people.put(psn_no, msgspec.structs.replace(people[psn_no], filings=()))

    def end_session(self) -> None:
        """Nobody is signed in any more, where that is asked for at all."""
        if self.platform.state.options.require_sign_in:
            self.note(WorldFault.SESSION_ENDED)
            self.platform.state.sign_ins.clear()

    def jump_clock(self) -> None:
        """The desk's clock is suddenly wrong."""
        minutes = self.chance.of((-1600, -70, -15, -5, -1, 1, 5, 15, 70, 1600))
        self.note(WorldFault.CLOCK_FORWARD if minutes > 0 else WorldFault.CLOCK_BACK)
        self.clock.offset += timedelta(minutes=minutes)

    def person(self, certno: str) -> Person | None:
        return self.platform.state.person_by_certificate(certno)


def held_for(desk: Desk, bill_no: str) -> int:
    """Fen that the journal says lie here for a bill, in whatever revision: cash, and what the patient
    left for it while it waited or paid alone.
    """
    visits = desk.journal.visits_of_any_revision(bill_no)
    records = {visit: desk.record(visit) for visit in visits}
    gone = {visit for record in records.values() for visit in record.brought_from}
    here = (record for visit, record in records.items() if visit not in gone)
    sums = ((record.cash_taken, record.deposit) for record in here)
    return sum(each.fen for both in sums for each in both if each is not None)
