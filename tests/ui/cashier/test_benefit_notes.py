"""What the patient must hear before they agree (B19, B21), beside every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.times import months_later
from desktop.knowledge.areas import load_areas
from tests.rig.slot_watch import WatchedApplication
from tests.rig.town import townsman, townspeople
from tests.ui.cashier.booth import Booth
from tests.ui.widgets.conftest import words
from ui.cashier.money_words import benefit_notes
from ui.cashier.person_panel import PersonPanel
from ui.cashier.state import Page
from ui.widgets.tinted_note import TintedNote

EMPLOYEE = townsman(0)
ACCOUNT_ONLY, USED_UP = ProblemCode.ACCOUNT_ONLY.message, ProblemCode.QUOTA_USED.message


@pytest.fixture
def panel(qt_app: WatchedApplication) -> Iterator[PersonPanel]:
    with qt_app.watch.off():
        made = PersonPanel(load_areas())
        yield made
        made.deleteLater()


def told(panel: PersonPanel, booth: Booth) -> str:
    """What can be read on the panel's note; "" where it is not there."""
    panel.present(booth.state)
    (note,) = panel.findChildren(TintedNote)
    return "".join(words(note)) if note.isVisibleTo(panel) else ""


def _without_its_pool(booth: Booth) -> None:
    booth.platform.area("370800", pooled=False)


def _used_up(person: Mapping[str, Any], booth: Booth) -> None:
    body = {key: value for key, value in person.items() if key != "note"}
    used = {"2023": {"deductible_paid": "5000.00", "fund_used": "99999.00"}}
    booth.platform.put_person(person["certno"], body | {"year": used})


@pytest.mark.req("S2-04")
def test_that_only_the_account_pays_is_said_before_and_after(
    booth: Booth, panel: PersonPanel
) -> None:
    """B19: while the bill is waited for, on the offer, and still when it is settled."""
    _without_its_pool(booth)
    booth.show(EMPLOYEE)
    assert booth.on(Page.PERSON)
    assert ACCOUNT_ONLY in told(panel, booth)
    assert not any("今年还可报" in word for word in words(panel)), "no estimate beside that"
    booth.presenter.next_patient()
    booth.presenter.leave()
    booth.work.run_all()
    assert told(panel, booth) == ""
    booth.settle(EMPLOYEE)
    assert booth.on(Page.SETTLED)
    assert ACCOUNT_ONLY in told(panel, booth)
    booth.presenter.collect()
    booth.work.run_all()
    assert booth.on(Page.DONE)
    assert ACCOUNT_ONLY in told(panel, booth)


@pytest.mark.req("S0-24")
def test_a_year_that_is_used_up_is_said_on_the_offer(booth: Booth, panel: PersonPanel) -> None:
    """B21: 2001 of this platform is silent about it, the limit of 2206 is not."""
    _used_up(EMPLOYEE, booth)
    booth.to_offer(EMPLOYEE)
    assert USED_UP in told(panel, booth)
    assert ProblemCode.QUOTA_USED.next_step in told(panel, booth)


def test_what_an_offer_told_is_not_claimed_of_an_unknown_outcome(booth: Booth) -> None:
    _used_up(EMPLOYEE, booth)
    booth.to_offer(EMPLOYEE)
    booth.platform.fault("2207", "after", "reset")
    booth.presenter.settle()
    booth.work.run_all()
    assert booth.on(Page.STOPPED)
    assert benefit_notes(booth.state) == ""


def test_nothing_is_said_twice(booth: Booth) -> None:
    """2001 and 2206 may tell the same."""
    _used_up(EMPLOYEE, booth)
    booth.to_offer(EMPLOYEE)
    by_2001 = Problem(ProblemCode.QUOTA_USED, "累计已达封顶线")
    both = structs.replace(booth.state, benefit_notes=(by_2001,))
    assert benefit_notes(both).count(USED_UP) == 1


def test_an_ordinary_patient_hears_nothing(booth: Booth, panel: PersonPanel) -> None:
    booth.to_offer(EMPLOYEE)
    assert told(panel, booth) == ""


def living(note: str) -> Mapping[str, Any]:
    return next(person for person in townspeople() if note in person["note"])


@pytest.mark.req("S2-16", "S2-23")
def test_a_temporary_stay_hears_that_it_pays_more(booth: Booth, panel: PersonPanel) -> None:
    """As soon as 2001 told the filing, for the day of the bill."""
    booth.to_offer(living("在职职工，临时外出备案"))
    assert "按临时外出就医人员待遇结算" in told(panel, booth)


@pytest.mark.req("S3-08")
def test_a_fresh_long_filing_hears_of_its_lock_before_the_first_settlement(
    booth: Booth, panel: PersonPanel
) -> None:
    """B20: once; the slip of the first settlement shows that it is not the first any more."""
    person, begins = living("未备案："), booth.clock().date()
    booth.platform.clock(None)
    booth.began = booth.clock()
    filing = {"kind": "LONG_RESIDENT", "area": "430100", "from": begins.isoformat()}
    booth.platform.file(person["certno"], filing)
    booth.pay(person)
    assert booth.on(Page.DONE)
    assert f"在{months_later(begins, 6)}之前（备案满6个月）不能变更" in told(panel, booth)
    booth.presenter.next_patient()
    booth.bills.clear()
    booth.to_offer(person)
    assert told(panel, booth) == ""


@pytest.mark.req("S3-13")
def test_an_emergency_hears_that_it_counts_as_filed_once_its_bill_says_so(
    booth: Booth, panel: PersonPanel
) -> None:
    """A bill that waits tells it with the person; one that comes later, when it is taken."""
    booth.drop(living("未备案："), kind="13", emergency=True)
    booth.show(living("未备案："))
    assert booth.on(Page.OFFER)
    assert "视同已备案" in told(panel, booth)


@pytest.mark.req("S3-14", "S3-16")
def test_an_injury_asks_for_the_doctor_when_its_bill_is_taken(
    booth: Booth, panel: PersonPanel
) -> None:
    booth.show(EMPLOYEE)
    hurt = {"diagnoses": [{"code": "S82.001", "name": "髌骨骨折"}]}
    assert told(panel, booth) == ""
    booth.presenter.take_bill(booth.drop(EMPLOYEE, changed=hurt))
    booth.work.run_all()
    assert booth.on(Page.OFFER)
    assert "请医生确认有无第三方责任" in told(panel, booth)
