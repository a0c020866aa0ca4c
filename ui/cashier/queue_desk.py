"""The queue runs by itself while the window is open, and its list can be worked at; no Qt.

One try at a time, on the desk's own thread, and only when no cashier's step runs: a step never waits
for more than the try that has begun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.domain.left import Left
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.form_numbers import NOT_SETTLED
from desktop.services.overview import OpenVisit, Overview, first_look, look_after, open_now
from ui.cashier import later_jobs as jobs
from ui.cashier.counter import Counter
from ui.cashier.doing import Doing
from ui.cashier.form_desk import left_over
from ui.cashier.front import Front
from ui.cashier.intents import DECIDED_HERE
from ui.cashier.news import News
from ui.cashier.paper_state import PaperShown
from ui.cashier.print_desk import Prepared, PrintDesk
from ui.cashier.stage import Heard, Stage
from ui.cashier.state import Intent, Page, Stop
from ui.cashier.unknown_desk import UnknownDesk
from ui.cashier.waiting import Case, Errand

QUIET = 2.0
"""Seconds without a step of the cashier before the queue has its turn."""
REFRESH = 30.0
"""So old the list gets at most, in seconds."""
_AT_MONEY = frozenset((Page.OFFER, Page.SETTLED, Page.REFUND))
"""Where the patient waits for a key, not for the queue."""


class QueueDesk:
    """Lives on the presenter's thread."""

    def __init__(
        self,
        counter: Counter,
        stage: Stage,
        front: Front,
        unknown: UnknownDesk,
        printed: Callable[[DeskVisit, Prepared | PaperShown], None],
        prints: PrintDesk,
    ) -> None:
        self._counter = counter
        self._stage = stage
        self._front = front
        self._unknown = unknown
        self._printed = printed
        self._prints = prints
        prints.missed = self.look
        self.arises: Callable[[VisitId, str], None] = lambda _visit, _form: None
        """Prints the paper that a patient of the list takes home."""
        self._ways: Mapping[Left, Callable[[OpenVisit], None]] = {
            Left.UNKNOWN: self._follow,
            Left.CANCEL: self._follow,
            Left.UNPAID: self._reopen,
            Left.CHECK: self._reopen,
            Left.PAPER: self._print,
            Left.CASH_BACK: self._reopen,
            Left.HALF_REFUND: self._reopen,
            Left.DEFERRED: self._settle_deferred,
        }
        self._run = Heard(stage, self._told).run
        self._beside: tuple[VisitId | None, frozenset[str]] = (None, frozenset())
        """What the cashier was told to stand beside the bill of a row."""
        self._steps = -1
        self._failed = False
        self._quiet_since = self._looked_at = stage.now()

    # --- by itself ------------------------------------------------------------------------

    def start(self) -> None:
        """What an earlier process left is shown before the first new settlement (B50)."""
        desk = self._counter.desk
        self._stage.beside(lambda: first_look(desk), self._started)

    def tick(self) -> None:
        """Called every second or so: works at what is due, when nobody needs the line."""
        self._unknown.count_down()
        if not self._stage.idle:
            return
        now = self._stage.now()
        if self._failed and now - self._looked_at < REFRESH:
            return
        if self._stage.steps != self._steps:
            self._steps, self._quiet_since = self._stage.steps, now
            self._looked_at = now - REFRESH
        quiet = 0 if self._unknown.followed else QUIET
        if now - self._quiet_since >= quiet and self._wants_a_look(now):
            self.look()

    def look(self) -> None:
        """One try at what is due, and what is open after it."""
        desk, followed, held = self._counter.desk, self._unknown.followed, self._stage.held
        self._looked_at = self._stage.now()
        self._failed = True  # until it is heard of
        self._stage.beside(lambda: look_after(desk, followed, held), self._looked)

    def _wants_a_look(self, now: float) -> bool:
        if self._stage.state.page in _AT_MONEY:
            return False
        return now - self._looked_at >= REFRESH or self._something_is_due()

    def _something_is_due(self) -> bool:
        now = self._counter.desk.clock()
        items = (row.item for row in self._stage.state.desk.open_visits)
        moments = (item.next_try for item in items if item is not None)
        return any(moment is not None and moment <= now for moment in moments)

    def _started(self, found: Overview) -> None:
        self._tell(found)
        if any(open_now(found.open_visits)):
            self._open_list()

    def _looked(self, found: Overview) -> None:
        self._failed = False
        self._tell(found)
        self._keep_place()
        self._unknown.heard(found)

    def _tell(self, found: Overview) -> None:
        """What is being printed now waits for nobody yet."""
        printing = self._prints.under_way
        rows = tuple(row for row in found.open_visits if row.visit not in printing)
        self._stage.tell_desk(open_visits=rows)

    # --- the list -------------------------------------------------------------------------

    def show(self) -> None:
        if Intent.QUEUE in self._stage.state.intents:
            self._open_list()

    def hide(self) -> None:
        self._stage.change(shows_queue=False, queue_at=None, case=None)

    def choose(self, visit: VisitId) -> None:
        """The row that the keys are about."""
        if visit != self._stage.state.queue_at:
            self._stage.change(queue_at=visit, case=None, note=None)

    @property
    def chosen(self) -> OpenVisit | None:
        rows, at = self._stage.state.desk.open_visits, self._stage.state.queue_at
        return next((row for row in rows if row.visit == at), None)

    def retry(self) -> None:
        """The chosen row at once, without the backoff."""
        row, desk, held = self.chosen, self._counter.desk, self._stage.held
        if row is None or Intent.RETRY not in self._stage.state.intents:
            return
        visit = row.visit
        self._run(Doing.RETRYING, lambda: jobs.retry_now(desk, visit, held), self._looked)

    def hand_over(self) -> None:
        """The insurance office has the chosen row; its case text is shown, to be copied."""
        row, desk = self.chosen, self._counter.desk
        if row is None or Intent.HAND_TO_OFFICE not in self._stage.state.intents:
            return
        visit = row.visit
        self._run(Doing.HANDING_OVER, lambda: jobs.handed_over(desk, visit), self._given)

    def copied(self) -> None:
        """The case text was put where it can be pasted from."""
        if Intent.COPY_CASE in self._stage.state.intents:
            self._stage.change(note=News.COPIED)

    def pay_self(self) -> None:
        """The chosen deferred bill is paid by the patient after all; where something stands beside
        it, that is told, and paid for when the cashier says so again.
        """
        row, desk = self.chosen, self._counter.desk
        if row is None or Intent.SELF_PAY not in self._stage.state.intents:
            return
        visit, seen = row.visit, self._seen_beside(row.visit)
        self._beside = visit, seen
        self._run(
            Doing.NOTING,
            lambda: jobs.paid_by_self(desk, visit, seen),
            lambda _done: self._self_paid(row),
            must_finish=True,
        )

    def _seen_beside(self, visit: VisitId) -> frozenset[str]:
        """What was told of this row before."""
        trouble, (told_of, codes) = self._stage.state.trouble, self._beside
        if told_of != visit or trouble is None or trouble.kind not in DECIDED_HERE:
            return frozenset()
        return codes | {trouble.code}

    def finish(self) -> None:
        """What only a cashier ends: cash, check, paper, a deferred bill, a half-done refund."""
        row = self.chosen
        if row is None or Intent.FINISH not in self._stage.state.intents:
            return
        if not self._front.free_for_next:
            self._stage.change(note=News.FINISH_BEFORE_THIS)
            return
        self._ways[row.left](row)

    def _follow(self, row: OpenVisit) -> None:
        self._stage.clear()
        self._unknown.follow_row(row)

    def _reopen(self, row: OpenVisit) -> None:
        desk, visit = self._counter.desk, row.visit
        self._run(Doing.OPENING, lambda: jobs.reopen(desk, visit), self._front.open_again)

    def _print(self, row: OpenVisit) -> None:
        counter, visit = self._counter, row.visit
        self._run(
            Doing.PRINTING,
            lambda: left_over(counter.papers, visit) or jobs.printed_late(counter, visit),
            self._late,
            must_finish=True,
        )

    def _late(self, done: Prepared | tuple[DeskVisit, Prepared | PaperShown]) -> None:
        """A slip brings its visit to the window; another paper is printed beside the list."""
        if isinstance(done, Prepared):
            self._prints.send(done)
            self.look()
        else:
            self._printed(*done)

    def give_up_paper(self) -> None:
        """The paper of the chosen row is not wanted any more."""
        row, counter = self.chosen, self._counter
        if row is None or Intent.GIVE_UP_PAPER not in self._stage.state.intents:
            return
        visit = row.visit
        self._run(
            Doing.NOTING,
            lambda: jobs.paper_given_up(counter, visit),
            lambda _done: self.look(),
            must_finish=True,
        )

    def _settle_deferred(self, row: OpenVisit) -> None:
        desk, visit = self._counter.desk, row.visit
        self._run(Doing.OPENING, lambda: jobs.deferred_bill(desk, visit), self._deferred)

    def _deferred(self, found: jobs.Anew) -> None:
        self._front.run_errand(Errand(found.bill), found.credential, News.ASK_TO_FINISH)

    def _self_paid(self, row: OpenVisit) -> None:
        self._stage.change(note=News.SELF_PAID_OF_DEPOSIT if row.money else News.SELF_PAID)
        self.arises(row.visit, NOT_SETTLED)
        self.look()

    def _given(self, case: Case) -> None:
        self._stage.change(case=case)
        self.look()

    def _open_list(self) -> None:
        rows = self._stage.state.desk.open_visits
        at = rows[0].visit if rows else None
        self._stage.change(shows_queue=True, queue_at=at, case=None, note=None)

    def _keep_place(self) -> None:
        """The chosen row may have gone."""
        rows = self._stage.state.desk.open_visits
        if self._stage.state.shows_queue and self.chosen is None:
            self._stage.change(queue_at=rows[0].visit if rows else None, case=None)

    def _told(self, stop: Stop) -> None:
        """What goes wrong is said beside the list: nobody stands at the window for it."""
        self._stage.change(trouble=stop.problems[0])
