"""2206 and 2207: exactly three outcomes, and nothing is ever sent twice (unknown-outcome)."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any

import pytest

from desktop.domain.account_use import AccountUse
from desktop.domain.credential import CredentialKind
from desktop.domain.events import Submitted
from desktop.domain.visit import State
from desktop.services.ending import Ending
from tests.rig.bills import BillOf
from tests.services.counter import Counter, bill_of, codes, messages
from tests.services.wire import Edit, Sent, Tree, setlinfo

SPOILT = (pytest.param("drop", marks=pytest.mark.silent), "reset", "http500", "garble", "truncate")


def _body(person: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in person.items() if key != "note"}


def _clean(counter: Counter, bill: BillOf) -> None:
    """Nothing of the bill is left at the platform: the same visit can be registered anew."""
    again = counter.settle(bill)
    assert (again.ending, again.record.joined) == (Ending.SETTLED, False), codes(again)


def test_a_settlement_is_what_the_platform_booked(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person), account=AccountUse.OWN)
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, [])
    found = finished.record.settlement
    assert found is not None
    (booked,) = counter.effective(bill_of(person))
    assert (booked["setl_id"], booked["mdtrt_id"]) == (found.setl_id, found.mdtrt_id)
    assert booked["medins_setl_id"] == finished.record.msgid == counter.wire.of("2207")[0].msgid
    assert booked["acct_pay"] == found.split.account.yuan() != "0.00"  # type: ignore[union-attr]
    assert booked["psn_cash_pay"] == found.split.cash.yuan()  # type: ignore[union-attr]
    assert counter.on_disk(finished) == finished.record


def test_only_the_settlement_travels_alone(counter: Counter, person: Mapping[str, Any]) -> None:
    """A fresh connection for each settling transaction; a kept one may be half dead."""
    counter.settle(bill_of(person))
    assert [sent.infno for sent in counter.wire.sent if sent.fresh] == ["2207"]
    order = ["1101", "2001", "2201", "2203", "2204", "2206", "2207"]
    assert counter.wire.infnos == order


def test_the_amounts_sent_are_those_of_the_preview(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Rule 2 of visit.md 3.1: copied, never summed by the desk."""
    seen: dict[str, str] = {}

    def keep(tree: Tree) -> None:
        seen.update(tree["output"]["setlinfo"])

    counter.wire.answer("2206", keep)
    counter.settle(bill_of(person))
    data = counter.wire.of("2207")[0].input["data"]
    for name in ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"):
        assert float(data[name]) == float(seen[name])


def _alone_with(counter: Counter, sent: Sent, seen: list[str]) -> None:
    with counter.second_reader() as journal:
        names = [row.entry.msgid for row in journal.unanswered()]  # type: ignore[union-attr]
    if sent.msgid in names:
        seen.append(sent.infno)


def test_every_request_that_leaves_traces_is_on_disk_before_it_leaves(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """unknown-outcome, rule 1: read back through another connection at the moment of sending."""
    seen: list[str] = []
    for infno in ("2201", "2204", "2205", "2202", "2207"):
        counter.wire.before(infno, lambda sent: _alone_with(counter, sent, seen))
    counter.settle(bill_of(person), expected_cash="0.01")
    assert seen == ["2201", "2204", "2205", "2202"]
    seen.clear()
    counter.settle(bill_of(person))
    assert seen == ["2201", "2204", "2207"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("what", SPOILT)
def test_no_usable_answer_is_unknown_and_is_never_sent_again(
    counter: Counter, person: Mapping[str, Any], when: str, what: str
) -> None:
    """B28; the careless platform would book the double that the desk must not send."""
    counter.platform.options(repeat_2207="book")
    counter.platform.fault("2207", when, what)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.UNKNOWN, ["outcome-unknown"])
    assert finished.record.settlement is None
    assert counter.on_disk(finished).state is State.UNKNOWN
    assert [row.visit for row in counter.opened.journal.unknown()] == [finished.visit]
    booked = len(counter.effective(bill_of(person)))
    assert booked == (1 if when == "after" else 0)
    counter.wire.sent.clear()
    again = counter.settle(bill_of(person))
    assert (again.ending, codes(again), again.visit) == (
        Ending.UNKNOWN,
        ["outcome-unknown"],
        finished.visit,
    )
    assert counter.wire.sent == []
    assert len(counter.effective(bill_of(person))) == booked


@pytest.mark.parametrize(
    "edit",
    [
        lambda tree: tree.update(infcode=None),
        lambda tree: tree.pop("infcode"),
        lambda tree: tree.update(infcode="perhaps"),
        lambda tree: tree.update(output=None),
        setlinfo(setl_id=None),
        setlinfo(setl_id=""),
        setlinfo(medins_setl_id="H43010000001202305020000000000"),
        setlinfo(mdtrt_id="1"),
        setlinfo(psn_no="1"),
    ],
    ids=[
        "infcode null", "infcode missing", "infcode unreadable", "output null", "setl_id null",
        "setl_id empty", "other msgid", "other visit", "other person",
    ],
)  # fmt: skip
def test_an_answer_that_does_not_name_what_was_asked_is_unknown(
    counter: Counter, person: Mapping[str, Any], edit: Edit
) -> None:
    """Contracts: what counts as an answer of 2207."""
    counter.wire.answer("2207", edit)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.UNKNOWN, ["outcome-unknown"])


def test_a_business_refusal_is_a_no_and_everything_is_undone(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B27."""
    suspended = _body(person) | {"settlement_suspended": True}

    def suspend(_: Sent) -> None:
        counter.platform.put_person(person["certno"], suspended)

    counter.wire.before("2207", suspend)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["suspended"])
    assert counter.wire.infnos[-3:] == ["2207", "2205", "2202"]
    assert counter.effective(bill_of(person)) == []
    assert counter.opened.journal.unanswered() == ()


def test_a_gateway_that_refuses_the_settlement_is_a_no(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    counter.wire.headers("2207", {"x-tif-signature": "0" * 64})
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["gateway-refused"])
    counter.wire.headers("2207", {})
    _clean(counter, bill_of(person))


def test_a_settlement_that_surely_never_left_is_a_no(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    counter.wire.elsewhere("2207", f"http://127.0.0.1:{port}/fsi/api/2207")
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)) == (Ending.REFUSED, ["not-connected"])
    assert counter.on_disk(finished).unanswered == ()
    assert counter.effective(bill_of(person)) == []


def test_quota_used_elsewhere_meanwhile_is_settled_and_said(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Rule 2 of visit.md 3.1: other amounts than shown, and settled all the same."""

    def use_up(_: Sent) -> None:
        counter.platform.elsewhere(person["certno"], "2023-05-02", "99999.00", "5000.00")

    counter.wire.before("2207", use_up)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)[0]) == (Ending.SETTLED, "amounts-changed")
    assert "个人现金" in messages(finished)
    record = finished.record
    assert record.preview is not None
    assert record.settlement is not None
    assert record.preview.split.cash != record.settlement.split.cash
    both = f"个人现金 {record.preview.split.cash} → {record.settlement.split.cash} 元"
    assert both in finished.problems[0].detail
    again = counter.settle(bill_of(person))
    assert both in messages(again), "the same bill once more: told from the journal"
    assert counter.effective(bill_of(person))[0]["psn_cash_pay"] == "600.00"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (setlinfo(fund_pay_sumamt="1.00"), "split-does-not-add-up"),
        (setlinfo(psn_part_amt="0.01"), "split-does-not-add-up"),
        (setlinfo(medfee_sumamt="600.01"), "split-does-not-add-up"),
        (setlinfo(act_pay_dedc="-1.00"), "split-does-not-add-up"),
        (setlinfo(psn_cash_pay=None), "cash-not-told"),
        (setlinfo(medfee_sumamt=None), "total-not-told"),
    ],
    ids=["C2", "C3", "C5", "C6", "no cash", "no total"],
)
def test_booked_but_not_adding_up_needs_a_check(
    counter: Counter, person: Mapping[str, Any], edit: Edit, code: str
) -> None:
    """B31: it is booked, so never unknown; nothing is undone."""
    counter.wire.answer("2207", edit)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)[0]) == (Ending.NEEDS_CHECK, code)
    assert finished.record.settlement is not None
    assert counter.on_disk(finished).state is State.SETTLED_NEEDS_CHECK
    assert counter.wire.infnos[-1] == "2207"
    counter.wire.sent.clear()
    again = counter.settle(bill_of(person))
    assert (again.ending, codes(again)) == (Ending.NEEDS_CHECK, ["already-settled", code])
    assert counter.wire.sent == []


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (setlinfo(inscp_scp_amt="1.00"), "split-does-not-add-up"),
        (setlinfo(psn_cash_pay=None), "cash-not-told"),
        (setlinfo(preselfpay_amt=None), "identity-unchecked"),
    ],
    ids=["does not add up", "no cash", "a part not told"],
)
def test_a_preview_that_cannot_be_offered_waits_for_a_person_and_is_undone(
    counter: Counter, person: Mapping[str, Any], edit: Edit, code: str
) -> None:
    counter.wire.answer("2206", edit)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)[0]) == (Ending.NEEDS_PERSON, code)
    assert "2207" not in counter.wire.infnos
    counter.wire.answer("2206", lambda _: None)
    _clean(counter, bill_of(person))


def _other_fund(tree: Tree) -> None:
    row = tree["output"]["setldetail"][0]
    row["fund_payamt"] = "0.01"


@pytest.mark.parametrize("edit", [_other_fund, setlinfo(hifp_pay="0.01")], ids=["C7", "C4"])
def test_fund_rows_that_do_not_add_up_only_warn(
    counter: Counter, person: Mapping[str, Any], edit: Edit
) -> None:
    counter.wire.answer("2207", edit)
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.SETTLED
    assert "identity-warning" in codes(finished)


def test_other_cash_than_expected_sends_nothing_and_undoes_everything(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person), expected_cash="0.01")
    assert (finished.ending, codes(finished)) == (Ending.NEEDS_PERSON, ["cash-differs"])
    assert "0.01" in messages(finished)
    assert counter.wire.infnos[-3:] == ["2206", "2205", "2202"]
    assert counter.effective(bill_of(person)) == []
    _clean(counter, bill_of(person))


def test_the_cash_that_was_expected_settles(counter: Counter, person: Mapping[str, Any]) -> None:
    """What the first desk showed; exact to the fen."""
    counter.settle(bill_of(person), expected_cash="0.01")
    first = counter.settle(bill_of(person))
    assert first.record.settlement is not None
    assert first.record.agreed is not None
    assert first.record.agreed.cash == first.record.settlement.split.cash
    assert first.record.agreed.identity_checked_by == "0001"


def test_one_bill_is_settled_once(counter: Counter, person: Mapping[str, Any]) -> None:
    """Contracts: the same setl_id, ``already-settled``, and nothing is sent."""
    first = counter.settle(bill_of(person))
    counter.wire.sent.clear()
    second = counter.settle(bill_of(person))
    assert (second.ending, codes(second)) == (Ending.SETTLED, ["already-settled"])
    assert second.record.settlement == first.record.settlement
    assert counter.wire.sent == []


def test_a_revision_is_another_bill(counter: Counter, person: Mapping[str, Any]) -> None:
    """Who orders it by its key is told what stands beside it (contracts.md)."""
    counter.settle(bill_of(person))
    revised = counter.settle(bill_of(person, revision=2))
    assert (revised.ending, codes(revised)) == (Ending.SETTLED, ["revision-settled"])
    assert len(counter.effective(bill_of(person))) == 2


def test_a_refused_bill_may_be_tried_again(counter: Counter, person: Mapping[str, Any]) -> None:
    counter.wire.headers("2207", {"x-tif-signature": "0" * 64})
    first = counter.settle(bill_of(person))
    counter.wire.headers("2207", {})
    second = counter.settle(bill_of(person))
    assert (first.ending, second.ending) == (Ending.REFUSED, Ending.SETTLED)
    assert first.visit != second.visit


@pytest.mark.parametrize("infno", ["2201", "2204", "2206"])
@pytest.mark.parametrize("what", ["http500", "garble"])
def test_a_lost_answer_before_the_settlement_is_a_failure(
    counter: Counter, person: Mapping[str, Any], infno: str, what: str
) -> None:
    """Nothing can have been booked, so it is failed and never unknown."""
    counter.platform.fault(infno, "before", what)
    finished = counter.settle(bill_of(person))
    assert (finished.ending, codes(finished)[0]) == (Ending.FAILED, "no-usable-answer")
    assert "2207" not in counter.wire.infnos


def test_a_settlement_costs_six_durable_commits_at_most(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """`make bench` counts the same; the msgids' lease is one more per minute."""
    counter.settle(bill_of(person, bill_no="B0", visit_no="V0"))  # takes the lease
    before = counter.opened.journal.commits
    counter.settle(bill_of(person))
    assert counter.opened.journal.commits - before <= 6


@pytest.mark.req("S2-08")
def test_an_account_that_fails_behind_the_pool_is_paid_in_cash(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """B32, S2-08: settled, other cash than shown, and said so."""
    counter.platform.area("370800", real_account=True, account_fails=True)
    finished = counter.settle(bill_of(person), account=AccountUse.OWN)
    assert (finished.ending, codes(finished)[0]) == (Ending.SETTLED, "amounts-changed")
    assert finished.record.credential is not None
    assert finished.record.credential.kind is CredentialKind.ID_CARD


def test_the_hash_of_the_request_and_the_amounts_shown_are_with_the_intent(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    finished = counter.settle(bill_of(person))
    rows = counter.opened.journal.entries(finished.visit)  # type: ignore[arg-type]
    (intent,) = [row.entry for row in rows if isinstance(row.entry, Submitted)]
    assert intent.msgid == finished.record.msgid
    assert len(intent.request_hash) == 64
    assert intent.amounts_shown == finished.record.preview


def test_a_fund_row_without_an_amount_leaves_a_booked_answer_booked(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """Nothing that only explains may turn a yes into unknown; C7 says that something is missing."""

    def untold(tree: dict[str, Any]) -> None:
        tree["output"]["setldetail"][0].update(fund_payamt=None, fund_pay_type=None)

    counter.wire.answer("2207", untold)
    finished = counter.settle(bill_of(person))
    assert finished.ending is Ending.SETTLED
    assert set(codes(finished)) <= {"identity-warning", "identity-unchecked"}
    assert codes(finished)
