"""The identity checks of a period (S1-24)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.events import PatientAgreed
from desktop.domain.identity import CheckWay, Doubt
from desktop.domain.money import Money
from desktop.domain.record import VisitRecord
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Stopped
from desktop.services.identity_book import Verdict, checks_between, counted
from tests.services.counter import Counter, bill_of, id_card
from tests.services.test_who_it_is import BOTH_INSURANCES, ORDINARY, OTHER, opened


@pytest.mark.req("S1-24")
def test_every_check_of_the_period_is_listed_with_what_it_came_to(counter: Counter) -> None:
    today = counter.desk.clock().date()
    counter.settle(bill_of(ORDINARY))
    doubted = opened(counter, OTHER)
    doubted.check_identity(CheckWay.FACE, "0007", passed=False, evidence="face-refused")
    doubted.doubt(Doubt.PHOTO, "0007")
    other_bill = bill_of(BOTH_INSURANCES, bill_no="B0002", visit_no="V0002")
    counter.settle(other_bill, id_card(ORDINARY["certno"]))
    checks = checks_between(counter.desk.journal, today, today)
    told = [(check.by, check.way, check.verdict, check.reason) for check in checks]
    assert told == [
        ("0001", "looked", Verdict.PASSED, ""),
        ("0007", "face", Verdict.FAILED, "face-refused"),
        ("0007", "", Verdict.DOUBTED, Doubt.PHOTO.words),
        ("desk", "", Verdict.DOUBTED, "patient-mismatch"),
    ]
    assert [check.person and check.person.cert_no for check in checks] == [
        ORDINARY["certno"], OTHER["certno"], OTHER["certno"], ORDINARY["certno"],
    ]  # fmt: skip
    assert counted(checks) == {"passed": 1, "failed": 1, "doubted": 2}


def test_other_days_are_left_out(counter: Counter) -> None:
    today = counter.desk.clock().date()
    counter.settle(bill_of(ORDINARY))
    day = timedelta(days=1)
    journal = counter.desk.journal
    assert checks_between(journal, today - 2 * day, today - day) == ()
    assert checks_between(journal, today + day, today + 2 * day) == ()
    assert len(checks_between(journal, today - day, today + day)) == 1


def test_a_journal_of_before_names_who_agreed_to_the_amounts(counter: Counter) -> None:
    """Then the only trace of a check was the operator's number."""
    visit = opened(counter)
    visit.upload()
    visit.offer(counter.order(bill_of(ORDINARY)).agreement.account_use)
    visit.write_down(PatientAgreed(Money(0), "0", "0003"))
    today = counter.desk.clock().date()
    (check,) = checks_between(counter.desk.journal, today, today)
    assert (check.by, check.way, check.verdict) == ("0003", "", Verdict.PASSED)


def test_a_doubt_about_nobody_known_has_no_name(counter: Counter) -> None:
    visit = DeskVisit(counter.desk)
    with pytest.raises(Stopped):
        visit.show(id_card("990000197001010026"))
    visit.doubt(Doubt.DOCUMENT, "0007")
    today = counter.desk.clock().date()
    (check,) = checks_between(counter.desk.journal, today, today)
    assert check.person is None
    assert isinstance(check.record, VisitRecord)
