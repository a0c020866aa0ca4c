"""Preview and commit: 2206, the patient's yes, 2207 with exactly three outcomes."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.domain.account_use import AccountUse
from desktop.domain.balance import Balance, Identity, check, doubts
from desktop.domain.charges import Bill
from desktop.domain.events import (
    Entry,
    OutcomeUnknown,
    PatientAgreed,
    Previewed,
    PreviewRefused,
    Settled,
    SettledUnbalanced,
    SettlementRefused,
    Submitted,
)
from desktop.domain.identifiers import Msgid
from desktop.domain.identity import CheckWay
from desktop.domain.money import Money
from desktop.domain.notes import IdentityChecked
from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error
from desktop.domain.split import Settlement, Split
from desktop.ledger.errors import NotAdmitted
from desktop.nhsa.outcome import Accepted, NotSent, Outcome, Refused
from desktop.nhsa.questions import settlement
from desktop.nhsa.questions.settlement import Batch
from desktop.services.clock import clock_agrees
from desktop.services.deposits import left_for
from desktop.services.ending import Ending, Stopped, accepted, problem_of
from desktop.services.one_settlement import sent_elsewhere
from desktop.services.other_amounts import amounts_changed
from desktop.services.ports import Case, Desk
from desktop.services.sending import ask
from desktop.services.visit_log import VisitLog


class Agreement(Struct, frozen=True):
    """What the patient agreed to, and who looked at them."""

    account_use: AccountUse
    identity_checked_by: str
    expected_cash: Money | None = None
    """Refuse to commit when the preview shows other cash; None: whatever it shows."""
    identity_way: CheckWay = CheckWay.LOOKED
    """How they looked, where that is not in the journal yet."""
    pays_here: bool = False
    """The cash is taken at this desk, not elsewhere in the hospital."""


class Commitment(Struct, frozen=True):
    """How 2207 ended."""

    ending: Ending
    problems: tuple[Problem, ...]


def preview(
    desk: Desk, log: VisitLog, case: Case, batch: Batch, account_use: AccountUse
) -> Settlement:
    """Ask 2206 for the amounts; nothing is booked. Raises :class:`Stopped`.

    Amounts that do not add up are never shown as an offer: a person must look.
    """
    outcome = ask(desk, log, settlement.preview(case.claim, batch, account_use))
    if not isinstance(outcome, Accepted):
        problem = problem_of(outcome, desk.refusals)
        log.note(PreviewRefused(problem.code, problem.detail))
    offered = accepted(outcome, desk.refusals)
    clock_agrees(desk, outcome.platform_time)
    faults = _not_to_offer(offered.split, batch.total)
    if faults:
        log.note(PreviewRefused(faults[0].code, faults[0].detail))
        raise Stopped(Ending.NEEDS_PERSON, *faults)
    log.note(Previewed(offered, desk.clock(), outcome.platform_time))
    return offered


def commit(
    desk: Desk,
    log: VisitLog,
    case: Case,
    batch: Batch,
    offered: Settlement,
    agreement: Agreement,
) -> Commitment:
    """Send 2207 once, its intent on disk before, and decide its outcome once.

    Raises :class:`Stopped` when the patient agreed to other cash or another attempt stands in the
    way, ``DeskError`` (open-elsewhere) when somebody else sent this visit's 2207 meanwhile; nothing
    is sent then.
    """
    if sent_elsewhere(desk, log):
        raise desk_error(ProblemCode.OPEN_ELSEWHERE)
    cash = _cash_as_agreed(offered.split, agreement)
    use = agreement.account_use
    question = settlement.settle(case.claim, batch, use, offered.split, case.bill.receipt_no)
    log.note(*_identity_checked(log, agreement, desk.clock()))
    agreed = PatientAgreed(cash, use.value, agreement.identity_checked_by, agreement.pays_here)
    msgid = desk.next_msgid()
    now = desk.clock()
    platform_now = _platform_now(log.record.previewed, now)
    left = left_for(desk, log.record, log.visit)
    intent = Submitted(msgid, question.request_hash, offered, now, platform_now, left)
    try:
        log.write(agreed, intent)
    except NotAdmitted as refused:
        raise Stopped(Ending.NEEDS_PERSON, *refused.problems) from refused
    outcome = desk.platform.ask(question, msgid)
    try:
        return _decided(desk, log, case, outcome)
    except DeskError as error:
        # The answer could not be written down: what is on disk says sent, so unknown it is.
        return _unknown(msgid, *error.problems)


def _identity_checked(
    log: VisitLog, agreement: Agreement, now: datetime
) -> tuple[IdentityChecked, ...]:
    """A check that was told with the order alone, as on the command line (S1-24)."""
    if log.record.checked is not None or not agreement.identity_checked_by:
        return ()
    return (IdentityChecked(agreement.identity_checked_by, agreement.identity_way, now),)


def _platform_now(previewed: Previewed | None, now: datetime) -> datetime | None:
    """The platform's time, by how far its clock stood from ours at the preview."""
    if previewed is None or previewed.at is None or previewed.platform_at is None:
        return None
    return previewed.platform_at + (now - previewed.at) if now >= previewed.at else None


def _decided(desk: Desk, log: VisitLog, case: Case, outcome: Outcome[Settlement]) -> Commitment:
    """The three outcomes, in the one place that decides them (unknown-outcome, rule 3)."""
    if isinstance(outcome, Accepted):
        return booked(log, case.bill, outcome.value)
    if isinstance(outcome, Refused | NotSent):
        problem = problem_of(outcome, desk.refusals)
        log.write(SettlementRefused(problem.code, problem.detail))
        return Commitment(Ending.REFUSED, (problem,))
    log.write(OutcomeUnknown(f"{outcome.why} {outcome.text}".rstrip()))
    return _unknown(log.record.msgid)


def _unknown(msgid: Msgid | None, *more: Problem) -> Commitment:
    unknown = Problem(ProblemCode.OUTCOME_UNKNOWN, f"报文 {msgid}")
    return Commitment(Ending.UNKNOWN, (unknown, *more))


def booked(log: VisitLog, bill: Bill, settlement: Settlement, *found: Entry) -> Commitment:
    """Write down what is booked, by its answer or, with how it was ``found``, by a query.

    Booked is booked: sums that do not add up make it needs-check, never unknown (B31).
    """
    balance = check(settlement.split, bill.total)
    faults = _faults(settlement.split, bill.total)
    if faults:
        codes = tuple(fault.code for fault in faults)
        log.write(*found, SettledUnbalanced(settlement, codes))
        return Commitment(Ending.NEEDS_CHECK, faults)
    log.write(*found, Settled(settlement))
    return Commitment(Ending.SETTLED, (*amounts_changed(log.record), *_warnings(balance)))


def _cash_as_agreed(shown: Split, agreement: Agreement) -> Money:
    expected = agreement.expected_cash
    if shown.cash is None:
        raise Stopped(Ending.NEEDS_PERSON, Problem(ProblemCode.CASH_NOT_TOLD))
    if expected is not None and expected != shown.cash:
        detail = f"预结算 {shown.cash} 元，患者看到 {expected} 元"
        raise Stopped(Ending.NEEDS_PERSON, Problem(ProblemCode.CASH_DIFFERS, detail))
    return shown.cash


def _not_to_offer(split: Split, uploaded: Money) -> tuple[Problem, ...]:
    """Why these amounts cannot be settled on: 2207 must repeat all four parts of the total."""
    balance = check(split, uploaded)
    untold = Identity.C1 in balance.unchecked
    parts = (Problem(ProblemCode.IDENTITY_UNCHECKED, Identity.C1.words),) if untold else ()
    return (*_faults(split, uploaded), *parts)


def _faults(split: Split, uploaded: Money) -> tuple[Problem, ...]:
    broken = "；".join(doubts(split, uploaded))
    unbalanced = (Problem(ProblemCode.SPLIT_DOES_NOT_ADD_UP, broken),) if broken else ()
    needed = (
        (ProblemCode.TOTAL_NOT_TOLD, split.total),
        (ProblemCode.CASH_NOT_TOLD, split.cash),
    )
    return (*unbalanced, *(Problem(kind) for kind, amount in needed if amount is None))


def _warnings(balance: Balance) -> tuple[Problem, ...]:
    warned = "、".join(balance.warnings)
    unchecked = "、".join(balance.unchecked)
    return (
        *((Problem(ProblemCode.IDENTITY_WARNING, warned),) if warned else ()),
        *((Problem(ProblemCode.IDENTITY_UNCHECKED, unchecked),) if unchecked else ()),
    )
