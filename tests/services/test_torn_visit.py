"""A visit that a damaged journal gave back with holes: the office's, and settled nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.identifiers import Msgid
from desktop.domain.notes import Torn
from desktop.domain.problems import DeskError
from desktop.ledger.journal import VisitId
from desktop.services.case_text import case_text
from desktop.services.ending import Ending
from desktop.services.overview import first_look
from desktop.services.queue import hand_over, items, retry, retry_due
from desktop.services.queue_items import Kind, Waiting
from desktop.services.verdict import accept, not_booked
from desktop.services.verify import verify
from tests.rig.bills import BillOf
from tests.services.counter import Counter, bill_of, codes

TORN = VisitId("torn")


@pytest.fixture
def bill(counter: Counter, person: Mapping[str, Any]) -> BillOf:
    """Its file is in the drop folder yet; the journal lost how it was settled."""
    bill = bill_of(person)
    key = counter.order(bill).bill.key
    torn = Torn(key.bill_no, key.revision, bill.visit_no, Msgid("M1"))
    counter.desk.journal.append(TORN, (torn,), counter.desk.clock())
    return bill


def test_it_is_the_offices_and_nobody_tries_at_it(counter: Counter, bill: BillOf) -> None:
    retry_due(counter.desk)
    retry(counter.desk, TORN)
    (item,) = items(counter.desk)
    assert (item.visit, item.kind, item.state) == (TORN, Kind.SETTLEMENT, Waiting.NEEDS_PERSON)
    assert (item.outcome_unknown, item.msgid, item.next_try) == (True, "M1", None)
    assert "账本损坏，这笔记录不全" in case_text(item, "H1")
    (row,) = first_look(counter.desk).open_visits
    assert (row.visit, row.bill_no) == (TORN, bill.bill_no)
    assert counter.wire.infnos == []
    assert not verify(counter.opened.journal).problems
    with pytest.raises(DeskError):
        hand_over(counter.desk, TORN)


def test_its_bill_is_settled_in_no_revision(counter: Counter, bill: BillOf) -> None:
    finished = counter.settle(bill)
    assert (finished.ending, codes(finished)) == (Ending.UNKNOWN, ["outcome-unknown"])
    assert counter.effective(bill) == []
    assert "2207" not in counter.wire.infnos


def test_when_nothing_is_booked_it_is_settled_as_any(counter: Counter, bill: BillOf) -> None:
    not_booked(counter.desk, TORN, "9001")
    assert items(counter.desk) == ()
    assert counter.settle(bill).ending is Ending.SETTLED
    assert len(counter.effective(bill)) == 1


def test_when_a_settlement_stands_it_is_settled_never_again(counter: Counter, bill: BillOf) -> None:
    accept(counter.desk, TORN, "9001")
    assert items(counter.desk) == ()
    assert counter.settle(bill).ending is Ending.UNKNOWN
    assert "2207" not in counter.wire.infnos
