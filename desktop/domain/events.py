"""What can happen to a visit: facts and intents, a closed set, written down before they act.

Every class here is one kind of journal entry. A fact moves the visit by the table of
:mod:`desktop.domain.visit`; an intent (:class:`RequestIntended`) names a request that is about to
be sent, so that a crash leaves its name behind (unknown-outcome, rule 1). Amounts are in fen.
"""

# ruff: noqa: PLC0414 - the facts of taking back are read from here too

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.domain.cancel_events import Cancelled as Cancelled
from desktop.domain.cancel_events import CancelRefused as CancelRefused
from desktop.domain.cancel_events import CancelRefusedAfterCash as CancelRefusedAfterCash
from desktop.domain.cancel_events import CancelRefusedUnbalanced as CancelRefusedUnbalanced
from desktop.domain.cancel_events import CancelSubmitted as CancelSubmitted
from desktop.domain.cancel_events import CancelUnknown as CancelUnknown
from desktop.domain.cancel_events import RefundUnwound as RefundUnwound
from desktop.domain.charges import Bill
from desktop.domain.credential import CredentialKind
from desktop.domain.identifiers import BatchNo, MdtrtId, Msgid
from desktop.domain.money import Money
from desktop.domain.notes import DepositCounted, Note
from desktop.domain.person import Filing, FundAnswer, Insurance, Person
from desktop.domain.split import LineSplit, Settlement


@dataclass(frozen=True, slots=True)
class BillTaken:
    """The hospital's bill was read and every fault of it is gone."""

    bill: Bill


@dataclass(frozen=True, slots=True)
class CredentialRead:
    kind: CredentialKind
    masked_number: str
    number: str = field(default="", repr=False)
    """Of a card or an ID, which may serve again (visit.md 3.3); never a voucher's token."""
    card_sn: str = field(default="", repr=False)
    name_hex: str = field(default="", repr=False)
    """The name's bytes as the card holds them: evidence when a character is disputed."""


@dataclass(frozen=True, slots=True)
class CredentialRefused:
    """Unreadable, of the wrong kind, expired or used (B01–B04)."""

    problem: str


@dataclass(frozen=True, slots=True)
class PersonIdentified:
    """1101 named the person, and one insurance was chosen (B06)."""

    person: Person
    insurance: Insurance


@dataclass(frozen=True, slots=True)
class IdentityDoubted:
    """人证不符, or the credential is not the patient's (B08, B09)."""

    problem: str
    by: str
    reason: str = ""
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class BenefitsConfirmed:
    """The funds will pay, as far as 2001 tells."""

    funds: tuple[FundAnswer, ...]
    filing: Filing | None


@dataclass(frozen=True, slots=True)
class BenefitsRefused:
    """Insurance stopped, suspended, inpatient, in-province … (B07, B10–B12, B17)."""

    problem: str
    text: str


@dataclass(frozen=True, slots=True)
class FilingMissing:
    """No filing that covers this place and day (B13–B15)."""

    problem: str
    text: str


@dataclass(frozen=True, slots=True)
class Requeried:
    """The person filed or was put right; ask the insured area again."""


@dataclass(frozen=True, slots=True)
class Registered:
    """2201 gave the visit its number; or a second bill joins a visit that has one."""

    mdtrt_id: MdtrtId
    joined: bool
    """True when the registration belongs to an earlier bill of the same visit."""


@dataclass(frozen=True, slots=True)
class RegistrationCancelled:
    """2202 is through."""


@dataclass(frozen=True, slots=True)
class LinesUploaded:
    """2204 is through: the split per line is here."""

    batch: BatchNo
    lines: tuple[LineSplit, ...]


@dataclass(frozen=True, slots=True)
class LineRefused:
    """The platform rejected a line; the bill must be put right (B23)."""

    text: str


@dataclass(frozen=True, slots=True)
class LinesRemoved:
    """2205 is through."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """2206 showed the amounts; nothing is booked."""

    settlement: Settlement
    at: datetime | None = None
    """The PC's clock when the answer came."""
    platform_at: datetime | None = None
    """The platform's time in the answer."""


@dataclass(frozen=True, slots=True)
class PreviewRefused:
    problem: str
    text: str


@dataclass(frozen=True, slots=True)
class PatientAgreed:
    """The patient saw the amounts and agreed (CONFIRMED)."""

    cash: Money
    account_use: str
    """``acct_used_flag``: 0 none, 1 own, 2 own and family."""
    identity_checked_by: str
    pays_here: bool = False
    """The cash is taken at this desk, so that a settlement without it is not finished."""


@dataclass(frozen=True, slots=True)
class PatientDeclined:
    """Not now, or not so (B25)."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """2207 is about to be sent: the point of no return."""

    msgid: Msgid
    request_hash: str
    amounts_shown: Settlement
    at: datetime | None = None
    """The PC's clock."""
    platform_at: datetime | None = None
    """The platform's time now, reckoned from the 2206 before; None where it cannot be."""
    counted: tuple[DepositCounted, ...] = ()
    """What was left for the bill elsewhere, which is this visit's once the 2207 is booked."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Booked, and the sums add up."""

    settlement: Settlement


@dataclass(frozen=True, slots=True)
class SettledUnbalanced:
    """Booked, but an identity fails or the cash is not told (B31)."""

    settlement: Settlement
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettlementRefused:
    """A definite no: refused by platform or gateway, or surely never sent (B27)."""

    problem: str
    text: str


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """Sent, and no usable answer (B28)."""

    reason: str


@dataclass(frozen=True, slots=True)
class FoundNotBooked:
    """Query or reversal proved, after the horizon, that nothing is booked (B28)."""

    evidence: str


@dataclass(frozen=True, slots=True)
class Undone:
    """2601 took the settlement back, whether it was booked already or not (B28)."""

    evidence: str


@dataclass(frozen=True, slots=True)
class PatientLeft:
    """Will not wait for an unknown outcome; slip F9 (B30)."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A supervisor accepts a settlement whose sums do not add up (B31)."""

    by: str


@dataclass(frozen=True, slots=True)
class CashTaken:
    """The desk holds the settlement's cash part; after a partial refund, the new one's."""

    cash: Money


@dataclass(frozen=True, slots=True)
class CashReturned:
    """The cash of a settlement that was taken back is with the patient again (B38)."""

    cash: Money


@dataclass(frozen=True, slots=True)
class LeftUnpaid:
    """Settled, and the patient is gone or cannot pay (B33, B34)."""


@dataclass(frozen=True, slots=True)
class Printed:
    document: str
    copies: int


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """Paper out, jam, off (B35); money stays as it is."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Done; belongs to a shift and a day."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Line down: settle later, as a new settlement with the fee date kept (B22)."""

    reason: str
    until: date
    """After this day the record goes to a person: self-pay with a manual claim."""
    outage: str = ""
    """Code of the problem that kept it from being settled."""
    by: str = ""
    """Operator."""
    deposit: Money | None = None
    """What the patient paid meanwhile; None: signed only."""


@dataclass(frozen=True, slots=True)
class SettledAnew:
    """The waiting bill was settled, as a new settlement, by another visit; or what was left for it
    went on to one."""

    visit: str


@dataclass(frozen=True, slots=True)
class PaidBySelf:
    """The patient pays the whole bill and claims by hand; sheet F7."""

    reason: str
    by: str = ""
    """Operator."""


Fact = (
    BillTaken
    | CredentialRead
    | CredentialRefused
    | PersonIdentified
    | IdentityDoubted
    | BenefitsConfirmed
    | BenefitsRefused
    | FilingMissing
    | Requeried
    | Registered
    | RegistrationCancelled
    | LinesUploaded
    | LineRefused
    | LinesRemoved
    | Previewed
    | PreviewRefused
    | PatientAgreed
    | PatientDeclined
    | Submitted
    | Settled
    | SettledUnbalanced
    | SettlementRefused
    | OutcomeUnknown
    | FoundNotBooked
    | Undone
    | PatientLeft
    | Accepted
    | CashTaken
    | CashReturned
    | LeftUnpaid
    | Printed
    | PrintFailed
    | Closed
    | CancelSubmitted
    | Cancelled
    | CancelUnknown
    | CancelRefused
    | CancelRefusedUnbalanced
    | CancelRefusedAfterCash
    | RefundUnwound
    | Deferred
    | SettledAnew
    | PaidBySelf
)
"""Everything that the table of states knows."""

Entry = Fact | Note
"""Everything that the journal holds."""
