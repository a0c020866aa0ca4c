"""The cashier's presenter: its parts take intents and run jobs, it says what the window shows.

No widget, no Qt: a test drives it as the window does. It lives on one thread; jobs run elsewhere
and each comes back exactly once (:mod:`ui.work_port`).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from desktop.domain.credential import Credential
from desktop.domain.problems import Problem
from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from ui.cashier import counter as jobs
from ui.cashier.bill_desk import BillDesk
from ui.cashier.check_desk import CheckDesk
from ui.cashier.closing import Closing
from ui.cashier.counter import Counter
from ui.cashier.doing import Doing
from ui.cashier.form_desk import FormDesk
from ui.cashier.halts import as_sent
from ui.cashier.identity_desk import IdentityDesk
from ui.cashier.money_desk import MoneyDesk
from ui.cashier.news import News
from ui.cashier.next_card import NextCard
from ui.cashier.outage_desk import OutageDesk, outage_of
from ui.cashier.paper_state import PaperShown
from ui.cashier.person_desk import PersonDesk
from ui.cashier.print_desk import Prepared
from ui.cashier.queue_desk import QueueDesk
from ui.cashier.refund_desk import RefundDesk
from ui.cashier.reopened import CASH_DUE, doubts, is_the_refunds, shown_by, state_of
from ui.cashier.stage import Stage
from ui.cashier.state import Desk, Halt, Intent, Page, ShownBy, Stop, ViewState
from ui.cashier.unknown_desk import UnknownDesk
from ui.cashier.waiting import Errand, Outage
from ui.work_port import Work

_HAS_DRAFT = frozenset((Page.PERSON, Page.CHARGES, Page.OFFER))
"""Where a typed bill is not settled yet, and not left at the platform either."""


class CashierPresenter:
    """One cashier window's mind."""

    def __init__(
        self,
        counter: Counter,
        work: Work,
        clock: Callable[[], float],
        facts: Desk,
        listen: Callable[[ViewState], None],
    ) -> None:
        self._counter = counter
        self.gone: Callable[[], object] = lambda: None
        """Hears that the window may be closed although a bill is half typed."""
        self.stage = Stage(work, clock, facts, listen, counter.line_news, counter.waits.begin)
        self.stage.halted = self.halt
        self._make_parts(work)
        self._take_intents()
        self.stage.change()

    def _make_parts(self, work: Work) -> None:
        counter, stage = self._counter, self.stage
        self.bill = BillDesk(counter, stage, work, self._given_up)
        self.charges = self.bill.charges
        self.person = PersonDesk(counter, stage, self.bill, self._given_up)
        self.money = MoneyDesk(counter, stage, work, self.charges.forget)
        self.slip = self.money.slip
        self.prints = self.money.prints
        self.forms = FormDesk(counter.papers, stage, work, self.prints)
        self.identity = IdentityDesk(counter, stage)
        self.unknown = UnknownDesk(counter, stage, self, self.forms.arises_once)
        self.outage = OutageDesk(stage, self.forms.arises)
        self.cards = NextCard(stage, self)
        self.check = CheckDesk(stage, self.open_again)
        self.refund = RefundDesk(
            counter, stage, self, self.unknown, self._printed_late, self.forms.arises
        )
        self.closing = Closing(stage, self.refund)
        late = self._printed_late
        self.queue = QueueDesk(counter, stage, self, self.unknown, late, self.prints)
        self.queue.arises = self.forms.arises

    def _take_intents(self) -> None:
        """What a window asks of the whole, and one part does."""
        self.folder_looked_at = self.bill.folder_looked_at
        self.folder_out_of_reach = self.bill.folder_out_of_reach
        self.show_broken = self.bill.show_broken
        self.type_charges, self.hand_over = self.bill.type_charges, self.bill.hand_over
        self.choose_bill, self.take_bill = self.bill.choose, self.bill.take
        self.change_account_use = self.bill.change_account_use
        self.choose_insurance, self.ask_again = self.person.choose_insurance, self.person.ask_again
        self.confirm_identity = self.identity.confirm
        self.give_cash, self.collect = self.money.give_cash, self.money.collect

    @property
    def state(self) -> ViewState:
        return self.stage.state

    def listen(self, listen: Callable[[ViewState], None]) -> None:
        """From now on this one hears of every change."""
        self.stage.listen(listen)

    def show_credential(self, credential: Callable[[], Credential], by: ShownBy) -> None:
        """A card was put in, a code scanned, a number typed; ``credential`` reads it in a job."""
        if self.stage.refuses():
            return
        if self.takes_stand_in:
            self.identity.present(credential)
        elif self.refund.wants_credential:
            self.refund.present(credential)
        elif self.free_for_next:
            self.person.show(credential, by)
        else:
            self.stage.change(note=News.FINISH_FIRST)

    def asks_to_close(self) -> bool:
        """The cross was pressed: whether the cashier is asked first, for a bill half typed."""
        state = self.state
        here = state.page in _HAS_DRAFT or state.may_retype
        asks = here and state.typing is not None and self.charges.half_typed and not state.busy
        if asks:
            self.stage.change(asks_to_close=True)
        return asks

    def close_anyway(self) -> None:
        """What was typed is not wanted any more."""
        self.charges.forget()
        self.stage.change(asks_to_close=False)
        self.gone()

    def warn(self, problem: Problem) -> None:
        """One line of news: a scanned code, or a typed number, that is no credential."""
        self.stage.change(note=None, trouble=problem)

    def reader_says(self, words: str) -> None:
        """What the card reader reports; "" when it is well."""
        self.stage.change(desk=replace(self.state.desk, reader=words))

    def slipped(self) -> None:
        """The program itself made a fault: what is on the window may not be the whole of it.

        Told once: it is no news that the telling itself fails.
        """
        if self.state.note is not News.SLIPPED:
            self.stage.change(note=News.SLIPPED)

    def settle(self) -> None:
        """Settle what is on screen; a bill that was revised meanwhile is shown first (B26)."""
        if not self.bill.take_revision():
            self.money.settle()

    def amounts_agreed(self) -> None:
        """The patient agrees to what is booked, of a bill or of the rest of a refund."""
        part = self.refund if self.state.page is Page.REFUND else self.money
        part.amounts_agreed()

    # --- going on -------------------------------------------------------------------------

    def back(self) -> None:
        """To the page before; nothing that was typed is lost."""
        if self.state.asks_to_close:
            self.stage.change(asks_to_close=False)
            return
        if any(part.back() for part in (self.identity, self.prints, self.forms, self.money)):
            return
        if self.state.shows_broken:
            self.stage.change(shows_broken=False)
        elif self.state.shows_queue:
            self.queue.hide()
        elif self.state.page is Page.REFUND:
            self.refund.back()
        elif self.state.page is Page.CHARGES and not self.state.busy:
            self.stage.change(page=Page.PERSON)

    def next_patient(self) -> None:
        """Clear the window; what is settled and unpaid stays on it (B34)."""
        if self.free_for_next:
            self.stage.clear()

    def leave(self) -> None:
        """The patient goes without settling: take back what is at the platform (B25)."""
        visit = self.stage.visit
        if Intent.LEAVE not in self.state.intents or self.state.settlement is not None:
            return
        if visit is None:
            self.stage.clear()
            return
        self.stage.run(
            Doing.TAKING_BACK, lambda: jobs.leave(visit), self._left, given_up=self._given_up
        )

    def run_errand(self, errand: Errand, credential: Credential | None, note: News) -> None:
        """Settle this bill anew, the normal way; without a credential one is asked for."""
        self.stage.let_go()
        self.stage.turn_to(ViewState(self.state.desk, errand=errand, note=note))
        if credential is not None:
            self.show_credential(lambda: credential, shown_by(credential.kind))

    def open_again(self, visit: DeskVisit, note: News | None = None) -> None:
        """Show a visit where it stands: its cash, its check, its refund."""
        self.stage.hold(visit)
        record = visit.record
        if is_the_refunds(record):
            self.refund.go_on(visit)
            return
        page = Page.SETTLED if record.state in CASH_DUE else Page.DONE
        self.stage.turn_to(replace(state_of(self.state.desk, record, page), note=note))
        if problems := doubts(record):
            self.halt(Stop(Halt.NEEDS_CHECK, problems))

    def halt(self, stop: Stop) -> None:
        """The problem page; what is unknown is the queue's from here on."""
        visit = self.stage.visit
        record = visit.record if visit else None
        stop = as_sent(stop, record)
        self.stage.change(
            page=Page.STOPPED,
            stop=stop,
            lookup=None,
            bill=(record and record.bill) or self.state.bill,
            insurance=(record and record.insurance) or self.state.insurance,
            may_retype=bool(self.state.typing and record and record.state is State.ELIGIBLE),
            outage=self._outage(visit) if visit else None,
        )
        if visit is not None and stop.halt is Halt.UNKNOWN:
            self.unknown.follow(visit.record, visit.id)

    def _outage(self, visit: DeskVisit) -> Outage:
        return outage_of(visit.record, self._counter.desk.clock().date(), visit.held)

    # --- what the parts ask ---------------------------------------------------------------

    @property
    def free_for_next(self) -> bool:
        """Whether another patient, or another visit, may come to the window now."""
        done = self.state.page in (Page.READY, Page.DONE, Page.STOPPED)
        return done and self.state.busy is None

    @property
    def takes_credential(self) -> bool:
        """Whether a credential shown now is taken: by the next patient, or by a refund."""
        return self.free_for_next or self.refund.wants_credential

    @property
    def takes_stand_in(self) -> bool:
        """Whether it is that of who came in the patient's place."""
        return self.state.stand_in_draft is not None and self.state.busy is None

    def _printed_late(self, visit: DeskVisit, paper: Prepared | PaperShown) -> None:
        """A slip of the list is on its way; one that may have come out is asked about."""
        self.open_again(visit)
        if isinstance(paper, Prepared):
            self.money.printed(paper)
        else:
            self.money.show(paper)

    def _left(self, problems: tuple[Problem, ...]) -> None:
        self.stage.clear(note=News.LEFT_BEHIND if problems else News.LEFT)

    def _given_up(self) -> None:
        """Esc in the middle of a question: the window is free for the next patient at once."""
        self.stage.abandon(News.GIVEN_UP)
