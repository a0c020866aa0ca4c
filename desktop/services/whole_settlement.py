"""One bill from credential to booked, without a window (``kuasheng settle``).

The same services as the window's, in the order of house.md. One bill, one settlement: what the
journal holds as settled or unknown is never sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.events import (
    BenefitsConfirmed,
    BenefitsRefused,
    BillTaken,
    CredentialRead,
    Fact,
    FilingMissing,
    IdentityDoubted,
    LineRefused,
    PersonIdentified,
)
from desktop.domain.identifiers import AreaCode, masked_number
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.settlement import Batch
from desktop.services.eligibility import (
    check_benefits,
    is_about_filing,
    right_window,
    trauma_settled,
)
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import choose_insurance, completed, identify, same_person
from desktop.services.ports import Case, Desk
from desktop.services.register import has_visit_data, register, undo, upload_visit
from desktop.services.settle import Agreement, Commitment, commit, preview
from desktop.services.upload import upload_lines
from desktop.services.visit_log import VisitLog

_LEAVES_A_BOOKING = frozenset((Ending.SETTLED, Ending.NEEDS_CHECK, Ending.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be settled, for whom, and on what terms."""

    bill: Bill
    credential: Callable[[], Credential]
    """Reads the credential, when its turn has come."""
    insurance: tuple[str, AreaCode | None] | None
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Finished:
    """How it ended; ``record`` holds every amount and name that came back."""

    visit: str
    ending: Ending
    problems: tuple[Problem, ...]
    record: VisitRecord


def settle_bill(desk: Desk, order: Order) -> Finished:
    """Settle one bill once; never raises for what can happen at a desk."""
    earlier = settled_before(desk, order.bill)
    if earlier is not None:
        return earlier
    log = VisitLog(desk.journal, desk.new_visit_id(), desk.clock)
    try:
        ended = _attempt(desk, log, order)
    except DeskError as error:
        ended = Commitment(Ending.FAILED, error.problems)
    return Finished(log.visit, ended.ending, ended.problems, log.record)


def _attempt(desk: Desk, log: VisitLog, order: Order) -> Commitment:
    try:
        case, notes = _admitted(desk, log, order)
    except Stopped as stop:
        log.write()
        return Commitment(stop.ending, stop.problems)
    ended = _settled(desk, log, case, order.agreement)
    return Commitment(ended.ending, (*notes, *ended.problems))


def settled_before(desk: Desk, bill: Bill) -> Finished | None:
    """The visit that already settled this bill, or whose outcome is unknown (contracts)."""
    for visit in desk.journal.visits_of_bill(bill.key):
        record = desk.record(visit)
        if record.blocks_new_settlement:
            unknown = Problem(ProblemCode.OUTCOME_UNKNOWN, f"报文 {record.msgid}")
            return Finished(visit, Ending.UNKNOWN, (unknown,), record)
        if record.effectively_settled:
            unbalanced = record.state is State.SETTLED_NEEDS_CHECK
            ending = Ending.NEEDS_CHECK if unbalanced else Ending.SETTLED
            return Finished(visit, ending, (Problem(ProblemCode.ALREADY_SETTLED),), record)
    return None


def _admitted(desk: Desk, log: VisitLog, order: Order) -> tuple[Case, tuple[Problem, ...]]:
    """Everything that only asks: who it is, and whether the funds will pay."""
    log.note(BillTaken(order.bill))
    trauma_settled(order.bill.visit)
    case = _identified(desk, log, order)
    return case, _eligible(desk, log, case)


def _settled(desk: Desk, log: VisitLog, case: Case, agreement: Agreement) -> Commitment:
    """Everything that leaves traces at the platform; a no takes them back."""
    try:
        ended = _steps(desk, log, case, agreement)
    except Stopped as stop:
        ended = Commitment(stop.ending, stop.problems)
    if ended.ending in _LEAVES_A_BOOKING:
        return _kept(log, ended)
    return Commitment(ended.ending, (*ended.problems, *undo(desk, log, case)))


def _kept(log: VisitLog, ended: Commitment) -> Commitment:
    """What is sent stays settled, needs-check or unknown, though the journal takes no more."""
    try:
        log.write()
    except DeskError as error:
        more = (problem for problem in error.problems if problem not in ended.problems)
        return Commitment(ended.ending, (*ended.problems, *more))
    return ended


def _steps(desk: Desk, log: VisitLog, case: Case, agreement: Agreement) -> Commitment:
    with _told_as(log, _not_eligible):
        visit = register(desk, log, case)
    if not has_visit_data(desk, log, case):
        upload_visit(desk, log, case, visit)
    with _told_as(log, lambda problem: LineRefused(problem.message)):
        number = upload_lines(desk, log, case, visit)
    batch = Batch(visit, number, case.bill.total)
    offered = preview(desk, log, case, batch, agreement.account_use)
    return commit(desk, log, case, batch, offered, agreement)


def _identified(desk: Desk, log: VisitLog, order: Order) -> Case:
    credential = order.credential()
    log.note(CredentialRead(credential.kind, masked_number(credential.number)))
    person = identify(desk, credential)
    with _told_as(log, lambda problem: IdentityDoubted(problem.message, by="desk")):
        same_person(person, order.bill.patient)
    insurance = choose_insurance(person, order.insurance)
    with _told_as(log, _not_eligible):
        right_window(desk.place, insurance)
    log.note(PersonIdentified(person, insurance))
    known = completed(credential, person)
    return Case(Claim(person, insurance, known, order.bill.visit), order.bill)


def _eligible(desk: Desk, log: VisitLog, case: Case) -> tuple[Problem, ...]:
    with _told_as(log, _not_eligible):
        found = check_benefits(desk, case)
    log.note(BenefitsConfirmed(found.funds, found.filing))
    return found.notes


def _not_eligible(problem: Problem) -> Fact:
    told = FilingMissing if is_about_filing(problem) else BenefitsRefused
    return told(problem.code, problem.detail)


@contextmanager
def _told_as(log: VisitLog, fact: Callable[[Problem], Fact]) -> Iterator[None]:
    """Note why a step was refused; a step without an answer leaves the visit where it is."""
    try:
        yield
    except Stopped as stop:
        if stop.ending in (Ending.REFUSED, Ending.NEEDS_PERSON):
            log.note(fact(stop.problems[0]))
        raise
