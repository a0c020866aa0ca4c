"""The visit at the platform: 2201, 2203, and a second bill of the same visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.record import replay
from desktop.domain.visit import State
from desktop.services.ending import Ending
from tests.rig.town import townsman
from tests.services.counter import Counter, bill_of, codes
from tests.services.wire import Sent


def test_a_second_bill_joins_the_visit_that_is_registered(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    first = counter.settle(bill_of(person))
    second = counter.settle(bill_of(person, bill_no="B0002"))
    assert (first.ending, second.ending) == (Ending.SETTLED, Ending.SETTLED)
    assert first.record.mdtrt_id == second.record.mdtrt_id
    assert (counter.wire.infnos.count("2201"), counter.wire.infnos.count("2203")) == (1, 1)
    booked = counter.effective(bill_of(person))
    assert len({row["chrg_bchno"] for row in booked}) == 2


def test_an_unknown_settlement_blocks_every_other_bill_of_the_visit(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Rule 4 of the unknown outcome: no other window settles the same visit."""
    counter.platform.fault("2207", "after", "reset")
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    counter.wire.sent.clear()
    second = counter.settle(bill_of(person, bill_no="B0002"))
    assert (second.ending, codes(second)) == (Ending.NEEDS_PERSON, ["outcome-unknown"])
    assert counter.wire.infnos == ["1101", "2001"]
    assert counter.on_disk(second).msgid is None


def test_another_visit_of_the_same_person_is_not_blocked(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.fault("2207", "before", "reset")
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    other = counter.settle(bill_of(person, bill_no="B0002", visit_no="V0002"))
    assert other.ending is Ending.SETTLED


@pytest.mark.parametrize("number", ["V0001", "B0001"])
def test_an_unknown_settlement_blocks_what_was_typed_without_a_visit_number(
    counter: Counter, person: Mapping[str, Any], number: str
) -> None:
    """Typed again it has another number of its own; another person's bill goes on."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "reset")
    assert counter.settle(bill_of(person, visit_no=number)).ending is Ending.UNKNOWN
    counter.wire.sent.clear()
    again = counter.settle(bill_of(person, bill_no="B0002", visit_no="B0002"))
    assert (again.ending, codes(again)) == (Ending.NEEDS_PERSON, ["outcome-unknown"])
    assert "B0001" in again.problems[0].detail
    assert counter.wire.infnos == ["1101", "2001"]
    other = counter.settle(bill_of(townsman(1), bill_no="B0003", visit_no="B0003"))
    assert other.ending is Ending.SETTLED


def test_the_visit_number_of_another_person_is_never_joined(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    first = counter.settle(bill_of(person))
    assert first.ending is Ending.SETTLED
    other = counter.settle(bill_of(townsman(1), bill_no="B0002"))
    assert other.ending is Ending.SETTLED
    assert counter.wire.infnos.count("2201") == 2
    assert other.record.mdtrt_id != counter.on_disk(first).mdtrt_id
    assert len(counter.effective(bill_of(townsman(1)))) == 1


def test_a_refused_joined_bill_takes_back_its_lines_and_leaves_the_visit(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    counter.wire.sent.clear()
    second = counter.settle(bill_of(person, bill_no="B0002"), expected_cash="1.00")
    assert (second.ending, codes(second)) == (Ending.NEEDS_PERSON, ["cash-differs"])
    assert counter.wire.infnos[-1] == "2205"
    assert counter.on_disk(second).state is State.REGISTERED
    assert len(counter.effective(bill_of(person))) == 1


@pytest.mark.req("S1-22")
def test_a_registration_that_is_refused_leaves_nothing(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.wire.before("2201", lambda _: _suspend(counter))
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["institution-refused"])
    assert counter.wire.infnos == ["1101", "2001", "2201"]
    assert counter.on_disk(finished).state is State.REFUSED


def _suspend(counter: Counter) -> None:
    counter.platform.institution("H43010000001", suspended=True)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_2203_is_a_failure_that_takes_the_registration_back(
    counter: Counter, person: Mapping[str, Any], when: str
) -> None:
    """2203 may be repeated, so its loss leaves no open intent."""
    counter.platform.fault("2203", when, "reset")
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.FAILED, ["no-usable-answer"])
    assert counter.wire.infnos[-1] == "2202"
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED


def test_a_visit_whose_data_never_arrived_gets_them_with_the_next_attempt(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The first attempt could neither upload the visit nor take its registration back."""
    counter.platform.fault("2203", "before", "reset")
    counter.platform.fault("2202", "before", "reset")
    assert codes(counter.settle(bill_of(person))) == ["no-usable-answer", "undo-pending"]
    again = counter.settle(bill_of(person))
    assert (again.ending, codes(again)) == (Ending.SETTLED, [])


def test_the_number_is_on_disk_before_anything_is_sent_under_it(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """What has visit data at the platform and is not in the journal can then not be ours (5201)."""
    seen: list[str | None] = []

    def look(sent: Sent) -> None:
        (visit,) = counter.opened.journal.visits()
        with counter.second_reader() as journal:
            record = replay(row.entry for row in journal.entries(visit))
        seen.append(record.mdtrt_id)
        assert record.mdtrt_id == sent.input["mdtrtinfo"]["mdtrt_id"]

    counter.wire.before("2203", look)
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    assert len(seen) == 1
