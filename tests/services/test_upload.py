"""The charge lines at the platform: 2204 (visit.md B23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.notes import RequestIntended
from desktop.domain.visit import State
from desktop.services.ending import Ending
from desktop.services.whole_settlement import settle_bill
from tests.rig.bills import Item
from tests.services.counter import MEDICINE, Counter, bill_of, codes, messages
from tests.services.wire import Tree

UNKNOWN_ITEM = Item("K99", "目录里没有的项目", "1.00")


@pytest.mark.req("S1-28")
def test_a_refused_line_is_named_and_everything_is_undone(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person, MEDICINE, UNKNOWN_ITEM))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["line-refused"])
    assert "K99" in messages(finished)
    assert counter.wire.infnos[-2:] == ["2204", "2202"]
    assert counter.on_disk(finished).state is State.ELIGIBLE
    assert counter.on_disk(finished).unanswered == ()


def test_a_refused_line_is_named_by_the_number_that_the_hospital_knows(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The platform speaks of our wire number, which nobody at the desk has ever seen."""
    order = counter.order(bill_of(person, MEDICINE, MEDICINE))
    one, two = order.bill.lines
    early = replace(two, line_no="L-22", time=order.bill.visit.began - timedelta(hours=1))
    order = structs.replace(order, bill=replace(order.bill, lines=(one, early)))
    finished = settle_bill(counter.desk, order)
    assert codes(finished) == ["line-refused"]
    wire = counter.wire.of("2204")[0].input["feedetail"][1]["feedetl_sn"]
    assert "L-22" in messages(finished)
    assert wire not in messages(finished)


def test_wire_numbers_never_meet_again_in_a_visit(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    bills = [bill_of(person, *[MEDICINE] * 3, bill_no=f"B{number}") for number in range(3)]
    for bill in bills:
        assert counter.settle(bill).ending is Ending.SETTLED
    rows = [row for sent in counter.wire.of("2204") for row in sent.input["feedetail"]]
    numbers = [row["feedetl_sn"] for row in rows]
    assert len(set(numbers)) == len(numbers) == 9
    assert all(number.isdecimal() and len(number) <= 15 for number in numbers)


def test_the_split_comes_back_under_the_numbers_of_the_bill(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person, *[MEDICINE] * 3))
    assert [line.line_no for line in finished.record.lines] == ["1", "2", "3"]
    assert all(line.in_scope == line.amount for line in finished.record.lines)


def _drop_a_line(tree: Tree) -> None:
    tree["output"]["result"].pop()


def _other_number(tree: Tree) -> None:
    tree["output"]["result"][0]["feedetl_sn"] = "1"


def _twice(tree: Tree) -> None:
    rows = tree["output"]["result"]
    rows[1] = rows[0]


@pytest.mark.parametrize("edit", [_drop_a_line, _other_number, _twice])
def test_an_answer_for_other_lines_is_not_understood_and_taken_back(
    counter: Counter, person: Mapping[str, Any], edit: Any
) -> None:
    counter.wire.answer("2204", edit)
    finished = counter.settle(bill_of(person, *[MEDICINE] * 2))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["no-usable-answer"])
    assert counter.wire.infnos[-2:] == ["2205", "2202"]
    assert counter.on_disk(finished).unanswered == ()


@pytest.mark.parametrize("when", ["before", "after"])
def test_lines_whose_answer_is_lost_are_cleared_whole(
    counter: Counter, person: Mapping[str, Any], when: str
) -> None:
    """unknown-outcome: a lost 2204 is cleared by 2205 ``0000`` and sent again."""
    counter.platform.fault("2204", when, "truncate")
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["no-usable-answer"])
    assert counter.wire.of("2205")[0].input["data"]["chrg_bchno"] == "0000"
    assert counter.opened.journal.unanswered() == counter.opened.journal.unknown() == ()
    again = counter.settle(bill_of(person))
    assert again.ending is Ending.SETTLED
    assert not again.record.joined


def test_the_intent_of_the_lines_is_written_with_their_hash(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person))
    entries = [row.entry for row in counter.opened.journal.entries(finished.visit)]  # type: ignore[arg-type]
    intents = [entry for entry in entries if isinstance(entry, RequestIntended)]
    assert [intent.infno for intent in intents] == ["2201", "2203", "2204", "2206"]
    assert all(len(intent.request_hash) == 64 for intent in intents)
