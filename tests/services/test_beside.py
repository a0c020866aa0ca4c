"""What stands beside a bill: a person hears of it before it is settled, and it is on disk (contracts)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.account_use import AccountUse
from desktop.domain.money import Money
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.queue import items, tidy_all
from desktop.services.settle import Agreement
from desktop.services.whole_refund import RefundOrder, refund
from desktop.services.whole_settlement import settle_bill
from tests.rig.bills import BillOf
from tests.services.counter import MEDICINE, Counter, bill_of, codes, eligible, id_card
from tests.services.stops import stopped_with

AGREED = Agreement(AccountUse.NONE, "0001", pays_here=True)
WHOLE, BACK = Money.parse("600.00"), Money.parse("150.00")
WHY = Problem(ProblemCode.NO_USABLE_ANSWER)
NOBODY_LOOKED: frozenset[str] = frozenset()


def checked(counter: Counter, bill: BillOf, *, typed: bool = False) -> DeskVisit:
    """Up to where the bill would be uploaded."""
    return eligible(counter.desk, replace(counter.order(bill).bill, typed=typed))


def stop_of(visit: DeskVisit, *although: str) -> list[str]:
    with pytest.raises(Stopped) as told:
        visit.upload(although)
    assert told.value.ending is Ending.NEEDS_PERSON
    return [problem.code for problem in told.value.problems]


def settled(visit: DeskVisit) -> None:
    visit.offer(AccountUse.NONE)
    assert visit.commit(AGREED).ending is Ending.SETTLED


def paid_alone(counter: Counter, person: Mapping[str, Any]) -> DeskVisit:
    visit = checked(counter, bill_of(person))
    visit.pay_self(WHY)
    return visit


def test_who_paid_alone_is_told_of_and_gets_back_what_is_over(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """600.00 were paid for it with an ordinary receipt: of them 450.00 stay."""
    alone = paid_alone(counter, person)
    visit = checked(counter, bill_of(person))
    assert stop_of(visit) == ["paid-by-self"]
    assert counter.wire.of("2201") == []
    visit.upload(["paid-by-self"])
    settled(visit)
    assert visit.record.cash_taken == WHOLE
    visit.release()
    (item,) = items(counter.desk)
    assert (item.reason, item.cash) == ("cash-back", BACK)
    tidy_all(counter.desk)
    assert counter.desk.record(alone.id).state is State.CLOSED
    DeskVisit(counter.desk, visit.id).collect(WHOLE - BACK)
    assert counter.desk.record(visit.id).cash_taken == WHOLE - BACK


@pytest.mark.parametrize("same", [{"visit_no": "V0001"}, {"visit_no": "V0002"}])
def test_what_was_typed_again_after_the_first_settled_is_told_of(
    counter: Counter, person: Mapping[str, Any], same: Mapping[str, Any]
) -> None:
    first = checked(counter, bill_of(person), typed=True)
    first.upload()
    settled(first)
    first.release()
    again = checked(counter, bill_of(person, bill_no="B0002", **same), typed=True)
    assert stop_of(again) == ["settled-alike"]
    again.upload(["settled-alike"])
    settled(again)
    again.release()
    assert counter.desk.record(again.id).beside == (first.id,)


def test_a_revision_that_settles_meanwhile_is_asked_for_at_the_door(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Both were uploaded while neither was settled."""
    newer = checked(counter, bill_of(person, revision=2, visit_no="V0002"))
    newer.upload()
    newer.offer(AccountUse.NONE)
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    assert stopped_with(newer.commit, AGREED) == ["revision-settled"]
    assert len(counter.wire.of("2207")) == 1


def test_whoever_has_not_looked_settles_no_second_revision(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Outside practice mode: said before anything is sent, and settled when somebody says so."""
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    counter.wire.sent.clear()
    order = counter.order(bill_of(person, revision=2))
    refused = settle_bill(counter.desk, structs.replace(order, although=NOBODY_LOOKED))
    assert (refused.ending, codes(refused)) == (Ending.NEEDS_PERSON, ["revision-settled"])
    assert counter.wire.infnos == ["1101", "2001"]
    looked = structs.replace(order, although=frozenset(("revision-settled",)))
    done = settle_bill(counter.desk, looked)
    assert (done.ending, codes(done)) == (Ending.SETTLED, ["revision-settled"])


@pytest.mark.parametrize("looked", [True, False])
def test_what_was_typed_at_two_windows_is_asked_for_at_the_door(
    counter: Counter, person: Mapping[str, Any], looked: bool
) -> None:
    """Both were uploaded while neither was settled, under numbers of their own (seed 42)."""
    again = checked(counter, bill_of(person, bill_no="B0002", visit_no="V0002"), typed=True)
    again.upload()
    again.offer(AccountUse.NONE)
    first = checked(counter, bill_of(person), typed=True)
    first.upload()
    settled(first)
    first.release()
    assert stopped_with(again.commit, AGREED) == ["settled-alike"]
    assert len(counter.wire.of("2207")) == 1
    again.take_back()
    if looked:
        again.upload(["settled-alike"])
        settled(again)
        assert len(counter.wire.of("2207")) == 2


def test_nobody_pays_alone_what_stands_in_another_revision(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Seeds 173 and 962: told, and paid when somebody says so."""
    visit = checked(counter, bill_of(person, revision=2))
    visit.release()
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    assert stopped_with(visit.pay_self, WHY) == ["revision-settled"]
    visit.pay_self(WHY, ["revision-settled"])
    record = counter.desk.record(visit.id)
    assert (record.state, len(record.beside)) == (State.SELF_PAY, 1)


def test_nobody_pays_alone_what_may_be_settled_in_another_revision(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Seed 1354: its 2207 has no answer, and came late."""
    visit = checked(counter, bill_of(person, revision=2))
    visit.release()
    counter.platform.fault("2207", "after", "reset")
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    assert stopped_with(visit.pay_self, WHY) == ["outcome-unknown"]


def test_nobody_pays_on_a_deposit_that_went_back_with_another_settlement(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Seed 24380: settled with the deposit of the bill that waited, and wholly given back."""
    waits = checked(counter, bill_of(person))
    waits.defer(WHY, WHOLE)
    done = counter.settle(bill_of(person))
    assert done.record.settlement is not None
    assert done.record.brought_from == (waits.id,)
    order = RefundOrder(str(done.record.settlement.setl_id))
    assert refund(counter.desk, order, None).state == "cancelled"
    assert stopped_with(DeskVisit(counter.desk, waits.id).pay_self, WHY) == ["already-settled"]


def test_what_was_typed_again_waits_for_a_refund_that_stopped_half_way(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Seed 74: the rest of the first would be settled beside it."""
    first = checked(counter, bill_of(person, MEDICINE, MEDICINE), typed=True)
    first.upload()
    settled(first)
    first.release()
    assert first.record.settlement is not None
    counter.platform.fault("2204", "before", "reset")
    order = RefundOrder(str(first.record.settlement.setl_id), ("2",))
    card = id_card(person["certno"])
    assert refund(counter.desk, order, lambda: card).state == "needs-person"
    again = checked(counter, bill_of(person, bill_no="B0002", visit_no="V0002"), typed=True)
    assert stop_of(again) == ["refund-half-done"]
    assert stopped_with(again.pay_self, WHY) == ["refund-half-done"]


def test_nobody_pays_alone_or_waits_for_what_is_settled(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The window stood there while another one settled the bill."""
    visit = checked(counter, bill_of(person))
    visit.release()
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    for step in (visit.pay_self, visit.defer):
        assert stopped_with(step, WHY) == ["already-settled"]
