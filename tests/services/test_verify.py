"""``journal verify``: the chain, and the identities of every settlement in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.domain.events import Entry, Settled
from desktop.domain.money import Money
from desktop.ledger.journal import VisitId
from desktop.services.verify import verify
from tests.services.counter import Counter, bill_of
from tests.services.wire import setlinfo


def _entries(counter: Counter, visit: str) -> list[Entry]:
    return [row.entry for row in counter.opened.journal.entries(VisitId(visit))]


def _one_fen_more(entry: Entry) -> Entry:
    if not isinstance(entry, Settled) or entry.settlement.split.cash is None:
        return entry
    split = entry.settlement.split
    assert split.cash is not None
    return Settled(replace(entry.settlement, split=replace(split, cash=split.cash + Money(1))))


def test_a_journal_of_settlements_holds(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.settle(bill_of(person))
    counter.settle(bill_of(person, bill_no="B2"), expected_cash="0.01")
    verdict = verify(counter.opened.journal)
    assert verdict.problems == ()
    assert verdict.entries == sum(
        len(counter.opened.journal.entries(visit)) for visit in counter.opened.journal.visits()
    )


def test_a_settlement_that_claims_to_add_up_and_does_not_is_found(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A fault of the program, for the chain holds."""
    finished = counter.settle(bill_of(person))
    wrong = [_one_fen_more(entry) for entry in _entries(counter, finished.visit)]
    journal = counter.opened.journal
    journal.append(VisitId("another"), wrong, counter.desk.clock())
    (problem,) = verify(journal).problems
    assert problem.code == "split-does-not-add-up"
    assert "C3" in problem.detail
    assert journal.verify_chain().ok


def test_what_needs_a_check_is_known_and_no_fault_of_the_journal(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.wire.answer("2207", setlinfo(psn_part_amt="0.01"))
    counter.settle(bill_of(person))
    assert verify(counter.opened.journal).problems == ()


def test_facts_that_cannot_follow_each_other_are_found(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person))
    settled = [row for row in _entries(counter, finished.visit) if isinstance(row, Settled)]
    journal = counter.opened.journal
    journal.append(VisitId("impossible"), settled, counter.desk.clock())
    (problem,) = verify(journal).problems
    assert problem.code == "journal-damaged"
    assert "impossible" in problem.detail
