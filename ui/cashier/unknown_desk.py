"""A patient waits while the queue finds out what became of their settlement (B28-B30); no Qt.

The visit itself is let go, so that the queue may work on it; it comes back to the window once its
outcome is known.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from desktop.domain.left import Left
from desktop.domain.notes import Found, Open
from desktop.domain.open_work import refund_step
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.form_numbers import UNCONFIRMED
from desktop.services.overview import OpenVisit, Overview
from desktop.services.queue_items import Waiting
from ui.cashier import later_jobs as jobs
from ui.cashier.counter import Counter
from ui.cashier.doing import Doing
from ui.cashier.front import Front
from ui.cashier.news import News
from ui.cashier.stage import Stage
from ui.cashier.state import Halt, Intent, Page, Stop
from ui.cashier.waiting import Errand, Lookup, Ruling

_STILL_OPEN = frozenset(
    (State.SUBMITTED, State.UNKNOWN, State.DEFERRED_UNKNOWN, State.REVERSING),
)
_COMES_BACK = frozenset(
    (
        *(State.SETTLED, State.UNPAID, State.SETTLED_NEEDS_CHECK, State.REVERSED),
        *(State.COLLECTED, State.PRINT_PENDING, State.PRINTED, State.CLOSED),
    )
)


class UnknownDesk:
    """Lives on the presenter's thread."""

    def __init__(
        self,
        counter: Counter,
        stage: Stage,
        front: Front,
        arises: Callable[[VisitId, str], None],
    ) -> None:
        """``arises`` prints the paper that the patient takes home, once."""
        self._arises = arises
        self._counter = counter
        self._stage = stage
        self._front = front
        stage.left_unknown = self._leaves

    @property
    def followed(self) -> VisitId | None:
        """The visit whose outcome this patient waits for."""
        lookup = self._stage.state.lookup
        return lookup.visit if lookup is not None and lookup.ruling is None else None

    def follow(self, record: VisitRecord, visit: VisitId) -> None:
        """From here on the queue has it; the patient is asked to wait."""
        self._stage.let_go()
        cancel = record.cancel if record.state is State.REVERSING else None
        what = Open.CANCEL if cancel else Open.SETTLEMENT
        msgid = cancel.msgid if cancel else record.msgid
        self._stage.change(lookup=Lookup(visit, what, str(msgid or "")))

    def follow_row(self, row: OpenVisit) -> None:
        """The same for a visit of the list, whose patient came back."""
        what = Open.CANCEL if row.left is Left.CANCEL else Open.SETTLEMENT
        msgid = str(row.item.msgid or "") if row.item else ""
        problem = Problem(ProblemCode.OUTCOME_UNKNOWN, f"报文 {msgid}")
        lookup = Lookup(row.visit, what, msgid)
        self._stage.change(
            page=Page.STOPPED, stop=Stop(Halt.UNKNOWN, (problem,)), lookup=_told(lookup, row)
        )
        self.count_down()

    def heard(self, found: Overview) -> None:
        """What the last look brought; a step of the cashier that began meanwhile goes first."""
        state, record = self._stage.state, found.followed
        lookup = state.lookup
        if lookup is None or lookup.ruling is not None or record is None or state.busy:
            return
        rows = (row for row in found.open_visits if row.visit == lookup.visit)
        row = next(rows, None)
        if record.state in _STILL_OPEN:
            if row is not None:
                self._stage.change(lookup=_told(lookup, row))
                self.count_down()
        elif record.state in _COMES_BACK or refund_step(record):
            self._come_back(lookup.visit)
        else:
            self._nothing_booked(lookup, record)

    def count_down(self) -> None:
        """Seconds to the next try, once a second."""
        lookup = self._stage.state.lookup
        if lookup is None or lookup.ruling is not None:
            return
        left = self._seconds_left(lookup.visit)
        if left != lookup.seconds_left:
            self._stage.change(lookup=replace(lookup, seconds_left=left))

    def settle_anew(self) -> None:
        """Nothing is booked: the bill is settled as a new settlement, the normal way."""
        lookup, desk = self._stage.state.lookup, self._counter.desk
        if lookup is None or Intent.SETTLE_ANEW not in self._stage.state.intents:
            return
        visit = lookup.visit
        self._stage.run(
            Doing.CLEANING_UP,
            lambda: jobs.anew(desk, visit),
            self._anew,
            given_up=lambda: self._stage.abandon(News.GIVEN_UP),
        )

    def not_waiting(self) -> None:
        """The patient leaves: pays nothing, and is called back (B30)."""
        lookup, desk = self._stage.state.lookup, self._counter.desk
        if lookup is None or Intent.NOT_WAITING not in self._stage.state.intents:
            return
        visit = lookup.visit
        self._stage.run(
            Doing.NOTING,
            lambda: jobs.patient_left(desk, visit),
            lambda _done: self._stage.clear(note=News.LEFT_WAITING),
        )

    def _leaves(self, visit: VisitId) -> None:
        """However the window turns to somebody else: with the slip that says not to settle it
        elsewhere (B30).
        """
        self._arises(visit, UNCONFIRMED)

    def _come_back(self, visit: VisitId) -> None:
        desk = self._counter.desk
        self._stage.run(
            Doing.FOUND_OUT,
            lambda: jobs.reopen(desk, visit),
            lambda opened: self._front.open_again(opened, News.FOUND_OUT),
        )

    def _nothing_booked(self, lookup: Lookup, record: VisitRecord) -> None:
        undone = any(tried.found is Found.UNDONE for tried in record.tried)
        ruling = Ruling.UNDONE if undone else Ruling.NOT_BOOKED
        self._stage.change(lookup=replace(lookup, ruling=ruling, seconds_left=None))

    def _anew(self, found: jobs.Anew) -> None:
        self._front.run_errand(Errand(found.bill), found.credential, News.ASK_ANEW)

    def _seconds_left(self, visit: VisitId) -> int | None:
        rows = self._stage.state.desk.open_visits
        row = next((row for row in rows if row.visit == visit), None)
        moment = row.item.next_try if row is not None and row.item is not None else None
        if moment is None:
            return None
        return max(0, round((moment - self._counter.desk.clock()).total_seconds()))


def _told(lookup: Lookup, row: OpenVisit) -> Lookup:
    item = row.item
    if item is None:
        return lookup
    with_office = item.state is Waiting.NEEDS_PERSON
    return replace(lookup, tries=item.tries, last=row.last, with_office=with_office)
