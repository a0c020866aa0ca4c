"""What the cashier's window asks the services to do: each function is one job of a worker.

A job returns what the window shall show, or raises :class:`Stopped` / ``DeskError``, whose words
the window shows. Nothing here knows a widget or a thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.money import Money
from desktop.domain.person import Filing, Insurance, Person
from desktop.domain.problems import Problem
from desktop.domain.split import LineSplit, Settlement, first_pay
from desktop.nhsa.waits import Waits
from desktop.services import steps
from desktop.services.beside_the_rule import Beside, beside_record
from desktop.services.catalogue_places import LoadedCatalogue
from desktop.services.desk_visit import DeskVisit
from desktop.services.eligibility import Eligibility, ordinary_visit
from desktop.services.explain import remaining_quota
from desktop.services.known_rule import KnownRules
from desktop.services.outlook import Asked, Outlook, outlook_of
from desktop.services.paper_desk import PaperDesk
from desktop.services.ports import Desk
from desktop.services.settle import Agreement, Commitment
from desktop.services.shown import Shown
from desktop.services.watched_line import LineNews
from printing.sheets import sheets_within
from ui.cashier.print_desk import Prepared, prepared
from ui.cashier.slip_desk import Draw

if TYPE_CHECKING:
    from desktop.domain.charges import CareVisit
    from desktop.domain.notes import OthersAgreed
    from desktop.domain.record import VisitRecord
    from desktop.ledger.journal import VisitId
    from desktop.services.notices import Notice

    Heard = Callable[[VisitId, VisitRecord, CareVisit | None], tuple[Notice, ...]]


class Counter(Struct, frozen=True):
    """The ports of one window."""

    desk: Desk
    operator: str
    waiting_bills: Callable[[Person], tuple[Bill, ...]]
    """Bills of this person in the drop folder, newest first."""
    papers: PaperDesk
    catalogue: Callable[[], LoadedCatalogue]
    """What can be charged here, for a bill typed at the window; raises ``DeskError``."""
    known: KnownRules = KnownRules()
    """For what is estimated before and beside the platform's answer."""
    draw: Draw = sheets_within
    """Draws the slip for the screen."""
    line_news: Callable[[], LineNews | None] = lambda: None
    """Since when no request was answered, +08:00; None while the line stands."""
    make_ready: Callable[[], None] = lambda: None
    """Loads what the first question needs; for any thread, and the question does not need it done."""

    waits: Waits = field(default_factory=Waits)
    """By which a question of the cashier's is given up."""
    heard: Heard = lambda _visit, _record, _assumed: ()
    """What the person of a visit hears although it goes on (B16, B17, B20)."""

    def new_visit(self) -> DeskVisit:
        return DeskVisit(self.desk)


class Admitted(Struct, frozen=True):
    """The person is known, and the funds will pay as far as 2001 tells."""

    insurance: Insurance
    filing: Filing | None
    notes: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    bills: tuple[Bill, ...]
    bill: Bill | None
    """The only bill that waits; None when there are none or several."""
    outlook: Outlook | None
    """What the pooled fund can still pay this year, estimated; None when it is not known."""


class Taken(Struct, frozen=True):
    """The visit has its bill."""

    bill: Bill
    notices: tuple[Notice, ...]


class Offered(Struct, frozen=True):
    """The split as 2206 shows it."""

    lines: tuple[LineSplit, ...]
    settlement: Settlement
    first_pay: Money | None
    left: Money | None
    """What the pooled fund can still pay this year after it, as the platform tells."""
    beside: Beside
    """What is said beside it, estimated."""


def show(visit: DeskVisit, credential: Callable[[], Credential]) -> Shown:
    """Who the centre says it is, and how the credential writes them."""
    visit.show(credential())
    assert visit.shown is not None
    return visit.shown


def admit(
    counter: Counter, visit: DeskVisit, wanted: steps.Wanted, errand: Bill | None = None
) -> Admitted:
    """Take an insurance, find the bill unless it is an ``errand``, ask whether the funds will pay."""
    person = visit.shown.person if visit.shown else None
    assert person is not None
    bills = (errand,) if errand else counter.waiting_bills(person)
    found = steps.admit(visit, wanted, _the_only(bills))
    return _admitted(counter, visit, bills, found)


def check_again(counter: Counter, visit: DeskVisit, errand: Bill | None = None) -> Admitted:
    """The patient filed, or was put right: ask the insured area again (B13)."""
    person = visit.record.person
    assert person is not None
    bills = (errand,) if errand else counter.waiting_bills(person)
    found = steps.check_again(visit)
    only = _the_only(bills)
    if visit.record.bill is None and only is not None:
        take_bill(visit, only)
    return _admitted(counter, visit, bills, found)


def _admitted(
    counter: Counter, visit: DeskVisit, bills: tuple[Bill, ...], found: Eligibility
) -> Admitted:
    """The estimate is for the year of the bill, or of today while there is none."""
    record, desk = visit.record, counter.desk
    assert record.person is not None
    assert record.insurance is not None
    day = record.bill.visit.began if record.bill else desk.clock()
    asked = Asked(record.person.psn_no, record.insurance, found.filing, day.date())
    outlook = outlook_of(desk, counter.known, asked)
    notices = counter.heard(visit.id, record, ordinary_visit(desk.clock()))
    return Admitted(
        record.insurance, found.filing, found.notes, notices, bills, record.bill, outlook
    )


def _the_only(bills: tuple[Bill, ...]) -> Bill | None:
    return bills[0] if len(bills) == 1 else None


def take_bill(visit: DeskVisit, bill: Bill) -> Bill:
    steps.take_bill(visit, bill)
    return bill


def take(counter: Counter, visit: DeskVisit, bill: Bill) -> Taken:
    """A bill that was chosen or typed, and what the patient hears of it."""
    return Taken(take_bill(visit, bill), counter.heard(visit.id, visit.record, None))


def prepare(
    counter: Counter,
    visit: DeskVisit,
    account_use: AccountUse,
    although: frozenset[str] = frozenset(),
) -> Offered:
    """Upload the bill and show what it would cost whom; a no leaves nothing at the platform.

    ``although``: what the cashier has seen stand beside it.
    """
    return _offered(counter, visit, steps.prepare(visit, account_use, although))


def offer(counter: Counter, visit: DeskVisit, account_use: AccountUse) -> Offered:
    """The amounts again, with another use of the account."""
    return _offered(counter, visit, visit.offer(account_use))


def _offered(counter: Counter, visit: DeskVisit, settlement: Settlement) -> Offered:
    lines = visit.record.lines
    split = settlement.split
    said = beside_record(counter.known, visit.record, split, counter.desk.place)
    return Offered(lines, settlement, first_pay(split, lines), remaining_quota(split), said)


def settle(visit: DeskVisit, agreement: Agreement) -> Commitment:
    return steps.settle(visit, agreement)


def agree_to_others(counter: Counter, visit: DeskVisit) -> OthersAgreed | None:
    """The patient's yes to what is booked is on disk when this returns."""
    visit.agree_to_others(counter.operator)
    return visit.record.others_agreed


def collect(counter: Counter, visit: DeskVisit, cash: Money) -> Prepared:
    """The cash is in the drawer; then the slip."""
    visit.collect(cash)
    return slip_of(counter, visit)


def slip_of(counter: Counter, visit: DeskVisit) -> Prepared:
    """The settlement slip, drawn and kept, ready to be sent to the printer."""
    return prepared(visit, lambda: counter.papers.order(visit.id))


def leave(visit: DeskVisit) -> tuple[Problem, ...]:
    """The patient goes without a settlement: nothing stays at the platform."""
    return visit.take_back()
