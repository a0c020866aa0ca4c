"""Each kind of network fault × each transaction: the outcome, the words, and the same end."""

from __future__ import annotations

import pytest

from desktop.domain.notes import Open
from desktop.domain.visit import State
from desktop.nhsa.questions.reconciliation import Period
from desktop.services.ending import Ending
from desktop.services.ports import Reversal
from desktop.services.queue import item_of, retry
from desktop.services.reconcile import reconcile
from desktop.services.whole_refund import RefundOrder, refund
from tests.faults.line import SpoiltLine, agree, ended_in_time, worded
from tests.faults.window import (
    leads_back_to_the_plan,
    leads_to,
    refund_page,
    stopped_page,
    unknown_page,
    waits,
)
from tests.rig.fault_proxy import NEVER_ARRIVES, SURELY_NOT_SENT, Fault
from tests.services.counter import TODAY
from ui.cashier.halts import halt_of
from ui.cashier.state import Halt

EACH = pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name.lower())
TO_SETTLE = ("1101", "2001", "2201", "2203", "2204", "2206", "2207")
OF_EACH_SORT = frozenset((Fault.REFUSED, Fault.RESET_AFTER_REQUEST, Fault.HALF, Fault.TOO_SHORT))
"""After these the same bill is settled; after every one would take too long."""
_SURE = {Fault.REFUSED: "not-connected", Fault.UNAUTHORISED: "gateway-refused"}


def _ending(infno: str, fault: Fault) -> Ending:
    if fault is Fault.TWICE:
        return Ending.SETTLED
    if infno != "2207":
        return Ending.FAILED
    return Ending.REFUSED if fault in SURELY_NOT_SENT else Ending.UNKNOWN


def _code(infno: str, fault: Fault) -> str:
    return _SURE.get(fault, "outcome-unknown" if infno == "2207" else "no-usable-answer")


@EACH
@pytest.mark.parametrize("infno", TO_SETTLE, scope="module")
def test_while_settling(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """Nothing is booked before 2207; a lost 2207 is unknown, and comes to a known end."""
    bill = line.bill()
    line.arm(infno, fault)
    finished = ended_in_time(lambda: line.counter.settle(bill))
    assert finished.ending is _ending(infno, fault), finished.problems
    if finished.ending is not Ending.SETTLED:
        assert worded(finished.problems)[0].code == _code(infno, fault)
        leads_to(stopped_page(line, finished), infno, fault)
    assert len(line.counter.wire.of("2207")) <= 1
    line.resolved(finished.visit)
    record = agree(line, finished.visit)
    if infno == "2207":
        assert record.effectively_settled is (fault not in NEVER_ARRIVES)
    if fault in OF_EACH_SORT:
        again = line.counter.settle(bill)
        assert again.ending is Ending.SETTLED, again.problems
        agree(line, again.visit)


@EACH
@pytest.mark.parametrize("infno", ["2208"], scope="module")
def test_while_giving_back(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """2208: refused when it surely never left, else unknown; it is never sent again."""
    finished = line.counter.settle(line.bill())
    order = RefundOrder(str(finished.record.settlement.setl_id))  # type: ignore[union-attr]
    line.arm(infno, fault)
    done = ended_in_time(lambda: refund(line.desk, order, None))
    if fault is Fault.TWICE:
        assert done.state == "cancelled"
    else:
        sure = fault in SURELY_NOT_SENT
        assert done.state == ("refused" if sure else "unknown")
        told = worded(done.problems)[0]
        assert told.code == _SURE.get(fault, "outcome-unknown")
        assert halt_of(Ending(done.state), done.problems) is (
            Halt.LINE_DOWN if sure else Halt.UNKNOWN
        )
        assert sure or told.next_step == "请不要重复结算，也不要收款；等待核实"
        if sure:
            leads_back_to_the_plan(refund_page(line, finished.visit, told), fault)
        else:
            waits(unknown_page(line, finished.visit, done.problems), Open.CANCEL)
    line.resolved(finished.visit)
    record = agree(line, finished.visit)
    assert record.effectively_settled is (fault in NEVER_ARRIVES)
    assert len(line.counter.wire.of("2208")) == 1


@EACH
@pytest.mark.parametrize("infno", ["9101", "3202", "9102", "5203"], scope="module")
def test_while_looking_for_what_was_booked(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """A question without an answer decides nothing; the next look finds the settlement."""
    finished = line.lost_settlement()
    line.arm(infno, fault)
    ended_in_time(lambda: retry(line.under(reversal=Reversal.MANUAL), finished.visit))
    state = State.SETTLED if fault is Fault.TWICE else State.UNKNOWN
    assert line.record(finished.visit).state is state
    if state is State.UNKNOWN:
        waits(unknown_page(line, finished.visit), Open.SETTLEMENT)
    line.resolved(finished.visit)
    assert agree(line, finished.visit).state is State.SETTLED


@EACH
@pytest.mark.parametrize("infno", ["3201"], scope="module")
def test_while_comparing_the_sums(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """Sums without an answer are equal to nothing: the rows are asked for, and all of it is told."""
    finished = line.counter.settle(line.bill())
    days = Period(TODAY.date(), line.desk.clock().date())
    line.arm(infno, fault)
    found = ended_in_time(lambda: reconcile(line.desk, days))
    assert (found.totals[0].verdict is not None) is (fault is Fault.TWICE)
    assert bool(found.totals[0].why) is (fault is not Fault.TWICE)
    assert found.rows is not None or fault is Fault.TWICE
    line.heal()
    again = reconcile(line.desk, days)
    assert None not in [each.verdict for each in again.totals]
    assert agree(line, finished.visit).effectively_settled


@EACH
@pytest.mark.parametrize("infno", ["2601"], scope="module")
def test_while_reversing(line: SpoiltLine, infno: str, fault: Fault) -> None:
    """2601 is repeated until its answer is definite; a settlement that it undid is gone."""
    finished = line.lost_settlement()
    line.arm(infno, fault)
    blind = line.under(queries=frozenset())
    ended_in_time(lambda: retry(blind, finished.visit))
    state = State.CHARGES if fault is Fault.TWICE else State.UNKNOWN
    assert line.record(finished.visit).state is state
    item = item_of(line.desk, finished.visit)
    assert item.outcome_unknown is (state is State.UNKNOWN)
    if state is State.UNKNOWN:
        waits(unknown_page(line, finished.visit), Open.SETTLEMENT)
    line.heal()
    if state is State.UNKNOWN:
        retry(blind, finished.visit)
    line.resolved(finished.visit)
    assert not agree(line, finished.visit).effectively_settled
