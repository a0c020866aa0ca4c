"""kill -9 of a real desk on a real SQLCipher file, the platform in another process (B50).

A slice of ``make crash``; the platform books doubles.
"""

from __future__ import annotations

import pytest

from desktop.domain.events import Settled
from desktop.domain.money import Money
from tests.crash.campaign import KINDS, REFUND_POINTS, SETTLE_POINTS, TILL_POINTS, Campaign
from tests.crash.desk import CrashDesk
from tests.crash.judge import Violation, judge, judge_all, judge_cash
from tests.crash.process import Death

INTENT_OF_2207 = ("before record", "after record", "before commit", "after commit", "before 2207")


def _number_of(points: tuple[str, ...], name: str) -> int:
    """The number of the last point of this name, from 1."""
    return len(points) - points[::-1].index(name)


def _points(desk: CrashDesk) -> tuple[str, ...]:
    """What a settlement of a profile that is in use passes."""
    for number in (1, 2):
        ended = desk.settle(desk.bill(number))
        assert ended.exit == 0, ended.words
    return ended.passed.points


def test_the_intent_of_2207_is_on_disk_twice_before_it_leaves(desk: CrashDesk) -> None:
    """Record, commit, request, in this order; nothing between commit and request."""
    points = _points(desk)
    before = _number_of(points, "before 2207")
    assert points[before - len(INTENT_OF_2207) : before] == INTENT_OF_2207


def test_every_point_has_its_turn(desk: CrashDesk) -> None:
    """The campaign kills at each of as many points as there are, and at no more."""
    assert len(_points(desk)) == SETTLE_POINTS
    for number, (whole, lines) in enumerate(((True, ()), (False, ("--lines", "1"))), start=3):
        bill = desk.bill(number)
        ended = desk.refund(desk.settle(bill).body["setl_id"], bill, *lines)
        assert ended.exit == 0, ended.words
        assert len(ended.passed.points) == REFUND_POINTS[whole]


@pytest.mark.parametrize("name", ["after record", "after 2207"])
def test_killed_around_2207(desk: CrashDesk, name: str) -> None:
    """Between record and commit; and booked, before the answer is written down."""
    points = _points(desk)
    bill = desk.bill(3)
    killed = desk.settle(bill, Death(at_point=_number_of(points, name)))
    assert (killed.killed, killed.last_point) == (True, name)
    desk.recover()
    judge(desk, bill.bill_no, bill.id_number, [killed.passed])
    again = desk.settle(bill)
    assert again.exit == 0
    judge(desk, bill.bill_no, bill.id_number, [killed.passed, again.passed])
    assert judge_all(desk) == 3


def test_the_cash_step_has_its_turn_at_every_point(desk: CrashDesk) -> None:
    """Taken with change, written down once, and asked for no more."""
    settled = desk.settle(desk.bill(1))
    took = desk.till(settled.body["setl_id"])
    assert (took.exit, took.body) == (0, {"asked": "150.00", "drawer": "150.00"})
    assert len(took.passed.points) == TILL_POINTS - 1
    assert desk.till(settled.body["setl_id"]).body == {"asked": None}
    judge_cash(desk, settled.body["setl_id"], Money.parse("150.00"))
    with pytest.raises(Violation, match=r"150\.00 held, 0\.00 in the drawer"):
        judge_cash(desk, settled.body["setl_id"], Money(0))


def test_cash_that_was_moved_and_not_written_down_is_asked_for_once_more(desk: CrashDesk) -> None:
    settled = desk.settle(desk.bill(1))
    killed = desk.till(settled.body["setl_id"], Death(at_point=1))
    assert (killed.killed, killed.body["asked"]) == (True, "150.00")
    assert desk.till(settled.body["setl_id"]).body["asked"] == "150.00"
    assert desk.till(settled.body["setl_id"]).body["asked"] is None


SLICE = ("settle-moment", "in-flight", "refund-point", "cash-point")


def test_a_slice_of_the_campaign(desk: CrashDesk) -> None:
    campaign = Campaign(desk, seed=20230502)
    for kind in SLICE:
        campaign.run(kind)
    assert campaign.judge_all() == len(SLICE)


@pytest.mark.slow
def test_forty_rounds_of_every_kind(desk: CrashDesk) -> None:
    """Every point of a settlement among them."""
    campaign = Campaign(desk, seed=3)
    for _ in range(40):
        for kind in KINDS:
            campaign.run(kind)
    assert campaign.tally.killed > 200
    assert campaign.judge_all() == campaign.bills


def test_a_journal_that_forgot_is_a_violation(desk: CrashDesk) -> None:
    """The judge can fail: a desk whose journal lost the settlement, and settled the bill anew."""
    bill = desk.bill(1)
    assert desk.settle(bill).exit == 0
    (desk.profile / "journal.db").unlink()
    (desk.profile / "journal.intents").unlink()
    with pytest.raises(Violation, match="booked and not in the journal"):
        judge_all_of_a_new_journal(desk)


def judge_all_of_a_new_journal(desk: CrashDesk) -> None:
    with desk.journal() as journal:
        assert not any(isinstance(row.entry, Settled) for row in journal.unknown())
    judge_all(desk)


def test_a_second_settlement_of_one_bill_is_a_violation(desk: CrashDesk) -> None:
    """The judge can fail: the platform booked one bill twice and the desk does not know it."""
    bill = desk.bill(1)
    desk.platform.fault("2207", "after", "duplicate")
    assert desk.settle(bill).exit == 0
    with pytest.raises(Violation, match="effective 2 there"):
        judge(desk, bill.bill_no, bill.id_number)
