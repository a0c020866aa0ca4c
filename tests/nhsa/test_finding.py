"""The chains of B28 and B38 by the real client over HTTP, on the practice platform."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import CareVisit
from desktop.domain.identifiers import BatchNo, MdtrtId, Msgid, SetlId
from desktop.domain.money import Money
from desktop.domain.split import Settlement
from desktop.domain.times import CHINA
from desktop.knowledge.reversals import NotReversed, load_reversals
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.gateway import TifGateway
from desktop.nhsa.http_transport import HttpTransport
from desktop.nhsa.outcome import Accepted, Refused, Unknown
from desktop.nhsa.questions import charges, identify, lookup, reconciliation, registration
from desktop.nhsa.questions import settlement as settling
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.question import Question
from desktop.nhsa.questions.reconciliation import Difference, OwnSettlement, Pile, sent_as
from desktop.nhsa.questions.reversal import reverse
from desktop.nhsa.site import PathStyle
from desktop.nhsa.transport import Timeouts
from tests.nhsa import samples
from tests.nhsa.reconciling import CLEARING, DAY, HOSPITAL
from tests.rig.practice import Practice, practice

CERTNO = "990000198503121038"
MSGIDS = (Msgid(f"{HOSPITAL}20230502093000{number:04d}") for number in count())


@dataclass
class Window:
    """A desk with a bill of 500.00 that waits for its 2207."""

    client: PlatformClient
    claim: Claim
    batch: settling.Batch
    shown: Settlement

    def ask(self, question: Question[Any, Any, Any]) -> Any:
        return accepted(self.client, question)

    def settle(self, msgid: Msgid) -> Any:
        question = settling.settle(self.claim, self.batch, AccountUse.NONE, self.shown.split, "R1")
        return self.client.ask(question, msgid)

    def reversal(self, msgid: Msgid) -> Question[Any, Any, None]:
        return reverse(self.claim.holder, msgid, "2207")

    def differences(self, *ours: OwnSettlement) -> tuple[Difference, ...]:
        """9101, 3202, 9102."""
        own = reconciliation.own_file(HOSPITAL, DAY, ours)
        uploaded = self.ask(reconciliation.upload_file(HOSPITAL, own.filename, own.content))
        result = self.ask(reconciliation.reconcile_detail(own, uploaded, CLEARING))
        found: tuple[Difference, ...] = self.ask(
            reconciliation.download_differences(HOSPITAL, result, own.setl_ids)
        )
        return found

    def found(self, row: Difference) -> lookup.FoundSettlement:
        assert row.setl_id is not None
        question = lookup.settlement_by_id(self.claim.holder, self.batch.mdtrt_id, row.setl_id)
        found: lookup.FoundSettlement = self.ask(question)
        return found


def accepted(client: PlatformClient, question: Question[Any, Any, Any]) -> Any:
    outcome = client.query(question)
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


@pytest.fixture(scope="module")
def process() -> Iterator[Practice]:
    with practice() as running:
        yield running


@pytest.fixture
def running(process: Practice) -> Practice:
    process.reset()
    process.clock("2023-05-02T09:30:00")
    process.options(repeat_2207="book")
    process.catalogue("A", {"name": "甲", "class": "01", "kind": "09"})
    return process


@pytest.fixture(params=list(PathStyle))
def client(running: Practice, request: pytest.FixtureRequest) -> Iterator[PlatformClient]:
    with HttpTransport(Timeouts(connect=2, read=0.5)) as transport:
        yield PlatformClient(
            site=structs.replace(samples.SITE, url=running.url, path_style=request.param),
            operator=structs.replace(samples.OPERATOR, sign_no=""),
            gateway=TifGateway("practice", "practice-secret"),
            transport=transport,
            clock=lambda: datetime.now(CHINA),
            new_msgid=lambda: next(MSGIDS),
        )


@pytest.fixture
def window(client: PlatformClient) -> Window:
    credential = replace(samples.CREDENTIAL, number=CERTNO, name="")
    person = accepted(client, identify.identify(credential))
    visit: CareVisit = samples.VISIT
    claim = Claim(person, person.insurances[0], credential, visit)
    mdtrt_id: MdtrtId = accepted(client, registration.register(claim))
    accepted(client, registration.upload_visit(claim, mdtrt_id))
    line = replace(samples.LINE, national_code="A", amount=Money(2500))
    batch = settling.Batch(mdtrt_id, BatchNo("B1"), line.amount)
    accepted(client, charges.upload_lines(claim, mdtrt_id, batch.number, [line]))
    shown = accepted(client, settling.preview(claim, batch, AccountUse.NONE))
    return Window(client, claim, batch, shown)


def test_a_lost_answer_is_found_and_adopted(running: Practice, window: Window) -> None:
    """3202 of today → msgid → setl_id → 5203: the amounts are those of the truth."""
    msgid = next(MSGIDS)
    running.fault("2207", "after", "reset")
    assert isinstance(window.settle(msgid), Unknown)
    (row,) = sent_as(window.differences(), msgid)
    assert row.pile is Pile.ONLY_THERE
    found = window.found(row)
    assert (found.is_of(msgid), found.refunded) == (True, False)
    (truth,) = running.settlements(CERTNO)
    split = found.settlement.split
    assert (split.total, split.fund_total, split.cash) == (
        Money.parse(truth["medfee_sumamt"]),
        Money.parse(truth["fund_pay_sumamt"]),
        Money.parse(truth["psn_cash_pay"]),
    )
    assert split.personal_part == window.shown.split.personal_part


def test_what_was_adopted_reconciles(running: Practice, window: Window) -> None:
    """Rule 8: zero difference in 3201 and 3202."""
    running.fault("2207", "after", "drop")
    msgid = next(MSGIDS)
    assert isinstance(window.settle(msgid), Unknown)
    (row,) = window.differences()
    found = window.found(row).settlement
    split = found.split
    ours = OwnSettlement(
        setl_id=SetlId(row.setl_id or ""),
        mdtrt_id=window.batch.mdtrt_id,
        psn_no=window.claim.person.psn_no,
        settled_at=found.settled_at or samples.NOW,
        total=split.total or Money(-1),
        fund=split.fund_total or Money(0),
        account=split.account or Money(0),
        cash=split.cash or Money(-1),
        refunded=False,
    )
    assert window.differences(ours) == ()
    sums = reconciliation.sums_of([ours])
    assert window.ask(reconciliation.reconcile_totals(DAY, CLEARING, "310", sums)).equal


def test_a_reversal_of_what_was_booked_twice(running: Practice, window: Window) -> None:
    msgid = next(MSGIDS)
    running.fault("2207", "before", "duplicate")
    assert isinstance(window.settle(msgid), Accepted)
    assert len(sent_as(window.differences(), msgid)) == 2
    window.ask(window.reversal(msgid))
    assert {row["state"] for row in running.settlements(CERTNO)} == {"reversed"}
    assert window.differences() == ()


def test_a_late_booking_follows_not_found(running: Practice, window: Window) -> None:
    """Neither the query nor the refused reversal may be believed before the horizon."""
    msgid = next(MSGIDS)
    running.fault("2207", "before", "late", seconds=1.0)
    assert isinstance(window.settle(msgid), Unknown)
    assert window.differences() == ()
    refusal = window.client.query(window.reversal(msgid))
    assert isinstance(refusal, Refused)
    assert load_reversals().why(refusal.text) is NotReversed.NO_SUCH_TRANSACTION
    deadline = time.monotonic() + 5
    while not running.settlements(CERTNO) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(sent_as(window.differences(), msgid)) == 1
    window.ask(window.reversal(msgid))


def test_a_lost_reversal_is_refused_the_second_time(running: Practice, window: Window) -> None:
    msgid = next(MSGIDS)
    assert isinstance(window.settle(msgid), Accepted)
    running.fault("2601", "after", "drop")
    assert isinstance(window.client.query(window.reversal(msgid)), Unknown)
    refusal = window.client.query(window.reversal(msgid))
    assert isinstance(refusal, Refused)
    assert load_reversals().why(refusal.text) is NotReversed.REVERSED


def test_a_lost_2208_is_found(running: Practice, window: Window) -> None:
    """B38: 5203 with the known ``setl_id`` tells; the negative one stands in 3202."""
    settled = window.settle(next(MSGIDS))
    assert isinstance(settled, Accepted)
    msgid = next(MSGIDS)
    running.fault("2208", "after", "http500")
    holder, mdtrt_id = window.claim.holder, window.batch.mdtrt_id
    cancel = settling.cancel_settlement(holder, mdtrt_id, settled.value.setl_id)
    assert isinstance(window.client.ask(cancel, msgid), Unknown)
    known = lookup.settlement_by_id(holder, mdtrt_id, settled.value.setl_id)
    assert window.ask(known).refunded is True
    (row,) = sent_as(window.differences(), msgid)
    assert (row.refunded, row.total) == (True, Money(-2500))
    assert window.found(row).is_of(msgid)


def test_a_lost_2201_is_found(running: Practice, window: Window) -> None:
    claim = structs.replace(window.claim, visit=replace(window.claim.visit, visit_no="MZ0002"))
    running.fault("2201", "after", "garble")
    assert isinstance(window.client.query(registration.register(claim)), Unknown)
    visit = claim.visit
    question = lookup.visit_by_number(claim.holder, visit.visit_no, visit.began, visit.kind)
    (found,) = window.ask(question)
    assert found.mdtrt_id != window.batch.mdtrt_id
    accepted(window.client, registration.upload_visit(claim, found.mdtrt_id))


@pytest.mark.parametrize("what", ["truncate", "garble", "http500"])
def test_a_spoilt_download_is_no_result(running: Practice, window: Window, what: str) -> None:
    """Half a file is not "nothing differs"."""
    window.settle(next(MSGIDS))
    own = reconciliation.own_file(HOSPITAL, DAY, ())
    uploaded = window.ask(reconciliation.upload_file(HOSPITAL, own.filename, own.content))
    result = window.ask(reconciliation.reconcile_detail(own, uploaded, CLEARING))
    running.fault("9102", "after", what)
    download = reconciliation.download_differences(HOSPITAL, result, ())
    assert isinstance(window.client.query(download), Unknown)
    assert len(window.ask(download)) == 1
