"""``journal verify``: the chain, and the identities of every settlement in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.charges import BillKey
from desktop.domain.events import BillTaken, Entry, Settled
from desktop.domain.money import Money
from desktop.ledger.chain import Link
from desktop.ledger.journal import Journal, VisitId
from desktop.services.verify import verify
from desktop.services.whole_refund import RefundOrder, refund
from tests.ledger.raw import tamper
from tests.services.counter import MEDICINE, Counter, bill_of
from tests.services.wire import setlinfo


def _entries(counter: Counter, visit: str) -> list[Entry]:
    return [row.entry for row in counter.opened.journal.entries(VisitId(visit))]


def _one_fen_more(entry: Entry) -> Entry:
    """The settlement that claims it, of another bill: of this one there is none (admission)."""
    if isinstance(entry, BillTaken):
        return replace(entry, bill=replace(entry.bill, key=BillKey("ANOTHER", 1)))
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
    assert not re.search("[A-Z]", problem.message), "what people read is Chinese"


def _write(journal: Journal, visit: str, kind: str, body: bytes) -> None:
    """An entry as another program would write it: the chain holds."""
    head = journal._head()
    link = Link.following(head, "2023-05-02T12:00:00.000000+08:00", visit, kind, body)
    with journal._database.transaction() as execute:
        row = (link.seq, link.at, link.visit, link.kind, link.body, link.prev, link.hash)
        execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        execute("UPDATE head SET seq = ?, hash = ?", (link.seq, link.hash))


def test_a_visit_that_cannot_be_read_is_a_problem_and_the_others_are_read(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """An entry of a newer program, and one that is none: neither ends the reading."""
    journal = counter.opened.journal
    finished = [counter.settle(bill_of(person, bill_no=f"B{at}")) for at in range(3)]
    wrong = [_one_fen_more(entry) for entry in _entries(counter, finished[2].visit)]
    journal.append(VisitId("another"), wrong, counter.desk.clock())
    _write(journal, finished[0].visit, "Teleported", b"{}")
    _write(journal, finished[1].visit, "Settled", b"{")
    problems = verify(journal).problems
    assert [p.code for p in problems] == [
        "journal-unreadable", "journal-damaged", "split-does-not-add-up",
    ]  # fmt: skip
    assert [finished[at].visit in problems[at].detail for at in range(2)] == [True, True]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE entries SET body = x'7b7d' WHERE seq = 2", "第 2 条内容被改过"),
        ("UPDATE entries SET prev = zeroblob(32) WHERE seq = 2", "第 2 条与前一条接不上"),
        ("DELETE FROM entries WHERE seq = 2", "第 2 条缺失"),
    ],
)
def test_a_broken_chain_is_told_in_the_words_of_the_house(
    counter: Counter, person: Mapping[str, Any], change: str, words: str
) -> None:
    counter.settle(bill_of(person))
    profile = counter.opened.profile
    tamper(
        profile.journal_file, bytes.fromhex(profile.practice_key_file.read_text("ascii")), change
    )
    (problem,) = verify(counter.opened.journal).problems
    assert (problem.code, problem.detail) == ("journal-damaged", words)
    assert not re.search("[A-Z]", problem.message), "words for people are Chinese"


def test_a_partial_refund_is_judged_by_the_bills_of_their_time(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The whole bill before, the rest of it after (C5)."""
    finished = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    settlement = finished.record.settlement
    assert settlement is not None
    order = RefundOrder(str(settlement.setl_id), ("2",))
    assert refund(counter.desk, order, None).state == "resettled"
    assert verify(counter.opened.journal).problems == ()
