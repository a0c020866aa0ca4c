"""A lost 2207 comes to a known end, and is never sent again (unknown-outcome; B28–B30)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.notes import Found, Open
from desktop.domain.open_work import is_handed_over
from desktop.domain.visit import State
from desktop.services.ending import Ending
from desktop.services.queue import retry
from tests.services.counter import Counter, bill_of
from tests.services.lost import (
    BY_2208,
    MANUAL,
    OVER,
    after,
    believed_not_booked,
    lost_settlement,
    pc_clock,
    platform_clock,
    site,
    tried,
)
from tests.services.wire import refusing, setlinfo

SPOILT = (pytest.param("drop", marks=pytest.mark.silent), "garble")
NO_SUCH = "FSI-未查询到被冲正的原交易[reverseBO_1]"
NOT_OPEN = "FSI-参保地未开通冲正交易[reverseBO_4]"
BUSY = "FSI-系统繁忙[x_1]"


def _states(counter: Counter, person: Mapping[str, Any]) -> list[str]:
    return [row["state"] for row in counter.platform.settlements(person["certno"])]


@pytest.mark.parametrize("what", SPOILT)
def test_what_was_booked_is_found_and_adopted_to_the_fen(
    counter: Counter, person: Mapping[str, Any], what: str
) -> None:
    """3202 → our msgid → setl_id → 5203 → the amounts."""
    finished = lost_settlement(counter, person, "after", what)
    record = tried(counter.desk, finished.visit)
    (booked,) = counter.effective(bill_of(person))
    found = record.settlement
    assert found is not None
    assert record.state is State.SETTLED
    assert (found.setl_id, found.msgid) == (booked["setl_id"], booked["medins_setl_id"])
    split = found.split
    told = (split.total, split.fund_total, split.account, split.cash)
    names = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")
    assert [amount.yuan() for amount in told if amount is not None] == [
        booked[name] for name in names
    ]
    assert counter.wire.infnos == ["9101", "3202", "9102", "5203"]


@pytest.mark.parametrize("what", SPOILT)
def test_what_was_not_booked_is_believed_only_when_it_is_repeated_after_the_horizon(
    counter: Counter, person: Mapping[str, Any], what: str
) -> None:
    """Rule 4; 2601 is the second witness, and its "no such transaction" counts as one."""
    finished = lost_settlement(counter, person, "before", what)
    first = tried(counter.desk, finished.visit)
    assert (first.state, first.tried[-1].found) == (State.UNKNOWN, Found.NOT_FOUND)
    assert "2601" not in counter.wire.infnos
    record = tried(after(counter, OVER), finished.visit)
    assert record.state is State.CHARGES
    assert counter.wire.infnos.count("2601") == 1
    assert "2207" not in counter.wire.infnos


def test_books_of_another_agency_than_the_previews_are_looked_through_too(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """The agency that clears is told by 2207 itself, and its answer is what was lost."""
    counter.wire.answer("2206", setlinfo(clr_optins="430200"))
    finished = lost_settlement(counter, person, "after")
    assert tried(counter.desk, finished.visit).state is State.SETTLED
    assert len(counter.wire.of("3202")) == 2


def test_a_single_not_found_decides_nothing_however_late(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    record = tried(after(counter, OVER), finished.visit)
    assert (record.state, len(record.tried)) == (State.UNKNOWN, 1)


def test_two_looks_within_the_horizon_decide_nothing(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    tried(counter.desk, finished.visit)
    assert tried(counter.desk, finished.visit).state is State.UNKNOWN


def test_the_pcs_clock_alone_makes_nothing_certain(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A clock that jumps an hour on is no horizon: only the platform's own time counts."""
    finished = lost_settlement(counter, person, "before")
    tried(counter.desk, finished.visit)
    assert tried(pc_clock(counter.desk, 6 * OVER), finished.visit).state is State.UNKNOWN


def test_a_look_is_as_old_as_its_question(counter: Counter, person: Mapping[str, Any]) -> None:
    """What 3202 compared before the horizon is not made younger by a slow download (9102)."""
    finished = lost_settlement(counter, person, "before")
    tried(counter.desk, finished.visit)
    looked = after(counter, OVER)
    counter.wire.answer("9101", lambda _: None)
    record = tried(looked, finished.visit)
    assert record.state is State.UNKNOWN


@pytest.mark.silent
@pytest.mark.parametrize(("queries", "by"), [(("3202", "5203", "5201"), "3202"), ((), "2601")])
def test_a_late_booking_within_the_horizon_is_found(
    counter: Counter, person: Mapping[str, Any], queries: tuple[str, ...], by: str
) -> None:
    finished = lost_settlement(counter, person, "before", "late", seconds=1.2)
    desk = site(counter, queries=frozenset(queries))
    assert tried(desk, finished.visit).state is State.UNKNOWN
    while not counter.effective(bill_of(person)):
        pass
    record = tried(after(counter, OVER, desk), finished.visit)
    settled = State.SETTLED if by == "3202" else State.CHARGES
    assert record.state is settled
    assert _states(counter, person) == ["effective" if by == "3202" else "reversed"]


def test_without_queries_the_settlement_is_reversed(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    record = tried(site(counter, queries=frozenset()), finished.visit)
    assert (record.state, _states(counter, person)) == (State.CHARGES, ["reversed"])
    assert counter.wire.infnos == ["2601"]
    (sent,) = counter.wire.of("2601")
    assert sent.fresh
    assert sent.input["data"]["omsgid"] == finished.record.msgid
    assert sent.input["data"]["oinfno"] == "2207"


@pytest.mark.parametrize("what", SPOILT)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_reversal_without_an_answer_is_repeated_and_never_replaced(
    counter: Counter, person: Mapping[str, Any], when: str, what: str
) -> None:
    """B29: 2601 only, until a definite answer; a query could find what is about to be undone."""
    finished = lost_settlement(counter, person, "after")
    counter.platform.fault("2601", when, what)
    desk = site(counter, queries=frozenset())
    record = tried(desk, finished.visit)
    assert (record.state, record.unanswered[0].infno) == (State.UNKNOWN, "2601")
    record = tried(counter.desk, finished.visit)
    assert (record.state, record.unanswered) == (State.CHARGES, ())
    assert _states(counter, person) == ["reversed"]
    assert counter.wire.infnos == ["2601", "2601"]


def test_the_reversals_intent_is_on_disk_before_it_leaves(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    seen: list[str] = []

    def look(_: object) -> None:
        with counter.second_reader() as journal:
            seen.extend(row.entry.infno for row in journal.unanswered())  # type: ignore[union-attr]

    counter.wire.before("2601", look)
    tried(site(counter, queries=frozenset()), finished.visit)
    assert seen == ["2601"]


def test_an_area_that_does_not_reverse_is_asked_by_query_again(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A reversal whose answer was lost must not stand in the way when 2601 is not open at all."""
    finished = lost_settlement(counter, person, "after")
    counter.platform.area(person["insured"][0]["area"], reversal_2601=False)
    counter.platform.fault("2601", "before", "reset")
    assert tried(site(counter, queries=frozenset()), finished.visit).state is State.UNKNOWN
    assert tried(counter.desk, finished.visit).state is State.UNKNOWN
    assert tried(counter.desk, finished.visit).state is State.SETTLED
    assert _states(counter, person) == ["effective"]


def test_an_area_that_does_not_reverse_is_believed_by_query_alone(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    counter.platform.area(person["insured"][0]["area"], reversal_2601=False)
    record = believed_not_booked(counter, finished.visit)
    assert record.state is State.CHARGES


@pytest.mark.parametrize("policy", [BY_2208, MANUAL])
def test_a_site_without_2601_never_sends_it(
    counter: Counter, person: Mapping[str, Any], policy: Any
) -> None:
    finished = lost_settlement(counter, person, "after")
    record = tried(site(counter, reversal=policy), finished.visit)
    assert (record.state, _states(counter, person)) == (State.SETTLED, ["effective"])
    assert "2601" not in counter.wire.infnos


@pytest.mark.parametrize("policy", [BY_2208, MANUAL])
def test_a_site_without_2601_believes_a_repeated_not_found(
    counter: Counter, person: Mapping[str, Any], policy: Any
) -> None:
    finished = lost_settlement(counter, person, "before")
    record = believed_not_booked(counter, finished.visit, site(counter, reversal=policy))
    assert record.state is State.CHARGES
    assert "2601" not in counter.wire.infnos


@pytest.mark.parametrize("policy", [BY_2208, MANUAL])
@pytest.mark.parametrize("queries", [(), ("5203", "5201"), ("3202",)])
def test_where_no_way_is_open_the_office_has_it_at_once(
    counter: Counter, person: Mapping[str, Any], policy: Any, queries: tuple[str, ...]
) -> None:
    """B28 ``manual``: it waits for 医保办, not for twelve tries that ask nobody."""
    finished = lost_settlement(counter, person, "after")
    desk = site(counter, reversal=policy, queries=frozenset(queries))
    record = tried(desk, finished.visit)
    assert record.state is State.UNKNOWN
    assert is_handed_over(record, Open.SETTLEMENT)
    assert counter.wire.sent == []
    tried(desk, finished.visit)
    assert len(counter.desk.record(counter.opened.journal.open_visits()[0]).handed_over) == 1


def test_a_double_booking_needs_a_person(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.platform.options(repeat_2207="book")
    counter.wire.answer("2207", lambda tree: tree.update(infcode=None))
    counter.platform.fault("2207", "after", "duplicate")
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.UNKNOWN
    counter.wire.sent.clear()
    for _ in range(2):
        record = tried(counter.desk, finished.visit)
        assert (record.state, len(record.handed_over)) == (State.UNKNOWN, 1)
        assert record.tried[-1].found is Found.DOUBLE
    assert "2601" not in counter.wire.infnos
    assert _states(counter, person) == ["effective", "effective"]


def test_a_settlement_of_another_msgid_is_not_adopted(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    other = "H43010000001202305020000000000"
    counter.wire.answer(
        "5203", lambda tree: tree["output"]["setlinfo"].update(medins_setl_id=other)
    )
    record = tried(site(counter, reversal=MANUAL), finished.visit)
    assert (record.state, record.settlement) == (State.UNKNOWN, None)
    assert record.tried[-1].found is Found.NO_ANSWER


@pytest.mark.parametrize("infno", ["9101", "3202", "9102", "5203"])
def test_an_unanswered_query_is_no_not_found(
    counter: Counter, person: Mapping[str, Any], infno: str
) -> None:
    finished = lost_settlement(counter, person, "after")
    counter.platform.fault(infno, "before", "reset", times=2)
    desk = site(counter, reversal=MANUAL)
    tried(desk, finished.visit)
    record = tried(after(counter, OVER, desk), finished.visit)
    assert (record.state, record.tried[-1].found) == (State.UNKNOWN, Found.NO_ANSWER)
    assert tried(desk, finished.visit).state is State.SETTLED


@pytest.mark.parametrize("infno", ["9101", "3202", "5203"])
def test_a_query_that_is_refused_is_no_not_found(
    counter: Counter, person: Mapping[str, Any], infno: str
) -> None:
    finished = lost_settlement(counter, person, "after")
    counter.wire.answer(infno, refusing(BUSY))
    desk = site(counter, reversal=MANUAL)
    for _ in range(2):
        record = tried(desk, finished.visit)
        assert (record.state, record.tried[-1].found) == (State.UNKNOWN, Found.REFUSED)


@pytest.mark.parametrize(("text", "state"), [(NO_SUCH, State.UNKNOWN), (BUSY, State.UNKNOWN)])
def test_a_refused_reversal_undoes_nothing_by_itself(
    counter: Counter, person: Mapping[str, Any], text: str, state: State
) -> None:
    finished = lost_settlement(counter, person, "after")
    counter.wire.answer("2601", refusing(text))
    record = tried(site(counter, queries=frozenset()), finished.visit)
    assert record.state is state


@pytest.mark.parametrize("cancelled", ["2208", "2601"])
def test_what_somebody_else_undid_is_undone(
    counter: Counter, person: Mapping[str, Any], cancelled: str
) -> None:
    """The office helped itself by telephone before the desk looked."""
    words = {"2208": "FSI-退费结算标志不为未退费，不能冲正", "2601": "FSI-该交易已冲正"}
    finished = lost_settlement(counter, person, "after")
    counter.wire.answer("2601", refusing(words[cancelled]))
    record = tried(site(counter, queries=frozenset()), finished.visit)
    assert record.state is State.CHARGES


def test_a_settlement_that_was_refunded_meanwhile_is_undone(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    counter.wire.answer("5203", lambda tree: tree["output"]["setlinfo"].update(refd_setl_flag="1"))
    assert tried(counter.desk, finished.visit).state is State.CHARGES


def test_sums_that_do_not_add_up_need_a_check_when_found_too(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B31: it is booked, so never unknown any more."""
    finished = lost_settlement(counter, person, "after")
    counter.wire.answer("5203", lambda tree: tree["output"]["setlinfo"].update(cash_payamt="0.01"))
    assert tried(counter.desk, finished.visit).state is State.SETTLED_NEEDS_CHECK


def test_after_a_belief_the_bill_settles_anew_once(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    assert counter.settle(bill_of(person)).ending is Ending.UNKNOWN
    believed_not_booked(counter, finished.visit)
    again = counter.settle(bill_of(person))
    assert (again.ending, again.visit != finished.visit) == (Ending.SETTLED, True)
    assert len(counter.effective(bill_of(person))) == 1


def test_a_gateway_that_turns_the_reversal_away_decides_nothing(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "after")
    counter.wire.headers("2601", {"x-tif-signature": "00"})
    record = tried(site(counter, queries=frozenset()), finished.visit)
    assert (record.state, record.unanswered) == (State.UNKNOWN, ())
    assert record.tried[-1].found is Found.NO_ANSWER


def test_the_platforms_clock_counts_from_the_first_look_when_the_pcs_clock_moved(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    moved = pc_clock(counter.desk, OVER)
    platform_clock(counter, OVER / 2)
    tried(moved, finished.visit)
    platform_clock(counter, OVER)
    assert tried(moved, finished.visit).state is State.UNKNOWN


def test_an_item_that_is_retried_keeps_its_place(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = lost_settlement(counter, person, "before")
    for tries in range(1, 4):
        retry(counter.desk, finished.visit)
        assert len(counter.on_disk(finished).tried) == tries
