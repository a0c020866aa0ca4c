"""One open visit at the desk, step by step: what a window and the command line both walk through.

Each step is one method. A step that a person must hear about raises :class:`Stopped`; what it
means for the visit is in the journal by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from desktop.domain.charges import Bill, CareVisit
from desktop.domain.credential import Credential
from desktop.domain.events import (
    BenefitsConfirmed,
    BenefitsRefused,
    BillTaken,
    CashTaken,
    Closed,
    CredentialRead,
    Entry,
    Fact,
    FilingMissing,
    IdentityDoubted,
    LineRefused,
    PersonIdentified,
    Requeried,
)
from desktop.domain.identifiers import AreaCode, masked_number
from desktop.domain.money import Money
from desktop.domain.person import Insurance, Person
from desktop.domain.problems import DeskError, Problem
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.nhsa.questions.claim import AccountUse, Claim
from desktop.nhsa.questions.settlement import Batch
from desktop.services.eligibility import (
    Eligibility,
    check_benefits,
    emergency_marked,
    is_about_filing,
    right_window,
    trauma_settled,
)
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import choose_insurance, completed, identify, same_person
from desktop.services.ports import Case, Desk
from desktop.services.register import has_visit_data, not_blocked, register, undo, upload_visit
from desktop.services.settle import Agreement, Commitment, commit, preview
from desktop.services.upload import upload_lines
from desktop.services.visit_log import VisitLog

_LEAVES_A_BOOKING = frozenset((Ending.SETTLED, Ending.NEEDS_CHECK, Ending.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Shown:
    """Who stands at the window, before an insurance is chosen."""

    credential: Credential
    person: Person


class DeskVisit:
    """The visit ``log`` writes about; used by one thread at a time."""

    def __init__(self, desk: Desk, earlier: VisitId | None = None) -> None:
        self._desk = desk
        entries: Sequence[Entry] = ()
        if earlier is not None:
            entries = [recorded.entry for recorded in desk.journal.entries(earlier)]
        self._log = VisitLog(desk.journal, earlier or desk.new_visit_id(), desk.clock, entries)
        self._shown: Shown | None = None

    @property
    def id(self) -> VisitId:
        return self._log.visit

    @property
    def record(self) -> VisitRecord:
        return self._log.record

    def take_bill(self, bill: Bill) -> None:
        """The bill to settle; before its lines are uploaded another one may take its place."""
        self._log.note(BillTaken(bill))
        trauma_settled(bill.visit)
        emergency_marked(bill.visit)

    def show(self, credential: Credential) -> Person:
        """Ask the centre whose credential this is."""
        self._log.note(CredentialRead(credential.kind, masked_number(credential.number)))
        person = identify(self._desk, credential)
        self._shown = Shown(completed(credential, person), person)
        return person

    def match_patient(self) -> None:
        """The credential's person must be the patient of the bill (B09)."""
        shown, bill = self._shown, self.record.bill
        assert shown is not None
        if bill is not None:
            with self._told_as(lambda problem: IdentityDoubted(problem.code, by="desk")):
                same_person(shown.person, bill.patient)

    def insure(self, wanted: tuple[str, AreaCode | None] | None) -> Insurance:
        """Take the wanted insurance, or the only active one (B06, B07)."""
        assert self._shown is not None
        insurance = choose_insurance(self._shown.person, wanted)
        with self._told_as(_not_eligible):
            right_window(self._desk.place, insurance)
        self._log.note(PersonIdentified(self._shown.person, insurance))
        return insurance

    def check(self, assumed: CareVisit | None = None) -> Eligibility:
        """Will the funds pay (2001); ``assumed`` stands in while there is no bill."""
        if self.record.state in (State.NEEDS_FILING, State.REFUSED):
            self._log.note(Requeried())
        with self._told_as(_not_eligible):
            found = check_benefits(self._desk, self._claim(assumed))
        self._log.note(BenefitsConfirmed(found.funds, found.filing))
        return found

    def upload(self) -> None:
        """Register (2201, 2203) unless the visit is, and upload the lines (2204)."""
        case = self._case()
        not_blocked(self._desk, self._log, case)
        with self._told_as(_not_eligible):
            visit = register(self._desk, self._log, case)
        if not has_visit_data(self._desk, self._log, case):
            upload_visit(self._desk, self._log, case, visit)
        with self._told_as(lambda problem: LineRefused(problem.message)):
            upload_lines(self._desk, self._log, case, visit)

    def offer(self, account_use: AccountUse) -> Settlement:
        """What would be settled (2206); may be asked again, as for another use of the account."""
        return preview(self._desk, self._log, self._case(), self._batch(), account_use)

    def commit(self, agreement: Agreement) -> Commitment:
        """Settle what was offered and agreed to (2207), once."""
        offered = self.record.preview
        assert offered is not None
        return commit(self._desk, self._log, self._case(), self._batch(), offered, agreement)

    def take_back(self) -> tuple[Problem, ...]:
        """Undo what is at the platform and not booked (B25); what cannot be is told."""
        if self._shown is None or self.record.bill is None or self.record.insurance is None:
            self._log.write()
            return ()
        return undo(self._desk, self._log, self._case())

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

    def collect(self, cash: Money) -> None:
        """Cash was taken, after the settlement (rule 3 of visit.md 3.1)."""
        self._log.write(CashTaken(cash))

    def write_down(self, *facts: Fact) -> None:
        """Printed, could not print, closed: facts of paper, which never change money."""
        self._log.write(*facts)

    def close(self) -> None:
        self._log.write(Closed())

    def save(self) -> None:
        """Everything remembered is on disk when this returns."""
        self._log.write()

    def _claim(self, assumed: CareVisit | None = None) -> Claim:
        shown, record = self._shown, self.record
        visit = record.bill.visit if record.bill else assumed
        assert shown is not None
        assert record.insurance is not None
        assert visit is not None
        return Claim(shown.person, record.insurance, shown.credential, visit)

    def _case(self) -> Case:
        bill = self.record.bill
        assert bill is not None
        return Case(self._claim(), bill)

    def _batch(self) -> Batch:
        record = self.record
        assert record.bill is not None
        assert record.mdtrt_id is not None
        assert record.batch is not None
        return Batch(record.mdtrt_id, record.batch, record.bill.total)

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
