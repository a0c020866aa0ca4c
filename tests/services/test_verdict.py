"""What a person found out by telephone is believed only as far as it can be proved (B28, B31)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.notes import Found, StrayFound, Tried
from desktop.domain.open_work import what_is_open
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.lookup import visit_by_number
from desktop.nhsa.questions.reconciliation import Period
from desktop.nhsa.questions.settlement import cancel_settlement
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.queue import items, retry
from desktop.services.queue_items import Kind, Waiting
from desktop.services.reconcile import compare
from desktop.services.refund import Refund
from desktop.services.register import holder_of
from desktop.services.verdict import accept, found, not_booked, registered_as
from desktop.services.whole_settlement import Finished
from tests.services.counter import MEDICINE, Counter, bill_of, codes
from tests.services.lost import OVER, answered_at, lost_settlement, pc_clock, site, tried
from tests.services.stops import refused_with
from tests.services.wire import Tree, refusing, setlinfo


def _setl_id(counter: Counter, person: Mapping[str, Any]) -> str:
    (booked,) = counter.effective(bill_of(person))
    return str(booked["setl_id"])


def test_a_number_that_the_office_names_is_looked_up_and_adopted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    found(counter.desk, finished.visit, _setl_id(counter, person))
    record = counter.on_disk(finished)
    assert (record.state, record.tried[-1].by) == (State.SETTLED, "person 5203")
    assert counter.wire.infnos == ["5203"]


def test_the_number_of_another_settlement_is_not_adopted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Of the same visit even: only the msgid tells."""
    other = counter.settle(bill_of(person))
    counter.platform.fault("2207", "before", "reset")
    finished = counter.settle(bill_of(person, bill_no="B0002"))
    assert finished.ending is Ending.UNKNOWN
    named = str(other.record.settlement.setl_id)  # type: ignore[union-attr]
    assert refused_with(found, counter.desk, finished.visit, named) == ["other-settlement"]
    assert counter.on_disk(finished).state is State.UNKNOWN


def test_a_number_that_the_platform_does_not_know_is_not_adopted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    assert refused_with(found, counter.desk, finished.visit, "1") == ["no-usable-answer"]
    assert counter.on_disk(finished).state is State.UNKNOWN


def test_nothing_is_adopted_while_a_reversal_may_still_arrive(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    counter.platform.fault("2601", "before", "reset")
    tried(site(counter, queries=frozenset()), finished.visit)
    number = _setl_id(counter, person)
    early = refused_with(found, counter.desk, finished.visit, number)
    assert early == ["reversal-on-its-way"]
    found(pc_clock(counter.desk, OVER), finished.visit, number)
    record = counter.on_disk(finished)
    assert (record.state, record.unanswered) == (State.SETTLED, ())


def test_nothing_booked_is_believed_after_the_horizon_only(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    early = refused_with(not_booked, counter.desk, finished.visit, "0007")
    assert early == ["horizon-not-over"]
    not_booked(pc_clock(counter.desk, OVER), finished.visit, "0007")
    assert counter.on_disk(finished).state is State.CHARGES
    said = [row.entry for row in counter.opened.journal.entries(VisitId(finished.visit))]
    (verdict,) = [entry for entry in said if isinstance(entry, Tried)]
    assert (verdict.by, verdict.found, verdict.text) == ("person", Found.NOT_FOUND, "0007")


def test_a_clock_that_was_set_back_makes_no_horizon(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    early = refused_with(not_booked, pc_clock(counter.desk, -OVER), finished.visit, "0007")
    assert early == ["horizon-not-over"]


def _unbalanced(counter: Counter, person: Mapping[str, Any]) -> Finished:
    counter.wire.answer("2207", setlinfo(psn_cash_pay="0.01"))
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.NEEDS_CHECK
    return finished


def test_a_supervisor_accepts_sums_that_do_not_add_up(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _unbalanced(counter, person)
    accept(counter.desk, finished.visit, "0009")
    assert counter.on_disk(finished).state is State.SETTLED
    assert items(counter.desk) == ()


def test_a_verdict_is_for_what_waits_for_one(counter: Counter, person: Mapping[str, Any]) -> None:
    check, needless = _unbalanced(counter, person), ["no-verdict-needed"]
    desk = pc_clock(counter.desk, OVER)
    assert refused_with(not_booked, desk, check.visit, "0007") == needless
    assert refused_with(found, desk, check.visit, "1") == needless
    lost = counter.settle(bill_of(person, bill_no="B0002", visit_no="V0002"))
    assert lost.ending is Ending.NEEDS_CHECK
    unknown = ["no-such-item"]
    assert refused_with(accept, desk, "nothing", "0009") == unknown


def test_an_unknown_settlement_is_not_accepted(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = lost_settlement(counter, person, "after")
    assert refused_with(accept, counter.desk, finished.visit, "0009") == ["no-verdict-needed"]


def test_a_window_that_works_on_the_visit_comes_first(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    DeskVisit(counter.desk, VisitId(finished.visit))
    number = _setl_id(counter, person)
    assert refused_with(found, counter.desk, finished.visit, number) == ["open-elsewhere"]


def _lost_cancel(counter: Counter, person: Mapping[str, Any], when: str) -> Finished:
    finished = counter.settle(bill_of(person))
    counter.platform.fault("2208", when, "reset")
    refund = Refund(counter.desk, VisitId(finished.visit))
    assert refund.cancel((), "0001").ending is Ending.UNKNOWN
    refund.release()
    return finished


def test_the_office_names_the_negative_settlement_of_a_lost_2208(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _lost_cancel(counter, person, "after")
    rows = counter.platform.settlements(person["certno"])
    (negative,) = [str(row["setl_id"]) for row in rows if row["state"] == "negative"]
    (positive,) = [str(row["setl_id"]) for row in rows if row["state"] == "cancelled"]
    assert refused_with(found, counter.desk, finished.visit, positive) == ["other-settlement"]
    found(counter.desk, finished.visit, negative)
    record = counter.on_disk(finished)
    assert record.state is State.REVERSED
    assert record.cancelled_by is not None
    assert record.cancelled_by.setl_id == negative


def test_a_2208_that_is_not_booked_leaves_the_settlement_standing(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _lost_cancel(counter, person, "before")
    early = refused_with(not_booked, counter.desk, finished.visit, "0007")
    assert early == ["horizon-not-over"]
    later = pc_clock(counter.desk, OVER)
    not_booked(later, finished.visit, "0007")
    record = counter.on_disk(finished)
    assert (record.state, record.effectively_settled) == (State.SETTLED, True)
    assert [item.state for item in items(later)] == [Waiting.DONE]


def _refunded_elsewhere(counter: Counter, person: Mapping[str, Any]) -> tuple[Finished, str]:
    """Ours was lost on the way; then somebody else's 2208 of the same settlement went through."""
    finished = _lost_cancel(counter, person, "before")
    record = counter.on_disk(finished)
    assert record.mdtrt_id
    assert record.cancel
    question = cancel_settlement(holder_of(record), record.mdtrt_id, record.cancel.setl_id)
    assert isinstance(counter.desk.platform.query(question), Accepted)
    rows = counter.platform.settlements(person["certno"])
    (negative,) = [str(row["setl_id"]) for row in rows if row["state"] == "negative"]
    return finished, negative


def test_a_refund_by_somebody_else_is_adopted_when_a_person_vouches_for_it(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B38: the settlement is given back, and our own 2208 never was."""
    finished, negative = _refunded_elsewhere(counter, person)
    assert tried(counter.desk, finished.visit).state is State.REVERSING
    alone = refused_with(found, counter.desk, finished.visit, negative)
    assert alone == ["other-settlement"]
    found(counter.desk, finished.visit, negative, "0007")
    record = counter.on_disk(finished)
    assert (record.state, record.tried[-1].by) == (State.REVERSED, "person 5203")
    assert record.tried[-1].text == f"setl_id {negative} 0007"
    assert record.cancelled_by is not None
    assert record.cancelled_by.setl_id == negative
    assert record.cancelled_by.settled_at is not None
    days = Period(record.cancelled_by.settled_at.date(), counter.desk.clock().date())
    assert compare(counter.desk, days).differences == ()


def test_the_refund_of_another_settlement_is_not_adopted_whoever_vouches(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Of the same visit and given back too, but for another sum."""
    other = counter.settle(bill_of(person, MEDICINE, MEDICINE, bill_no="B0002"))
    refund = Refund(counter.desk, VisitId(other.visit))
    assert refund.cancel((), "0001").ending is Ending.SETTLED
    refund.release()
    rows = counter.platform.settlements(person["certno"])
    (foreign,) = [str(row["setl_id"]) for row in rows if row["state"] == "negative"]
    finished = _lost_cancel(counter, person, "before")
    standing = refused_with(found, counter.desk, finished.visit, foreign, "0007")
    assert standing == ["still-standing"]
    record = counter.on_disk(finished)
    assert record.cancel
    assert record.mdtrt_id
    question = cancel_settlement(holder_of(record), record.mdtrt_id, record.cancel.setl_id)
    assert isinstance(counter.desk.platform.query(question), Accepted)
    wrong = refused_with(found, counter.desk, finished.visit, foreign, "0007")
    assert wrong == ["other-settlement"]


def test_a_refund_without_a_number_is_accepted_when_the_platform_shows_it(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished, _ = _refunded_elsewhere(counter, person)
    accept(counter.desk, finished.visit, "0009")
    record = counter.on_disk(finished)
    assert (record.state, record.cancelled_by) == (State.REVERSED, None)
    assert (record.tried[-1].found, record.tried[-1].text) == (Found.UNDONE, "0009")
    (item,) = items(counter.desk)
    assert (item.kind, item.state) == (Kind.UPLOAD, Waiting.WAITING)
    retry(counter.desk, finished.visit)
    assert [item.state for item in items(counter.desk)] == [Waiting.DONE]


def test_a_refund_that_the_platform_does_not_show_is_not_accepted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _lost_cancel(counter, person, "before")
    assert refused_with(accept, counter.desk, finished.visit, "0009") == ["still-standing"]
    assert counter.on_disk(finished).state is State.REVERSING


def test_where_5203_is_not_open_the_supervisor_is_believed(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _lost_cancel(counter, person, "after")
    counter.wire.sent.clear()
    accept(site(counter, queries=frozenset()), finished.visit, "0009")
    assert counter.on_disk(finished).state is State.REVERSED
    assert counter.wire.sent == []


def _lost_registration(counter: Counter, person: Mapping[str, Any], when: str) -> str:
    counter.platform.fault("2201", when, "reset")
    lost = counter.settle(bill_of(person))
    assert codes(lost) == ["no-usable-answer", "undo-pending"]
    return lost.visit


def test_a_registration_that_nobody_can_look_up_ends_by_a_verdict(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A site without 5201: only the office can tell."""
    visit = _lost_registration(counter, person, "before")
    blind = site(counter, queries=frozenset())
    assert tried(blind, visit).tried[-1].found is Found.REFUSED
    not_booked(blind, visit, "0007")
    record = blind.record(VisitId(visit))
    assert (what_is_open(record), record.unanswered) == (None, ())
    assert [item.state for item in items(blind)] == [Waiting.DONE]


def test_a_registration_that_the_office_names_is_taken_back(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    visit = _lost_registration(counter, person, "after")
    blind = site(counter, queries=frozenset())
    assert refused_with(found, blind, visit, "1") == ["no-verdict-needed"]
    record = blind.record(VisitId(visit))
    assert record.bill
    looked = counter.desk.platform.query(
        visit_by_number(holder_of(record), "V0001", record.bill.visit.began, "11")
    )
    assert isinstance(looked, Accepted)
    (there,) = looked.value
    registered_as(blind, visit, there.mdtrt_id, "0007")
    record = tried(blind, visit)
    assert (what_is_open(record), record.mdtrt_id) == (None, None)
    assert counter.wire.infnos[-1] == "2202"


def test_the_registration_of_another_visit_is_not_taken_back(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    visit = _lost_registration(counter, person, "before")
    settled = counter.settle(bill_of(person))
    assert settled.ending is Ending.SETTLED
    theirs = str(settled.record.mdtrt_id)
    other = refused_with(registered_as, counter.desk, visit, theirs, "0007")
    assert other == ["other-visits-registration"]
    done = refused_with(registered_as, counter.desk, settled.visit, theirs, "0007")
    assert done == ["no-such-item"]


def test_a_stray_settlement_ends_when_the_platform_shows_that_it_is_undone(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The month is over, and no comparison of that day is made any more."""
    finished = counter.settle(bill_of(person))
    counter.platform.fault("2207", "before", "reset")
    second = counter.settle(bill_of(person, bill_no="B0002"))
    not_booked(pc_clock(counter.desk, OVER), second.visit, "0007")
    tried(counter.desk, second.visit)
    stray = SetlId(_setl_id(counter, person))
    note = StrayFound(stray, Msgid(str(finished.record.msgid)))
    counter.desk.journal.append(VisitId(second.visit), (note,), counter.desk.clock())
    assert refused_with(not_booked, counter.desk, second.visit, "7") == ["still-standing"]
    refund = Refund(counter.desk, VisitId(finished.visit))
    assert refund.cancel((), "0001").ending is Ending.SETTLED
    refund.release()
    not_booked(counter.desk, second.visit, "0007")
    assert counter.on_disk(second).strays == ()


def _refusing_later(tree: Tree) -> None:
    refusing("FSI-系统繁忙[x_1]")(tree)
    answered_at(OVER)(tree)


def test_the_horizon_is_counted_by_the_platforms_clock_where_it_is_known(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A PC's clock that was set forward makes no horizon; one that was set back delays none."""
    finished = lost_settlement(counter, person, "before")
    forward = pc_clock(counter.desk, OVER)
    tried(forward, finished.visit)
    early = refused_with(not_booked, forward, finished.visit, "0007")
    assert early == ["horizon-not-over"]
    blind = site(counter, queries=frozenset())
    counter.wire.answer("2601", refusing("FSI-系统繁忙[x_1]"))
    tried(blind, finished.visit)
    counter.wire.answer("2601", _refusing_later)
    back = pc_clock(blind, -OVER)
    tried(back, finished.visit)
    assert counter.on_disk(finished).state is State.UNKNOWN
    not_booked(back, finished.visit, "0007")
    assert counter.on_disk(finished).state is State.CHARGES
