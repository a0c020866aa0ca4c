"""The cashier's presenter: takes intents, runs jobs, tells the window what to show.

No widget, no Qt: a test drives it as the window does. It lives on one thread; jobs run elsewhere
and each comes back exactly once (:mod:`ui.work_port`).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.problems import Problem
from desktop.domain.visit import State
from desktop.hospital.drop_folder import Broken
from desktop.services.credentials import remembered
from desktop.services.desk_visit import DeskVisit
from desktop.services.desk_visit import Shown as Known
from desktop.services.identify import by_use
from ui.cashier import counter as jobs
from ui.cashier.charges_desk import ChargesDesk
from ui.cashier.check_desk import CheckDesk
from ui.cashier.counter import Admitted, Counter, Offered
from ui.cashier.draft import Typing
from ui.cashier.identity_desk import IdentityDesk
from ui.cashier.later_jobs import prepare_again, revised
from ui.cashier.money_desk import MoneyDesk
from ui.cashier.news import LEFT, LEFT_BEHIND, REVISED, SLIPPED
from ui.cashier.next_card import NextCard
from ui.cashier.outage_desk import OutageDesk, outage_of
from ui.cashier.paper_state import PaperShown
from ui.cashier.print_desk import Prepared
from ui.cashier.queue_desk import QueueDesk
from ui.cashier.refund_desk import RefundDesk
from ui.cashier.reopened import BY_CREDENTIAL, CASH_DUE, doubts, state_of
from ui.cashier.stage import Stage
from ui.cashier.state import Desk, Halt, Intent, Page, Quota, Stop, ViewState
from ui.cashier.unknown_desk import UnknownDesk
from ui.cashier.waiting import Errand
from ui.work_port import Work

_UPLOADING = frozenset((State.ELIGIBLE, State.REGISTERED, State.CHARGES, State.PRESETTLED))
_NEXT_ACCOUNT_USE = {
    AccountUse.NONE: AccountUse.OWN,
    AccountUse.OWN: AccountUse.FAMILY,
    AccountUse.FAMILY: AccountUse.NONE,
}


class Shown(Struct, frozen=True):
    """What the patient showed last: after an outage it is read again."""

    credential: Callable[[], Credential]
    words: str


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
        self.stage = Stage(work, clock, facts, listen, counter.line_news)
        self.stage.halted = self.halt
        self._credential: Shown | None = None
        self.charges = ChargesDesk(
            counter.catalogue, work, counter.desk.clock, counter.operator, self._typed
        )
        self.money = MoneyDesk(counter, self.stage, work, self._settled)
        self.slip = self.money.slip
        self.give_cash = self.money.give_cash
        self.collect, self.prints = self.money.collect, self.money.prints
        self.identity = IdentityDesk(counter, self.stage)
        self.confirm_identity = self.identity.confirm
        self.unknown = UnknownDesk(counter, self.stage, self)
        self.outage = OutageDesk(self.stage)
        self.cards = NextCard(self.stage, self)
        self.check = CheckDesk(self.stage, self.open_again)
        self.refund = RefundDesk(counter, self.stage, self, self.unknown, self._printed_late)
        self.queue = QueueDesk(
            counter,
            self.stage,
            self,
            self.unknown,
            self.refund.go_on,
            self._printed_late,
            self.prints,
        )
        self.stage.change()

    @property
    def state(self) -> ViewState:
        return self.stage.state

    def listen(self, listen: Callable[[ViewState], None]) -> None:
        """From now on this one hears of every change."""
        self.stage.listen(listen)

    # --- who stands at the window ---------------------------------------------------------

    def show_credential(self, credential: Callable[[], Credential], words: str) -> None:
        """A card was put in, a code scanned, a number typed; ``credential`` reads it in a job."""
        if self.state.stand_in_draft is not None and not self.state.busy:
            self.identity.present(credential)
            return
        if self.refund.wants_credential:
            self.refund.present(credential)
            return
        if not self.free_for_next:
            self.stage.change(note="请先做完当前患者，再换下一位")
            return
        self._credential = Shown(credential, words)
        visit = self.stage.hold(self._counter.new_visit())
        now = self.state
        self.stage.turn_to(ViewState(now.desk, credential=words, errand=now.errand))
        self.stage.run("正在核对身份", lambda: jobs.show(visit, credential), self._identified)

    def warn(self, problem: Problem) -> None:
        """One line of news: a scanned code, or a typed number, that is no credential."""
        self.stage.change(note="", trouble=problem)

    def reader_says(self, words: str) -> None:
        """What the card reader reports; "" when it is well."""
        self.stage.change(desk=replace(self.state.desk, reader=words))

    def choose_insurance(self, place: int) -> None:
        if self.state.page is not Page.CHOOSE or self.state.busy:
            return
        row = self.state.choices[place]
        if row.active:
            self._admit((row.kind, row.area))

    def ask_again(self) -> None:
        """The patient filed, or was put right: ask the insured area again (B13)."""
        visit, bill = self.stage.visit, self._errand_bill
        if visit is None or Intent.ASK_AGAIN not in self.state.intents:
            return
        if self._credential is not None and self._is_begun_anew:
            known, shown = remembered(visit.record), self._credential
            self.show_credential((lambda: known) if known else shown.credential, shown.words)
        elif visit.record.state in _UPLOADING:
            self._prepare_again(visit)
        else:
            job: Callable[[], Admitted] = lambda: jobs.check_again(self._counter, visit, bill)  # noqa: E731
            self.stage.run("正在重新查询", job, self._admitted)

    @property
    def _is_begun_anew(self) -> bool:
        """Nobody was found yet, or a person had to mend something at the hospital's system."""
        stop = self.state.stop
        return self.state.person is None or (stop is not None and stop.halt is Halt.NEEDS_PERSON)

    def _prepare_again(self, visit: DeskVisit) -> None:
        """The line was down in the middle of the uploads: they begin again."""
        use = self.state.account_use
        self.stage.run("正在重新上传并试算", lambda: prepare_again(visit, use), self._offered)

    # --- the bill -------------------------------------------------------------------------

    def folder_looked_at(self, files: tuple[Broken, ...]) -> None:
        """The drop folder was read: ``files`` have faults; a bill may have come meanwhile."""
        state = self.state
        if state.page is Page.PERSON and state.person and not (state.busy or state.errand):
            bills = self._counter.waiting_bills(state.person)
            if bills != state.bills:
                self.stage.change(bills=bills)
        self._take_revision()
        if files != self.state.desk.broken_files:
            desk = replace(self.state.desk, broken_files=files)
            self.stage.change(desk=desk, shows_broken=self.state.shows_broken and bool(files))

    def show_broken(self) -> None:
        """Every fault of every file, over the page."""
        if Intent.BROKEN_FILES in self.state.intents:
            self.stage.change(shows_broken=True)

    def type_charges(self) -> None:
        """Open the page on which a bill is typed, as it was left."""
        person = self.state.person
        if person is not None and Intent.TYPE_CHARGES in self.state.intents:
            self.stage.change(page=Page.CHARGES, typing=self.charges.open(person), stop=None)

    def back(self) -> None:
        """To the page before; nothing that was typed is lost."""
        if self.identity.back() or self.prints.back() or self.money.back():
            return
        if self.state.shows_broken:
            self.stage.change(shows_broken=False)
        elif self.state.shows_queue:
            self.queue.hide()
        elif self.state.page is Page.REFUND:
            self.refund.back()
        elif self.state.page is Page.CHARGES and not self.state.busy:
            self.stage.change(page=Page.PERSON)

    def hand_over(self) -> None:
        """The typed bill is finished; its faults are shown instead while it has some."""
        if self.state.page is not Page.CHARGES or self.state.busy:
            return
        bill = self.charges.hand_over()
        if bill is not None:
            self.take_bill(bill)

    def choose_bill(self, place: int) -> None:
        self.take_bill(self.state.bills[place])

    def take_bill(self, bill: Bill) -> None:
        """The bill to settle: from the drop folder, or typed here."""
        visit = self.stage.visit
        if visit is None or self.state.busy:
            return
        if self.state.page not in (Page.PERSON, Page.CHARGES):
            return
        self.stage.run("正在核对单据", lambda: jobs.take_bill(visit, bill), self._taken)

    def settle(self) -> None:
        """Settle what is on screen; a bill that was revised meanwhile is shown first (B26)."""
        if not self._take_revision():
            self.money.settle()

    def _take_revision(self) -> bool:
        """Whether the hospital has changed the bill on offer: then it is uploaded anew."""
        visit, state = self.stage.visit, self.state
        if visit is None or state.page is not Page.OFFER or state.busy or state.person is None:
            return False
        waiting = self._counter.waiting_bills(state.person)
        newer = next(
            (bill for bill in waiting if state.bill and bill.key.revises(state.bill.key)), None
        )
        if newer is None:
            return False
        use = state.account_use
        self.stage.run(
            "医院改了单据，正在重新试算", lambda: revised(visit, newer, use), self._revised
        )
        return True

    def _revised(self, found: Offered) -> None:
        visit = self.stage.visit
        assert visit is not None
        self._offered(found)
        self.stage.change(bill=visit.record.bill, note=REVISED)

    def change_account_use(self) -> None:
        """None → own → own and family → none; the amounts are asked for again (2206)."""
        visit = self.stage.visit
        if visit is None or self.state.page is not Page.OFFER or self.state.busy:
            return
        use = _NEXT_ACCOUNT_USE[self.state.account_use]
        self.stage.change(account_use=use)
        self.stage.run("正在重新试算", lambda: jobs.offer(visit, use), self._offered)

    # --- going on -------------------------------------------------------------------------

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
        self.stage.run("正在撤销", lambda: jobs.leave(visit), self._left)

    def run_errand(self, errand: Errand, credential: Credential | None, note: str) -> None:
        """Settle this bill anew, the normal way; without a credential one is asked for."""
        self.stage.let_go()
        self.stage.turn_to(ViewState(self.state.desk, errand=errand, note=note))
        if credential is not None:
            self.show_credential(lambda: credential, BY_CREDENTIAL[credential.kind.value])

    def slipped(self) -> None:
        """The program itself made a fault: what is on the window may not be the whole of it."""
        self.stage.change(note=SLIPPED)

    def open_again(self, visit: DeskVisit, note: str = "") -> None:
        """Show a visit where it stands: its cash, its check, its refund."""
        self.stage.hold(visit)
        record = visit.record
        if record.state is State.REVERSED:
            self.refund.go_on(visit)
            return
        page = Page.SETTLED if record.state in CASH_DUE else Page.DONE
        self.stage.turn_to(replace(state_of(self.state.desk, record, page), note=note))
        if problems := doubts(record):
            self.halt(Stop(Halt.NEEDS_CHECK, problems))

    # --- what the jobs brought --------------------------------------------------------------

    def _identified(self, found: Known) -> None:
        self.stage.change(person=found.person, other_name=found.other_name)
        rows = by_use(found.person.insurances, self._counter.desk.place)
        if len([row for row in rows if row.active]) > 1:
            self.stage.change(page=Page.CHOOSE, choices=rows)
        else:
            self._admit(None)

    def _admit(self, wanted: jobs.Wanted) -> None:
        visit, bill = self.stage.visit, self._errand_bill
        assert visit is not None
        self.stage.run(
            "正在查询待遇和备案",
            lambda: jobs.admit(self._counter, visit, wanted, bill),
            self._admitted,
        )

    def _admitted(self, found: Admitted) -> None:
        self.stage.change(
            page=Page.PERSON,
            stop=None,
            insurance=found.insurance,
            filing=found.filing,
            benefit_notes=found.notes,
            bills=found.bills,
            quota=Quota.of(found.left, estimated=True),
        )
        if found.bill is not None:
            self._taken(found.bill)

    def _taken(self, bill: Bill) -> None:
        visit, use = self.stage.visit, self.state.account_use
        assert visit is not None
        self.stage.change(bill=bill)
        self.stage.run("正在上传明细并试算", lambda: jobs.prepare(visit, use), self._offered)

    def _offered(self, found: Offered) -> None:
        self.stage.change(
            page=Page.OFFER,
            lines=found.lines,
            offer=found.settlement,
            first_pay=found.first_pay,
            quota=Quota.of(found.left) or self.state.quota,
        )

    def _settled(self) -> None:
        """Nothing typed for this person stays."""
        self.charges.forget()

    def _printed_late(self, visit: DeskVisit, paper: Prepared | PaperShown) -> None:
        """A slip of the list is on its way; one that may have come out is asked about."""
        self.open_again(visit)
        if isinstance(paper, Prepared):
            self.money.printed(paper)
        else:
            self.money.show(paper)

    def _left(self, problems: tuple[Problem, ...]) -> None:
        self.stage.clear(note=LEFT_BEHIND if problems else LEFT)

    @property
    def _errand_bill(self) -> Bill | None:
        return self.state.errand.bill if self.state.errand else None

    # --- the machinery ----------------------------------------------------------------------

    @property
    def free_for_next(self) -> bool:
        """Whether another patient, or another visit, may come to the window now."""
        done = self.state.page in (Page.READY, Page.DONE, Page.STOPPED)
        return done and self.state.busy is None

    @property
    def takes_credential(self) -> bool:
        """Whether a credential shown now is taken: by the next patient, or by a refund."""
        return self.free_for_next or self.refund.wants_credential

    def halt(self, stop: Stop) -> None:
        """The problem page; what is unknown is the queue's from here on."""
        visit = self.stage.visit
        record = visit.record if visit else None
        self.stage.change(
            page=Page.STOPPED,
            stop=stop,
            lookup=None,
            bill=(record and record.bill) or self.state.bill,
            insurance=(record and record.insurance) or self.state.insurance,
            may_retype=bool(self.state.typing and record and record.state is State.ELIGIBLE),
            outage=outage_of(record, self._counter.desk.clock().date()) if record else None,
        )
        if visit is not None and stop.halt is Halt.UNKNOWN:
            self.unknown.follow(visit.record, visit.id)

    def _typed(self, typing: Typing) -> None:
        if self.state.page is Page.CHARGES:
            self.stage.change(typing=typing)
