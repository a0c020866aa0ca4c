"""The one door to a 2207: asked in the transaction that writes its intent down."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.events import BillTaken, CashTaken, Closed, PersonIdentified
from desktop.domain.money import Money
from desktop.domain.problems import DeskError, ProblemCode
from desktop.ledger.errors import JournalDamaged
from desktop.ledger.journal import Journal, VisitId
from desktop.services import one_settlement
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.settle import Agreement
from desktop.services.whole_refund import RefundOrder, refund
from desktop.services.whole_settlement import Finished, Order, settle_bill
from tests.rig.bills import BillOf
from tests.rig.town import townsman
from tests.services.counter import MEDICINE, Counter, bill_of, id_card, offered
from tests.services.racer import AT_THE_DOOR

AGREED = Agreement(AccountUse.NONE, "0001")


def _typed(counter: Counter, bill: BillOf) -> Bill:
    return replace(counter.order(bill).bill, typed=True)


def _settled(counter: Counter, bill: Bill) -> Ending:
    credential = id_card(bill.patient.id_number)
    return settle_bill(counter.desk, Order(bill, lambda: credential, None, AGREED)).ending


def _codes(stop: Stopped | DeskError) -> list[str]:
    return [problem.code for problem in stop.problems]


TYPED_AGAIN = [("B0002", "V0002"), ("B0002", "B0002")]
"""With a 门诊号 of its own, and without one."""


@pytest.mark.parametrize(("bill_no", "visit_no"), TYPED_AGAIN)
@pytest.mark.parametrize("first_no", ["B0001", "V0001"])
def test_what_was_typed_again_is_nowhere_uploaded_while_the_first_is_unknown(
    counter: Counter, person: Mapping[str, Any], first_no: str, bill_no: str, visit_no: str
) -> None:
    """A number that somebody typed proves no other visit."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "reset")
    first = _typed(counter, bill_of(person, visit_no=first_no))
    assert _settled(counter, first) is Ending.UNKNOWN
    counter.wire.sent.clear()
    again = _typed(counter, bill_of(person, bill_no=bill_no, visit_no=visit_no))
    assert _settled(counter, again) is Ending.NEEDS_PERSON
    assert counter.wire.infnos == ["1101", "2001"]


@pytest.mark.parametrize(("bill_no", "visit_no"), TYPED_AGAIN)
def test_what_was_typed_again_is_stopped_after_its_upload_too(
    counter: Counter, person: Mapping[str, Any], bill_no: str, visit_no: str
) -> None:
    """Two windows past the upload; the first one's answer is lost."""
    counter.platform.options(repeat_2207="book")
    second = offered(
        counter.desk, _typed(counter, bill_of(person, bill_no=bill_no, visit_no=visit_no))
    )
    first = offered(counter.desk, _typed(counter, bill_of(person)))
    counter.platform.fault("2207", "after", "reset")
    assert first.commit(AGREED).ending is Ending.UNKNOWN
    with pytest.raises(Stopped) as told:
        second.commit(AGREED)
    assert _codes(told.value) == ["outcome-unknown"]
    assert "B0001" in told.value.problems[0].detail
    assert len(counter.wire.of("2207")) == 1
    assert counter.desk.record(second.id).msgid is None


def test_another_revision_of_an_unknown_bill_is_stopped(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The hospital's system made a new visit of it as well."""
    counter.platform.fault("2207", "after", "reset")
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    counter.wire.sent.clear()
    newer = counter.settle(bill_of(person, revision=2, visit_no="V0002"))
    assert newer.ending is Ending.NEEDS_PERSON
    assert counter.wire.infnos == ["1101", "2001"]


def test_the_journal_itself_refuses_a_second_intent_of_one_visit(
    counter: Counter, person: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two openings of one visit, both past every look: what is on disk decides."""
    monkeypatch.setattr(
        one_settlement.sent_elsewhere, "__code__", (lambda _desk, _log: False).__code__
    )
    first = offered(counter.desk, counter.order(bill_of(person)).bill)
    second = DeskVisit(counter.desk, first.id)
    assert first.commit(AGREED).ending is Ending.SETTLED
    with pytest.raises(DeskError) as told:
        second.commit(AGREED)
    assert _codes(told.value) == [ProblemCode.OPEN_ELSEWHERE.code]
    setl_id = str(first.record.settlement.setl_id)  # type: ignore[union-attr]
    assert refund(counter.desk, RefundOrder(setl_id), None).state == "cancelled"
    assert len(counter.wire.of("2207")) == 1


def test_the_rest_of_a_refund_waits_for_what_is_unknown(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Nothing is given back of which the rest could not be settled anew."""
    settled = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    counter.platform.fault("2207", "after", "reset")
    assert counter.settle(bill_of(person, bill_no="B0002")).ending is Ending.UNKNOWN
    setl_id = str(settled.record.settlement.setl_id)  # type: ignore[union-attr]
    done = refund(counter.desk, RefundOrder(setl_id, ("2",)), None)
    assert (done.state, [p.code for p in done.problems]) == ("needs-person", ["outcome-unknown"])
    assert counter.wire.of("2208") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"visit_no": "V0002"},
        {"bill_no": "B0002", "visit_no": "B0002"},
        {"revision": 2, "visit_no": "V0002"},
    ],
)
def test_of_two_processes_at_the_door_one_goes_through(
    counter: Counter,
    person: Mapping[str, Any],
    tmp_path: Path,
    changes: Mapping[str, Any],
) -> None:
    """Both have looked for the last time, and both write at once."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "reset")
    bills = (bill_of(person), bill_of(person, **changes))
    racers = [_racer(counter, tmp_path / str(n), bill) for n, bill in enumerate(bills, 1)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline().strip() == AT_THE_DOOR
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    ends = [racer.communicate(timeout=60)[0].strip() for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0]
    assert sorted(ends) == ["outcome-unknown", "unknown"]
    assert len(counter.effective(bill_of(person))) == 1


def _racer(counter: Counter, folder: Path, bill: BillOf) -> subprocess.Popen[str]:
    folder.mkdir()
    settings = f'[platform]\nread_timeout = 5\n[hospital]\nstation = "0{folder.name}"\n'
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    mine = counter.opened.profile
    key = mine.practice_key_file.read_text("ascii").strip()
    charges = bill.write(folder / "charges.json")
    words = (folder, counter.platform.url, mine.journal_file, key, charges)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.services.racer", *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


# --- a record that nobody can read ---------------------------------------------------------


def _damaged(counter: Counter, finished: Finished) -> VisitId:
    """Its last entry does not follow from the others: nobody knows what became of it."""
    visit = VisitId(finished.visit)
    counter.desk.journal.append(visit, (CashTaken(Money(100)), Closed()), counter.desk.clock())
    with pytest.raises(JournalDamaged):
        counter.desk.record(visit)
    return visit


def _unknown(counter: Counter, bill: Bill) -> Finished:
    counter.platform.fault("2207", "after", "reset")
    credential = id_card(bill.patient.id_number)
    finished = settle_bill(counter.desk, Order(bill, lambda: credential, None, AGREED))
    assert finished.ending is Ending.UNKNOWN
    return finished


def test_a_damaged_visit_of_the_same_person_is_named_at_the_door(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """It may be the same charges: no write failed, and the words say where to look."""
    ours = offered(counter.desk, _typed(counter, bill_of(person, bill_no="B0002")))
    broken = counter.desk.new_visit_id()
    other = counter.order(bill_of(person, bill_no="B0003", visit_no="V0003")).bill
    whose = PersonIdentified(ours.record.person, ours.record.insurance)  # type: ignore[arg-type]
    counter.desk.journal.append(broken, (BillTaken(other), whose), counter.desk.clock())
    with pytest.raises(Stopped) as told:
        ours.commit(AGREED)
    assert _codes(told.value) == ["visit-damaged"]
    assert broken in told.value.problems[0].detail
    assert "kuasheng journal recover" in told.value.problems[0].kind.next_step
    assert counter.wire.of("2207") == []
    assert counter.desk.record(ours.id).msgid is None


def test_a_damaged_visit_of_the_same_person_is_named_before_anything_is_uploaded(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    broken = _damaged(counter, _unknown(counter, _typed(counter, bill_of(person))))
    counter.wire.sent.clear()
    credential = id_card(person["certno"])
    again = _typed(counter, bill_of(person, bill_no="B0002", visit_no="V0002"))
    finished = settle_bill(counter.desk, Order(again, lambda: credential, None, AGREED))
    (problem,) = finished.problems
    assert (finished.ending, problem.code) == (Ending.NEEDS_PERSON, "visit-damaged")
    assert broken in problem.detail
    assert counter.wire.infnos == ["1101", "2001"]


def test_a_damaged_visit_of_somebody_else_keeps_nobody_waiting(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Not even one whose outcome is unknown: by the indexes it is no attempt at these charges."""
    other = townsman(1)
    _damaged(counter, _unknown(counter, _typed(counter, bill_of(other, visit_no="V0009"))))
    bill = _typed(counter, bill_of(person, bill_no="B0002", visit_no="V0002"))
    assert _settled(counter, bill) is Ending.SETTLED


def test_a_damaged_visit_of_nobody_knows_whom_stands_in_everybodys_way(
    counter: Counter, person: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that does not tell whose it is proves nothing."""
    bill = _typed(counter, bill_of(townsman(1), visit_no="V0009"))
    _damaged(counter, _unknown(counter, bill))
    monkeypatch.setattr(Journal, "is_somebodys", lambda _journal, _visit: False)
    ours = _typed(counter, bill_of(person, bill_no="B0002", visit_no="V0002"))
    assert _settled(counter, ours) is Ending.NEEDS_PERSON


def test_what_is_damaged_inside_a_commit_is_no_failed_write(counter: Counter) -> None:
    database = counter.opened.journal._database
    with pytest.raises(JournalDamaged), database.transaction():
        raise JournalDamaged
