"""All that can be known of a visit is told at once, not one problem at each attempt (idea 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.problems import Problem, ProblemCode
from desktop.services import steps
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from tests.rig.town import townspeople
from tests.services.counter import Counter, bill_of, codes, id_card
from tests.services.stops import stopped_with

_LETTERLESS = {"trauma": "no-third-party", "trauma_letter": None}


def test_a_letter_a_mark_and_the_funds_are_told_together(counter: Counter) -> None:
    """The doctor and the patient are asked once; nothing was registered meanwhile."""
    banned = next(one for one in townspeople() if "被暂停直接结算" in one["note"])
    finished = counter.settle(bill_of(banned, kind="13", changed=_LETTERLESS))
    told = codes(finished)
    assert told[1:] == ["trauma-letter-needed", "emergency-mark-needed"]
    assert told[0] not in ("trauma-letter-needed", "emergency-mark-needed")
    assert finished.ending is Ending.REFUSED
    assert counter.wire.infnos == ["1101", "2001"]


def test_what_can_never_settle_asks_nobody(counter: Counter, person: Mapping[str, Any]) -> None:
    """B17, at the window too, where the patient is known already."""
    third = counter.order(bill_of(person, changed={"trauma": "third-party"})).bill
    visit = DeskVisit(counter.desk)
    visit.show(id_card(person["certno"]))
    assert stopped_with(steps.admit, visit, None, third) == ["third-party"]
    assert counter.wire.infnos == ["1101"]


def test_a_bill_without_its_letter_is_never_uploaded(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Whatever is asked again meanwhile: what the bill lacks is lacking still (B17)."""
    letterless = counter.order(bill_of(person, changed=_LETTERLESS)).bill
    visit = DeskVisit(counter.desk)
    visit.show(id_card(person["certno"]))
    assert stopped_with(steps.admit, visit, None, letterless) == ["trauma-letter-needed"]
    assert stopped_with(visit.upload) == ["trauma-letter-needed"]
    assert counter.wire.infnos == ["1101", "2001"]


def test_who_was_refused_is_asked_again_with_the_same_bill(counter: Counter) -> None:
    """F5: the letter is told again beside the funds' no (B13)."""
    banned = next(one for one in townspeople() if "被暂停直接结算" in one["note"])
    bill = counter.order(bill_of(banned, changed=_LETTERLESS)).bill
    visit = DeskVisit(counter.desk)
    visit.show(id_card(banned["certno"]))
    told = stopped_with(steps.admit, visit, None, bill)
    assert len(told) == 2
    assert stopped_with(steps.check_again, visit) == told


def test_a_bill_of_somebody_else_is_told_alone(counter: Counter, person: Mapping[str, Any]) -> None:
    """What the funds would say of the wrong person is nobody's business (B09)."""
    other = townspeople()[1]
    assert other["certno"] != person["certno"]
    bill = counter.order(bill_of(other, changed=_LETTERLESS)).bill
    visit = DeskVisit(counter.desk)
    visit.show(id_card(person["certno"]))
    assert stopped_with(steps.admit, visit, None, bill) == ["patient-mismatch"]


def _stops(ending: Ending, *kinds: ProblemCode) -> None:
    raise Stopped(ending, *map(Problem, kinds))


def test_the_gravest_is_first_and_nothing_is_told_twice() -> None:
    found = steps.Findings()
    found.tell()
    assert found.of(lambda: 7) == 7
    kinds = ProblemCode
    found.of(lambda: _stops(Ending.FAILED, kinds.NOT_CONNECTED))
    found.of(lambda: _stops(Ending.NEEDS_PERSON, kinds.TRAUMA_LETTER_NEEDED))
    found.tell_what_is_final()
    found.of(lambda: _stops(Ending.REFUSED, kinds.NOT_FILED, kinds.TRAUMA_LETTER_NEEDED))
    with pytest.raises(Stopped) as stop:
        found.tell_what_is_final()
    told = (kinds.NOT_FILED, kinds.TRAUMA_LETTER_NEEDED, kinds.NOT_CONNECTED)
    assert tuple(problem.kind for problem in stop.value.problems) == told
    assert stop.value.ending is Ending.REFUSED


def test_the_same_kind_in_another_case_is_another_problem() -> None:
    """Two lines of the bill, say: whoever mends one only comes a second time."""
    one, other = (Problem(ProblemCode.FILED_ELSEWHERE, area) for area in ("990100", "990200"))
    found = steps.Findings()
    found.of(lambda: _raise(Stopped(Ending.NEEDS_PERSON, one)))
    found.of(lambda: _raise(Stopped(Ending.NEEDS_PERSON, other, one)))
    with pytest.raises(Stopped) as stop:
        found.tell()
    assert stop.value.problems == (one, other)


def _raise(stop: Stopped) -> None:
    raise stop
