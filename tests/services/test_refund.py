"""Giving back: whole, by lines, half-way and on again (2208; B33, B38, B39; E39 and E40)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.account_use import AccountUse
from desktop.domain.credential import Credential
from desktop.domain.money import Money
from desktop.domain.open_work import cash_left, refund_step
from desktop.domain.problems import DeskError, ProblemCode
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import from_qr
from desktop.services.one_settlement import standing_of
from desktop.services.queue import item_of, items, retry
from desktop.services.queue_items import Kind, Waiting
from desktop.services.refund import Refund
from desktop.services.settle import Agreement
from desktop.services.whole_refund import Refunded, RefundOrder, refund, refund_preview
from desktop.services.whole_settlement import Finished
from tests.rig.bills import BillOf
from tests.rig.examples import Example, examples
from tests.services.counter import MEDICINE, Counter, bill_of, codes, eligible, id_card
from tests.services.lost import (
    MANUAL,
    OVER,
    after,
    believed_not_booked,
    lost_settlement,
    site,
    tried,
)
from tests.services.stops import stopped_with
from tests.services.wire import setlinfo

PLATFORMS_NO = "FSI-系统繁忙[x_1]"
SIXTY = Money.parse("60.00")


def _e39() -> Example:
    return next(example for example in examples() if example.id == "E39")


@pytest.fixture
def settled(counter: Counter) -> Finished:
    """E39: 300.00 and 150.00, of which the patient paid 300.00."""
    example = _e39()
    example.prepare(counter.platform)
    finished = counter.settle(example.bill())
    assert finished.ending is Ending.SETTLED
    counter.wire.sent.clear()
    return finished


def _setl_id(finished: Finished) -> str:
    return str(finished.record.settlement.setl_id)  # type: ignore[union-attr]


def _rows(counter: Counter) -> list[tuple[str, str]]:
    rows = counter.platform.settlements(_e39().id_number)
    return [(row["state"], row["psn_cash_pay"]) for row in rows]


def _refund(counter: Counter, finished: Finished, *lines: str, **order: Any) -> Refunded:
    who: Callable[[], Credential] | None = order.pop("credential", None)
    return refund(counter.desk, RefundOrder(_setl_id(finished), lines, **order), who)


def _codes(done: Refunded) -> list[str]:
    return [problem.code for problem in done.problems]


def _sum(record: Any) -> str:
    return str(record.settlement.split.cash.yuan())


def test_the_sum_is_shown_before_anything_is_sent(counter: Counter, settled: Finished) -> None:
    """E39/E40: 60.00 go back for the item of 150.00, not its price and not its share."""
    shown = refund_preview(counter.desk, RefundOrder(_setl_id(settled), ("2",)))
    assert (shown.state, shown.money_back, shown.estimated) == ("previewed", SIXTY, True)
    whole = refund_preview(counter.desk, RefundOrder(_setl_id(settled)))
    assert (whole.money_back, whole.estimated) == (Money.parse("300.00"), False)
    assert counter.wire.sent == []


def test_a_whole_refund_gives_the_whole_cash_part_back(counter: Counter, settled: Finished) -> None:
    done = _refund(counter, settled)
    assert (done.state, done.problems) == ("cancelled", ())
    assert done.steps == ("2208", "2205", "2202")
    assert done.money_back == Money.parse("300.00")
    assert _rows(counter) == [("cancelled", "300.00"), ("negative", "-300.00")]
    assert counter.on_disk(settled).state is State.REVERSED
    assert counter.wire.infnos == list(done.steps)
    assert counter.wire.sent[0].fresh


def test_a_partial_refund_reverses_the_slip_and_settles_the_rest_anew(
    counter: Counter, settled: Finished
) -> None:
    """B39: in the same visit, with a new batch and a new msgid."""
    done = _refund(counter, settled, "2", expected_back=SIXTY)
    assert (done.state, done.money_back, done.problems) == ("resettled", SIXTY, ())
    assert done.steps == ("2208", "2205", "2204", "2206", "2207")
    assert counter.wire.infnos == list(done.steps)
    assert _rows(counter)[0] == ("cancelled", "300.00")
    assert _rows(counter)[-1] == ("effective", "240.00")
    record = counter.on_disk(settled)
    assert (record.state, _sum(record)) == (State.SETTLED, "240.00")
    assert record.mdtrt_id == settled.record.mdtrt_id
    assert record.batch != settled.record.batch
    assert record.msgid != settled.record.msgid
    assert [line.line_no for line in record.bill.lines] == ["1"]  # type: ignore[union-attr]


def test_naming_every_line_is_a_whole_refund(counter: Counter, settled: Finished) -> None:
    assert _refund(counter, settled, "1", "2").state == "cancelled"


@pytest.mark.parametrize("lines", [(), ("2",)])
def test_a_settlement_is_given_back_once(
    counter: Counter, settled: Finished, lines: tuple[str, ...]
) -> None:
    """The same command again, as a script would: above all it never takes the new one back."""
    assert _refund(counter, settled, *lines).state in ("cancelled", "resettled")
    rows = _rows(counter)
    counter.wire.sent.clear()
    for again in (lines, ("1",), ()):
        done = _refund(counter, settled, *again)
        assert (done.state, _codes(done)) == ("failed", ["nothing-to-cancel"])
    assert (counter.wire.sent, _rows(counter)) == ([], rows)


def test_what_a_partial_refund_left_can_be_given_back_too(
    counter: Counter, settled: Finished
) -> None:
    first = _refund(counter, settled, "2")
    assert first.new is not None
    done = refund(counter.desk, RefundOrder(str(first.new.setl_id)), None)
    assert (done.state, done.money_back) == ("cancelled", Money.parse("240.00"))
    assert "effective" not in [state for state, _ in _rows(counter)]


def test_what_is_not_ours_is_not_given_back(counter: Counter, settled: Finished) -> None:
    done = refund(counter.desk, RefundOrder("430000202305020000001"), None)
    assert (done.state, _codes(done)) == ("failed", ["nothing-to-cancel"])
    assert counter.wire.sent == []


def test_a_line_that_is_not_in_the_bill_is_named(counter: Counter, settled: Finished) -> None:
    done = _refund(counter, settled, "2", "7")
    assert (done.state, _codes(done)) == ("failed", ["line-not-in-bill"])
    assert "7" in done.problems[0].message
    assert counter.wire.sent == []


@pytest.mark.parametrize("lines", [(), ("2",)])
def test_another_sum_than_the_patient_saw_sends_nothing(
    counter: Counter, settled: Finished, lines: tuple[str, ...]
) -> None:
    done = _refund(counter, settled, *lines, expected_back=Money.parse("59.99"))
    assert (done.state, _codes(done), done.steps) == ("needs-person", ["back-differs"], ())
    assert counter.wire.sent == []


def test_another_sum_after_the_2208_settles_nothing_anew(
    counter: Counter, settled: Finished
) -> None:
    """Quota used elsewhere meanwhile: the true sum is told, and asked for again."""
    counter.wire.before("2208", lambda _: _used_elsewhere(counter))
    done = _refund(counter, settled, "2", expected_back=SIXTY)
    assert (done.state, _codes(done)) == ("needs-person", ["refund-half-done", "back-differs"])
    assert done.steps == ("2208", "2205", "2204", "2206")
    true_sum = done.problems[1].message.split("：")[1].removesuffix(" 元")
    counter.wire.sent.clear()
    agreed = _refund(counter, settled, "2", expected_back=Money.parse(true_sum))
    assert (agreed.state, agreed.steps) == ("resettled", ("2206", "2207"))
    assert agreed.money_back == Money.parse(true_sum)


def _used_elsewhere(counter: Counter) -> None:
    counter.platform.elsewhere(_e39().id_number, "2023-08-01", "1990.00")


HALF_WAY = [
    ("2205", "2205", ("2208",)),
    ("2204", "2204", ("2208", "2205")),
    ("2206", "2206", ("2208", "2205", "2204")),
    ("2207", "2206", ("2208", "2205", "2204", "2206")),
]
"""Where it is refused, the step that is named, what went through."""


@pytest.mark.parametrize(("infno", "step", "went"), HALF_WAY, ids=[row[0] for row in HALF_WAY])
def test_a_refusal_half_way_names_the_step_and_the_same_command_goes_on(
    counter: Counter, settled: Finished, infno: str, step: str, went: tuple[str, ...]
) -> None:
    counter.wire.refuse(infno, PLATFORMS_NO)
    done = _refund(counter, settled, "2")
    assert (done.state, done.steps) == ("needs-person", went)
    assert _codes(done)[0] == "refund-half-done"
    assert f"下一步 {step}" in done.problems[0].message
    item = item_of(counter.desk, settled.visit)
    assert (item.kind, item.state, item.step) == (Kind.CANCEL, Waiting.NEEDS_PERSON, step)
    assert item.outcome_unknown is False
    counter.wire.refuse(infno, "")
    again = _refund(counter, settled, "2")
    assert (again.state, again.money_back) == ("resettled", SIXTY)
    assert [state for state, _ in _rows(counter)].count("effective") == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("infno", ["2205", "2204", "2206"])
def test_a_lost_answer_half_way_names_the_step_and_the_same_command_goes_on(
    counter: Counter, settled: Finished, infno: str, when: str
) -> None:
    counter.platform.fault(infno, when, "reset")
    done = _refund(counter, settled, "2")
    assert (done.state, _codes(done)[0]) == ("needs-person", "refund-half-done")
    assert f"下一步 {infno}" in done.problems[0].message
    again = _refund(counter, settled, "2", expected_back=SIXTY)
    assert (again.state, again.money_back, _codes(again)) == ("resettled", SIXTY, [])
    assert _rows(counter)[-1] == ("effective", "240.00")


def test_a_refusal_after_a_lost_2205_is_told_and_is_not_taken_for_gone(
    counter: Counter, settled: Finished
) -> None:
    """Uploaded beside lines that are still there, the rest would be charged twice."""
    counter.platform.fault("2205", "before", "reset")
    assert _codes(_refund(counter, settled, "2")) == ["refund-half-done", "no-usable-answer"]
    counter.wire.refuse("2205", PLATFORMS_NO)
    counter.wire.sent.clear()
    done = _refund(counter, settled, "2")
    assert (done.state, _codes(done)) == ("needs-person", ["refund-half-done", "refused"])
    assert PLATFORMS_NO in done.problems[1].message
    assert counter.wire.infnos[-1] == "2205"
    assert [sent.infno for sent in counter.on_disk(settled).unanswered] == ["2205"]
    counter.wire.refuse("2205", "")
    assert _refund(counter, settled, "2", expected_back=SIXTY).state == "resettled"


def test_a_partial_refund_of_what_the_platform_booked_twice_tells_its_no(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The other booking holds the lines: 2205 is refused, and that is what people hear."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", "after", "duplicate")
    doubled = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    assert doubled.ending is Ending.SETTLED
    done = _refund(counter, doubled, "2")
    assert (done.state, done.steps) == ("needs-person", ("2208",))
    assert "no-usable-answer" not in _codes(done)
    assert "已结算" in done.problems[1].message


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("infno", ["2205", "2204", "2206"])
def test_a_refund_that_stopped_half_way_can_be_unwound(
    counter: Counter, settled: Finished, infno: str, when: str
) -> None:
    """``--unwind``: settle nothing anew, everything goes back."""
    counter.platform.fault(infno, when, "reset")
    _refund(counter, settled, "2")
    done = _refund(counter, settled, unwind=True)
    assert (done.state, done.money_back) == ("cancelled", Money.parse("300.00"))
    assert [state for state, _ in _rows(counter)] == ["cancelled", "negative"]
    assert counter.on_disk(settled).state is State.REVERSED


def test_a_refund_that_was_refused_at_the_end_can_be_unwound(
    counter: Counter, settled: Finished
) -> None:
    """The 2207 that was refused has not made the desk forget what the patient paid."""
    counter.wire.refuse("2207", PLATFORMS_NO)
    _refund(counter, settled, "2")
    done = _refund(counter, settled, unwind=True)
    assert (done.state, done.money_back) == ("cancelled", Money.parse("300.00"))


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_2207_of_the_rest_is_unknown_and_is_resolved_like_any_other(
    counter: Counter, settled: Finished, when: str
) -> None:
    counter.platform.fault("2207", when, "reset")
    done = _refund(counter, settled, "2")
    assert (done.state, _codes(done)) == ("unknown", ["outcome-unknown"])
    assert done.steps == ("2208", "2205", "2204", "2206")
    counter.wire.sent.clear()
    again = _refund(counter, settled, "2")
    assert (again.state, _codes(again), counter.wire.sent) == ("unknown", ["outcome-unknown"], [])
    tried(counter.desk, settled.visit)
    record = tried(after(counter, OVER), settled.visit) if when == "before" else None
    if record is None:
        assert _rows(counter)[-1] == ("effective", "240.00")
        assert counter.on_disk(settled).state is State.SETTLED
        assert counter.on_disk(settled).refund is None
    else:
        counter.wire.refuse("2206", "")
        last = _refund(counter, settled, "2")
        assert (last.state, last.money_back) == ("resettled", SIXTY)


def test_who_leaves_before_the_rest_is_settled_leaves_a_half_done_refund(
    counter: Counter, settled: Finished
) -> None:
    """B30 is for a first settlement; here the desk holds cash that must not be forgotten."""
    window = DeskVisit(counter.desk, VisitId(settled.visit))
    window.collect(Money.parse("300.00"))
    window.release()
    counter.platform.fault("2207", "before", "reset")
    assert _refund(counter, settled, "2").state == "unknown"
    DeskVisit(counter.desk, VisitId(settled.visit)).patient_leaves()
    record = believed_not_booked(counter, settled.visit)
    assert (record.state, record.cash_taken) == (State.CHARGES, Money.parse("300.00"))
    (item,) = items(counter.desk)
    assert (item.state, item.step) == (Waiting.NEEDS_PERSON, "2206")


def test_other_lines_than_those_that_are_under_way_are_not_taken(
    counter: Counter, settled: Finished
) -> None:
    """Neither is a bare whole refund: it is asked whether to go on or to unwind."""
    counter.wire.refuse("2206", PLATFORMS_NO)
    _refund(counter, settled, "2")
    counter.wire.refuse("2206", "")
    counter.wire.sent.clear()
    for lines in (("1",), ()):
        done = _refund(counter, settled, *lines)
        assert (done.state, _codes(done)) == ("needs-person", ["refund-half-done"])
        assert "退第 2 行" in done.problems[0].message
    shown = refund_preview(counter.desk, RefundOrder(_setl_id(settled), ("2",)))
    assert (shown.state, _codes(shown)) == ("needs-person", ["refund-half-done"])
    assert counter.wire.sent == []


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("what", ["reset", "garble"])
def test_a_lost_2208_is_asked_for_and_never_sent_again(
    counter: Counter, settled: Finished, when: str, what: str
) -> None:
    """B38: 5203 with the known setl_id, the negative number from 3202."""
    counter.platform.fault("2208", when, what)
    done = _refund(counter, settled)
    assert (done.state, _codes(done), done.steps) == ("unknown", ["outcome-unknown"], ())
    item = item_of(counter.desk, settled.visit)
    assert (item.kind, item.state, item.outcome_unknown) == (Kind.CANCEL, Waiting.UNKNOWN, True)
    again = _refund(counter, settled)
    assert (again.state, _codes(again)) == ("unknown", ["outcome-unknown"])
    record = tried(counter.desk, settled.visit)
    if when == "before":
        assert record.state is State.REVERSING
        record = tried(after(counter, OVER), settled.visit)
        assert (record.state, record.effectively_settled) == (State.SETTLED, True)
    else:
        rows = counter.platform.settlements(_e39().id_number)
        assert record.state is State.REVERSED
        assert record.cancelled_by is not None
        assert record.cancelled_by.setl_id == rows[-1]["setl_id"]
        assert rows[-1]["state"] == "negative"
    assert counter.wire.infnos.count("2208") == 1
    assert "2601" not in counter.wire.infnos


def test_the_outage_is_that_of_the_2208(counter: Counter, person: Mapping[str, Any]) -> None:
    """Not that of the 2207 which had lost its answer too, and was found."""
    finished = lost_settlement(counter, person, "after", "http500")
    assert tried(counter.desk, finished.visit).state is State.SETTLED
    counter.platform.fault("2208", "after", "reset")
    found = counter.on_disk(finished).settlement
    assert found is not None
    assert refund(counter.desk, RefundOrder(str(found.setl_id)), None).state == "unknown"
    assert item_of(counter.desk, finished.visit).outage.startswith("broken-off")


def test_a_lost_2208_of_some_lines_goes_on_when_it_is_found(
    counter: Counter, settled: Finished
) -> None:
    counter.platform.fault("2208", "after", "reset")
    assert _refund(counter, settled, "2").state == "unknown"
    retry(counter.desk, settled.visit)
    item = item_of(counter.desk, settled.visit)
    assert (item.state, item.step) == (Waiting.NEEDS_PERSON, "2205")
    done = _refund(counter, settled, "2")
    assert (done.state, done.money_back) == ("resettled", SIXTY)


def test_a_lost_2208_where_3202_is_not_open_is_through_without_its_number(
    counter: Counter, settled: Finished
) -> None:
    """5203 says refunded: the cash may go back; nobody there can name the negative settlement."""
    counter.platform.fault("2208", "after", "reset")
    _refund(counter, settled)
    desk = site(counter, reversal=MANUAL, queries=frozenset(("5203",)))
    record = tried(desk, settled.visit)
    assert (record.state, record.cancelled, record.cancelled_by) == (State.REVERSED, True, None)
    assert not record.effectively_settled


def test_a_lost_2208_where_nothing_is_open_is_the_offices(
    counter: Counter, settled: Finished
) -> None:
    """Nobody is asked; the desk says so once."""
    counter.platform.fault("2208", "after", "reset")
    _refund(counter, settled)
    desk = site(counter, reversal=MANUAL, queries=frozenset())
    tried(desk, settled.visit)
    record = tried(desk, settled.visit)
    assert (record.state, len(record.handed_over)) == (State.REVERSING, 1)
    assert "5203" not in counter.wire.infnos


def test_two_openings_of_one_visit_send_one_2208(counter: Counter, settled: Finished) -> None:
    """B38: never a second one, however the first ended."""
    first, second = (Refund(counter.desk, VisitId(settled.visit)) for _ in range(2))
    assert first.cancel((), "0001").ending is Ending.SETTLED
    with pytest.raises(Stopped) as stop:
        second.cancel((), "0001")
    assert stop.value.problems[0].kind is ProblemCode.OPEN_ELSEWHERE
    assert len(counter.wire.of("2208")) == 1


def test_a_refused_2208_leaves_the_settlement_as_it_was(
    counter: Counter, settled: Finished
) -> None:
    counter.wire.refuse("2208", PLATFORMS_NO)
    done = _refund(counter, settled, "2")
    assert (done.state, done.steps) == ("refused", ())
    record = counter.on_disk(settled)
    assert (record.state, record.effectively_settled, record.refund) == (State.SETTLED, True, None)
    counter.wire.refuse("2208", "")
    assert _refund(counter, settled, "2").state == "resettled"


def test_a_settlement_that_needs_its_check_can_be_given_back(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B31: by 2208; and a refused one still needs its check."""
    counter.wire.answer("2207", setlinfo(psn_cash_pay="0.01"))
    finished = counter.settle(bill_of(person))
    counter.wire.refuse("2208", PLATFORMS_NO)
    assert _refund(counter, finished).state == "refused"
    assert counter.on_disk(finished).state is State.SETTLED_NEEDS_CHECK
    counter.wire.refuse("2208", "")
    assert _refund(counter, finished).state == "cancelled"


def _by_voucher(counter: Counter) -> Finished:
    example = _e39()
    example.prepare(counter.platform)
    credential = from_qr(counter.desk, counter.platform.voucher(example.id_number))
    finished = counter.settle(example.bill(), credential)
    assert finished.ending is Ending.SETTLED, codes(finished)
    counter.wire.sent.clear()
    return finished


def test_a_voucher_must_be_scanned_afresh_before_the_2208(counter: Counter) -> None:
    """B39: what was settled by a code that is spent cannot be settled anew with it."""
    finished = _by_voucher(counter)
    done = _refund(counter, finished, "2")
    assert (done.state, _codes(done)) == ("needs-person", ["credential-needed"])
    assert counter.wire.sent == []
    code = counter.platform.voucher(_e39().id_number)
    done = _refund(counter, finished, "2", credential=lambda: from_qr(counter.desk, code))
    assert (done.state, done.money_back) == ("resettled", SIXTY)
    assert counter.wire.infnos[:3] == ["ec.query", "1101", "2208"]


def test_a_voucher_is_not_needed_to_give_everything_back(counter: Counter) -> None:
    assert _refund(counter, _by_voucher(counter)).state == "cancelled"


def test_the_credential_must_be_of_the_same_person(
    counter: Counter, settled: Finished, person: Mapping[str, Any]
) -> None:
    done = _refund(counter, settled, "2", credential=lambda: id_card(person["certno"]))
    assert (done.state, _codes(done)) == ("needs-person", ["patient-mismatch"])
    assert "2208" not in counter.wire.infnos


@pytest.mark.parametrize("revision", [1, 2])
def test_a_bill_that_is_half_given_back_is_not_settled_by_another_visit(
    counter: Counter, settled: Finished, revision: int
) -> None:
    """In no revision: the lines that were kept would be booked twice when the refund goes on."""
    counter.wire.refuse("2206", PLATFORMS_NO)
    _refund(counter, settled, "2")
    counter.wire.refuse("2206", "")
    again = counter.settle(replace(_e39().bill(), revision=revision))
    assert (again.ending, codes(again)) == (Ending.NEEDS_PERSON, ["refund-half-done"])


def test_a_bill_that_was_given_back_can_be_settled_anew(
    counter: Counter, settled: Finished
) -> None:
    _refund(counter, settled)
    again = counter.settle(_e39().bill())
    assert (again.ending, again.visit != settled.visit) == (Ending.SETTLED, True)
    assert standing_of(counter.desk, counter.order(_e39().bill()).bill) is not None


def test_cash_that_was_taken_is_given_back_before_the_visit_closes(
    counter: Counter, settled: Finished
) -> None:
    """The cash with the desk and the effective settlement's cash part reconcile (B38)."""
    window = DeskVisit(counter.desk, VisitId(settled.visit))
    window.collect(Money.parse("300.00"))
    window.release()
    assert _refund(counter, settled).state == "cancelled"
    assert counter.on_disk(settled).cash_taken == Money.parse("300.00")
    assert settled.visit in counter.opened.journal.open_visits()
    work = Refund(counter.desk, VisitId(settled.visit))
    assert work.give_cash_back() == Money.parse("300.00")
    record = counter.on_disk(settled)
    assert (record.state, record.cash_taken, record.effectively_settled) == (
        State.CLOSED,
        None,
        False,
    )


def test_another_window_that_has_the_visit_comes_first(counter: Counter, settled: Finished) -> None:
    DeskVisit(counter.desk, VisitId(settled.visit))
    desk = site(counter)
    work = RefundOrder(_setl_id(settled))
    other = refund(_at_window(desk, "02"), work, None)
    assert (other.state, _codes(other)) == ("needs-person", ["open-elsewhere"])
    assert counter.wire.sent == []


def _at_window(desk: Any, window: str) -> Any:

    return structs.replace(desk, window=window)


def test_nothing_waits_after_a_refund_that_went_through(
    counter: Counter, settled: Finished
) -> None:
    _refund(counter, settled, "2")
    assert items(counter.desk) == ()


def test_what_was_never_paid_does_not_go_back(counter: Counter, person: Mapping[str, Any]) -> None:
    """B33, B34: settled at this window, and the patient left without paying."""
    visit = _unpaid(counter, bill_of(person, MEDICINE, MEDICINE))
    settlement = visit.record.settlement
    assert settlement is not None
    whole = RefundOrder(str(settlement.setl_id))
    part = structs.replace(whole, lines_back=("2",))
    estimate = refund_preview(counter.desk, part).money_back
    done = refund(counter.desk, part, None)
    assert done.new is not None
    assert done.new.split.cash is not None
    assert (estimate, done.money_back) == (-done.new.split.cash, -done.new.split.cash)
    whole = RefundOrder(str(done.new.setl_id))
    assert refund_preview(counter.desk, whole).money_back == Money(0)
    assert refund(counter.desk, whole, None).money_back == Money(0)
    assert cash_left(counter.desk.record(visit.id)) is None


def test_of_what_was_exchanged_only_the_rest_goes_back(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The desk still holds the cash from before the partial refund: all of that goes back."""
    visit = _unpaid(counter, bill_of(person, MEDICINE, MEDICINE))
    settlement = visit.record.settlement
    assert settlement is not None
    assert settlement.split.cash is not None
    held = settlement.split.cash
    DeskVisit(counter.desk, visit.id).collect(held)
    part = refund(counter.desk, RefundOrder(str(settlement.setl_id), ("2",)), None)
    assert part.new is not None
    whole = RefundOrder(str(part.new.setl_id))
    assert refund_preview(counter.desk, whole).money_back == held
    assert refund(counter.desk, whole, None).money_back == held
    assert cash_left(counter.desk.record(visit.id)) == -held


def _unpaid(counter: Counter, bill: BillOf) -> DeskVisit:
    visit = eligible(counter.desk, counter.order(bill).bill)
    visit.upload()
    offered = visit.offer(AccountUse.NONE)
    agreed = Agreement(AccountUse.NONE, "0001", offered.split.cash, pays_here=True)
    assert visit.commit(agreed).ending is Ending.SETTLED
    visit.patient_leaves()
    return visit


def test_a_sum_that_nobody_knows_was_told_to_nobody(
    counter: Counter, settled: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the answer tells too little for an estimate, an expected sum stops the order before
    anything is sent.
    """
    monkeypatch.setattr("desktop.services.refund.money_back", lambda *_told: None)
    setl_id = str(settled.record.settlement.setl_id)  # type: ignore[union-attr]
    done = refund(counter.desk, RefundOrder(setl_id, ("2",), SIXTY), None)
    assert (done.state, [p.code for p in done.problems]) == ("needs-person", ["back-not-told"])
    assert counter.wire.of("2208") == []


def test_an_unwinding_gives_back_what_was_told_or_stops(
    counter: Counter, settled: Finished
) -> None:
    """The whole settlement goes back then: 300.00 were paid."""
    setl_id = str(settled.record.settlement.setl_id)  # type: ignore[union-attr]
    counter.platform.fault("2204", "before", "reset")
    assert refund(counter.desk, RefundOrder(setl_id, ("2",)), None).state == "needs-person"
    told = RefundOrder(setl_id, (), Money.parse("60.00"), unwind=True)
    done = refund(counter.desk, told, None)
    assert "back-differs" in [problem.code for problem in done.problems]
    assert refund_step(counter.on_disk(settled))
    right = RefundOrder(setl_id, (), Money.parse("300.00"), unwind=True)
    assert refund(counter.desk, right, None).state == "cancelled"


def _cash_to_give(counter: Counter, settled: Finished) -> VisitId:
    """Paid here, and taken back at the platform."""
    visit = DeskVisit(counter.desk, VisitId(settled.visit))
    visit.collect(Money.parse("300.00"))
    work = Refund(counter.desk, visit.id)
    assert work.cancel((), "0001").ending is Ending.SETTLED
    work.release()
    return visit.id


def test_cash_goes_back_once(counter: Counter, settled: Finished) -> None:
    """Two openings of one refund: the second finds it given back."""
    visit = _cash_to_give(counter, settled)
    first, second = Refund(counter.desk, visit), Refund(counter.desk, visit)
    assert first.give_cash_back() == Money.parse("300.00")
    assert stopped_with(second.give_cash_back) == ["open-elsewhere"]


def test_no_cash_goes_back_of_what_another_window_works_on(
    counter: Counter, settled: Finished
) -> None:
    """B49."""
    visit = _cash_to_give(counter, settled)
    there = structs.replace(counter.desk, window="02")
    other = DeskVisit(there, visit)
    assert stopped_with(Refund(counter.desk, visit).give_cash_back) == ["open-elsewhere"]
    other.release()
    assert Refund(counter.desk, visit).give_cash_back() == Money.parse("300.00")


def test_what_another_opening_of_the_refund_ended_is_not_gone_on_with(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Seed 13858: unwound while the kept lines were on their way; the journal can be followed."""
    done = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    goes_on = Refund(counter.desk, VisitId(done.visit))
    goes_on.present(id_card(person["certno"]))
    goes_on.cancel(("2",), "0001")
    unwinds = Refund(counter.desk, VisitId(done.visit))
    counter.wire.before("2204", lambda _: unwinds.unwind("0001"))
    with pytest.raises(DeskError) as told:
        goes_on.offer_rest()
    assert told.value.problems[0].kind is ProblemCode.OPEN_ELSEWHERE
    counter.desk.memory.forget(VisitId(done.visit))
    record = counter.desk.record(VisitId(done.visit))
    assert (record.state, refund_step(record)) == (State.REVERSED, "")
    assert [sent.infno for sent in record.unanswered] == ["2204"]
