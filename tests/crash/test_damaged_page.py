"""A damaged page is noticed; what is open is found again and resolved at the platform."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.desk import CrashDesk
from tests.crash.judge import judge, judge_all
from tests.crash.process import Death
from tests.rig.bills import BillOf

PAGE = 4096
PLACES = 7
"""From the first page to the last in ``make test-long``; ``tests/ledger`` takes every page."""


def _unknown_settlement(desk: CrashDesk, when: str) -> BillOf:
    """Booked (``after``) or not (``before``), and killed while the answer was on its way."""
    bill = desk.bill(1)
    desk.platform.fault("2207", when, "drop")
    killed = desk.settle(bill, Death(seen="before 2207", after=0.2))
    assert killed.killed
    listed = desk.waiting()
    assert [item["kind"] for item in listed] == ["settlement"]
    return bill


def _flip(journal: Path, page: int) -> bytes:
    content = bytearray(journal.read_bytes())
    content[page * PAGE + 2500] ^= 1
    journal.write_bytes(content)
    return bytes(content)


def _found_again(desk: CrashDesk, bill: BillOf, page: int) -> None:
    """Noticed, set aside, found again, resolved, and the bill is settled exactly once."""
    journal = desk.profile / "journal.db"
    damaged = _flip(journal, page)
    verified = desk.alone("journal", "verify")
    assert verified.exit == 1
    (problem,) = verified.body["problems"]
    assert problem["code"] == "journal-damaged"
    assert "kuasheng journal recover" in problem["next_step"]
    recovered = desk.alone("journal", "recover")
    whole = recovered.body["lost"] == 0
    assert (recovered.exit, recovered.body["ok"]) == ((0, True) if whole else (13, False))
    assert recovered.body["torn"] == []
    assert len(recovered.body["visits"]) == 1
    assert len(damaged) == Path(recovered.body["set_aside"]).stat().st_size
    desk.recover()
    judge(desk, bill.bill_no, bill.id_number)
    assert desk.settle(bill).exit == 0
    judge(desk, bill.bill_no, bill.id_number)
    assert desk.alone("journal", "verify").exit == 0
    assert [row["state"] for row in desk.platform.settlements(bill.id_number)] == ["effective"]


def test_a_damaged_journal_costs_no_settlement(desk: CrashDesk) -> None:
    bill = _unknown_settlement(desk, "after")
    _found_again(desk, bill, 0)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", range(PLACES))
def test_no_page_costs_a_settlement(desk: CrashDesk, place: int, when: str) -> None:
    bill = _unknown_settlement(desk, when)
    pages = (desk.profile / "journal.db").stat().st_size // PAGE
    _found_again(desk, bill, place * (pages - 1) // (PLACES - 1))


def test_an_earlier_bill_stays_settled(desk: CrashDesk) -> None:
    """Its entries can be read, so they come along: presented once more it is not settled anew."""
    earlier = desk.bill(2)
    settled = desk.settle(earlier)
    bill = _unknown_settlement(desk, "after")
    _found_again(desk, bill, (desk.profile / "journal.db").stat().st_size // PAGE - 1)
    again = desk.settle(earlier)
    assert (again.exit, again.body["setl_id"]) == (0, settled.body["setl_id"])
    assert [problem["code"] for problem in again.body["problems"]] == ["already-settled"]
    judge_all(desk)


def test_a_sound_journal_needs_no_recovery(desk: CrashDesk) -> None:
    bill = desk.bill(1)
    assert desk.settle(bill).exit == 0
    recovered = desk.alone("journal", "recover")
    assert recovered.exit == 0
    assert recovered.body == {
        "ok": True,
        "set_aside": None,
        "visits": [],
        "torn": [],
        "lost": 0,
        "problems": [],
    }
    judge(desk, bill.bill_no, bill.id_number)
