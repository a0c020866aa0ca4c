"""A visit is the fold of its journal entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain import events as e
from desktop.domain import notes
from desktop.domain.credential import CredentialKind
from desktop.domain.identifiers import AreaCode, BatchNo, MdtrtId, Msgid, PsnNo, SetlId
from desktop.domain.money import Money
from desktop.domain.person import Filing, FilingKind, Insurance, Person
from desktop.domain.record import VisitRecord, replay
from desktop.domain.split import Settlement
from desktop.domain.visit import Effect, NotAllowed, State
from desktop.hospital.json_format import parse_json
from tests.domain.test_split import SPLIT
from tests.hospital.samples import example

INSURANCE = Insurance("310", AreaCode("370800"), "1101", "1", None, False, "")
PERSON = Person(PsnNo("P1"), "张三", "01", "990000197001010018", "1", None, "01", "", (INSURANCE,))
FILING = Filing(FilingKind.LONG_RESIDENT, AreaCode("430100"), date(2023, 1, 1), None)
SHOWN = Settlement(
    SPLIT, PsnNo("P1"), MdtrtId("V1"), None, None, None, "张三", "310", "1101", "11", ""
)
BOOKED = replace(SHOWN, setl_id=SetlId("S1"), msgid=Msgid("M1"))


def bill() -> e.BillTaken:
    return e.BillTaken(parse_json(example("json").encode()))


def to_submitted(msgid: str = "M1") -> list[e.Entry]:
    return [
        bill(),
        e.CredentialRead(CredentialKind.ID_CARD, "990000********0018"),
        e.PersonIdentified(PERSON, INSURANCE),
        e.BenefitsConfirmed((), FILING),
        e.Registered(MdtrtId("V1"), joined=True),
        e.LinesUploaded(BatchNo("B1"), ()),
        e.Previewed(SHOWN),
        e.PatientAgreed(Money(100), "0", "张护士"),
        e.Submitted(Msgid(msgid), "00", SHOWN),
    ]


def test_a_record_learns_from_its_entries() -> None:
    record = replay(to_submitted())
    assert record.state is State.SUBMITTED
    assert record.effects == (Effect.SETTLE,)
    assert record.bill is not None
    assert (record.person, record.insurance, record.filing) == (PERSON, INSURANCE, FILING)
    assert (record.mdtrt_id, record.joined, record.batch) == ("V1", True, "B1")
    assert (record.preview, record.settlement, record.msgid) == (SHOWN, None, "M1")
    assert record.agreed == e.PatientAgreed(Money(100), "0", "张护士")
    assert record.blocks_new_settlement
    assert not record.effectively_settled


def test_a_settlement_stands_until_it_is_cancelled() -> None:
    settled = replay([*to_submitted(), e.Settled(BOOKED), e.CashTaken(Money(100))])
    assert settled.settlement == BOOKED
    assert settled.cash_taken == Money(100)
    assert settled.effectively_settled
    assert replay_on(settled, e.Printed("F1", 1), e.Closed()).effectively_settled
    cancel = e.CancelSubmitted(Msgid("M2"), SetlId("S1"))
    cancelled = replay_on(settled, cancel, e.Cancelled(SHOWN), e.Closed())
    assert cancelled.cancelled_by == SHOWN
    assert not cancelled.effectively_settled


def replay_on(record: VisitRecord, *entries: e.Entry) -> VisitRecord:
    for entry in entries:
        record = record.after(entry)
    return record


def test_a_visit_paid_alone_is_not_settled() -> None:
    record = replay([*to_submitted()[:5], e.PaidBySelf("line down"), e.Closed()])
    assert record.state is State.CLOSED
    assert not record.effectively_settled


def test_unbalanced_keeps_its_problems_until_settled() -> None:
    """B31."""
    record = replay([*to_submitted(), e.SettledUnbalanced(BOOKED, ("split-does-not-add-up",))])
    assert record.problems == ("split-does-not-add-up",)
    assert record.effectively_settled


def test_lines_removed_are_forgotten_and_so_is_their_preview() -> None:
    """B26: amounts of other lines are stale."""
    record = replay([*to_submitted()[:7], e.LinesRemoved()])
    assert (record.batch, record.lines, record.preview) == (None, (), None)
    assert replay_on(record, e.RegistrationCancelled()).mdtrt_id is None


def test_settled_anew_still_holds_the_old_cash() -> None:
    """B39: until the cash step of the new settlement puts it right."""
    record = replay(
        [
            *to_submitted(),
            e.Settled(BOOKED),
            e.CashTaken(Money(100)),
            e.CancelSubmitted(Msgid("M2"), SetlId("S1")),
            e.Cancelled(SHOWN),
            e.LinesRemoved(),
            *to_submitted("M3")[5:],
        ]
    )
    assert record.msgid == "M3"
    assert (record.settlement, record.cancelled_by, record.cash_taken) == (None, None, Money(100))


def test_an_intent_waits_for_its_own_answer() -> None:
    """B28: the name of the request is on disk before it is sent."""
    one = notes.RequestIntended("2207", Msgid("M1"), "00")
    other = notes.RequestIntended("2208", Msgid("M2"), "00")
    record = replay([one, other])
    assert record.unanswered == (one, other)
    assert record.state is State.IDLE
    answered = record.after(notes.RequestAnswered("2207", Msgid("M1"), "accepted"))
    assert answered.unanswered == (other,)
    unusable = record.after(notes.RequestAnswered("2207", Msgid("M1"), notes.UNKNOWN))
    assert unusable.unanswered == (one, other)


def test_an_impossible_fact_is_no_entry() -> None:
    with pytest.raises(NotAllowed):
        replay([e.Settled(BOOKED)])
