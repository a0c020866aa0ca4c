"""What a visit without a settlement left at the platform is taken back (B22, B25, 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.events import PatientAgreed
from desktop.domain.identifiers import MdtrtId
from desktop.domain.money import Money
from desktop.domain.notes import Found, Open
from desktop.domain.open_work import leaves_traces, what_is_open
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.nhsa.outcome import Accepted
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.registration import register, upload_visit
from desktop.services.ending import Ending
from desktop.services.line import Line
from desktop.services.ports import Desk
from desktop.services.queue import item_of, items, retry_due
from desktop.services.queue_items import Kind, Waiting
from desktop.services.verdict import not_booked
from desktop.services.whole_settlement import Finished, settle_bill
from tests.services.counter import Counter, bill_of, codes, id_card, offered
from tests.services.lost import OVER, after, believed_not_booked, pc_clock, site, tried

SETTLING = frozenset(("2207", "2208", "2601"))
BOTH = pytest.mark.parametrize("when", ["before", "after"])


def _left_behind(
    counter: Counter, person: Mapping[str, Any], infno: str, when: str, **bill: Any
) -> Finished:
    """An attempt that lost the answer of ``infno`` and booked nothing."""
    counter.platform.fault(infno, when, "reset")
    undone = infno in ("2205", "2202")
    finished = counter.settle(bill_of(person, **bill), expected_cash="0.01" if undone else None)
    assert finished.ending is not Ending.SETTLED
    counter.wire.sent.clear()
    return finished


def _mended(counter: Counter, finished: Finished, desk: Desk | None = None) -> VisitRecord:
    """Tried until nothing is open; the second look comes after the horizon."""
    record = counter.on_disk(finished)
    desk = desk or counter.desk
    for now in (desk, after(counter, OVER, desk), after(counter, 2 * OVER, desk)):
        if what_is_open(record) is not None:
            record = tried(now, finished.visit)
    return record


@BOTH
@pytest.mark.parametrize("infno", ["2201", "2204", "2205", "2202"])
def test_what_was_left_is_taken_back_and_the_bill_settles_anew(
    counter: Counter, person: Mapping[str, Any], infno: str, when: str
) -> None:
    finished = _left_behind(counter, person, infno, when)
    record = _mended(counter, finished)
    assert (what_is_open(record), leaves_traces(record), record.mdtrt_id) == (None, False, None)
    assert SETTLING.isdisjoint(counter.wire.infnos)
    again = counter.settle(bill_of(person))
    assert (again.ending, again.record.joined) == (Ending.SETTLED, False), codes(again)


@BOTH
@pytest.mark.parametrize("infno", ["2204", "2205"])
def test_another_bill_of_the_visit_keeps_what_is_its_own(
    counter: Counter, person: Mapping[str, Any], infno: str, when: str
) -> None:
    """The second slip joins the registration of the first, which stands settled on it."""
    first = counter.settle(bill_of(person))
    second = _left_behind(counter, person, infno, when, bill_no="B0002")
    record = _mended(counter, second)
    assert (what_is_open(record), leaves_traces(record)) == (None, False)
    assert "2202" not in counter.wire.infnos
    for removed in counter.wire.of("2205"):
        assert removed.input["data"]["chrg_bchno"] != "0000"
    again = counter.settle(bill_of(person, bill_no="B0002"))
    assert again.ending is Ending.SETTLED, codes(again)
    assert counter.on_disk(first).effectively_settled
    assert len(counter.effective(bill_of(person))) == 2


@pytest.mark.silent
def test_a_registration_is_kept_while_another_bill_on_it_has_no_known_outcome(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Forgotten by its own visit, nobody would withdraw it once the other is not booked."""
    first = _left_behind(counter, person, "2205", "before")
    counter.platform.fault("2207", "before", "drop")
    second = counter.settle(bill_of(person, bill_no="B0002"))
    assert (second.ending, second.record.joined) == (Ending.UNKNOWN, True)
    counter.wire.sent.clear()
    record = tried(counter.desk, first.visit)
    assert (counter.wire.infnos, record.tried[-1].found) == ([], Found.REFUSED)
    waits = item_of(counter.desk, first.visit)
    assert (waits.kind, waits.state) == (Kind.UPLOAD, Waiting.WAITING)
    assert "结算结果未明" in waits.reason
    believed_not_booked(counter, second.visit)
    assert what_is_open(_mended(counter, second)) is None
    assert "2202" not in counter.wire.infnos
    record = _mended(counter, first)
    assert (what_is_open(record), record.mdtrt_id) == (None, None)
    assert counter.wire.infnos[-1] == "2202"


def _registered_twice(counter: Counter, person: Mapping[str, Any]) -> Finished:
    """The lost 2201 was carried out, and so was another that this desk knows nothing of."""
    finished = _left_behind(counter, person, "2201", "after")
    record = counter.on_disk(finished)
    assert record.person is not None
    assert record.insurance is not None
    assert record.bill is not None
    card = id_card(person["certno"])
    question = register(Claim(record.person, record.insurance, card, record.bill.visit))
    assert isinstance(counter.desk.platform.ask(question, counter.desk.next_msgid()), Accepted)
    counter.wire.sent.clear()
    return finished


def test_of_a_registration_made_twice_both_are_withdrawn(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Seed 6731: the other one was withdrawn, and our own was forgotten."""
    record = tried(counter.desk, _registered_twice(counter, person).visit)
    assert what_is_open(record) is None
    assert counter.wire.infnos == ["5201", "2202", "2202"]
    withdrawn = {sent.input["data"]["mdtrt_id"] for sent in counter.wire.of("2202")}
    assert len(withdrawn) == 2


def test_of_a_registration_made_twice_the_next_one_waits_for_an_answer(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _registered_twice(counter, person)
    counter.platform.fault("2202", "before", "reset")
    record = tried(counter.desk, finished.visit)
    assert (record.tried[-1].found, counter.wire.infnos) == (Found.NO_ANSWER, ["5201", "2202"])
    assert [sent.infno for sent in record.unanswered] == ["2201", "2202"]
    assert what_is_open(_mended(counter, finished)) is None
    assert len({sent.input["data"]["mdtrt_id"] for sent in counter.wire.of("2202")}) == 2


def test_what_may_not_be_withdrawn_is_left_alone(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _registered_twice(counter, person)
    counter.wire.refuse("2202", "FSI-系统繁忙[x_1]")
    record = tried(counter.desk, finished.visit)
    assert (record.tried[-1].found, what_is_open(record)) == (Found.REFUSED, Open.UPLOAD)


@pytest.mark.parametrize("infno", ["2201", "2202"])
def test_a_5201_without_an_answer_says_nothing(
    counter: Counter, person: Mapping[str, Any], infno: str
) -> None:
    """Neither gone nor there: it is asked again, and nothing is taken back on a guess."""
    finished = _left_behind(counter, person, infno, "after")
    counter.platform.fault("5201", "after", "reset")
    record = tried(counter.desk, finished.visit)
    assert (record.tried[-1].found, counter.wire.infnos) == (Found.NO_ANSWER, ["5201"])
    assert item_of(counter.desk, finished.visit).state is Waiting.WAITING
    assert what_is_open(_mended(counter, finished)) is None


def test_a_5201_that_is_refused_is_told(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = _left_behind(counter, person, "2201", "after")
    counter.wire.refuse("5201", "FSI-系统繁忙[x_1]")
    record = tried(counter.desk, finished.visit)
    assert (record.tried[-1].found, counter.wire.infnos) == (Found.REFUSED, ["5201"])
    counter.wire.refuse("5201", "")
    assert what_is_open(_mended(counter, finished)) is None


def test_a_refusal_that_does_not_say_gone_leaves_the_lines_in_mind(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Also after a 2205 whose answer was lost: "busy" is no proof that it went through."""
    finished = _left_behind(counter, person, "2205", "before")
    counter.wire.refuse("2205", "FSI-系统繁忙[x_1]")
    record = tried(counter.desk, finished.visit)
    assert (record.tried[-1].found, record.batch is not None) == (Found.REFUSED, True)
    assert [sent.infno for sent in record.unanswered] == ["2205"]
    assert item_of(counter.desk, finished.visit).state is Waiting.WAITING
    counter.wire.refuse("2205", "")
    assert what_is_open(_mended(counter, finished)) is None


def test_an_upload_waits_by_itself_and_says_so(counter: Counter, person: Mapping[str, Any]) -> None:
    finished = _left_behind(counter, person, "2205", "before")
    (item,) = items(counter.desk)
    assert (item.kind, item.state, item.outcome_unknown) == (Kind.UPLOAD, Waiting.WAITING, False)
    assert item.next_try is not None
    assert (item.outage, item.tries) == ("broken-off broken-off", 0)
    counter.platform.fault("2205", "before", "reset")
    retry_due(pc_clock(counter.desk, OVER))
    again = item_of(counter.desk, finished.visit)
    assert (again.since, again.outage, again.tries) == (item.since, item.outage, 1)
    retry_due(pc_clock(counter.desk, 2 * OVER))
    assert item_of(counter.desk, finished.visit).state is Waiting.DONE


def test_a_site_without_5201_is_not_asked_by_it(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """``queries`` of the settings: what is not open there must not be called."""
    counter.platform.fault("2201", "after", "reset")
    blind = site(counter, queries=frozenset(("3202", "5203")))
    finished = settle_bill(blind, counter.order(bill_of(person)))
    assert codes(finished) == ["no-usable-answer", "undo-pending"]
    record = tried(blind, finished.visit)
    assert record.tried[-1].found is Found.REFUSED
    assert "5201" not in counter.wire.infnos


def test_a_registration_that_another_visit_found_is_not_withdrawn_with_it(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """A lost 2201 whose bill was settled in the meantime by a new attempt."""
    lost = _left_behind(counter, person, "2201", "before")
    settled = counter.settle(bill_of(person))
    assert settled.ending is Ending.SETTLED
    record = _mended(counter, lost)
    assert what_is_open(record) is None
    assert len(counter.effective(bill_of(person))) == 1
    assert counter.on_disk(settled).effectively_settled


OTHER_PC = "0009"
BOTH_SAID = "不能确定是本机登记"


def _registered_elsewhere(counter: Counter, finished: Finished, operator: str) -> MdtrtId:
    """Another PC of the hospital, with a journal of its own, has just registered the same visit."""
    record = counter.on_disk(finished)
    assert record.person is not None
    assert record.insurance is not None
    assert record.bill is not None
    platform = counter.desk.platform
    assert isinstance(platform, Line)
    other = platform._client.acting_for(structs.replace(platform._client.operator, number=operator))
    card = id_card(record.person.cert_no)
    claim = Claim(record.person, record.insurance, card, record.bill.visit)
    answer = other.ask(register(claim), counter.desk.next_msgid())
    assert isinstance(answer, Accepted)
    if operator != OTHER_PC:
        sent = other.ask(upload_visit(claim, answer.value), counter.desk.next_msgid())
        assert isinstance(sent, Accepted)
    counter.wire.sent.clear()
    return answer.value


def _withdrawn(counter: Counter) -> set[str]:
    return {sent.input["data"]["mdtrt_id"] for sent in counter.wire.of("2202")}


def test_a_registration_of_another_operator_is_not_withdrawn(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """5201 tells who registered: our lost one goes, that of another PC stays, and its bill too."""
    finished = _left_behind(counter, person, "2201", "after")
    theirs = _registered_elsewhere(counter, finished, OTHER_PC)
    assert what_is_open(_mended(counter, finished)) is None
    assert len(_withdrawn(counter)) == 1
    assert theirs not in _withdrawn(counter)


def test_ours_never_arrived_and_that_of_another_operator_stays(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = _left_behind(counter, person, "2201", "before")
    _registered_elsewhere(counter, finished, OTHER_PC)
    assert what_is_open(_mended(counter, finished)) is None
    assert _withdrawn(counter) == set()


@BOTH
def test_what_another_window_went_on_with_is_not_withdrawn(
    counter: Counter, person: Mapping[str, Any], when: str
) -> None:
    """The same operator at another PC: visit data (2203) is what a lost 2201 never has."""
    finished = _left_behind(counter, person, "2201", when)
    theirs = _registered_elsewhere(counter, finished, counter.desk.operator)
    record = _mended(counter, finished)
    assert theirs not in _withdrawn(counter)
    if when == "after":
        assert (what_is_open(record), len(_withdrawn(counter))) == (None, 1)
    else:
        item = item_of(counter.desk, finished.visit)
        assert (item.kind, item.state) == (Kind.UPLOAD, Waiting.NEEDS_PERSON)
        assert BOTH_SAID in record.handed_over[-1].text
        assert theirs in record.handed_over[-1].text
        not_booked(counter.desk, finished.visit, "0007")
        assert what_is_open(counter.on_disk(finished)) is None


def test_what_is_found_may_be_anothers_and_ours_is_looked_for_until_the_horizon(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Seed 13661: the platform made the other attempt's registration twice, and ours came later."""
    lost = _left_behind(counter, person, "2201", "before")
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
    doubled = _registered_again(counter, lost)
    record = tried(counter.desk, lost.visit)
    assert (record.tried[-1].found, _withdrawn(counter)) == (Found.NOT_FOUND, {doubled})
    counter.wire.sent.clear()
    ours = _registered_again(counter, lost)
    counter.platform.fault("2202", "before", "reset")
    record = tried(after(counter, timedelta(minutes=5)), lost.visit)
    assert record.tried[-1].found is Found.NO_ANSWER
    record = tried(after(counter, OVER), lost.visit)
    assert (what_is_open(record), leaves_traces(record)) == (None, False)
    assert _withdrawn(counter) == {ours}


def _registered_again(counter: Counter, finished: Finished) -> MdtrtId:
    """The platform carries out a 2201 of this 门诊号 that nobody hears of."""
    record = counter.on_disk(finished)
    assert record.person is not None
    assert record.insurance is not None
    assert record.bill is not None
    card = id_card(record.person.cert_no)
    question = register(Claim(record.person, record.insurance, card, record.bill.visit))
    answer = counter.desk.platform.ask(question, counter.desk.next_msgid())
    assert isinstance(answer, Accepted)
    counter.wire.sent.clear()
    return answer.value


def test_an_agreement_that_an_earlier_version_wrote_alone_is_taken_back(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """CONFIRMED outside of a refund: killed before the intent, nothing was sent for settling."""
    visit = offered(counter.desk, counter.order(bill_of(person)).bill)
    agreed = PatientAgreed(Money(1), "0", "0001", pays_here=True)
    counter.desk.journal.append(visit.id, (agreed,), counter.desk.clock())
    visit.release()
    assert counter.desk.record(visit.id).state is State.CONFIRMED
    record = tried(counter.desk, visit.id)
    assert (what_is_open(record), leaves_traces(record)) == (None, False)
    assert SETTLING.isdisjoint(counter.wire.infnos)
    assert counter.settle(bill_of(person)).ending is Ending.SETTLED
