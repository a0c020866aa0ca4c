"""Does the journal still hold: the chain, and the identities of every settlement in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from desktop.domain.balance import doubts
from desktop.domain.events import Cancelled, Entry, Settled
from desktop.domain.money import ZERO
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord, replay
from desktop.domain.split import Settlement
from desktop.domain.visit import NotAllowed
from desktop.ledger.chain import ChainReport, Fault
from desktop.ledger.errors import JournalError
from desktop.ledger.journal import Journal, VisitId


class Verdict(Struct, frozen=True):
    """What a whole reading of the journal found."""

    entries: int
    problems: tuple[Problem, ...]


def verify(journal: Journal) -> Verdict:
    """Follow the chain, look at every page, then check every settlement that claims to add up.

    Contents are read only while the chain holds: a changed entry proves nothing.
    """
    chain = journal.verify_chain()
    if not chain.ok:
        return Verdict(chain.entries, (_broken(chain),))
    if not journal.file_is_sound():
        damaged = Problem(ProblemCode.JOURNAL_DAMAGED, "链完好，但文件有损坏的页")
        return Verdict(chain.entries, (damaged,))
    return Verdict(chain.entries, tuple(_faults(journal)))


def _broken(chain: ChainReport) -> Problem:
    fault = chain.first_fault
    where = f"第 {fault.seq} 条{_FAULT_WORDS[fault.fault]}" if fault else ""
    return Problem(ProblemCode.JOURNAL_DAMAGED, where)


_FAULT_WORDS = {
    Fault.MISSING: "缺失",
    Fault.BROKEN: "与前一条接不上",
    Fault.CHANGED: "内容被改过",
    Fault.UNREADABLE: "读不出来",
}


def _faults(journal: Journal) -> Iterator[Problem]:
    for visit in journal.visits():
        yield from _faults_of(journal, visit)


def _faults_of(journal: Journal, visit: VisitId) -> Iterator[Problem]:
    """A visit that cannot be read is a problem of its own; the others are read all the same."""
    try:
        entries = [recorded.entry for recorded in journal.entries(visit)]
        record = replay(entries)
    except JournalError as error:
        yield from (Problem(p.kind, f"{visit} {p.detail}".strip()) for p in error.problems)
    except NotAllowed:
        yield Problem(ProblemCode.JOURNAL_DAMAGED, f"{visit} 记录的先后不可能发生")
    else:
        if record.bill and visit not in journal.visits_of_bill(record.bill.key):
            yield Problem(ProblemCode.JOURNAL_DAMAGED, f"{visit} 单据索引缺失")
        yield from _unbalanced(entries)


def _unbalanced(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Each settlement against the bill of its time: a partial refund leaves a smaller one."""
    record = VisitRecord()
    for entry in entries:
        total = record.bill.total if record.bill else ZERO
        record = record.after(entry)
        match entry:
            case Settled(settlement):
                doubted = doubts(settlement.split, total)
            case Cancelled(Settlement() as settlement):
                doubted = doubts(settlement.split, total, reversed_=True)
            case _:
                continue
        if record.torn is None and doubted:
            named = "；".join(doubted)
            yield Problem(ProblemCode.SPLIT_DOES_NOT_ADD_UP, f"{settlement.setl_id} {named}")
