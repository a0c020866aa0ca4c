"""``steps`` of a refund: what was sent and accepted, and nothing else (contracts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.identifiers import Msgid
from desktop.domain.notes import ACCEPTED, UNDONE, RequestAnswered, RequestIntended
from desktop.services.went_through import went_through
from desktop.services.whole_refund import RefundOrder, refund
from tests.services.counter import MEDICINE, Counter, bill_of
from tests.services.wire import Tree


def test_what_was_found_out_now_is_no_step_of_today() -> None:
    old = RequestAnswered("2201", Msgid("M1"), ACCEPTED, "5201")
    sent = RequestIntended("2205", Msgid("M2"), "")
    refused = RequestAnswered("2205", Msgid("M2"), "refused")
    again = RequestIntended("2205", Msgid("M3"), "")
    gone = RequestAnswered("2204", Msgid("M4"), UNDONE, "2205")
    accepted = RequestAnswered("2205", Msgid("M3"), ACCEPTED)
    assert went_through((old, sent, refused, again, gone, accepted)) == ("2205",)


def test_an_unwound_refund_names_no_2205_that_was_not_sent(
    counter: Counter, person: Mapping[str, Any]
) -> None:
    """No line is known to be left when it is unwound; the platform's no to 2202 tells of some."""
    settled = counter.settle(bill_of(person, MEDICINE, MEDICINE))
    setl_id = str(settled.record.settlement.setl_id)  # type: ignore[union-attr]
    counter.wire.answer("2204", _refused)
    half = refund(counter.desk, RefundOrder(setl_id, ("2",)), None)
    assert (half.state, half.steps) == ("needs-person", ("2208", "2205"))
    counter.wire.sent.clear()
    done = refund(counter.desk, RefundOrder(setl_id, ("2",), unwind=True), None)
    assert (done.state, done.steps) == ("cancelled", ("2205", "2202"))
    assert counter.wire.infnos == ["2202", "2205", "2202"]


def _refused(tree: Tree) -> None:
    tree.update(infcode="-1", err_msg="明细有误", output=None)
