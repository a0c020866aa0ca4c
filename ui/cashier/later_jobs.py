"""Jobs about visits that are not at rest; each runs on the desk's thread (see ``counter``)."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.prints import PaperStanding, paper_left
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services import queue
from desktop.services.case_text import case_text
from desktop.services.credentials import remembered
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.overview import Overview, overview
from desktop.services.paper_desk import slip_on
from desktop.services.ports import Desk
from ui.cashier import counter as jobs
from ui.cashier.counter import Counter, Offered
from ui.cashier.paper_state import PaperShown
from ui.cashier.print_desk import Prepared, prepared, stands
from ui.cashier.waiting import Case

_PATIENT_MAY_LEAVE = frozenset((State.UNKNOWN, State.SETTLED))


class Anew(Struct, frozen=True):
    """A bill to settle as a new settlement; the credential where it may serve again."""

    bill: Bill
    credential: Credential | None


def reopen(desk: Desk, visit: VisitId) -> DeskVisit:
    """The visit as the journal has it, held by this window; raises ``Stopped`` (open-elsewhere)."""
    return DeskVisit(desk, visit)


def printed_late(counter: Counter, visit: VisitId) -> tuple[DeskVisit, Prepared | PaperShown]:
    """The slip that did not come out, ready to be sent; one that may have is only shown."""
    opened, papers = reopen(counter.desk, visit), counter.papers
    paper, shown = slip_on(opened.record), stands(papers, opened)
    if paper is None or shown is None:
        return opened, jobs.slip_of(counter, opened)
    if paper.standing is not PaperStanding.WAITING:
        return opened, shown
    return opened, prepared(opened, lambda: papers.again(opened.id, paper.job))


def paper_given_up(counter: Counter, visit: VisitId) -> None:
    """Nobody wants the paper that waits."""
    record = counter.desk.record(visit)
    paper = paper_left(record.papers)
    if paper is not None:
        counter.papers.give_up(visit, paper.job)


def retry_now(desk: Desk, visit: VisitId, held: VisitId | None) -> Overview:
    queue.retry(desk, visit)
    return overview(desk, visit, held)


def handed_over(desk: Desk, visit: VisitId) -> Case:
    """The office has it; what it needs to ask the platform."""
    queue.hand_over(desk, visit)
    return case_of(desk, visit)


def case_of(desk: Desk, visit: VisitId) -> Case:
    return Case(visit, case_text(queue.item_of(desk, visit), desk.institution))


def patient_left(desk: Desk, visit: VisitId) -> None:
    """The patient does not wait: nothing is paid, the queue goes on (B30).

    It may have found out in this very moment; then there is nothing to wait for.
    """
    opened = reopen(desk, visit)
    if opened.record.state in _PATIENT_MAY_LEAVE:
        opened.patient_leaves()
    else:
        opened.release()


def anew(desk: Desk, visit: VisitId) -> Anew:
    """Take back what the attempt without a settlement left, as far as that goes now.

    What does not go now is the queue's, as ever.
    """
    earlier = reopen(desk, visit)
    try:
        earlier.take_back()
    finally:
        earlier.release()
    bill = earlier.record.bill
    assert bill is not None
    return Anew(bill, remembered(earlier.record))


def deferred_bill(desk: Desk, visit: VisitId) -> Anew:
    """What waits to be settled with its patient; the credential is shown afresh.

    A patient who left an unknown outcome that turned out not to be booked deferred nothing (B30).
    """
    record = desk.record(visit)
    assert record.bill is not None
    return Anew(record.bill, None)


def paid_by_self(desk: Desk, visit: VisitId, although: frozenset[str] = frozenset()) -> None:
    """A deferred bill is not settled any more: the patient pays it, and claims by hand.

    ``although``: what the cashier has seen stand beside it. Raises ``Stopped`` for anything else.
    """
    deferred = reopen(desk, visit)
    waited = deferred.record.deferred
    outage = ProblemCode.of(waited.outage) if waited else None
    try:
        deferred.pay_self(Problem(outage or ProblemCode.NO_USABLE_ANSWER), although)
    finally:
        deferred.release()


def revised(counter: Counter, visit: DeskVisit, bill: Bill, use: AccountUse) -> Offered:
    """The hospital changed the bill on offer (B26): its lines go back, the new ones are asked for."""
    _taken_back(visit)
    jobs.take_bill(visit, bill)
    return jobs.prepare(counter, visit, use)


def prepare_again(counter: Counter, visit: DeskVisit, use: AccountUse) -> Offered:
    """After an outage: what may be left of the first attempt is taken back before the second."""
    _taken_back(visit)
    return jobs.prepare(counter, visit, use)


def _taken_back(visit: DeskVisit) -> None:
    """Nothing of it is at the platform any more; raises ``Stopped`` where that is not sure."""
    left = visit.take_back()
    if left:
        raise Stopped(Ending.FAILED, Problem(ProblemCode.NO_USABLE_ANSWER), *left)
