"""The known rules against the practice platform, which reckons by rules of its own (idea 18)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from desktop.domain.account_use import AccountUse
from desktop.hospital.charges_file import read_charges
from desktop.knowledge.benefits import load_benefits
from desktop.services import steps
from desktop.services.beside_the_rule import Answered, Beside, Differs, beside
from desktop.services.desk_visit import DeskVisit
from desktop.services.known_rule import KnownRules
from tests.rig.town import townsman
from tests.services.counter import MEDICINE, Counter, bill_of, id_card

HOSPITAL = "H43010000001"
EMPLOYEES, RESIDENTS = (0, 1, 3, 4), (2, 6)
"""In work and retired, filed for long and for a while."""
SEED = 20230502
VISITS = 24


def offered(counter: Counter, person: Mapping[str, Any], quantity: int, tried: int) -> Answered:
    """What 2001 to 2206 answer; nothing of it is left at the platform."""
    items = (replace(MEDICINE, quantity=str(quantity)),)
    bill = bill_of(person, *items, bill_no=f"B{tried:04}", visit_no=f"V{tried:04}")
    taken = read_charges(bill.write(counter.folder / f"{bill.bill_no}.json"))
    visit = DeskVisit(counter.desk)
    visit.show(id_card(person["certno"]))
    steps.admit(visit, None, taken)
    split = steps.prepare(visit, AccountUse.NONE).split
    record = visit.record
    assert record.insurance is not None
    told = Answered(
        split, record.lines, taken.visit, record.insurance, record.filing, counter.desk.place
    )
    assert visit.take_back() == ()
    return told


def said(level: int, told: Answered) -> Beside:
    """At a hospital whose desk is set to this level."""
    return beside(KnownRules(load_benefits, str(level)), told)


@pytest.mark.req("S0-23", "S4-04", "S4-05", "S2-23")
def test_right_answers_are_silent_and_wrong_levels_are_not(counter: Counter) -> None:
    """Bills of any size, with anything used elsewhere this year, at every level."""
    draw = Random(SEED)  # noqa: S311 - no secret
    for tried in range(VISITS):
        at = draw.choice((*EMPLOYEES, *RESIDENTS))
        person, level = townsman(at), draw.choice((1, 2, 3))
        counter.platform.institution(HOSPITAL, level=level)
        fund, paid = draw.choice((("0.00", "0.00"), ("20.00", "70.00"), ("300.00", "0.00")))
        counter.platform.elsewhere(person["certno"], "2023-03-01", fund, paid)
        told = offered(counter, person, draw.randint(1, 90), tried)
        assert said(level, told).differences == (), (tried, at, level)
        for wrong in {1, 2, 3} - {level}:
            found = [each.differs for each in said(wrong, told).differences]
            assert found == ([Differs.LEVEL] if at in EMPLOYEES else []), (tried, at, level, wrong)


@pytest.mark.req("S2-23")
def test_a_filing_that_is_lost_between_2001_and_2206_shows(counter: Counter) -> None:
    """2001 told of a long one; what reckoned had a temporary one."""
    person = townsman(0)
    told = offered(counter, person, 20, 0)
    body = {key: value for key, value in person.items() if key != "note"}
    body["filings"] = [{"kind": "OTHER", "area": "430100", "from": "2022-01-01", "to": None}]
    counter.platform.put_person(person["certno"], body)
    lost = offered(counter, person, 20, 1)
    assert lost.filing != told.filing
    answered = Answered(lost.split, lost.lines, lost.visit, lost.insurance, told.filing, lost.place)
    assert [each.differs for each in said(3, answered).differences] == [Differs.FILING_LOST]
    assert said(3, lost).differences == ()


@pytest.mark.req("S4-24")
def test_the_hint_is_what_a_hospital_of_the_first_level_really_offers(
    counter: Counter,
) -> None:
    """As soon as the bill goes beyond the deductible it is exact."""
    person = townsman(1)
    counter.platform.elsewhere(person["certno"], "2023-03-01", "20.00", "70.00")
    here = offered(counter, person, 40, 0)
    counter.platform.institution(HOSPITAL, level=1)
    there = offered(counter, person, 40, 1)
    levels = said(3, here).levels
    assert levels is not None
    assert (levels.first_level, levels.at_least) == (there.split.pooled_fund, False)
    assert said(1, there).levels is None
