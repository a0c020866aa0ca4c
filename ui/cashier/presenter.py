"""The cashier's presenter: takes intents, runs jobs, tells the window what to show.

No widget, no Qt: a test drives it as the window does. It lives on one thread; jobs run elsewhere
and each comes back exactly once (:mod:`ui.work_port`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.money import Money
from desktop.domain.person import Person
from desktop.domain.problems import Problem
from desktop.domain.visit import State
from desktop.hospital.drop_folder import Broken
from desktop.nhsa.questions.claim import AccountUse
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending
from desktop.services.receipt import OnPaper
from desktop.services.settle import Agreement, Commitment
from ui.cashier import counter as jobs
from ui.cashier.charges_desk import ChargesDesk
from ui.cashier.counter import Admitted, Counter, Offered
from ui.cashier.draft import Typing
from ui.cashier.halts import halt_of, stop_of
from ui.cashier.intents import intents_of
from ui.cashier.slip_desk import Drawn, SlipDesk
from ui.cashier.state import LEFT, Busy, Cash, Desk, Intent, Page, Quota, Stop, ViewState
from ui.work_port import Completed, Ended, Failed, Work

T = TypeVar("T")

_NEXT_ACCOUNT_USE = {
    AccountUse.NONE: AccountUse.OWN,
    AccountUse.OWN: AccountUse.FAMILY,
    AccountUse.FAMILY: AccountUse.NONE,
}


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
        self._work = work
        self._clock = clock
        self._listen = listen
        self._visit: DeskVisit | None = None
        self.charges = ChargesDesk(
            counter.catalogue, work, counter.desk.clock, counter.operator, self._typed
        )
        self.slip = SlipDesk(counter.draw, work, self._drawn)
        self._state = ViewState(facts)
        self._say()

    @property
    def state(self) -> ViewState:
        return self._state

    # --- who stands at the window ---------------------------------------------------------

    def show_credential(self, credential: Callable[[], Credential], words: str) -> None:
        """A card was put in, a code scanned, a number typed; ``credential`` reads it in a job."""
        if not self._free_for_next():
            self._change(note="请先做完当前患者，再换下一位")
            return
        visit = self._visit = self._counter.new_visit()
        self._state = ViewState(self._state.desk, credential=words)
        self._run("正在核对身份", lambda: jobs.show(visit, credential), self._identified)

    def say(self, note: str) -> None:
        """One line of news, such as a scanned code that is no credential."""
        self._change(note=note)

    def reader_says(self, words: str) -> None:
        """What the card reader reports; "" when it is well."""
        self._change(desk=replace(self._state.desk, reader=words))

    def choose_insurance(self, place: int) -> None:
        if self._state.page is not Page.CHOOSE or self._state.busy:
            return
        row = self._state.choices[place]
        self._admit((row.kind, row.area))

    def confirm_identity(self) -> None:
        """人证核对: the cashier looked at person and credential (S4-18)."""
        if self._state.person is not None and self._state.settlement is None:
            self._change(checked_by=self._counter.operator, note="")

    def ask_again(self) -> None:
        """The patient filed, or was put right: ask the insured area again (B13)."""
        visit = self._visit
        if visit is None or self._state.insurance is None or self._state.busy:
            return
        self._run("正在重新查询", lambda: jobs.check_again(self._counter, visit), self._admitted)

    # --- the bill -------------------------------------------------------------------------

    def folder_looked_at(self, files: tuple[Broken, ...]) -> None:
        """The drop folder was read: ``files`` have faults; a bill may have come meanwhile."""
        state = self._state
        if state.page is Page.PERSON and state.person and not state.busy:
            bills = self._counter.waiting_bills(state.person)
            if bills != state.bills:
                self._change(bills=bills)
        if files != self._state.desk.broken_files:
            desk = replace(self._state.desk, broken_files=files)
            self._change(desk=desk, shows_broken=self._state.shows_broken and bool(files))

    def show_broken(self) -> None:
        """Every fault of every file, over the page."""
        if Intent.BROKEN_FILES in self._state.intents:
            self._change(shows_broken=True)

    def type_charges(self) -> None:
        """Open the page on which a bill is typed, as it was left."""
        person = self._state.person
        if person is not None and Intent.TYPE_CHARGES in self._state.intents:
            self._change(page=Page.CHARGES, typing=self.charges.open(person), stop=None)

    def back(self) -> None:
        """To the page before; nothing that was typed is lost."""
        if self._state.shows_broken:
            self._change(shows_broken=False)
        elif self._state.page is Page.CHARGES and not self._state.busy:
            self._change(page=Page.PERSON)

    def hand_over(self) -> None:
        """The typed bill is finished; its faults are shown instead while it has some."""
        if self._state.page is not Page.CHARGES or self._state.busy:
            return
        bill = self.charges.hand_over()
        if bill is not None:
            self.take_bill(bill)

    def choose_bill(self, place: int) -> None:
        self.take_bill(self._state.bills[place])

    def take_bill(self, bill: Bill) -> None:
        """The bill to settle: from the drop folder, or typed here."""
        visit = self._visit
        if visit is None or self._state.busy:
            return
        if self._state.page not in (Page.PERSON, Page.CHARGES):
            return
        self._run("正在核对单据", lambda: jobs.take_bill(visit, bill), self._taken)

    def change_account_use(self) -> None:
        """None → own → own and family → none; the amounts are asked for again (2206)."""
        visit = self._visit
        if visit is None or self._state.page is not Page.OFFER or self._state.busy:
            return
        use = _NEXT_ACCOUNT_USE[self._state.account_use]
        self._change(account_use=use)
        self._run("正在重新试算", lambda: jobs.offer(visit, use), self._offered)

    # --- money ----------------------------------------------------------------------------

    def settle(self) -> None:
        """Settle what is on screen, once: a second press finds the window busy."""
        visit, state = self._visit, self._state
        if visit is None or state.page is not Page.OFFER or state.busy or not state.offer:
            return
        if not state.checked_by:
            self._change(note="请先核对人证（F8），再结算")
            return
        agreement = Agreement(state.account_use, state.checked_by, state.offer.split.cash)
        job: Callable[[], Commitment] = lambda: jobs.settle(visit, agreement)  # noqa: E731
        self._run("正在结算，请不要关闭窗口", job, self._committed, must_finish=True)

    def give_cash(self, given: Money | None) -> None:
        """What the patient hands over; the change is shown at once."""
        if self._state.cash is not None and self._state.page is Page.SETTLED:
            self._change(cash=replace(self._state.cash, given=given), note="")

    def collect(self) -> None:
        """The cash is taken: write it down, then print."""
        visit, cash = self._visit, self._state.cash
        if visit is None or cash is None or self._state.page is not Page.SETTLED:
            return
        if self._state.busy:
            return
        if cash.given is not None and cash.change is None:
            self._change(note="收到的现金不够")
            return
        due = cash.due
        self._run(
            "正在打印结算单",
            lambda: jobs.collect(self._counter, visit, due),
            self._printed,
            must_finish=True,
        )

    def print_again(self) -> None:
        visit = self._visit
        if visit is None or self._state.page is not Page.DONE or self._state.busy:
            return
        printer = self._counter.print_slip
        self._run("正在补打", lambda: printer(visit), self._printed)

    # --- going on -------------------------------------------------------------------------

    def next_patient(self) -> None:
        """Clear the window; what is settled and unpaid stays on it (B34)."""
        if self._state.page in (Page.DONE, Page.STOPPED, Page.READY) and not self._state.busy:
            self._clear()

    def leave(self) -> None:
        """The patient goes without settling: take back what is at the platform (B25)."""
        visit = self._visit
        if visit is None or self._state.busy or self._state.settlement is not None:
            return
        self._run("正在撤销", lambda: jobs.leave(visit), self._left)

    # --- what the jobs brought --------------------------------------------------------------

    def _identified(self, person: Person) -> None:
        self._change(person=person)
        active = tuple(row for row in person.insurances if row.active)
        if len(active) > 1:
            self._change(page=Page.CHOOSE, choices=active)
        else:
            self._admit(None)

    def _admit(self, wanted: jobs.Wanted) -> None:
        visit = self._visit
        assert visit is not None
        self._run(
            "正在查询待遇和备案",
            lambda: jobs.admit(self._counter, visit, wanted),
            self._admitted,
        )

    def _admitted(self, found: Admitted) -> None:
        self._change(
            page=Page.PERSON,
            stop=None,
            insurance=found.insurance,
            filing=found.filing,
            notes=found.notes,
            bills=found.bills,
            quota=Quota.of(found.left, estimated=True),
        )
        if found.bill is not None:
            self._taken(found.bill)

    def _taken(self, bill: Bill) -> None:
        visit, use = self._visit, self._state.account_use
        assert visit is not None
        self._change(bill=bill)
        self._run("正在上传明细并试算", lambda: jobs.prepare(visit, use), self._offered)

    def _offered(self, found: Offered) -> None:
        self._change(
            page=Page.OFFER,
            lines=found.lines,
            offer=found.settlement,
            first_pay=found.first_pay,
            quota=Quota.of(found.left) or self._state.quota,
        )

    def _committed(self, end: Commitment) -> None:
        settlement = self._visit.record.settlement if self._visit else None
        if end.ending is not Ending.SETTLED or settlement is None:
            self._stop(Stop(halt_of(end.ending, end.problems), end.problems))
            return
        self.charges.forget()
        due = settlement.split.cash
        assert due is not None
        self._change(page=Page.SETTLED, settlement=settlement, cash=Cash(due), notes=end.problems)

    def _printed(self, paper: OnPaper) -> None:
        place, notes = paper.place, paper.problems
        self._change(page=Page.DONE, receipt=place, printer=paper.printer, notes=notes, slip=None)
        self.slip.printed(place)

    def _drawn(self, slip: Drawn) -> None:
        if self._state.page is Page.DONE:
            self._change(slip=slip)

    def _left(self, problems: tuple[Problem, ...]) -> None:
        self._clear()
        self._change(notes=problems, note=LEFT)

    # --- the machinery ----------------------------------------------------------------------

    def _free_for_next(self) -> bool:
        done = self._state.page in (Page.READY, Page.DONE, Page.STOPPED)
        return done and self._state.busy is None

    def _run(
        self,
        words: str,
        job: Callable[[], T],
        then: Callable[[T], None],
        *,
        must_finish: bool = False,
    ) -> None:
        self._change(busy=Busy(words, self._clock()), note="")

        def ended(end: Ended[T]) -> None:
            self._change(busy=None)
            if isinstance(end, Completed):
                then(end.value)
            elif isinstance(end, Failed):
                self._stop(stop_of(end.error))

        self._work.start(job, ended, must_finish=must_finish)

    def _stop(self, stop: Stop) -> None:
        record = self._visit.record if self._visit else None
        self._change(
            page=Page.STOPPED,
            stop=stop,
            insurance=(record and record.insurance) or self._state.insurance,
            may_retype=bool(self._state.typing and record and record.state is State.ELIGIBLE),
        )

    def _typed(self, typing: Typing) -> None:
        if self._state.page is Page.CHARGES:
            self._change(typing=typing)

    def _clear(self) -> None:
        self._visit = None
        self._state = ViewState(self._state.desk)
        self._say()

    def _change(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._say()

    def _say(self) -> None:
        self._state = replace(self._state, intents=intents_of(self._state))
        self._listen(self._state)
