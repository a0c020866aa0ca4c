"""Does the journal still hold: the chain, and the identities of every settlement in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.events import Cancelled, Settled
from desktop.domain.money import ZERO
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import replay
from desktop.domain.split import check
from desktop.domain.visit import NotAllowed
from desktop.ledger.chain import ChainReport
from desktop.ledger.journal import Journal, VisitId


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a whole reading of the journal found."""

    entries: int
    problems: tuple[Problem, ...]


def verify(journal: Journal) -> Verdict:
    """Follow the chain, then check every settlement that claims to add up.

    Contents are read only while the chain holds: a changed entry proves nothing.
    """
    chain = journal.verify_chain()
    if not chain.ok:
        return Verdict(chain.entries, (_broken(chain),))
    return Verdict(chain.entries, tuple(_faults(journal)))


def _broken(chain: ChainReport) -> Problem:
    fault = chain.first_fault
    where = f"第 {fault.seq} 条 {fault.fault}" if fault else ""
    return Problem(ProblemCode.JOURNAL_DAMAGED, where)


def _faults(journal: Journal) -> Iterator[Problem]:
    for visit in journal.visits():
        yield from _faults_of(journal, visit)


def _faults_of(journal: Journal, visit: VisitId) -> Iterator[Problem]:
    entries = [recorded.entry for recorded in journal.entries(visit)]
    try:
        record = replay(entries)
    except NotAllowed as error:
        yield Problem(ProblemCode.JOURNAL_DAMAGED, f"{visit} {error}")
        return
    total = record.bill.total if record.bill else ZERO
    for entry in entries:
        match entry:
            case Settled(settlement):
                balance = check(settlement.split, total)
            case Cancelled(settlement):
                balance = check(settlement.split, total, reversed_=True)
            case _:
                continue
        if balance.broken:
            named = "、".join(balance.broken)
            yield Problem(ProblemCode.SPLIT_DOES_NOT_ADD_UP, f"{settlement.setl_id} {named}")
