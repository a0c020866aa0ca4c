"""The queue: what waits, when it is tried, what it tells, and where it ends (B28, 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.domain.events import BillTaken, CashTaken, LinesUploaded
from desktop.domain.left import Left
from desktop.domain.money import Money
from desktop.domain.notes import Found, Open
from desktop.domain.open_work import OFFICE_AFTER
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.visit import NotAllowed, State
from desktop.ledger.errors import JournalWriteFailed
from desktop.ledger.journal import VisitId
from desktop.services import queue as queue_module
from desktop.services.case_text import case_text
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.overview import first_look
from desktop.services.ports import Desk, Reversal, VisitKey
from desktop.services.queue import (
    before_settling,
    every_item,
    hand_over,
    item_of,
    items,
    retry,
    retry_due,
    tidy_all,
)
from desktop.services.queue_items import Item, Kind, Waiting
from desktop.services.recover import recover
from desktop.services.refund import Refund
from desktop.services.visit_log import VisitLog
from desktop.services.whole_settlement import settle_bill
from tests.rig.town import townspeople
from tests.services.counter import Counter, bill_of, codes, id_card, insured
from tests.services.lost import OVER, after, believed_not_booked, lost_settlement, pc_clock, site
from tests.services.stops import refused_with
from tests.services.wire import Sent, refusing, setlinfo

SECOND = timedelta(seconds=1)


def _only(counter: Counter) -> Item:
    (item,) = items(counter.desk)
    return item


def _seconds_to_next(item: Item) -> int:
    assert item.next_try is not None
    return round((item.next_try - item.since).total_seconds())


def test_a_lost_settlement_waits_with_everything_a_person_needs(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after", "http500")
    item = _only(counter)
    assert (item.id, item.kind, item.state) == (finished.visit, Kind.SETTLEMENT, Waiting.UNKNOWN)
    assert (item.msgid, item.outcome_unknown) == (finished.record.msgid, True)
    assert (item.tries, item.outage, item.by) == (0, "http-status HTTP 500", "0001")
    assert abs(item.since - counter.desk.clock()) < timedelta(seconds=10)
    assert _seconds_to_next(item) == 5
    assert item == item_of(counter.desk, finished.visit)


def test_an_item_that_came_to_an_end_shows_it(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = lost_settlement(counter, person, "after")
    retry(counter.desk, finished.visit)
    item = _only(counter)
    assert (item.state, item.outcome_unknown, item.next_try) == (Waiting.DONE, False, None)
    (booked,) = counter.effective(bill_of(person))
    assert (item.setl_id, item.tries) == (booked["setl_id"], 1)


def test_the_backoff_is_that_of_b28(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = lost_settlement(counter, person, "before")
    desk, waits = counter.desk, []
    for _ in range(8):
        retry(desk, finished.visit)
        item = item_of(desk, finished.visit)
        assert item.next_try is not None
        waits.append(round((item.next_try - desk.clock()).total_seconds()))
    assert waits == [15, 30, 60, 120, 300, 600, 600, 600]


def test_only_what_is_due_is_tried(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = lost_settlement(counter, person, "before")
    retry_due(counter.desk)
    assert counter.wire.sent == []
    retry_due(pc_clock(counter.desk, 6 * SECOND))
    assert item_of(counter.desk, finished.visit).tries == 1
    retry_due(pc_clock(counter.desk, 7 * SECOND))
    assert item_of(counter.desk, finished.visit).tries == 1


def test_a_clock_that_was_set_back_does_not_stop_the_queue(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    retry_due(pc_clock(counter.desk, -timedelta(hours=3)))
    assert item_of(counter.desk, finished.visit).tries == 1


def test_after_so_many_tries_the_office_has_it_and_the_desk_goes_on(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Nothing is dropped for being old (rule 5)."""
    finished = lost_settlement(counter, person, "after")
    counter.wire.answer("9101", refusing("FSI-系统繁忙[x_1]"))
    desk = site(counter, reversal=Reversal.MANUAL)
    for _ in range(OFFICE_AFTER):
        assert item_of(desk, finished.visit).state is Waiting.UNKNOWN
        retry(desk, finished.visit)
    item = item_of(desk, finished.visit)
    assert (item.state, item.by, item.outcome_unknown) == (Waiting.NEEDS_PERSON, "desk", True)
    assert item.next_try is not None
    counter.wire.answer("9101", lambda _: None)
    retry(desk, finished.visit)
    assert counter.on_disk(finished).state is State.SETTLED


def test_what_is_handed_over_says_by_whom(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = lost_settlement(counter, person, "after")
    hand_over(counter.desk, finished.visit, "telephone")
    item = _only(counter)
    assert (item.state, item.by) == (Waiting.NEEDS_PERSON, counter.desk.operator)
    retry(counter.desk, finished.visit)
    assert _only(counter).state is Waiting.DONE


def test_nobody_hands_over_what_waits_for_nobody(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    retry(counter.desk, finished.visit)
    assert refused_with(hand_over, counter.desk, finished.visit) == ["no-verdict-needed"]


@pytest.mark.parametrize("work", [item_of, retry, hand_over])
def test_an_item_that_nobody_knows_is_named(counter: Counter, work: Any) -> None:
    assert refused_with(work, counter.desk, "nothing") == ["no-such-item"]


@pytest.mark.req("S3-25")
def test_case_texts_hold_message_ids_and_nothing_of_the_person(counter: Counter) -> None:
    """B28: the office asks with the msgid; every kind of item, of people of every kind."""
    people = [dict(one) for one in townspeople()[:6]]
    for number, one in enumerate(people):
        counter.platform.fault("2207", "after", "reset")
        counter.settle(bill_of(one, bill_no=f"B{number}", visit_no=f"V{number}"))
    counter.wire.answer("9101", refusing(f"FSI-参保人{people[0]['name']}不存在[x_1]"))
    for _ in range(2):
        for item in items(counter.desk):
            if item.state is Waiting.UNKNOWN:
                retry(counter.desk, item.id)
    found = items(counter.desk)
    assert len(found) >= 2
    for item in found:
        text = case_text(item, counter.desk.institution)
        assert item.msgid is None or item.msgid in text
        for one in people:
            told = (one["name"], one["certno"], one.get("card_no"), one.get("psn_no"))
            assert not [fact for fact in told if fact and fact in text], text


def test_needs_check_waits_for_a_person(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.wire.answer("2207", setlinfo(psn_cash_pay="0.01"))
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.NEEDS_CHECK
    item = _only(counter)
    assert (item.kind, item.state) == (Kind.SETTLEMENT, Waiting.NEEDS_PERSON)
    assert (item.outcome_unknown, item.reason) == (False, "split-does-not-add-up")
    assert item.setl_id


def _deferred(counter: Counter, person: Mapping[str, Any], detail: str = "") -> DeskVisit:
    visit = insured(counter.desk, counter.order(bill_of(person)).bill)
    visit.defer(Problem(ProblemCode.NOT_CONNECTED, detail), Money.parse("600.00"))
    return visit


def test_a_deferred_bill_waits_as_an_intent_for_a_cashier(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """3.3: nothing of the queue ever sends a 2207."""
    visit = _deferred(counter, person)
    item = _only(counter)
    assert (item.kind, item.state, item.outage) == (Kind.INTENT, Waiting.WAITING, "not-connected")
    assert (item.by, item.next_try) == (counter.desk.operator, None)
    counter.wire.sent.clear()
    retry(counter.desk, visit.id)
    retry_due(after(counter, OVER))
    assert counter.wire.sent == []
    aged = items(pc_clock(counter.desk, timedelta(days=400)))
    assert [item.state for item in aged] == [Waiting.NEEDS_PERSON]


def test_a_deferred_bill_does_not_name_its_patient(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B28: whatever the platform's own sentence says."""
    _deferred(counter, person, f"FSI-{person['name']} {person['certno']} 查询失败")
    text = case_text(_only(counter), counter.desk.institution)
    assert "连不上平台" in text
    assert not [fact for fact in (person["name"], person["certno"]) if fact in text]


def test_a_deferred_bill_that_was_settled_is_done(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    visit = _deferred(counter, person)
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    retry_due(counter.desk)
    assert counter.desk.record(visit.id).state is State.CLOSED
    assert visit.id not in counter.opened.journal.open_visits()
    (item,) = items(counter.desk)
    assert (item.kind, item.reason, item.cash) == (
        Kind.SETTLEMENT,
        "cash-back",
        Money.parse("150.00"),
    )


def test_a_patient_who_does_not_wait_pays_when_it_is_known(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B30."""
    finished = lost_settlement(counter, person, "after")
    visit = DeskVisit(counter.desk, VisitId(finished.visit))
    visit.patient_leaves()
    assert counter.on_disk(finished).state is State.DEFERRED_UNKNOWN
    assert _only(counter).outcome_unknown
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    retry(counter.desk, finished.visit)
    assert counter.on_disk(finished).state is State.UNPAID


def test_a_patient_who_left_comes_back_to_a_bill_that_was_not_booked(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    DeskVisit(counter.desk, VisitId(finished.visit)).patient_leaves()
    record = believed_not_booked(counter, finished.visit)
    assert record.state is State.DEFERRED
    retry(counter.desk, finished.visit)
    item = _only(counter)
    assert (item.kind, item.state, item.by) == (Kind.INTENT, Waiting.WAITING, "0001")
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED


def test_what_a_window_holds_is_left_alone(counter: Counter, person: Mapping[str, Any]) -> None:
    """B49: the queue is one more that may work on a visit, and waits its turn."""
    finished = lost_settlement(counter, person, "after")
    window = DeskVisit(counter.desk, VisitId(finished.visit))
    retry_due(pc_clock(counter.desk, 6 * SECOND))
    assert counter.wire.sent == []
    assert refused_with(retry, counter.desk, finished.visit) == ["open-elsewhere"]
    window.release()
    retry(counter.desk, finished.visit)
    assert counter.on_disk(finished).state is State.SETTLED


def test_the_queue_lets_go_of_a_visit_that_it_worked_at(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    retry(counter.desk, finished.visit)
    key = VisitKey(finished.record.person.psn_no, "V0001")  # type: ignore[union-attr]
    assert counter.desk.locks.take(key, VisitId("another"), "me") == ""


def test_the_queue_believes_the_journal_not_what_it_read_before(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A window that finishes between the queue's look and its turn has the last word."""
    finished = lost_settlement(counter, person, "after")
    inner = counter.desk.locks.take

    def settles_first(key: VisitKey, visit: VisitId, who: str) -> str:
        counter.desk.locks.take = inner  # type: ignore[method-assign]
        retry(counter.desk, finished.visit)
        counter.wire.sent.clear()
        return inner(key, visit, who)

    counter.desk.locks.take = settles_first  # type: ignore[method-assign]
    retry(counter.desk, finished.visit)
    assert counter.wire.sent == []
    assert counter.on_disk(finished).state is State.SETTLED


def test_two_windows_cannot_open_one_patients_visit(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B49: the second one is told where."""
    first, second = DeskVisit(counter.desk), DeskVisit(counter.desk)
    for visit in (first, second):
        visit.take_bill(counter.order(bill_of(person)).bill)
        visit.show(id_card(person["certno"]))
    first.match_patient()
    with pytest.raises(Stopped) as told:
        second.match_patient()
    assert [problem.code for problem in told.value.problems] == ["open-elsewhere"]
    assert "窗口01" in told.value.problems[0].message
    first.release()
    second.match_patient()


def test_an_unknown_settlement_blocks_every_bill_of_its_visit(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Rule 1 of visit.md 3.1; another bill of the same 门诊号 waits too."""
    lost_settlement(counter, person, "after")
    other = counter.settle(bill_of(person, bill_no="B0002"))
    assert (other.ending, codes(other)) == (Ending.NEEDS_PERSON, ["outcome-unknown"])
    assert "2201" not in counter.wire.infnos


def _die_while_sending(counter: Counter, person: Mapping[str, Any], infno: str) -> None:
    def die(_: Sent) -> None:
        raise KeyboardInterrupt

    counter.wire.before(infno, die)
    with pytest.raises(KeyboardInterrupt):
        counter.settle(bill_of(person))
    counter.wire.before(infno, lambda _: None)


def test_a_settlement_that_was_being_sent_is_unknown_after_the_start(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B50; nothing is sent by recovering."""
    _die_while_sending(counter, person, "2207")
    counter.wire.sent.clear()
    recover(counter.desk)
    item = _only(counter)
    assert (item.state, item.outage) == (Waiting.UNKNOWN, "program-ended")
    assert counter.wire.sent == []
    assert counter.opened.journal.unanswered() == ()
    recover(counter.desk)
    assert _only(counter) == item
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN


@pytest.mark.parametrize("infno", ["2201", "2204"])
def test_an_upload_that_was_being_sent_is_taken_back_after_the_start(
    counter: Counter, person: Mapping[str, Any], infno: str
) -> None:
    _die_while_sending(counter, person, infno)
    counter.desk.locks.release(counter.opened.journal.open_visits()[0])
    recover(counter.desk)
    item = _only(counter)
    assert (item.kind, item.state, item.outcome_unknown) == (Kind.UPLOAD, Waiting.WAITING, False)
    retry(counter.desk, item.id)
    later = after(counter, OVER)
    retry(later, item.id)
    assert item_of(later, VisitId(item.id)).state is Waiting.DONE
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED


def test_a_settlement_that_is_unknown_twice_over_is_one_item(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    believed_not_booked(counter, finished.visit)
    counter.platform.fault("2207", "after", "reset")
    again = counter.settle(bill_of(person))
    assert again.ending is Ending.UNKNOWN
    waiting = [item for item in items(counter.desk) if item.state is not Waiting.DONE]
    assert [item.id for item in waiting if item.kind is Kind.SETTLEMENT] == [again.visit]


def _each_answer_takes(counter: Counter, seconds: int) -> Desk:
    """A platform that answers, but barely; the time passes on the desk's clock."""
    passed = [timedelta(0)]

    def slowly(_: Sent) -> None:
        passed[0] += timedelta(seconds=seconds)

    counter.wire.before("*", slowly)
    told = counter.desk.clock
    return replace(counter.desk, clock=lambda: told() + passed[0])


def test_one_try_asks_no_more_when_its_time_is_up(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A cashier's step waits for a try that has begun, never for four time-outs of it."""
    finished = lost_settlement(counter, person, "after")
    desk = _each_answer_takes(counter, 25)
    retry(desk, finished.visit)
    assert counter.wire.infnos == ["9101", "3202"]
    item = item_of(desk, finished.visit)
    assert (item.state, item.reason) == (Waiting.UNKNOWN, "2601 no-answer out-of-time")
    assert desk.record(VisitId(finished.visit)).unanswered == ()


def test_a_platform_that_barely_answers_is_heard_in_the_end(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Each try has more time than the one before."""
    finished = lost_settlement(counter, person, "after")
    desk = _each_answer_takes(counter, 29)
    for _ in range(4):
        if item_of(desk, finished.visit).state is Waiting.UNKNOWN:
            retry(desk, finished.visit)
    assert counter.on_disk(finished).state is State.SETTLED


def test_what_ended_today_is_shown_whenever_it_began(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A visible end state, also of a visit of another day; and of an earlier day when asked."""
    finished = lost_settlement(counter, person, "after")
    tomorrow = pc_clock(counter.desk, timedelta(days=1))
    retry(tomorrow, finished.visit)
    today, next_day = counter.desk.clock().date(), tomorrow.clock().date()
    assert items(counter.desk, today) == ()
    (item,) = items(tomorrow)
    assert (item.state, item.visit) == (Waiting.DONE, finished.visit)
    assert item.ended is not None
    assert item.ended.date() == next_day
    later = pc_clock(counter.desk, timedelta(days=9))
    assert items(later) == ()
    assert items(later, next_day) == (item,)
    assert item in every_item(later)


def test_a_patient_who_left_without_paying_is_on_the_list(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B34: until the cash is there, with the sum."""
    finished = counter.settle(bill_of(person))
    assert items(counter.desk) == ()
    (kept,) = every_item(counter.desk)
    assert (kept.reason, kept.cash) == ("not-collected", finished.record.settlement.split.cash)  # type: ignore[union-attr]
    visit = DeskVisit(counter.desk, VisitId(finished.visit))
    visit.patient_leaves()
    item = _only(counter)
    assert (item.kind, item.state, item.reason) == (Kind.SETTLEMENT, Waiting.WAITING, "unpaid")
    assert (item.cash, item.outcome_unknown, item.next_try) == (kept.cash, False, None)
    assert item == item_of(counter.desk, finished.visit)
    assert f"现金 {item.cash} 元" in case_text(item, counter.desk.institution)
    visit.collect(Money.parse("450.00"))
    assert [(left.kind, left.cash) for left in items(counter.desk)] == [(Kind.PRINT, None)]


def test_cash_that_was_to_be_taken_here_is_on_the_list_until_it_is(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A window was to take it and its cash step is lost: that waits for a person, for ever."""
    order = counter.order(bill_of(person))
    at_window = replace(order.agreement, pays_here=True)
    finished = settle_bill(counter.desk, replace(order, agreement=at_window))
    (item,) = items(counter.desk)
    assert (item.kind, item.state, item.reason) == (
        Kind.SETTLEMENT,
        Waiting.WAITING,
        "not-collected",
    )
    assert item.cash == finished.record.settlement.split.cash  # type: ignore[union-attr]
    assert item == item_of(counter.desk, finished.visit)
    later = pc_clock(counter.desk, timedelta(days=90))
    tidy_all(later)
    assert items(later) == every_item(later) == (item,)
    DeskVisit(counter.desk, VisitId(finished.visit)).collect(Money.parse("450.00"))
    assert [(left.kind, left.cash) for left in items(counter.desk)] == [(Kind.PRINT, None)]


def test_cash_that_is_still_to_be_given_back_is_on_the_list(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B38: the platform's part is over, the patient's cash is still here."""
    finished = counter.settle(bill_of(person))
    visit = DeskVisit(counter.desk, VisitId(finished.visit))
    visit.collect(Money.parse("450.00"))
    visit.release()
    refund = Refund(counter.desk, VisitId(finished.visit))
    refund.cancel((), "0001")
    item = _only(counter)
    assert (item.kind, item.state, item.reason) == (Kind.CANCEL, Waiting.WAITING, "cash-back")
    assert item.cash == Money.parse("450.00")
    assert "现金待退" in case_text(item, counter.desk.institution)
    refund.give_cash_back()
    refund.release()
    assert _only(counter).kind is Kind.UPLOAD
    retry_due(after(counter, timedelta(seconds=6)))
    assert _only(counter).state is Waiting.DONE


def test_every_item_says_when_it_is_tried_next_and_how_long(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    lost_settlement(counter, person, "before")
    item = _only(counter)
    assert item.next_try is not None
    text = case_text(item, counter.desk.institution)
    assert f"下次 {item.next_try:%Y-%m-%d %H:%M:%S}" in text
    assert "限期 不限，直到查清" in text


def _two_lost(counter: Counter) -> tuple[VisitId, VisitId]:
    """Of two patients, both booked."""
    found = []
    for number, one in enumerate(townspeople()[:2]):
        counter.platform.fault("2207", "after", "reset")
        finished = counter.settle(bill_of(dict(one), bill_no=f"B{number}", visit_no=f"V{number}"))
        assert finished.ending is Ending.UNKNOWN
        found.append(VisitId(finished.visit))
    counter.wire.sent.clear()
    return found[0], found[1]


def test_before_a_new_settlement_every_other_one_is_tried_or_told(counter: Counter) -> None:
    """Rule 6 on the command line; what is to be settled itself is left alone."""
    first, second = _two_lost(counter)
    (told,) = before_settling(counter.desk, (first,))
    assert (told.visit, told.tries, counter.wire.sent) == (second, 0, [])
    due = pc_clock(counter.desk, 6 * SECOND)
    assert before_settling(due, (first,)) == ()
    assert counter.desk.record(second).state is State.SETTLED
    assert counter.desk.record(first).state is State.UNKNOWN


def test_a_patient_does_not_wait_long_for_others(counter: Counter) -> None:
    """A QR code is good for about a minute: what cannot be tried in time is only told."""
    first, second = _two_lost(counter)
    slow = pc_clock(_each_answer_takes(counter, 11), 6 * SECOND)
    told = before_settling(slow, ())
    assert [item.visit for item in told] == [first, second]
    assert counter.wire.infnos == ["9101"]
    assert counter.desk.record(second).tried == ()


# --- a fault at one visit is its own ------------------------------------------------------

LOGS = r"visit .*: (JournalDamaged|RuntimeError|NotAllowed) in "


def _cannot_be_followed(counter: Counter) -> VisitId:
    """Entries that do not follow from each other, before everything else that is open."""
    visit = counter.desk.new_visit_id()
    counter.desk.journal.append(visit, (CashTaken(Money(100)),), counter.desk.clock())
    return visit


@pytest.mark.expects_log(LOGS)
def test_a_visit_that_cannot_be_read_keeps_no_other_from_its_turn(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """It is told as one of which nobody knows; the others are looked up as ever."""
    broken = _cannot_be_followed(counter)
    finished = lost_settlement(counter, person, "after")
    retry_due(after(counter, timedelta(seconds=6)))
    assert counter.on_disk(finished).state is State.SETTLED
    told = {item.visit: item for item in items(counter.desk)}
    assert (told[broken].state, told[broken].reason) == (Waiting.NEEDS_PERSON, "program-fault")
    assert told[broken].outcome_unknown
    assert item_of(counter.desk, broken).reason == "program-fault"
    rows = {row.visit: row.left for row in first_look(counter.desk).open_visits}
    assert rows[broken] is Left.FAULT
    with pytest.raises(DeskError) as stumbled:
        retry(counter.desk, broken)
    assert stumbled.value.problems[0].kind is ProblemCode.FAILED


@pytest.mark.expects_log(LOGS)
@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (RuntimeError("孔试验"), "RuntimeError"),
        (NotAllowed(State.REVERSED, LinesUploaded), "NotAllowed"),
    ],
)
def test_a_try_at_which_the_program_stumbles_is_one_without_an_answer(
    counter: Counter,
    person: Mapping[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    name: str,
) -> None:
    """On disk, tried again by the backoff, and never taken for looked at."""
    finished = lost_settlement(counter, person, "after")

    def stumble(_desk: Desk, _log: VisitLog) -> None:
        raise fault

    monkeypatch.setitem(queue_module._TRIES, Open.SETTLEMENT, stumble)
    late = after(counter, timedelta(seconds=6))
    left = before_settling(late, ())
    (tried,) = counter.on_disk(finished).tried
    assert (tried.by, tried.found, tried.text) == (
        "desk",
        Found.NO_ANSWER,
        f"program-fault {name}",
    )
    assert [(item.visit, item.outcome_unknown) for item in left] == [(finished.visit, True)]
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    monkeypatch.undo()
    retry_due(after(counter, timedelta(minutes=1)))
    assert counter.on_disk(finished).state is State.SETTLED


@pytest.mark.expects_log(LOGS)
def test_a_bill_beside_which_a_record_cannot_be_read_is_not_settled(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """What nobody could look at may be its settlement."""
    bill = counter.order(bill_of(person)).bill
    broken = counter.desk.new_visit_id()
    entries = (BillTaken(bill), CashTaken(Money(100)))
    counter.desk.journal.append(broken, entries, counter.desk.clock())
    assert [item.reason for item in items(counter.desk)] == ["program-fault"]
    stopped = counter.settle(bill_of(person))
    (problem,) = stopped.problems
    assert (stopped.ending, problem.kind) == (Ending.NEEDS_PERSON, ProblemCode.VISIT_DAMAGED)
    assert broken in problem.detail
    assert counter.wire.sent == []


def test_a_full_disk_is_nobodys_own_fault(
    counter: Counter, person: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be done for any visit then: the queue ends, and says why."""
    finished = lost_settlement(counter, person, "after")

    def full(_desk: Desk, _log: VisitLog) -> None:
        raise JournalWriteFailed

    monkeypatch.setitem(queue_module._TRIES, Open.SETTLEMENT, full)
    with pytest.raises(JournalWriteFailed):
        retry_due(after(counter, timedelta(seconds=6)))
    assert counter.on_disk(finished).tried == ()
