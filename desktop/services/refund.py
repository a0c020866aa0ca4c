"""Give a settlement back, whole or some lines of it (2208; visit.md B33, B38, B39).

A whole one takes lines and registration back as well, 2208 → 2205 → 2202: the interface document
(3, "undo after 2207") says how, and visit.md B38, which speaks of the money, nothing against it.
A partial refund takes the whole settlement back and settles the rest anew, in the same visit with a
new batch: 2208 → 2205 → 2204 → 2206 → 2207. Where it stops, the visit's state names the step.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.events import (
    BillTaken,
    Cancelled,
    CancelRefused,
    CancelRefusedAfterCash,
    CancelRefusedUnbalanced,
    CancelSubmitted,
    CancelUnknown,
    CashReturned,
    Closed,
    Fact,
    PatientDeclined,
    RefundUnwound,
)
from desktop.domain.identifiers import Msgid, SetlId
from desktop.domain.money import ZERO, Money
from desktop.domain.money_back import MoneyBack, money_back
from desktop.domain.notes import PaidElsewhere, RefundPlanned
from desktop.domain.open_work import (
    cash_left,
    is_given_back,
    is_paid_here,
    is_rest_paid_elsewhere,
    refund_step,
)
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused
from desktop.nhsa.questions import settlement
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.settlement import Batch
from desktop.services.credentials import remembered
from desktop.services.ending import Ending, Stopped, problem_of, stopped
from desktop.services.identify import completed, identify
from desktop.services.locks import open_here
from desktop.services.mend import mend
from desktop.services.one_settlement import nothing_unknown, sent_elsewhere
from desktop.services.other_amounts import yes_to_others
from desktop.services.ports import Case, Desk, VisitKey
from desktop.services.register import holder_of, remove_lines
from desktop.services.settle import Agreement, Commitment, commit, preview
from desktop.services.taken_back import paid_at_till
from desktop.services.upload import upload_lines
from desktop.services.visit_log import VisitLog
from desktop.services.went_through import went_through

_HALF_WAY = frozenset((State.REVERSED, State.REGISTERED, State.CHARGES, State.PRESETTLED))


class Refund:
    """The refund of one visit, step by step; used by one thread at a time.

    Every method raises :class:`~desktop.services.ending.Stopped` for what a person must hear.
    """

    def __init__(self, desk: Desk, visit: VisitId) -> None:
        self._desk = desk
        told = desk.told(visit)
        self._earlier = tuple(recorded.entry for recorded in told.entries)
        self._log = VisitLog(desk.journal, visit, desk.clock, told.record)
        self._credential = remembered(self._log.record)

    @property
    def record(self) -> VisitRecord:
        return self._log.record

    @property
    def steps(self) -> tuple[str, ...]:
        """The transactions that went through by now, in their order."""
        return went_through(self._log.told_here)

    def is_of(self, setl_id: SetlId) -> None:
        """This settlement, and no other of the visit, can be given back or is half given back.

        Raises for a 2208, or a 2207 of the rest, whose outcome is not known yet.
        """
        record, sent = self.record, self.record.cancel
        under_way = record.blocks_new_settlement or bool(refund_step(record))
        there = sent.setl_id if sent and under_way else _standing(record)
        if there != setl_id:
            raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL, setl_id)
        if record.blocks_new_settlement:
            lost = sent.msgid if sent and record.state is State.REVERSING else record.msgid
            raise stopped(Ending.UNKNOWN, ProblemCode.OUTCOME_UNKNOWN, f"报文 {lost}")

    @property
    def paid(self) -> Money | None:
        """What the patient paid in cash for what is, or was, taken back, fen: what this desk holds, or
        what the hospital's till took; None where that was not told.
        """
        if is_paid_here(self.record):
            return self.record.cash_taken or ZERO
        return paid_at_till((*self._earlier, *self._log.told_here))

    def is_rest_of(self, setl_id: str) -> bool:
        """This settlement was taken back in part, and its rest is settled anew."""
        old = self.record.taken_back[0] if self.record.taken_back else None
        return old is not None and old.setl_id == setl_id and self.record.effectively_settled

    @property
    def lines_given_back(self) -> tuple[str, ...]:
        """Of the last partial refund."""
        plans = (entry for entry in self._earlier if isinstance(entry, RefundPlanned))
        return next((plan.lines_back for plan in reversed(tuple(plans))), ())

    def paid_elsewhere(self, by: str) -> None:
        """The rest is settled, and what changes hands at the hospital's till was told."""
        settlement = self.record.settlement
        due = settlement.split.cash if settlement else None
        if due is not None and is_rest_paid_elsewhere(self.record):
            self._hold()
            self._log.write(PaidElsewhere(due, by))

    def agree_to_others(self, by: str) -> None:
        """The patient heard what of the rest is booked otherwise than they agreed, and pays it."""
        self._log.write(yes_to_others(self.record, by, self._desk.clock()))

    def expected(self, lines_back: Collection[str]) -> MoneyBack | None:
        """What would go back in cash, negative where the patient has still to pay; None where the
        answer tells too little for an estimate.
        """
        record = self.record
        if record.settlement is None or not record.effectively_settled:
            raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL)
        back = self._lines_back(lines_back)
        told = money_back(record.settlement.split, record.lines, back or _every_line(record))
        owed = cash_left(record) if is_paid_here(record) else None
        return replace(told, cash=told.cash - owed) if told and owed else told

    def present(self, credential: Credential) -> None:
        """A fresh credential of the same person, for what is settled anew (B39)."""
        person = identify(self._desk, credential)
        if self.record.person is None or person.psn_no != self.record.person.psn_no:
            raise stopped(Ending.NEEDS_PERSON, ProblemCode.PATIENT_MISMATCH)
        self._credential = completed(credential, person)

    def cancel(self, lines_back: Collection[str], by: str) -> Commitment:
        """2208 of the whole settlement; for ``lines_back`` alone the rest is settled anew after.

        SETTLED here means that 2208 is booked. A lost answer stays REVERSING: it is asked for,
        never sent a second time.
        """
        self._hold()
        back = self._lines_back(lines_back)
        if back and self._credential is None:
            raise stopped(Ending.NEEDS_PERSON, ProblemCode.CREDENTIAL_NEEDED)
        if back:
            nothing_unknown(self._desk, self._log)
        return cancel(self._desk, self._log, RefundPlanned(back, by))

    def offer_rest(self) -> Settlement:
        """The kept lines at the platform (2205, 2204) and what they cost (2206)."""
        self._hold()
        try:
            return self._offered(self._case_of_rest())
        finally:
            self._log.write()

    def _offered(self, case: Case) -> Settlement:
        self._drop_agreement()
        if self.record.state is State.REVERSED or self.record.unanswered:
            self._remove_lines()
        if self.record.state is State.REGISTERED:
            self._log.note(BillTaken(case.bill))
            mdtrt_id = self.record.mdtrt_id
            assert mdtrt_id is not None
            upload_lines(self._desk, self._log, case, mdtrt_id)
        use = self._account_use()
        return preview(self._desk, self._log, case, self._batch(), use)

    def settle_rest(self, agreement: Agreement) -> Commitment:
        """2207 of what was offered and agreed to, once; afterwards the cash is put right."""
        offered = self.record.preview
        if offered is None or not refund_step(self.record):
            raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL)
        case, batch = self._case_of_rest(), self._batch()
        return commit(self._desk, self._log, case, batch, offered, agreement)

    def unwind(self, by: str) -> None:
        """Settle nothing anew: then the whole settlement is taken back."""
        self._hold()
        self._drop_agreement()
        if not refund_step(self.record) or self.record.state not in _HALF_WAY:
            raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL)
        self._remove_lines()
        self._log.write(RefundUnwound(by))

    def clear_up(self) -> None:
        """After a whole refund lines (2205) and registration (2202) go too, where the cash is not
        at this desk; what cannot be taken back now waits in the queue, and the refund stands.
        """
        if not is_given_back(self.record):
            return
        with suppress(DeskError):
            mend(self._desk, self._log)

    def give_cash_back(self) -> Money | None:
        """The patient has their cash again, and the visit is closed; None when none was held.

        Once: raises where another window has the visit, or has given it back already.
        """
        self._hold()
        there = self._desk.record(self._log.visit)
        if (there.state, there.cash_taken) != (self.record.state, self.record.cash_taken):
            raise stopped(Ending.NEEDS_PERSON, ProblemCode.OPEN_ELSEWHERE)
        cash = self.record.cash_taken
        returned: tuple[Fact, ...] = (CashReturned(cash),) if cash else ()
        self._log.write(*returned, Closed())
        self.release()
        return cash or None

    def release(self) -> None:
        """Another window may take this person's visit from here."""
        self._desk.locks.release(self._log.visit)

    def _drop_agreement(self) -> None:
        """CONFIRMED, nothing sent: left by earlier versions where the intent's write failed."""
        if refund_step(self.record) and self.record.state is State.CONFIRMED:
            self._log.write(PatientDeclined())

    def _hold(self) -> None:
        person, bill = self.record.person, self.record.bill
        assert person is not None
        assert bill is not None
        open_here(self._desk, VisitKey(person.psn_no, bill.visit.visit_no), self._log.visit)

    def _lines_back(self, wanted: Collection[str]) -> tuple[str, ...]:
        """In the bill's order; all of them, or none named, is the whole bill."""
        lines = _every_line(self.record)
        unknown = sorted(set(wanted) - set(lines))
        if unknown:
            raise stopped(Ending.FAILED, ProblemCode.LINE_NOT_IN_BILL, "、".join(unknown))
        back = tuple(line for line in lines if line in wanted)
        return () if back == lines else back

    def _remove_lines(self) -> None:
        left = remove_lines(self._desk, self._log)
        self._log.write()
        if self.record.mdtrt_id is None:
            raise stopped(Ending.NEEDS_PERSON, ProblemCode.VISIT_WITHDRAWN)
        if left is not None:
            raise Stopped(Ending.NEEDS_PERSON, left)

    def _case_of_rest(self) -> Case:
        record = self.record
        if not refund_step(record):
            raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL)
        if self._credential is None:
            raise stopped(Ending.NEEDS_PERSON, ProblemCode.CREDENTIAL_NEEDED)
        assert record.person is not None
        assert record.insurance is not None
        assert record.refund is not None
        bill = _without(record.bill, record.refund.lines_back)
        claim = Claim(record.person, record.insurance, self._credential, bill.visit)
        return Case(claim, bill)

    def _batch(self) -> Batch:
        record = self.record
        assert record.mdtrt_id is not None
        assert record.batch is not None
        assert record.bill is not None
        return Batch(record.mdtrt_id, record.batch, record.bill.total)

    def _account_use(self) -> AccountUse:
        """As the patient agreed for the whole bill."""
        agreed = self.record.agreed
        return AccountUse(agreed.account_use if agreed else "0")


def cancel(desk: Desk, log: VisitLog, planned: RefundPlanned) -> Commitment:
    """Send 2208 once, plan and intent on disk before; decide its outcome once."""
    record = log.record
    setl_id = record.settlement.setl_id if record.settlement else None
    if not record.effectively_settled or setl_id is None or record.mdtrt_id is None:
        raise stopped(Ending.FAILED, ProblemCode.NOTHING_TO_CANCEL)
    if sent_elsewhere(desk, log):
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.OPEN_ELSEWHERE)
    question = settlement.cancel_settlement(holder_of(record), record.mdtrt_id, setl_id)
    msgid = desk.next_msgid()
    log.write(planned, CancelSubmitted(msgid, setl_id, desk.clock()))
    outcome = desk.platform.ask(question, msgid)
    try:
        return _decided(desk, log, msgid, outcome)
    except DeskError as error:
        # The answer could not be written down: what is on disk says sent, so unknown it is.
        return _unknown(msgid, *error.problems)


def _decided(desk: Desk, log: VisitLog, msgid: Msgid, outcome: Outcome[Settlement]) -> Commitment:
    if isinstance(outcome, Accepted):
        log.write(Cancelled(outcome.value))
        return Commitment(Ending.SETTLED, ())
    if isinstance(outcome, Refused | NotSent):
        problem = problem_of(outcome, desk.refusals)
        log.write(refused_cancel(log.record, problem.message))
        return Commitment(Ending.REFUSED, (problem,))
    log.write(CancelUnknown(f"{outcome.why} {outcome.text}".rstrip()))
    return _unknown(msgid)


def _unknown(msgid: Msgid, *more: Problem) -> Commitment:
    unknown = Problem(ProblemCode.OUTCOME_UNKNOWN, f"报文 {msgid}")
    return Commitment(Ending.UNKNOWN, (unknown, *more))


def refused_cancel(record: VisitRecord, text: str) -> Fact:
    """Back to where the visit stood: what needed a check still needs it."""
    if record.before_cancel is State.SETTLED_NEEDS_CHECK:
        return CancelRefusedUnbalanced(text)
    unpaid = record.before_cancel in (State.SETTLED, State.UNPAID)
    return CancelRefused(text) if unpaid else CancelRefusedAfterCash(text)


def is_of_another_year(record: VisitRecord, today: date) -> bool:
    """Its sums count for the year of the settlement (B41)."""
    settlement = record.to_give_back
    settled_at = settlement.settled_at if settlement else None
    return settled_at is not None and settled_at.year != today.year


def _standing(record: VisitRecord) -> SetlId | None:
    """The settlement that can be given back."""
    standing = record.settlement if record.effectively_settled else None
    return standing.setl_id if standing else None


def _every_line(record: VisitRecord) -> tuple[str, ...]:
    return tuple(line.line_no for line in record.bill.lines) if record.bill else ()


def _without(bill: Bill | None, lines_back: tuple[str, ...]) -> Bill:
    assert bill is not None
    return replace(bill, lines=tuple(x for x in bill.lines if x.line_no not in lines_back))
