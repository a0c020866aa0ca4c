"""What the cashier's window shows: one frozen value, made by the presenter alone.

Windows show it and send intents; nothing in here knows a widget. Amounts are fen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from desktop.domain.account_use import AccountUse
from desktop.domain.check_way import CheckWay
from desktop.domain.left import UNKNOWN_OUTCOME

if TYPE_CHECKING:
    from desktop.domain.charges import Bill
    from desktop.domain.identity import StandIn, ToldOtherwise
    from desktop.domain.money import Money
    from desktop.domain.notes import OthersAgreed
    from desktop.domain.person import Filing, Insurance, Person
    from desktop.domain.problems import Problem
    from desktop.domain.split import LineSplit, OtherAmount, Settlement
    from desktop.hospital.drop_folder import Broken
    from desktop.ledger.journal import VisitId
    from desktop.services.beside_the_rule import Beside
    from desktop.services.notices import Notice
    from desktop.services.outlook import Outlook
    from desktop.services.overview import OpenVisit
    from desktop.services.watched_line import LineNews
    from ui.cashier.doing import Doing
    from ui.cashier.draft import Typing
    from ui.cashier.form_desk import FormOffered
    from ui.cashier.identity_desk import StandInDraft
    from ui.cashier.news import News
    from ui.cashier.paper_state import PaperShown
    from ui.cashier.refund_state import RefundShown
    from ui.cashier.slip_desk import Drawn
    from ui.cashier.waiting import Case, Errand, Lookup, Outage


class Page(StrEnum):
    """Where the cashier is with this patient."""

    READY = "ready"
    """Nobody yet: waiting for a card, a code or a number."""
    CHOOSE = "choose"
    """Several insurances; one must be chosen (B06)."""
    PERSON = "person"
    """Known and eligible; the charges are missing or being uploaded."""
    CHARGES = "charges"
    """The charges are typed here."""
    OFFER = "offer"
    """The split is on screen; nothing is booked."""
    SETTLED = "settled"
    """Booked; the cash is to be taken."""
    DONE = "done"
    """Paid and printed."""
    STOPPED = "stopped"
    """A problem a person must hear about; ``ending`` says of which kind."""
    REFUND = "refund"
    """A settlement is given back, whole or some lines of it; ``refund`` says how far that is."""


class Halt(StrEnum):
    """Why the visit stands still: each kind has its own words and colour."""

    REFUSED = "refused"
    NEEDS_FILING = "needs-filing"
    NEEDS_PERSON = "needs-person"
    LINE_DOWN = "line-down"
    UNKNOWN = "unknown"
    NEEDS_CHECK = "needs-check"
    FAILED = "failed"


class Intent(StrEnum):
    """What the cashier may do now; a window offers exactly these, each with its key."""

    HELP = "help"
    NEXT_PATIENT = "next-patient"
    TYPE_CHARGES = "type-charges"
    HAND_OVER = "hand-over"
    REMOVE_LINE = "remove-line"
    RELOAD_CATALOGUE = "reload-catalogue"
    BROKEN_FILES = "broken-files"
    BACK = "back"
    GIVE_UP = "give-up"
    CONFIRM_IDENTITY = "confirm-identity"
    ACCOUNT = "account"
    SETTLE = "settle"
    COLLECT = "collect"
    PREVIEW = "preview"
    PRINT_AGAIN = "print-again"
    PRINT_REST = "print-rest"
    PAPER_CAME = "paper-came"
    PAPER_CAME_ONE = "paper-came-one"
    PAPER_DID_NOT_COME = "paper-did-not-come"
    GIVE_UP_PAPER = "give-up-paper"
    ENLARGE = "enlarge"
    ASK_AGAIN = "ask-again"
    SELF_PAY = "self-pay"
    LEAVE = "leave"
    QUEUE = "queue"
    RETRY = "retry"
    HAND_TO_OFFICE = "hand-to-office"
    COPY_CASE = "copy-case"
    FORMS = "forms"
    FINISH = "finish"
    SETTLE_ANEW = "settle-anew"
    SETTLE_BESIDE = "settle-beside"
    NOT_WAITING = "not-waiting"
    DEFER_DEPOSIT = "defer-deposit"
    DEFER_SIGNED = "defer-signed"
    LEAVE_UNPAID = "leave-unpaid"
    ACCEPT = "accept"
    AMOUNTS_AGREED = "amounts-agreed"
    CANCEL_SETTLEMENT = "cancel-settlement"
    REFUND = "refund"
    DAY_BEFORE = "day-before"
    DAY_AFTER = "day-after"
    REFUND_AGREED = "refund-agreed"
    REFUND_GOES_ON = "refund-goes-on"
    UNWIND = "unwind"
    CASH_GIVEN_BACK = "cash-given-back"
    FACE_CHECK = "face-check"
    STAND_IN = "stand-in"
    STAND_IN_DONE = "stand-in-done"
    NO_STAND_IN = "no-stand-in"
    DOUBT = "doubt"
    CLOSE_ANYWAY = "close-anyway"


LEAVING = frozenset(
    (Intent.HELP, Intent.QUEUE, Intent.NEXT_PATIENT, Intent.LEAVE, Intent.BACK, Intent.GIVE_UP)
)
"""What acts on nothing that stands on the page."""


class ShownBy(StrEnum):
    """What the person showed at the window."""

    CARD = "card"
    ID_CARD = "id-card"
    CODE = "code"
    NUMBER = "number"


class Busy(Struct, frozen=True):
    """Something is on its way; ``since`` is monotonic seconds."""

    doing: Doing
    since: float
    may_give_up: bool = False
    """Esc frees the window at once: a question, of which nothing is booked."""


class Desk(Struct, frozen=True):
    """Facts about this desk that stand on every page."""

    hospital: str
    operator: str
    practice: bool
    opening: bool = False
    """The window stands already, its journal and its platform are not at hand yet."""
    shut: bool = False
    """It does not open; why stands on the window until somebody closes it."""
    reader: str = ""
    """What the card reader says; "" when it is well."""
    line: LineNews | None = None
    """None until something was asked of the platform."""
    open_visits: tuple[OpenVisit, ...] = ()
    """Everything of this profile that is not at rest, beside the visit in hand."""
    face_terminal: bool = False
    """A face terminal of the platform stands here."""
    broken_files: tuple[Broken, ...] = ()
    """Charges files with faults in the drop folder; none of them is taken over."""
    lost_folder: str = ""
    """The drop folder, while it cannot be looked into; "" when it can."""

    @property
    def unknown_settlements(self) -> int:
        """Visits whose outcome nobody knows."""
        return sum(row.left in UNKNOWN_OUTCOME for row in self.open_visits)

    @property
    def waiting(self) -> int:
        """Everything else that is not at rest."""
        return len(self.open_visits) - self.unknown_settlements


class Quota(Struct, frozen=True):
    """What the pooled fund can still pay this year; ``estimated`` is shown as 估算.

    The platform's own figure (2206) is for after this settlement, an estimate for before it.
    """

    left: Money
    estimated: bool

    @staticmethod
    def of(left: Money | None, *, estimated: bool = False) -> Quota | None:
        """None where nothing is known."""
        return None if left is None else Quota(left, estimated)


_LARGEST_NOTE = 100_00
"""In fen."""


class Cash(Struct, frozen=True):
    """The cash step: the patient's part, what was given for it now and before."""

    due: Money
    given: Money | None = None
    held: Money | None = None
    """Paid while the bill waited, as the journal has it; what is over goes back."""

    @property
    def left(self) -> Money:
        """What is owed: the patient's part less what is held; negative: that goes back."""
        return self.due if self.held is None else self.due - self.held

    @property
    def change(self) -> Money | None:
        """找零; None while too little was given."""
        if self.given is None:
            return -self.left if self.left.fen < 0 else None
        return None if self.given < self.left else self.given - self.left

    @property
    def seems_mistyped(self) -> bool:
        """Nobody hands over a note that would come straight back."""
        change = self.change if self.given is not None else None
        return change is not None and change.fen >= _LARGEST_NOTE


class Stop(Struct, frozen=True):
    """The problem page."""

    halt: Halt
    problems: tuple[Problem, ...]

    @property
    def codes(self) -> frozenset[str]:
        """What was told, as a program names it."""
        return frozenset(problem.code for problem in self.problems)


class Parting(Struct, frozen=True):
    """What was decided about the patient before, whom the next one's card followed at once."""

    news: News
    patient: str
    """The masked name: it is not about whoever stands there now."""


class ViewState(Struct, frozen=True):
    """Everything on the window."""

    desk: Desk
    page: Page = Page.READY
    busy: Busy | None = None
    note: News | None = None
    """One line of news: what was just done, or cannot be done now."""
    trouble: Problem | None = None
    """Why what was just tried came to nothing, where nobody stands still for it."""
    parting: Parting | None = None
    """Told until the person there is settled, where nothing else is."""
    credential: ShownBy | None = None
    """By what the person was shown: a card, a code, a number."""
    person: Person | None = None
    insurance: Insurance | None = None
    choices: tuple[Insurance, ...] = ()
    filing: Filing | None = None
    quota: Quota | None = None
    outlook: Outlook | None = None
    """What is estimated before the bill is uploaded."""
    beside: Beside | None = None
    """What is estimated beside the amounts on offer; None before there are any."""
    benefit_notes: tuple[Problem, ...] = ()
    """What 2001 says that the patient must hear before anything is settled (B19, B21)."""
    notices: tuple[Notice, ...] = ()
    """What else they must hear before that (B16, B17, B20)."""
    checked_by: str = ""
    """人证核对: who looked; "" while nobody did."""
    checked_way: CheckWay = CheckWay.LOOKED
    otherwise: ToldOtherwise | None = None
    """What the credential tells otherwise than the centre; None while nobody is there."""
    stand_in: StandIn | None = None
    """Who settles for the person."""
    stand_in_draft: StandInDraft | None = None
    """Who stands in is being typed, over the page."""
    shows_doubts: bool = False
    """What may not fit lies over the page, to choose from (B08)."""
    bills: tuple[Bill, ...] = ()
    """Bills of this person that wait in the drop folder."""
    typing: Typing | None = None
    """The charges typed for this person; None before that began."""
    asks_to_close: bool = False
    """The cross was pressed, and the bill that is half typed would be lost: lies over the page."""
    may_retype: bool = False
    """The typed bill was refused and taken back: it can be mended and handed over again."""
    shows_broken: bool = False
    """The list of faulty charges files lies over the page."""
    bill: Bill | None = None
    held: Money | None = None
    """What the patient left for the bill before, as the journal has it."""
    lines: tuple[LineSplit, ...] = ()
    account_use: AccountUse = AccountUse.NONE
    offer: Settlement | None = None
    first_pay: Money | None = None
    settlement: Settlement | None = None
    other_amounts: tuple[OtherAmount, ...] = ()
    """What of it is not what the patient agreed to; told until the cash is taken."""
    others_agreed: OthersAgreed | None = None
    """The patient heard both sums, and agreed to what is booked; None before that."""
    cash: Cash | None = None
    paper: PaperShown | None = None
    """The settlement slip; None before it is drawn."""
    shows_reasons: bool = False
    """Why it is printed again lies over the page, to choose from (B37)."""
    forms: tuple[FormOffered, ...] = ()
    """Other papers of the visit lie over the page, to choose from."""
    slip: Drawn = None
    """The slip, drawn for the screen."""
    shows_slip: bool = False
    """The slip lies over the page, as wide as the window."""
    large_slip: Drawn = None
    """The slip, drawn for that."""
    stop: Stop | None = None
    notes: tuple[Problem, ...] = ()
    """What went wrong beside what was done; nothing of it undoes that."""
    shows_queue: bool = False
    """The list of what is not at rest lies over the page."""
    queue_at: VisitId | None = None
    """The row of that list that is chosen."""
    case: Case | None = None
    """What the office needs of that row, once it was asked for."""
    lookup: Lookup | None = None
    """The unknown outcome that this patient waits for."""
    outage: Outage | None = None
    """What may be done while the line is down."""
    errand: Errand | None = None
    """The bill that the next patient comes for."""
    refund: RefundShown | None = None
    intents: frozenset[Intent] = field(default_factory=frozenset)

    @property
    def awaits_yes(self) -> bool:
        """Other amounts are booked than the patient agreed to, and no cash is taken before they do."""
        if self.page is Page.REFUND:
            return self.refund is not None and self.refund.awaits_yes
        others = self.page is Page.SETTLED and bool(self.other_amounts)
        return others and self.others_agreed is None
