"""One open visit at the desk, step by step: what a window and the command line both walk through.

Each step is one method. A step that a person must hear about raises :class:`Stopped`; what it
means for the visit is in the journal by then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill, CareVisit
from desktop.domain.credential import Credential
from desktop.domain.deferral import settle_until
from desktop.domain.events import (
    Accepted,
    BenefitsConfirmed,
    BenefitsRefused,
    BillTaken,
    CashTaken,
    Closed,
    Deferred,
    Fact,
    FilingMissing,
    IdentityDoubted,
    LeftUnpaid,
    LineRefused,
    PaidBySelf,
    PatientLeft,
    PersonIdentified,
    Requeried,
)
from desktop.domain.identifiers import AreaCode, MdtrtId
from desktop.domain.identity import CheckWay, Doubt, StandIn
from desktop.domain.money import Money
from desktop.domain.notes import DepositCounted, IdentityChecked, StandInNamed
from desktop.domain.person import Insurance, Person
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.settlement import Batch
from desktop.services.credentials import read_entry
from desktop.services.deposits import amount, left_for
from desktop.services.eligibility import (
    Eligibility,
    check_benefits,
    is_about_filing,
    may_settle,
    ordinary_visit,
    right_window,
)
from desktop.services.ending import Ending, Stopped
from desktop.services.face import look_for
from desktop.services.identify import (
    choose_insurance,
    completed,
    identify,
    same_holder,
    same_person,
)
from desktop.services.locks import open_here
from desktop.services.one_settlement import (
    decided_beside,
    not_paid_twice,
    not_settled_before,
    nothing_unknown,
)
from desktop.services.other_amounts import yes_to_others
from desktop.services.ports import Case, Desk, VisitKey
from desktop.services.register import (
    has_visit_data,
    note_registration_gone,
    nothing_lost,
    register,
    undo,
    upload_visit,
)
from desktop.services.settle import Agreement, Commitment, commit, preview
from desktop.services.shown import Shown, shown_before
from desktop.services.upload import upload_lines
from desktop.services.visit_log import VisitLog

_LEAVES_A_BOOKING = frozenset((Ending.SETTLED, Ending.NEEDS_CHECK, Ending.UNKNOWN))


class DeskVisit:
    """The visit ``log`` writes about; used by one thread at a time."""

    def __init__(self, desk: Desk, earlier: VisitId | None = None) -> None:
        self._desk = desk
        record = VisitRecord() if earlier is None else desk.record(earlier)
        self._log = VisitLog(desk.journal, earlier or desk.new_visit_id(), desk.clock, record)
        self._shown = shown_before(self._log.record)
        self._held = amount(self._left())
        self._hold()

    @property
    def id(self) -> VisitId:
        return self._log.visit

    @property
    def record(self) -> VisitRecord:
        return self._log.record

    @property
    def held(self) -> Money | None:
        """What the patient left for the bill before, as it was when the bill was last looked at."""
        return self._held

    def _left(self) -> tuple[DepositCounted, ...]:
        return left_for(self._desk, self.record, self.id)

    def _hold(self) -> None:
        """This window's, from when person and visit are known (B49); raises :class:`Stopped`."""
        person, bill = self.record.person, self.record.bill
        if person is not None and bill is not None:
            open_here(self._desk, VisitKey(person.psn_no, bill.visit.visit_no), self.id)

    def take_bill(self, bill: Bill) -> None:
        """The bill to settle; before its lines are uploaded another one may take its place."""
        if bill != self.record.bill:
            self._log.note(BillTaken(bill))
            self._held = amount(self._left())
        may_settle(bill.visit)

    def show(self, credential: Credential) -> Person:
        """Ask the centre whose credential this is; it must be the credential's own (B08)."""
        self._log.note(read_entry(credential))
        person = identify(self._desk, credential)
        with self._doubted_with(person):
            otherwise = same_holder(person, credential)
        self._shown = Shown(completed(credential, person), person, otherwise)
        return person

    @property
    def shown(self) -> Shown | None:
        """Who stands at the window; None before the centre named them."""
        return self._shown

    def check_identity(
        self, way: CheckWay, by: str, *, passed: bool = True, evidence: str = ""
    ) -> None:
        """人证核对, on disk when this returns (S1-24); ``evidence`` as the note has it."""
        self._log.write(IdentityChecked(by, way, self._desk.clock(), passed, evidence))

    def look_at_face(self, by: str) -> Problem | None:
        """人证核对 by the face terminal, of the person or of who stands in; what went wrong, which
        leaves the check to a person. Both are on disk.
        """
        terminal, shown = self._desk.face, self._shown
        assert terminal is not None
        assert shown is not None
        stand_in = self.record.stand_in
        number = stand_in.number if stand_in else shown.person.cert_no
        seen = look_for(self._desk, terminal, number)
        told = seen.problem.code if seen.problem else seen.auth_no
        self.check_identity(CheckWay.FACE, by, passed=seen.problem is None, evidence=told)
        return seen.problem

    def name_stand_in(self, stand_in: StandIn | None, by: str) -> None:
        """Who settles for the insured person; their identity is to be checked then."""
        self._log.write(StandInNamed(stand_in, by))

    def doubt(self, reason: Doubt, by: str) -> tuple[Problem, ...]:
        """人证不符 (B08, S4-18): nothing is settled, the suspicion is on disk, and what is at the
        platform is taken back; what cannot be is told.
        """
        left = self.take_back()
        person = self._shown.person if self._shown else None
        code = ProblemCode.IDENTITY_DOUBTED.code
        self._log.write(IdentityDoubted(code, by, reason.words, person))
        self.release()
        return left

    def match_patient(self) -> None:
        """The credential's person must be the patient of the bill (B09)."""
        shown, bill = self._shown, self.record.bill
        assert shown is not None
        if bill is not None:
            with self._doubted_with(shown.person):
                same_person(shown.person, bill.patient)
            open_here(self._desk, VisitKey(shown.person.psn_no, bill.visit.visit_no), self.id)

    def insure(self, wanted: tuple[str, AreaCode | None] | None) -> Insurance:
        """Take the wanted insurance, or the only active one (B06, B07)."""
        assert self._shown is not None
        insurance = choose_insurance(self._shown.person, wanted)
        with self._told_as(_not_eligible):
            right_window(self._desk.place, insurance)
        self._log.note(PersonIdentified(self._shown.person, insurance))
        return insurance

    def check(self, assumed: CareVisit | None = None) -> Eligibility:
        """Will the funds pay (2001); ``assumed`` stands in while there is no bill.

        Without it, that is an ordinary visit now.
        """
        if self.record.state in (State.NEEDS_FILING, State.REFUSED):
            self._log.note(Requeried())
        with self._told_as(_not_eligible):
            found = check_benefits(self._desk, self._claim(assumed))
        self._log.note(BenefitsConfirmed(found.funds, found.filing))
        return found

    def not_settled_before(self) -> None:
        """Raises :class:`Stopped` when the bill is settled already, or may be."""
        not_settled_before(self._desk, self._bill, self.id)

    def upload(self, although: Collection[str] = ()) -> None:
        """Register (2201, 2203) unless the visit is, and upload the lines (2204).

        ``although`` this stands beside the bill, as :func:`decided_beside` has it.
        """
        case = self._case()
        self._hold()
        may_settle(case.bill.visit)
        decided_beside(self._desk, self._log, although)
        self.not_settled_before()
        nothing_unknown(self._desk, self._log)
        nothing_lost(self._desk, self._log)
        visit = self._registered(case)
        with self._told_as(lambda problem: LineRefused(problem.message)):
            upload_lines(self._desk, self._log, case, visit)

    def _registered(self, case: Case) -> MdtrtId:
        """2201 and 2203; a number that was withdrawn meanwhile is let go, and 2201 gives another."""
        try:
            return self._visit_at_platform(case)
        except Stopped as stop:
            if stop.problems[0].kind is not ProblemCode.VISIT_WITHDRAWN:
                raise
        note_registration_gone(self._log)
        return self._visit_at_platform(case, join=False)

    def _visit_at_platform(self, case: Case, *, join: bool = True) -> MdtrtId:
        with self._told_as(_not_eligible):
            visit = register(self._desk, self._log, case, join=join)
        if not has_visit_data(self._desk, self._log, case):
            upload_visit(self._desk, self._log, case, visit)
        return visit

    def offer(self, account_use: AccountUse) -> Settlement:
        """What would be settled (2206); may be asked again, as for another use of the account."""
        return preview(self._desk, self._log, self._case(), self._batch(), account_use)

    def commit(self, agreement: Agreement) -> Commitment:
        """Settle what was offered and agreed to (2207), once."""
        offered = self.record.preview
        assert offered is not None
        self.not_settled_before()
        return commit(self._desk, self._log, self._case(), self._batch(), offered, agreement)

    def take_back(self) -> tuple[Problem, ...]:
        """Undo what is at the platform and not booked (B25); what cannot be is told."""
        return undo(self._desk, self._log)

    def ended(self, step: Callable[[], Commitment]) -> Commitment:
        """Run ``step``; an end that booked nothing is taken back at the platform."""
        try:
            end = step()
        except Stopped as stop:
            end = Commitment(stop.ending, stop.problems)
        if end.ending in _LEAVES_A_BOOKING:
            return self._kept(end)
        return replace(end, problems=(*end.problems, *self.take_back()))

    def _kept(self, end: Commitment) -> Commitment:
        """What is sent stays settled, needs-check or unknown, though the journal takes no more."""
        try:
            self._log.write()
        except DeskError as error:
            more = (problem for problem in error.problems if problem not in end.problems)
            return replace(end, problems=(*end.problems, *more))
        return end

    def agree_to_others(self, by: str) -> None:
        """The patient heard what is booked otherwise than they agreed, and pays it (rule 2)."""
        self._log.write(yes_to_others(self.record, by, self._desk.clock()))

    def collect(self, cash: Money) -> None:
        """Cash was taken, after the settlement (rule 3 of visit.md 3.1)."""
        self._log.write(CashTaken(cash))

    def defer(self, why: Problem, deposit: Money | None = None) -> None:
        """Settle later, as a new settlement with the fee date kept (B22); ``deposit``: fen paid for it
        now, beside what was left before. Raises :class:`Stopped` where it is settled elsewhere.

        What is at the platform already is taken back by the queue. The platform's own sentence
        is not kept: it may name the person, and the reason stands on the office list.
        """
        until = settle_until(self._desk.clock().date(), self._bill.visit.began.date())
        self.not_settled_before()
        waits = Deferred(why.kind.message, until, why.code, self._desk.operator, deposit)
        self._log.write(*self._left(), waits)
        self.release()

    def pay_self(self, why: Problem, although: Collection[str] = ()) -> None:
        """The patient pays the whole bill and claims by hand (B22), ``although`` this stands beside
        it. Raises :class:`Stopped` where it is settled elsewhere, or may be, or nobody saw that.
        """
        if self.record.bill is not None:
            not_paid_twice(self._desk, self._log)
            decided_beside(self._desk, self._log, although)
        self._log.write(*self._left(), PaidBySelf(why.message, self._desk.operator))
        self.release()

    def patient_leaves(self) -> None:
        """The patient does not wait for an unknown outcome, or leaves without paying.

        Whoever leaves in the middle of a refund leaves it half-done: it is never a bill deferred,
        for the desk still holds cash of the settlement before.
        """
        unpaid = self.record.state is State.SETTLED
        if self.record.refund is None:
            self._log.write(LeftUnpaid() if unpaid else PatientLeft())
        self.release()

    def accept(self, by: str) -> None:
        """A supervisor accepts a settlement whose sums do not add up (B31)."""
        self._log.write(Accepted(by))

    def write_down(self, *facts: Fact) -> None:
        """Printed, could not print, closed: facts of paper, which never change money."""
        self._log.write(*facts)

    def reread(self) -> None:
        """Others wrote to this visit: what became of its papers."""
        self._log.reread(self._desk.record(self.id))

    def close(self) -> None:
        self._log.write(Closed())
        self.release()

    def release(self) -> None:
        """Another window may take this person's visit from here."""
        self._desk.locks.release(self.id)
        self._desk.memory.forget(self.id)

    def save(self) -> None:
        """Everything remembered is on disk when this returns."""
        self._log.write()

    def _claim(self, assumed: CareVisit | None = None) -> Claim:
        shown, record = self._shown, self.record
        visit = record.bill.visit if record.bill else assumed or ordinary_visit(self._desk.clock())
        assert shown is not None
        assert record.insurance is not None
        return Claim(shown.person, record.insurance, shown.credential, visit)

    @property
    def _bill(self) -> Bill:
        bill = self.record.bill
        assert bill is not None
        return bill

    def _case(self) -> Case:
        return Case(self._claim(), self._bill)

    def _batch(self) -> Batch:
        record = self.record
        assert record.mdtrt_id is not None
        assert record.batch is not None
        return Batch(record.mdtrt_id, record.batch, self._bill.total)

    @contextmanager
    def _doubted_with(self, person: Person) -> Iterator[None]:
        """Who it is does not fit: that is on disk at once, for nothing may follow (B08, B09)."""
        try:
            with self._told_as(lambda told: IdentityDoubted(told.code, "desk", "", person)):
                yield
        except Stopped:
            self._log.write()
            raise

    @contextmanager
    def _told_as(self, fact: Callable[[Problem], Fact]) -> Iterator[None]:
        """Note why a step was refused; a step without an answer leaves the visit where it is."""
        try:
            yield
        except Stopped as stop:
            if stop.ending in (Ending.REFUSED, Ending.NEEDS_PERSON):
                self._log.note(fact(stop.problems[0]))
            raise


def _not_eligible(problem: Problem) -> Fact:
    told = FilingMissing if is_about_filing(problem) else BenefitsRefused
    return told(problem.code, problem.detail)
