"""A refund at the window, step by step; the sum is shown before anybody agrees to it; no Qt.

A partial one takes the whole settlement back and settles the kept lines anew (B39): what would go
back is an estimate until the 2208 is through, and is agreed to again when the 2206 after it tells.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from desktop.domain.credential import Credential
from desktop.domain.open_work import cash_left, is_to_be_exchanged, refund_step
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import Settlement
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.form_numbers import MONEY_BACK
from desktop.services.other_amounts import amounts_changed, awaits_yes
from desktop.services.refund import Refund
from desktop.services.settle import Commitment
from ui.cashier import refund_jobs as jobs
from ui.cashier.counter import Counter
from ui.cashier.doing import Doing
from ui.cashier.front import Front
from ui.cashier.halts import as_sent
from ui.cashier.later_jobs import reopen
from ui.cashier.news import News
from ui.cashier.print_desk import Prepared
from ui.cashier.refund_jobs import Begun
from ui.cashier.refund_list import RefundList
from ui.cashier.refund_state import RefundAt, RefundShown
from ui.cashier.reopened import state_of
from ui.cashier.stage import Heard, Stage
from ui.cashier.state import Halt, Intent, Page, Stop
from ui.cashier.unknown_desk import UnknownDesk


class RefundDesk:
    """Lives on the presenter's thread."""

    def __init__(
        self,
        counter: Counter,
        stage: Stage,
        front: Front,
        unknown: UnknownDesk,
        printed: Callable[[DeskVisit, Prepared], None],
        arises: Callable[[VisitId, str], None],
    ) -> None:
        """``arises`` prints the voucher of what was taken back."""
        self._arises = arises
        self._counter = counter
        self._stage = stage
        self._front = front
        self._unknown = unknown
        self._printed = printed
        self.list = RefundList(counter, stage, self.chosen)
        self._run = Heard(stage, self._told).run
        self._refund: Refund | None = None
        self._from_list = True

    @property
    def shown(self) -> RefundShown | None:
        return self._stage.state.refund

    @property
    def wants_credential(self) -> bool:
        """A card, a code or a number shown now is for the refund."""
        return self.shown is not None and self.shown.at is RefundAt.CREDENTIAL

    # --- which one ------------------------------------------------------------------------

    def chosen(self, begun: Begun) -> None:
        """One of the list."""
        self._from_list = True
        self._stage.hold(begun.visit)
        self._begun(begun)

    def take(self) -> None:
        """The visit in hand: it is settled, and shall not stay so."""
        visit, desk = self._stage.visit, self._counter.desk
        if visit is not None and Intent.CANCEL_SETTLEMENT in self._stage.state.intents:
            self._from_list = False
            self._run(Doing.OPENING, lambda: jobs.begin(desk, visit), self._begun)

    def go_on(self, visit: DeskVisit) -> None:
        """A refund that stopped half-way, or whose cash is still here."""
        desk = self._counter.desk
        self._stage.hold(visit)
        self._from_list = True
        self._stage.run(Doing.OPENING, lambda: jobs.begin(desk, visit), self._resumed)

    # --- what of it -----------------------------------------------------------------------

    def taken(self, what: object) -> None:
        """A row of the list: the place of a settlement, or the number of a line."""
        if isinstance(what, int):
            self.list.choose(what)
        elif isinstance(what, str):
            self.toggle(what)

    def toggle(self, line_no: str) -> None:
        """This line goes back, or stays; all of them are the whole bill."""
        shown = self.shown
        if shown is None or shown.at is not RefundAt.PLAN or shown.bill is None:
            return
        every = frozenset(line.line_no for line in shown.bill.lines)
        back = shown.back ^ {line_no}
        self._plan(replace(shown, back=frozenset() if back == every else back, problem=None))

    def agree(self) -> None:
        """To the sum on screen: first the 2208, then, of a partial refund, the 2207."""
        shown = self.shown
        if shown is None or Intent.REFUND_AGREED not in self._stage.state.intents:
            return
        if shown.at is RefundAt.PLAN:
            self._cancel()
        elif shown.offered is not None:
            self._settle_rest(shown.offered)

    def present(self, credential: Callable[[], Credential]) -> None:
        """The fresh credential that the rest is settled with."""
        refund = self._refund
        if refund is None or self._stage.state.busy:
            return
        self._run(
            Doing.IDENTIFYING,
            lambda: jobs.present(refund, credential),
            self._presented,
            given_up=self._given_up,
        )

    def proceed(self) -> None:
        """Go on with a half-done refund: the kept lines are offered again."""
        if Intent.REFUND_GOES_ON in self._stage.state.intents:
            self._offer()

    def unwind(self) -> None:
        """Settle nothing anew: the whole bill is given back."""
        refund, by = self._refund, self._counter.operator
        if refund is None or Intent.UNWIND not in self._stage.state.intents:
            return
        self._run(Doing.UNWINDING, lambda: refund.unwind(by), self._unwound, must_finish=True)

    def amounts_agreed(self) -> None:
        """The patient heard what of the rest is booked otherwise, and pays that (rule 2)."""
        refund, by = self._refund, self._counter.operator
        if refund is None or Intent.AMOUNTS_AGREED not in self._intents:
            return
        self._run(
            Doing.NOTING,
            lambda: refund.agree_to_others(by),
            lambda _done: self._cash_of_rest(refund.record),
            must_finish=True,
        )

    def give_back(self) -> None:
        """The cash changed hands; that is written down, and a new settlement's slip printed."""
        shown, refund, visit = self.shown, self._refund, self._stage.visit
        if refund is None or visit is None or Intent.CASH_GIVEN_BACK not in self._intents:
            return
        assert shown is not None
        if shown.awaits_yes:
            self._stage.change(note=News.AGREE_FIRST)
            return
        if shown.offered is None:
            self._run(
                Doing.CASH_BACK,
                refund.give_cash_back,
                lambda _back: self._closed(visit.id),
                must_finish=True,
            )
            return
        counter = self._counter
        self._run(
            Doing.EXCHANGING,
            lambda: jobs.exchanged(counter, refund, visit),
            lambda done: self._exchanged(*done),
            must_finish=True,
        )

    def back(self) -> None:
        """One step back while nothing has happened; later it stays on the list."""
        shown, visit = self.shown, self._stage.visit
        if shown is None or self._stage.state.busy:
            return
        if shown.at is RefundAt.CREDENTIAL and not shown.next_step:
            self._change(at=RefundAt.PLAN)
        elif shown.at is RefundAt.PLAN and not self._from_list and visit is not None:
            self._front.open_again(visit)
        elif shown.at is RefundAt.PLAN:
            self.list.open(shown.day)
        else:
            self._stage.clear(note=News.REFUND_STAYS if shown.at is not RefundAt.CHOOSE else None)

    def stand(self) -> None:
        """Half-way, where the window's closing cut off what came after the 2208."""
        if self._refund is not None and self.shown is not None and refund_step(self._refund.record):
            self._show(self._half_done(self.shown))

    # --- what the jobs brought ------------------------------------------------------------

    def _begun(self, begun: Begun) -> None:
        self._refund = begun.refund
        self._plan(self._shown_of(begun.refund, RefundAt.PLAN))

    def _resumed(self, begun: Begun) -> None:
        self._refund = begun.refund
        if refund_step(begun.refund.record):
            self._show(self._half_done(self._shown_of(begun.refund, RefundAt.HALF_DONE)))
        elif is_to_be_exchanged(begun.refund.record):
            self._show(self._shown_of(begun.refund, RefundAt.CASH))
            self._cash_of_rest(begun.refund.record)
        else:
            self._cash_of_whole()

    def _shown_of(self, refund: Refund, at: RefundAt) -> RefundShown:
        today = self._counter.desk.clock().date()
        return jobs.as_shown(refund, at, self.shown.day if self.shown else today, today)

    def _plan(self, shown: RefundShown) -> None:
        """What would go back, from the platform's own answer: no question is asked."""
        assert self._refund is not None
        self._show(replace(shown, expected=self._refund.expected(shown.back)))

    def _cancel(self) -> None:
        refund, shown, by = self._refund, self.shown, self._counter.operator
        assert refund is not None
        assert shown is not None
        back = tuple(shown.back)
        self._run(
            Doing.CANCELLING, lambda: refund.cancel(back, by), self._cancelled, must_finish=True
        )

    def _cancelled(self, end: Commitment) -> None:
        refund = self._refund
        assert refund is not None
        if end.ending is Ending.UNKNOWN:
            self._follow(end.problems)
        elif not jobs.went_through(end):
            self._change(problem=end.problems[0])
        elif refund_step(refund.record):
            self._change(next_step="2205", problem=None)
            self._offer()
        else:
            self._cash_of_whole()

    def _presented(self, _done: None) -> None:
        refund = self._refund
        assert refund is not None
        if refund_step(refund.record):
            self._offer()
        else:
            self._cancel()

    def _offer(self) -> None:
        refund = self._refund
        assert refund is not None
        self._run(Doing.UPLOADING_AGAIN, refund.offer_rest, self._offered, given_up=self._given_up)

    def _offered(self, offered: Settlement) -> None:
        shown = self.shown
        assert shown is not None
        back = jobs.difference(shown.paid, offered.split.cash)
        if back is None:
            self._show(self._half_done(replace(shown, problem=Problem(ProblemCode.CASH_NOT_TOLD))))
        else:
            self._change(
                at=RefundAt.AGREE, offered=offered, cash_back=back, next_step="2207", problem=None
            )

    def _settle_rest(self, offered: Settlement) -> None:
        refund, by = self._refund, self._counter.operator
        assert refund is not None
        self._run(
            Doing.SETTLING_REST,
            lambda: jobs.settle_rest(refund, by, offered),
            self._resettled,
            must_finish=True,
        )

    def _resettled(self, end: Commitment) -> None:
        refund, visit = self._refund, self._stage.visit
        assert refund is not None
        assert visit is not None
        if end.ending is Ending.UNKNOWN:
            self._follow(end.problems)
        elif end.ending is Ending.REFUSED:
            assert self.shown is not None
            self._show(self._half_done(replace(self.shown, problem=end.problems[0])))
        elif end.ending is Ending.NEEDS_CHECK or not is_to_be_exchanged(refund.record):
            self._open_again(visit)
        else:
            self._cash_of_rest(refund.record)

    def _cash_of_rest(self, record: VisitRecord) -> None:
        """The desk holds what was paid before; only the difference changes hands."""
        left = cash_left(record)
        self._change(
            at=RefundAt.CASH,
            offered=record.settlement,
            cash_back=-left if left is not None else None,
            next_step="",
            awaits_yes=awaits_yes(record),
            problem=next(iter(amounts_changed(record)), None),
        )

    def _cash_of_whole(self) -> None:
        """Nothing was paid: nothing goes back, and the visit is closed at once."""
        refund, visit = self._refund, self._stage.visit
        assert refund is not None
        assert visit is not None
        paid = refund.paid
        if paid:
            shown = self._shown_of(refund, RefundAt.CASH)
            self._show(replace(shown, cash_back=paid, back=frozenset()))
        else:
            self._run(
                Doing.NOTING,
                refund.give_cash_back,
                lambda _back: self._closed(visit.id),
                must_finish=True,
            )

    def _given_up(self) -> None:
        """Before the 2208 nothing has happened; after it the rest of it stays on the list."""
        began = self.shown is not None and bool(self.shown.next_step)
        self._stage.abandon(News.REFUND_STAYS if began else News.GIVEN_UP)

    def _unwound(self, _done: None) -> None:
        self._cash_of_whole()

    def _closed(self, visit: VisitId) -> None:
        self._stage.clear(note=News.CANCELLED)
        self._arises(visit, MONEY_BACK)

    def _exchanged(self, visit: DeskVisit, slip: Prepared) -> None:
        """The slip of the rest, and the voucher beside it."""
        self._printed(visit, slip)
        self._arises(visit.id, MONEY_BACK)

    def _follow(self, problems: tuple[Problem, ...]) -> None:
        """The outcome of the 2208, or of the new 2207, is the queue's to find."""
        refund, visit = self._refund, self._stage.visit
        assert refund is not None
        assert visit is not None
        stop = Stop(Halt.UNKNOWN, problems)
        self._stage.change(page=Page.STOPPED, stop=stop, refund=None)
        self._unknown.follow(refund.record, visit.id)

    def _open_again(self, visit: DeskVisit) -> None:
        desk = self._counter.desk
        job = lambda: reopen(desk, visit.id)  # noqa: E731
        self._stage.run(Doing.OPENING, job, self._front.open_again, must_finish=True)

    # --- the machinery --------------------------------------------------------------------

    @property
    def _intents(self) -> frozenset[Intent]:
        return self._stage.state.intents

    def _show(self, shown: RefundShown) -> None:
        """The person of the visit stands beside it, as everywhere."""
        assert self._refund is not None
        state = state_of(self._stage.state.desk, self._refund.record, Page.REFUND)
        self._stage.turn_to(replace(state, refund=shown))

    def _change(self, **changes: object) -> None:
        assert self.shown is not None
        self._show(replace(self.shown, **changes))

    def _half_done(self, shown: RefundShown) -> RefundShown:
        assert self._refund is not None
        step = refund_step(self._refund.record)
        return replace(shown, at=RefundAt.HALF_DONE, next_step=step)

    def _told(self, stop: Stop) -> None:
        """Why it does not go on; half-way is named as what it is."""
        first, shown = stop.problems[0], self.shown
        sent = as_sent(stop, self._refund.record if self._refund and shown else None)
        if shown is None:
            self._stage.change(trouble=first)
        elif sent is not stop:
            self._follow(sent.problems)
        elif first.kind is ProblemCode.CREDENTIAL_NEEDED:
            self._change(at=RefundAt.CREDENTIAL, problem=None)
        elif self._refund is not None and refund_step(self._refund.record):
            self._show(self._half_done(replace(shown, problem=first)))
        else:
            self._change(problem=first)
