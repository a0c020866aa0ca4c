"""One visit at the desk: its states and the one table that moves it (visit.md 3.1).

A transition is pure: ``(state, fact) → (state, effects)``. Services write the fact to the journal,
carry the effects out, and feed back what happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain import events as e


class State(StrEnum):
    """Where a visit stands; values as ``kuasheng visits`` prints them."""

    IDLE = "idle"
    CREDENTIAL = "credential"
    IDENTIFIED = "identified"
    ELIGIBLE = "eligible"
    REGISTERED = "registered"
    CHARGES = "charges"
    PRESETTLED = "presettled"
    CONFIRMED = "confirmed"
    SUBMITTED = "submitted"
    SETTLED = "settled"
    COLLECTED = "collected"
    PRINTED = "printed"
    CLOSED = "closed"
    NEEDS_FILING = "needs_filing"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    REVERSING = "reversing"
    REVERSED = "reversed"
    DEFERRED = "deferred"
    DEFERRED_UNKNOWN = "deferred_unknown"
    SELF_PAY = "self_pay"
    SETTLED_NEEDS_CHECK = "settled_needs_check"
    PRINT_PENDING = "print_pending"
    UNPAID = "unpaid"


class Effect(StrEnum):
    """What the services must do next; the numbers are the platform's transactions."""

    IDENTIFY = "1101"
    CHECK_BENEFITS = "2001 5301 5206"
    REGISTER = "2201"
    CANCEL_REGISTRATION = "2202"
    UPLOAD_VISIT = "2203"
    UPLOAD_LINES = "2204"
    REMOVE_LINES = "2205"
    PREVIEW = "2206"
    SETTLE = "2207"
    CANCEL_SETTLEMENT = "2208"
    FIND_OUTCOME = "3202 5203 2601"
    FIND_CANCEL = "5203 3202"
    TAKE_CASH = "take cash"
    GIVE_CASH_BACK = "give cash back"
    PRINT_SLIP = "print F1"
    PRINT_CLAIM_SHEET = "print F7"
    PRINT_DEFERRED_SLIP = "print F8"
    PRINT_UNKNOWN_SLIP = "print F9"
    CALL_OFFICE = "insurance office"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table; ``branch`` names the branch of visit.md 3.2 that it serves."""

    source: State
    fact: type[e.Fact]
    target: State
    effects: tuple[Effect, ...] = ()
    branch: str = ""


class NotAllowed(Exception):
    """The fact cannot happen in this state: a fault of the program, never of the patient."""

    def __init__(self, state: State, fact: type[e.Fact]) -> None:
        super().__init__(f"{fact.__name__} cannot happen to a visit that is {state.value}")
        self.state = state
        self.fact = fact


_S = State
_T = Transition

_BEFORE_UPLOAD = (_S.IDLE, _S.CREDENTIAL, _S.IDENTIFIED, _S.ELIGIBLE, _S.REGISTERED)
_BEFORE_REGISTRATION = (_S.CREDENTIAL, _S.IDENTIFIED, _S.ELIGIBLE)
_BEFORE_SUBMIT = (
    _S.IDLE,
    _S.CREDENTIAL,
    _S.IDENTIFIED,
    _S.ELIGIBLE,
    _S.REGISTERED,
    _S.CHARGES,
    _S.PRESETTLED,
)
_BOOKED = (
    _S.SETTLED,
    _S.SETTLED_NEEDS_CHECK,
    _S.UNPAID,
    _S.COLLECTED,
    _S.PRINT_PENDING,
    _S.PRINTED,
    _S.CLOSED,
)

TABLE: tuple[Transition, ...] = (
    *(_T(state, e.BillTaken, state) for state in _BEFORE_UPLOAD),
    _T(_S.IDLE, e.CredentialRead, _S.CREDENTIAL, (Effect.IDENTIFY,)),
    _T(_S.IDLE, e.CredentialRefused, _S.IDLE, (), "B01–B04"),
    _T(_S.CREDENTIAL, e.CredentialRefused, _S.IDLE, (), "B02, B03"),
    _T(_S.CREDENTIAL, e.PersonIdentified, _S.IDENTIFIED, (Effect.CHECK_BENEFITS,), "B06"),
    _T(_S.CREDENTIAL, e.BenefitsRefused, _S.REFUSED, (), "B07, B10"),
    _T(_S.CREDENTIAL, e.IdentityDoubted, _S.REFUSED, (Effect.CALL_OFFICE,), "B08, B09"),
    *(
        _T(state, e.IdentityDoubted, _S.REFUSED, (Effect.CALL_OFFICE,), "B08, B09")
        for state in (_S.IDENTIFIED, _S.ELIGIBLE, _S.REGISTERED, _S.CHARGES, _S.PRESETTLED)
    ),
    _T(_S.IDENTIFIED, e.BenefitsConfirmed, _S.ELIGIBLE, (Effect.REGISTER,), "B16–B21"),
    _T(_S.IDENTIFIED, e.BenefitsRefused, _S.REFUSED, (), "B10–B12, B17, B18"),
    _T(_S.IDENTIFIED, e.FilingMissing, _S.NEEDS_FILING, (), "B13–B15"),
    _T(_S.NEEDS_FILING, e.Requeried, _S.IDENTIFIED, (Effect.CHECK_BENEFITS,), "B13"),
    _T(_S.NEEDS_FILING, e.PaidBySelf, _S.SELF_PAY, (Effect.PRINT_CLAIM_SHEET,), "B13"),
    _T(_S.REFUSED, e.Requeried, _S.IDENTIFIED, (Effect.CHECK_BENEFITS,), "B10"),
    _T(_S.REFUSED, e.PaidBySelf, _S.SELF_PAY, (Effect.PRINT_CLAIM_SHEET,), "B10"),
    *(_T(state, e.PatientDeclined, _S.IDLE) for state in _BEFORE_REGISTRATION),
    _T(_S.ELIGIBLE, e.BenefitsRefused, _S.REFUSED, (), "refused by 2201"),
    _T(_S.ELIGIBLE, e.FilingMissing, _S.NEEDS_FILING, (), "refused by 2201"),
    _T(_S.ELIGIBLE, e.Registered, _S.REGISTERED, (Effect.UPLOAD_VISIT, Effect.UPLOAD_LINES)),
    _T(_S.REGISTERED, e.LinesUploaded, _S.CHARGES, (Effect.PREVIEW,)),
    _T(_S.REGISTERED, e.LineRefused, _S.REGISTERED, (Effect.REMOVE_LINES,), "B23"),
    _T(_S.REGISTERED, e.LinesRemoved, _S.REGISTERED, (Effect.CANCEL_REGISTRATION,), "B22"),
    _T(_S.REGISTERED, e.RegistrationCancelled, _S.ELIGIBLE, (), "B25"),
    _T(_S.CHARGES, e.Previewed, _S.PRESETTLED),
    _T(_S.CHARGES, e.PreviewRefused, _S.CHARGES, (Effect.REMOVE_LINES,)),
    _T(_S.CHARGES, e.LinesRemoved, _S.REGISTERED, (Effect.CANCEL_REGISTRATION,), "B23, B25, B27"),
    _T(_S.PRESETTLED, e.Previewed, _S.PRESETTLED, (), "B26"),
    _T(_S.PRESETTLED, e.PreviewRefused, _S.CHARGES, (Effect.REMOVE_LINES,), "B26"),
    _T(_S.PRESETTLED, e.PatientAgreed, _S.CONFIRMED, (), "B24"),
    _T(_S.PRESETTLED, e.PatientDeclined, _S.CHARGES, (Effect.REMOVE_LINES,), "B25"),
    _T(_S.PRESETTLED, e.LinesRemoved, _S.REGISTERED, (Effect.CANCEL_REGISTRATION,), "B25, B26"),
    _T(_S.CONFIRMED, e.PatientDeclined, _S.PRESETTLED),
    _T(_S.CONFIRMED, e.Submitted, _S.SUBMITTED, (Effect.SETTLE,)),
    _T(_S.SUBMITTED, e.Settled, _S.SETTLED, (Effect.TAKE_CASH,)),
    _T(_S.SUBMITTED, e.SettledUnbalanced, _S.SETTLED_NEEDS_CHECK, (Effect.CALL_OFFICE,), "B31"),
    _T(_S.SUBMITTED, e.SettlementRefused, _S.CHARGES, (), "B27"),
    _T(_S.SUBMITTED, e.OutcomeUnknown, _S.UNKNOWN, (Effect.FIND_OUTCOME,), "B28, B50"),
    _T(_S.UNKNOWN, e.OutcomeUnknown, _S.UNKNOWN, (Effect.FIND_OUTCOME,), "B29"),
    _T(_S.UNKNOWN, e.Settled, _S.SETTLED, (Effect.TAKE_CASH,), "B28"),
    _T(_S.UNKNOWN, e.SettledUnbalanced, _S.SETTLED_NEEDS_CHECK, (Effect.CALL_OFFICE,), "B28, B31"),
    _T(_S.UNKNOWN, e.FoundNotBooked, _S.CHARGES, (Effect.REMOVE_LINES,), "B28"),
    _T(_S.UNKNOWN, e.Undone, _S.CHARGES, (Effect.REMOVE_LINES,), "B28"),
    _T(_S.UNKNOWN, e.PatientLeft, _S.DEFERRED_UNKNOWN, (Effect.PRINT_UNKNOWN_SLIP,), "B30"),
    _T(_S.DEFERRED_UNKNOWN, e.OutcomeUnknown, _S.DEFERRED_UNKNOWN, (Effect.FIND_OUTCOME,), "B30"),
    _T(_S.DEFERRED_UNKNOWN, e.Settled, _S.UNPAID, (), "B30"),
    _T(
        _S.DEFERRED_UNKNOWN,
        e.SettledUnbalanced,
        _S.SETTLED_NEEDS_CHECK,
        (Effect.CALL_OFFICE,),
        "B30, B31",
    ),
    _T(_S.DEFERRED_UNKNOWN, e.FoundNotBooked, _S.DEFERRED, (), "B30"),
    _T(_S.DEFERRED_UNKNOWN, e.Undone, _S.DEFERRED, (), "B30"),
    _T(_S.SETTLED_NEEDS_CHECK, e.Accepted, _S.SETTLED, (Effect.TAKE_CASH,), "B31"),
    _T(_S.SETTLED, e.CashTaken, _S.COLLECTED, (Effect.PRINT_SLIP,), "B32"),
    _T(_S.SETTLED, e.Printed, _S.SETTLED, (), "paper before cash, without a window"),
    _T(_S.SETTLED, e.LeftUnpaid, _S.UNPAID, (), "B33, B34"),
    _T(_S.UNPAID, e.Printed, _S.UNPAID, (), "paper before cash"),
    _T(_S.UNPAID, e.CashTaken, _S.COLLECTED, (Effect.PRINT_SLIP,), "B34"),
    _T(_S.COLLECTED, e.Printed, _S.PRINTED),
    _T(_S.COLLECTED, e.PrintFailed, _S.PRINT_PENDING, (), "B35"),
    _T(_S.PRINT_PENDING, e.PrintFailed, _S.PRINT_PENDING, (), "B35"),
    _T(_S.PRINT_PENDING, e.Printed, _S.PRINTED, (), "B35, B36"),
    _T(_S.PRINTED, e.Printed, _S.PRINTED, (), "B36"),
    _T(_S.PRINTED, e.Closed, _S.CLOSED),
    _T(_S.CLOSED, e.Printed, _S.CLOSED, (), "B37"),
    *(
        _T(state, e.CancelSubmitted, _S.REVERSING, (Effect.CANCEL_SETTLEMENT,), "B33, B38")
        for state in _BOOKED
    ),
    _T(_S.REVERSING, e.Cancelled, _S.REVERSED, (Effect.GIVE_CASH_BACK,), "B38"),
    _T(_S.REVERSING, e.CancelUnknown, _S.REVERSING, (Effect.FIND_CANCEL,), "B38"),
    _T(_S.REVERSING, e.CancelRefused, _S.SETTLED, (), "B38, B40"),
    _T(_S.REVERSING, e.CancelRefusedUnbalanced, _S.SETTLED_NEEDS_CHECK, (), "B31, B38"),
    _T(_S.REVERSING, e.CancelRefusedAfterCash, _S.COLLECTED, (), "B38, B40"),
    _T(_S.REVERSED, e.LinesRemoved, _S.REGISTERED, (Effect.UPLOAD_LINES,), "B39"),
    _T(_S.REGISTERED, e.RefundUnwound, _S.REVERSED, (Effect.GIVE_CASH_BACK,), "B39"),
    _T(_S.REVERSED, e.CashReturned, _S.REVERSED, (), "B38"),
    _T(_S.REVERSED, e.Closed, _S.CLOSED, (), "B38"),
    *(
        _T(state, e.Deferred, _S.DEFERRED, (Effect.PRINT_DEFERRED_SLIP,), "B22")
        for state in _BEFORE_SUBMIT
    ),
    *(
        _T(state, e.PaidBySelf, _S.SELF_PAY, (Effect.PRINT_CLAIM_SHEET,), "B22, B25")
        for state in _BEFORE_SUBMIT
    ),
    _T(_S.DEFERRED, e.SettledAnew, _S.CLOSED, (), "B22"),
    _T(_S.DEFERRED, e.PaidBySelf, _S.SELF_PAY, (Effect.PRINT_CLAIM_SHEET,), "B22"),
    _T(_S.SELF_PAY, e.Closed, _S.CLOSED),
)

_BY_KEY = {(row.source, row.fact): row for row in TABLE}


def transition(state: State, fact: e.Fact) -> Transition:
    """The row that ``fact`` takes from ``state``; raises :class:`NotAllowed`."""
    row = _BY_KEY.get((state, type(fact)))
    if row is None:
        raise NotAllowed(state, type(fact))
    return row


BLOCKS_NEW_SETTLEMENT = frozenset(
    (State.SUBMITTED, State.UNKNOWN, State.DEFERRED_UNKNOWN, State.REVERSING)
)
"""While a visit is here, its bill is sent nowhere (unknown-outcome, rule 4)."""

EFFECTIVELY_SETTLED = frozenset(_BOOKED) - {State.CLOSED}
"""A settlement stands for the bill. CLOSED is decided by the record: it may be self-paid."""
