"""What a patient hears although the settlement goes on (B16, B17, B20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.charges import CareVisit, Diagnosis, Trauma
from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing, FilingKind
from desktop.domain.record import VisitRecord
from desktop.domain.times import CHINA
from desktop.knowledge.guidance import load_guidance
from desktop.ledger.journal import VisitId
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.services.ending import Ending
from desktop.services.notices import Hears, Tells, Told, notices, notices_of
from desktop.services.whole_settlement import Finished
from tests.nhsa.samples import VISIT
from tests.rig.town import townspeople
from tests.services.counter import Counter, bill_of

GUIDANCE = load_guidance()
PRACTICE = read_policies()
JINING, CHANGSHA = AreaCode("370800"), AreaCode("430100")
DAY = date(2023, 5, 2)
EMERGENCY = replace(VISIT, kind="13", emergency=True)
K = FilingKind


def filed(kind: FilingKind, begins: date = DAY, area: AreaCode = CHANGSHA) -> Filing:
    return Filing(kind, area, begins, None)


def heard(
    visit: CareVisit = VISIT,
    filing: Filing | None = None,
    *,
    settled_before: bool = False,
    insured: AreaCode = JINING,
    today: date = DAY,
) -> list[Tells]:
    told = Told(visit, filing, insured, CHANGSHA, settled_before)
    return [notice.tells for notice in notices(told, today, GUIDANCE)]


def test_most_patients_hear_nothing() -> None:
    assert heard(filing=filed(K.LONG_RESIDENT, date(2021, 4, 1))) == []
    assert heard() == []


@pytest.mark.req("S3-08")
def test_a_fresh_long_filing_locks_with_its_first_settlement() -> None:
    filing = filed(K.RETIRED_SETTLED)
    assert heard(filing=filing) == [Tells.LOCK]
    assert heard(filing=filing, settled_before=True) == []
    assert heard(filing=filed(K.RETIRED_SETTLED, area=AreaCode("440300"))) == []
    assert heard(filing=filing, today=date(2023, 11, 2)) == []


@pytest.mark.req("S3-13")
@pytest.mark.parametrize(
    ("filing", "told"),
    [
        (None, [Tells.DEEMED_FILED]),
        (filed(K.OTHER, area=AreaCode("440300")), [Tells.DEEMED_FILED]),
        (filed(K.LONG_RESIDENT, date(2021, 4, 1)), []),
        (filed(K.EMERGENCY), [Tells.TEMPORARY]),
    ],
)
def test_an_emergency_without_a_filing_hears_that_it_counts_as_filed(
    filing: Filing | None, told: list[Tells]
) -> None:
    assert heard(EMERGENCY, filing) == told


@pytest.mark.req("S0-13", "S3-13")
def test_without_the_doctors_mark_nothing_is_promised() -> None:
    assert heard(replace(EMERGENCY, emergency=False)) == []


@pytest.mark.req("S3-13")
def test_before_the_rule_is_known_the_area_is_named() -> None:
    """K8: until 2023 an emergency had to be filed; the desk does not say what nobody said."""
    old = Told(EMERGENCY, None, JINING, CHANGSHA, False)
    (before,), (after,) = (notices(old, day, GUIDANCE) for day in (date(2022, 12, 31), DAY))
    assert "以参保地规定为准" in before.words
    assert after.words == "急诊抢救未备案的视同已备案，按临时外出就医人员待遇标准结算。"


@pytest.mark.req("S2-16", "S2-23")
@pytest.mark.parametrize("kind", [K.OTHER, K.REFERRED])
def test_a_temporary_stay_hears_that_it_pays_more(kind: FilingKind) -> None:
    assert heard(filing=filed(kind)) == [Tells.TEMPORARY]


@pytest.mark.req("S2-23")
@pytest.mark.parametrize(
    "area", sorted({place.areas[0].ljust(6, "0") for place in PRACTICE.places})
)
@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2022, 1, 1), DAY])
def test_who_pays_no_more_is_not_told_so(area: str, day: date) -> None:
    """E43, E44: in Shandong nothing was paid first before 2022; the day of the visit decides."""
    home = AreaCode(area.replace("x", "0"))
    place = PRACTICE.place(home.code)
    if place is None or not place.connected or day < place.outpatient_from:
        return
    visit = replace(VISIT, began=datetime.combine(day, VISIT.began.timetz()))
    pays = bool(PRACTICE.first_pay(home.code, K.OTHER, day).rate.value)
    filing = filed(K.OTHER, date(2021, 4, 1))
    assert heard(visit, filing, insured=home) == ([Tells.TEMPORARY] if pays else [])


@pytest.mark.req("S3-14", "S3-16")
@pytest.mark.parametrize("code", ["S82.001", "T14.900"])
def test_an_injury_without_a_word_of_a_third_party_asks_for_the_doctor(code: str) -> None:
    visit = replace(VISIT, diagnoses=(*VISIT.diagnoses, Diagnosis(code, "外伤")))
    assert heard(visit) == [Tells.MAYBE_TRAUMA]
    assert heard(replace(visit, trauma=Trauma.NO_THIRD_PARTY)) == []


def living(note: str) -> Mapping[str, Any]:
    return next(person for person in townspeople() if note in person["note"])


@pytest.mark.req("S3-13", "S3-08", "S2-16")
@pytest.mark.parametrize(
    ("note", "changes", "told"),
    [
        ("最普通的一次结算", {}, []),
        ("在职职工，临时外出备案", {}, [Tells.TEMPORARY]),
        ("未备案：", {"kind": "13", "emergency": True}, [Tells.DEEMED_FILED]),
    ],
)
def test_what_is_said_is_what_the_platform_does(
    counter: Counter, note: str, changes: dict[str, Any], told: list[Tells]
) -> None:
    finished = counter.settle(bill_of(living(note), **changes))
    record = finished.record
    assert finished.ending is Ending.SETTLED
    assert record.bill is not None
    assert record.settlement is not None
    assert heard(record.bill.visit, record.filing) == told
    less = Tells.TEMPORARY in told or Tells.DEEMED_FILED in told
    assert bool(record.settlement.split.pre_self_pay) == less


@pytest.mark.req("S3-08")
def test_the_lock_that_was_warned_of_is_the_areas(counter: Counter) -> None:
    person = living("未备案：")
    new = {"kind": "LONG_RESIDENT", "area": "430100", "from": "2023-04-28"}
    counter.platform.file(person["certno"], new)
    record = counter.settle(bill_of(person)).record
    told = Told(VISIT, record.filing, JINING, CHANGSHA, False)
    (lock,) = notices(told, DAY, GUIDANCE)
    assert "在2023-10-28之前" in lock.words
    move = {**new, "area": "440300", "from": "2023-10-27"}
    counter.platform.clock("2023-10-27T12:00:00")
    with pytest.raises(Exception, match="409"):
        counter.platform.file(person["certno"], move)
    counter.platform.clock("2023-10-28T12:00:00")
    counter.platform.file(person["certno"], move)


@pytest.mark.req("S3-08")
def test_the_lock_is_told_until_a_paper_shows_a_settlement_under_the_filing(
    counter: Counter,
) -> None:
    person = living("未备案：")
    new = {"kind": "LONG_RESIDENT", "area": "430100", "from": "2023-04-28"}
    counter.platform.file(person["certno"], new)
    desk = structs.replace(counter.desk, clock=lambda: datetime(2023, 5, 2, 12, tzinfo=CHINA))

    def told(bill_no: str) -> tuple[Finished, list[Tells]]:
        finished = counter.settle(bill_of(person, bill_no=bill_no, visit_no=bill_no))
        assert finished.ending is Ending.SETTLED
        visit = VisitId(finished.visit)
        hears = Hears(visit, finished.record)
        found = notices_of(desk, counter.opened.journal, GUIDANCE, hears)
        return finished, [notice.tells for notice in found]

    first, heard_first = told("B1")
    assert heard_first == [Tells.LOCK]
    assert told("B2")[1] == [Tells.LOCK], "of the first one no paper was made"
    counter.opened.write_receipt(first, counter.folder / "slip.pdf")
    assert told("B3")[1] == []


def test_nobody_hears_anything_before_they_are_known(counter: Counter) -> None:
    journal, nobody = counter.opened.journal, VisitId("v0")
    for assumed in (VISIT, None):
        hears = Hears(nobody, VisitRecord(), assumed)
        assert notices_of(counter.desk, journal, GUIDANCE, hears) == ()
