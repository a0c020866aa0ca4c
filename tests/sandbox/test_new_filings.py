"""A filing that is made, changed or ended: its versions, the audit, the lock after costs (S1-17)."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from desktop.sandbox.control import people
from desktop.sandbox.insured_place.new_filings import FilingRefused, Word, file_new
from desktop.sandbox.insured_place.new_filings import audit as audit_of
from desktop.sandbox.model import Audit, Filing, FilingScope
from desktop.sandbox.reasons import Reason
from tests.sandbox.asking import HOSPITAL
from tests.sandbox.conftest import Bench
from tests.sandbox.filed import (
    CERTNO,
    DAY,
    DESIGNATED,
    JINING,
    OTHER_HOSPITAL,
    K,
    again,
    audit,
    file,
    filing,
    person,
    put,
    refuses,
    settle,
    told,
)


@pytest.mark.req("S1-17")
def test_a_changed_filing_holds_when_the_area_has_approved_it(bench: Bench) -> None:
    put(bench, told(institution=OTHER_HOSPITAL))
    today = bench.now.date().isoformat()
    changed = file(bench, **told(begins=today, institution=HOSPITAL))
    assert [(row.version, row.audit) for row in changed.filings][1] == (2, Audit.PENDING)
    refuses(bench, bench.patient(changed, area=DESIGNATED), Reason.FILED_INSTITUTION)
    first, second = audit(bench, 2, approved=True).filings
    assert first.ends == bench.now.date() - timedelta(days=1)
    assert (second.institution, second.audit) == (HOSPITAL, msgspec.UNSET)
    settle(bench, bench.patient(changed, area=DESIGNATED, visit_no="V2"))


@pytest.mark.req("S1-17")
def test_a_refused_change_leaves_the_filing_as_it_was(bench: Bench) -> None:
    put(bench, told(institution=HOSPITAL))
    today = bench.now.date().isoformat()
    changed = file(bench, **told(begins=today, institution=OTHER_HOSPITAL))
    after = audit(bench, 2, approved=False)
    assert [row.audit for row in after.filings] == [msgspec.UNSET, Audit.REJECTED]
    settle(bench, bench.patient(changed, area=DESIGNATED))
    with pytest.raises(FilingRefused):
        audit(bench, 2, approved=True)


@pytest.mark.req("S3-08", "S1-17")
def test_a_change_that_waited_while_costs_arose_is_locked_too(bench: Bench) -> None:
    """Approved, it would end the filing of those costs inside its six months."""
    patient = put(bench, told(begins="2023-01-01", institution=HOSPITAL))
    today = bench.now.date().isoformat()
    file(bench, **told(begins=today, institution=OTHER_HOSPITAL))
    settle(bench, patient)
    before = again(bench)
    with pytest.raises(FilingRefused, match="2023-07-01"):
        audit(bench, 2, approved=True)
    assert [row.ends for row in people.show_person(bench.state, CERTNO).filings] == [None, None]
    settle(bench, before)
    bench.now = bench.now.replace(month=7, day=1)
    first, second = audit(bench, 2, approved=True).filings
    assert (first.ends, second.audit) == (date(2023, 5, 1), msgspec.UNSET)


def test_an_area_without_a_rule_locks_nothing() -> None:
    used, asked = filing(begins=date(2023, 4, 1)), filing(begins=DAY, area="440300")
    waiting = msgspec.structs.replace(asked, version=2, audit=Audit.PENDING)
    word = Word(version=2, approved=True)
    first, second = audit_of(person(used, waiting), word, DAY, None, (used,)).filings
    assert (first.ends, second.audit) == (DAY - timedelta(days=1), Audit.APPROVED)


@pytest.mark.req("S1-17")
def test_a_change_inside_the_lock_may_be_refused(bench: Bench) -> None:
    patient = put(bench, told(begins="2023-01-01"))
    file(bench, **told(begins=bench.now.date().isoformat(), institution=HOSPITAL))
    settle(bench, patient)
    assert audit(bench, 2, approved=False).filings[1].audit is Audit.REJECTED


@pytest.mark.req("S1-17", "S1-20")
def test_a_first_filing_is_in_force_at_once_everywhere(bench: Bench) -> None:
    patient = put(bench)
    refuses(bench, patient, Reason.NOT_FILED)
    file(bench, **told(begins=bench.now.date().isoformat(), phone="0537-0000000"))
    settle(bench, again(bench))


def test_a_filing_that_waits_says_so(bench: Bench) -> None:
    refuses(bench, put(bench, told(audit="pending")), Reason.FILING_PENDING)
    refuses(bench, put(bench, told(audit="rejected")), Reason.NOT_FILED)


@pytest.mark.req("S3-08", "S1-17")
def test_a_filing_is_ended_unless_costs_locked_it(bench: Bench) -> None:
    who = bench.put(filings=[told(begins="2023-01-01")])
    settle(bench, bench.patient(who))
    ending = told(begins="2023-01-01", to="2023-05-02")
    with pytest.raises(FilingRefused, match="2023-07-01"):
        file(bench, **ending)
    bench.now = bench.now.replace(month=7, day=1)
    (ended,) = file(bench, **{**ending, "to": "2023-07-01"}).filings
    assert ended.ends == date(2023, 7, 1)
    assert ended.version is msgspec.UNSET


def test_the_lock_leaves_temporary_stays_elsewhere_free(bench: Bench) -> None:
    """Only the LONG filing may not be changed; a journey is filed beside it."""
    who = bench.put(filings=[told(begins="2023-01-01")])
    settle(bench, bench.patient(who))
    after = file(bench, **{**told("OTHER", "2023-05-02"), "area": "440300"})
    assert [row.area for row in after.filings] == ["430100", "440300"]


@pytest.mark.req("S1-15")
def test_a_filing_for_chronic_care_stands_beside_the_ordinary_one() -> None:
    chronic = msgspec.structs.replace(filing(begins=DAY), scope=FilingScope.CHRONIC)
    both = file_new(person(filing()), chronic, DAY, JINING, ()).filings
    assert both == (filing(), chronic)
    moved = filing(begins=DAY, area="440300")
    ended, kept, new = file_new(person(*both), moved, DAY, JINING, ()).filings
    assert (ended.ends, kept.ends, new.version) == (DAY - timedelta(days=1), None, 2)


@pytest.mark.req("S1-15", "S3-08")
@pytest.mark.parametrize("scope", [FilingScope.CHRONIC, FilingScope.INPATIENT])
def test_the_lock_holds_for_what_gives_way_alone(scope: FilingScope) -> None:
    """A filing for chronic care is added beside the locked one; one for its own use is not."""
    locked = filing(begins=date(2023, 4, 1))
    new = msgspec.structs.replace(filing(begins=DAY), scope=scope)
    if scope is FilingScope.CHRONIC:
        assert file_new(person(locked), new, DAY, JINING, (locked,)).filings == (locked, new)
        assert file_new(person(locked), locked, DAY, JINING, (locked,)) == person(locked)
    else:
        with pytest.raises(FilingRefused, match="2023-10-01"):
            file_new(person(locked), new, DAY, JINING, (locked,))


@pytest.mark.req("S1-15")
def test_chronic_care_is_filed_while_costs_lock_the_ordinary_filing(bench: Bench) -> None:
    settle(bench, put(bench, told(begins="2023-01-01")))
    today = bench.now.date().isoformat()
    after = file(bench, **told(begins=today, **{"for": "chronic"}))
    assert [row.audit for row in after.filings] == [msgspec.UNSET, msgspec.UNSET]


@pytest.mark.parametrize("area", ["000000", "370800", "379901", "370000", "070000"])
def test_nobody_files_for_home_or_for_nowhere(bench: Bench, area: str) -> None:
    bench.put(filings=[])
    with pytest.raises(FilingRefused, match=area if area[:2] != "37" else "参保省份"):
        file(bench, **{**told("OTHER", "2023-05-02"), "area": area})


def test_a_late_filing_takes_the_place_of_one_from_today() -> None:
    today = file_new(person(), filing(begins=DAY), DAY, JINING, ())
    late = filing(begins=DAY - timedelta(days=4), area="440300")
    (only,) = file_new(today, late, DAY, JINING, ()).filings
    assert (only.area, only.begins, only.ends) == ("440300", late.begins, None)


def test_asking_twice_for_a_change_asks_once(bench: Bench) -> None:
    put(bench, told())
    today = bench.now.date().isoformat()
    for institution in (HOSPITAL, HOSPITAL, OTHER_HOSPITAL):
        after = file(bench, **told(begins=today, institution=institution))
        first, waiting = after.filings
        assert (first.ends, waiting.institution) == (None, institution)
        assert waiting.audit is Audit.PENDING


def test_an_end_before_the_start_is_no_filing(bench: Bench) -> None:
    bench.put(filings=[])
    with pytest.raises(FilingRefused):
        file(bench, **told("OTHER", "2023-05-02", to="2023-05-01"))


def test_filings_stored_by_an_older_platform_are_plain_ones() -> None:
    old = b'{"kind":"OTHER","area":"430100","begins":"2022-01-01","ends":null}'
    read = msgspec.json.decode(old, type=Filing)
    assert read == filing(K.OTHER)
    assert (read.audit, read.version, read.institution) == (Audit.APPROVED, 1, "")


@pytest.mark.req("S3-05")
def test_papers_of_the_place_of_care_are_noted(bench: Bench) -> None:
    who = bench.put(filings=[told(full_home_benefit=True), told()])
    assert [row.full_home_benefit for row in who.filings] == [True, msgspec.UNSET]


@pytest.mark.req("S0-15", "S1-19")
def test_a_stopped_insurance_files_nothing(bench: Bench) -> None:
    bench.put(insurance={"status": "2"}, filings=[])
    with pytest.raises(FilingRefused, match="正常参保"):
        file(bench, **told("OTHER", "2023-05-02"))


def insured_twice(bench: Bench, first: dict[str, str], second: dict[str, str]) -> None:
    plain = {"insutype": "310", "psn_type": "11", "account": "0.00", "mutual_aid": "0.00"}
    bench.put(insured=[{**plain, **first}, {**plain, **second}], filings=[])


@pytest.mark.req("S1-17", "S1-19", "S3-10")
def test_the_area_of_the_active_insurance_takes_the_filing(bench: Bench) -> None:
    """Jining, with 5 days of late filing, has ended; the other has none and audits its changes."""
    ended, goes_on = {"area": "370800", "status": "4"}, {"area": DESIGNATED}
    for first, second in ((ended, goes_on), (goes_on, ended)):
        insured_twice(bench, first, second)
        today = bench.now.date().isoformat()
        with pytest.raises(FilingRefused, match="提前0日"):
            file(bench, **told(begins="2023-05-01", institution=HOSPITAL))
        file(bench, **told(begins=today, institution=HOSPITAL))
        changed = file(bench, **told(begins=today, institution=OTHER_HOSPITAL))
        assert [row.audit for row in changed.filings] == [msgspec.UNSET, Audit.PENDING]


def test_who_is_insured_here_and_elsewhere_files_with_the_other_province(bench: Bench) -> None:
    insured_twice(
        bench, {"area": "430100", "insutype": "390", "psn_type": "15"}, {"area": "370800"}
    )
    today = bench.now.date().isoformat()
    (filed,) = file(bench, **told(begins=today)).filings
    assert filed.area == "430100"
    with pytest.raises(FilingRefused, match="最早为2023-04-27"):
        file(bench, **told(begins="2023-04-26"))


@pytest.mark.parametrize("area", ["430100", "000000"])
def test_who_has_no_insurance_files_nothing(bench: Bench, area: str) -> None:
    year = {"2023": {"deductible_paid": "1.00", "fund_used": "1.00"}}
    who = bench.put(insured=[], filings=[], year=year)
    assert who.year == {}
    with pytest.raises(FilingRefused):
        file(bench, **{**told(), "area": area})
