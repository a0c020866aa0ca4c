"""Taking back what a settlement that did not come about left at the platform (visit.md B25)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.visit import State
from desktop.services.ending import Ending
from desktop.services.whole_settlement import Finished
from tests.services.counter import Counter, bill_of, codes
from tests.services.wire import refusing

OTHER_CASH = "0.01"


def _open_intents(counter: Counter) -> list[str]:
    journal = counter.opened.journal
    return [row.entry.infno for row in (*journal.unanswered(), *journal.unknown())]  # type: ignore[union-attr]


def _declined(counter: Counter, person: Mapping[str, Any]) -> Finished:
    return counter.settle(bill_of(person), expected_cash=OTHER_CASH)


def test_lines_and_registration_are_taken_back(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = _declined(counter, person)
    assert codes(finished) == ["cash-differs"]
    found = counter.on_disk(finished)
    assert (found.state, found.mdtrt_id, found.batch) == (State.ELIGIBLE, None, None)
    removed, withdrawn = counter.wire.of("2205")[0], counter.wire.of("2202")[0]
    uploaded = counter.wire.of("2204")[0].input["feedetail"][0]
    assert removed.input["data"]["chrg_bchno"] == uploaded["chrg_bchno"]
    assert withdrawn.input["data"]["mdtrt_id"] == uploaded["mdtrt_id"]
    assert _open_intents(counter) == []


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("infno", "state"), [("2205", State.PRESETTLED), ("2202", State.REGISTERED)]
)
def test_an_undo_without_an_answer_stays_open_and_says_so(
    counter: Counter, person: Mapping[str, Any], when: str, infno: str, state: State
) -> None:
    counter.platform.fault(infno, when, "reset")
    finished = _declined(counter, person)
    assert (finished.ending, codes(finished)) == (
        Ending.NEEDS_PERSON,
        ["cash-differs", "undo-pending"],
    )
    assert counter.wire.infnos[-1] == infno
    assert _open_intents(counter) == [infno]
    assert counter.on_disk(finished).state is state
    assert [sent.infno for sent in counter.on_disk(finished).unanswered] == [infno]


@pytest.mark.parametrize("infno", ["2205", "2202"])
def test_an_undo_that_is_refused_is_pending_too(
    counter: Counter, person: Mapping[str, Any], infno: str
) -> None:
    counter.wire.answer(infno, refusing("FSI-系统繁忙[x_1]"))
    finished = _declined(counter, person)
    assert codes(finished) == ["cash-differs", "undo-pending"]
    assert counter.on_disk(finished).mdtrt_id is not None


@pytest.mark.silent
def test_a_registration_whose_answer_is_lost_stays_open(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.platform.fault("2201", "after", "drop")
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (
        Ending.FAILED,
        ["no-usable-answer", "undo-pending"],
    )
    assert _open_intents(counter) == ["2201"]


def test_lines_and_removal_both_lost_stay_open(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.platform.fault("2204", "after", "reset")
    counter.platform.fault("2205", "before", "reset")
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (
        Ending.FAILED,
        ["no-usable-answer", "undo-pending"],
    )
    assert _open_intents(counter) == ["2204", "2205"]


def test_lines_that_could_not_be_removed_do_not_stop_the_next_attempt(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """It joins the visit that is still registered, with a batch of its own."""
    counter.platform.fault("2205", "before", "reset")
    _declined(counter, person)
    again = counter.settle(bill_of(person))
    assert (again.ending, again.record.joined) == (Ending.SETTLED, True)
    assert counter.effective(bill_of(person))[0]["medfee_sumamt"] == "600.00"
