"""Sees everything that is written and sent, and knows at once when a rule is broken.

It stands between the services and the real journal, and beside the line. What it knows of a visit
are the entries that reached the disk, whether or not the writer lived to hear of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.charges import BillKey
from desktop.domain.money import Money
from desktop.domain.visit import State, transition
from desktop.ledger.journal import Journal, VisitId
from desktop.nhsa.envelope import Request
from desktop.nhsa.messages.by_number import TRANSACTIONS
from desktop.sandbox.model import SettlementState
from desktop.sandbox.platform import Outcome
from desktop.sandbox.state import State as Platform
from tests.simulation.disk import Disk
from tests.simulation.faults import WorldFault
from tests.simulation.story import Story

LEAVES_TRACES = frozenset(("2201", "2202", "2204", "2205", "2601"))
IN_DOUBT = frozenset((State.SUBMITTED, State.UNKNOWN, State.DEFERRED_UNKNOWN))
Step = tuple[State, type[e.Fact]]


class Broken(Exception):
    """A rule that must hold at every step does not."""


@dataclass(slots=True)
class Seen:
    """One visit as its durable entries tell it."""

    state: State = State.IDLE
    bill: str = ""
    """Receipt number of the bill."""
    submitted: str = ""
    """msgid of the last 2207."""
    cancelling: str = ""
    """msgid of the last 2208."""
    cash: int | None = None
    """Fen that the journal says the desk holds."""
    entries: int = 0


@dataclass(slots=True)
class Witness:
    """What is written and sent in one run; ``steps`` and ``states`` are for the statistics."""

    disk: Disk
    platform: Platform
    story: Story
    visits: dict[VisitId, Seen] = field(default_factory=dict)
    intents: set[tuple[str, str]] = field(default_factory=set)
    """Of requests that leave traces: (infno, msgid), on disk."""
    steps: Counter[Step] = field(default_factory=Counter)
    bill_of_msgid: dict[str, str] = field(default_factory=dict)
    """msgid of every 2207 that was ever sent → receipt number."""
    booked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Receipt number → every ``setl_id`` that the platform booked for it."""
    registered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """msgid of every 2201 that the platform carried out → each ``mdtrt_id`` that it gave."""
    doubled: set[str] = field(default_factory=set)
    """msgids that the platform booked more than once by itself."""
    offered: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """Batch → the amounts of its last 2206."""
    sent: Counter[str] = field(default_factory=Counter)
    settling_sent: set[str] = field(default_factory=set)
    """msgids of 2207 and 2208: each is sent once."""
    typed_twice: dict[str, str] = field(default_factory=dict)
    """Receipt number of charges that were typed once more → that of the first time."""
    met: Counter[str] = field(default_factory=Counter)

    # --- what is written ---------------------------------------------------------------------

    def written(self, visit: VisitId, entries: Sequence[e.Entry]) -> None:
        """The entries are on disk."""
        seen = self.visits.get(visit)
        if seen is None:
            seen = self.visits[visit] = Seen()
        for entry in entries:
            self._learn(visit, seen, entry)
        seen.entries += len(entries)

    def _learn(self, visit: VisitId, seen: Seen, entry: e.Entry) -> None:
        if isinstance(entry, notes.Note):
            if isinstance(entry, notes.RequestIntended):
                self.intents.add((entry.infno, entry.msgid))
            self.story.tell("  {}: {}", visit, entry)
            return
        row = transition(seen.state, entry)
        self.steps[seen.state, type(entry)] += 1
        if row.target is not seen.state:
            self.story.tell("  {}: {} → {}", visit, type(entry).__name__, row.target)
        else:
            self.story.tell("  {}: {}", visit, type(entry).__name__)
        seen.state = row.target
        self._learn_fact(seen, entry)

    def _learn_fact(self, seen: Seen, fact: e.Fact) -> None:
        match fact:
            case e.Deferred(deposit=Money()):
                self.met[WorldFault.DEPOSIT] += 1
            case e.BillTaken(bill):
                seen.bill = bill.receipt_no
            case e.Submitted():
                seen.submitted = fact.msgid
            case e.CancelSubmitted():
                seen.cancelling = fact.msgid
            case e.CashTaken(cash):
                seen.cash = cash.fen
            case e.CashReturned():
                seen.cash = None
            case _:
                pass

    # --- what is sent ------------------------------------------------------------------------

    def sending(self, request: Request) -> None:
        """Raises :class:`Broken` when this must not be sent now."""
        infno, msgid = request.head.infno, request.head.msgid
        self.sent[infno] += 1
        self.story.tell("  → {} {}", infno, msgid[-14:])
        if infno == "2207":
            self._may_settle(msgid, request.input_of(TRANSACTIONS[infno]).data)
        elif infno == "2208":
            self._may_cancel(msgid)
        elif infno in LEAVES_TRACES and (infno, msgid) not in self.intents:
            raise Broken(f"{infno} was sent before its intent was on disk")

    def _may_settle(self, msgid: str, data: Any) -> None:
        self._never_before(msgid)
        bill = data.invono
        charges = self._charges(bill)
        doubtful = [
            v
            for v in self.visits.values()
            if v.state in IN_DOUBT and self._charges(v.bill) == charges
        ]
        if not any(v.submitted == msgid and v.state is State.SUBMITTED for v in doubtful):
            raise Broken("a 2207 was sent before its intent was on disk")
        if len(doubtful) > 1:
            raise Broken("a second 2207 was sent for a bill while one is unknown")
        if _amounts(data) != self.offered.get(data.chrg_bchno):
            raise Broken("a 2207 was sent with other amounts than the last 2206 told")
        if self.stands(bill):
            raise Broken("a 2207 was sent for a bill that is settled")
        self.bill_of_msgid[msgid] = bill

    def _charges(self, bill: str) -> str:
        """What was typed twice is one and the same."""
        return self.typed_twice.get(bill, bill)

    def _may_cancel(self, msgid: str) -> None:
        self._never_before(msgid)
        asking = [v for v in self.visits.values() if v.cancelling == msgid]
        if not any(v.state is State.REVERSING for v in asking):
            raise Broken("a 2208 was sent before its intent was on disk")

    def _never_before(self, msgid: str) -> None:
        if msgid in self.settling_sent:
            raise Broken("a message was sent a second time")
        self.settling_sent.add(msgid)

    # --- what the platform did ---------------------------------------------------------------

    def acted(self, request: Request, outcome: Outcome) -> None:
        """Raises :class:`Broken` when two settlements of one bill are effective now."""
        output: Any = outcome.output
        if outcome.infno == "2206" and output is not None:
            batch = request.input_of(TRANSACTIONS["2206"]).data.chrg_bchno
            self.offered[batch] = _amounts(output.setlinfo)
        elif outcome.infno == "2207" and output is not None:
            self._booked(request.head.msgid, output.setlinfo.setl_id)
        elif outcome.infno == "2201" and output is not None:
            self.registered[request.head.msgid].append(output.data.mdtrt_id)

    def _booked(self, msgid: str, setl_id: str) -> None:
        bill = self.bill_of_msgid[msgid]
        before = [row for row in self.booked[bill] if self.platform.settlements[row].msgid == msgid]
        self.booked[bill].append(setl_id)
        if before:
            self.doubled.add(msgid)
        if len(self._standing_of_charges(bill)) > 1:
            raise Broken("two settlements of one bill are effective")

    def stands(self, bill: str) -> bool:
        """A settlement of these charges stands, under whatever number they were typed."""
        return bool(self._standing_of_charges(bill))

    def _standing_of_charges(self, bill: str) -> set[str]:
        charges = self._charges(bill)
        return self._standing(b for b in self.booked if self._charges(b) == charges)

    def _standing(self, bills: Iterable[str]) -> set[str]:
        """msgids whose settlement stands, but for what the platform doubled by itself."""
        rows = (row for bill in bills for row in self.effective(bill))
        return {self.platform.settlements[row].msgid for row in rows} - self.doubled

    def submitted_doubled(self, visit: VisitId) -> bool:
        """The platform booked this visit's last 2207 twice by itself."""
        return self.visits[visit].submitted in self.doubled

    def bill_doubled(self, bill: str) -> bool:
        """The same of any 2207 of the bill."""
        return any(self.bill_of_msgid[msgid] == bill for msgid in self.doubled)

    def effective(self, bill: str) -> list[str]:
        """``setl_id`` of the settlements of the bill that stand at the platform."""
        rows = self.platform.settlements
        return [
            number
            for number in self.booked.get(bill, ())
            if rows[number].state is SettlementState.EFFECTIVE
        ]


def _amounts(told: Any) -> tuple[Any, ...]:
    return (
        told.medfee_sumamt,
        told.fulamt_ownpay_amt,
        told.overlmt_selfpay,
        told.preselfpay_amt,
        told.inscp_scp_amt,
    )


class WitnessedJournal:
    """``services.ports.Journal``: the real one of a process, with the witness looking on."""

    def __init__(self, journal: Journal, disk: Disk, witness: Witness) -> None:
        self._journal = journal
        self._disk = disk
        self._witness = witness
        self.entries_after = journal.entries_after
        self.open_visits = journal.open_visits
        self.writes = journal.writes

    def append(self, visit: VisitId, entries: Sequence[e.Entry], at: datetime) -> None:
        before = self._disk.commits
        try:
            self._journal.append(visit, entries, at)
        finally:
            if self._disk.commits != before:
                self._witness.written(visit, entries)

    def visits_of_bill(self, key: BillKey) -> Sequence[VisitId]:
        return self._journal.visits_of_bill(key)

    def visits_of_visit_number(self, visit_no: str) -> Sequence[VisitId]:
        return self._journal.visits_of_visit_number(visit_no)

    def __getattr__(self, name: str) -> Any:
        """Whatever else the services ask the journal only reads."""
        return getattr(self._journal, name)
