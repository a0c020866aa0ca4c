"""The bill: found in the drop folder or typed, uploaded, offered, revised; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from desktop.domain.account_use import AccountUse
from desktop.domain.charges import Bill
from desktop.hospital.drop_folder import FolderSeen
from desktop.services.desk_visit import DeskVisit
from ui.cashier import counter as jobs
from ui.cashier.charges_desk import ChargesDesk
from ui.cashier.counter import Counter, Offered, Taken
from ui.cashier.doing import Doing
from ui.cashier.draft import Typing
from ui.cashier.later_jobs import prepare_again, revised
from ui.cashier.news import News
from ui.cashier.over import over
from ui.cashier.stage import Stage
from ui.cashier.state import Intent, Page, Quota
from ui.work_port import Work

T = TypeVar("T")
Uploads = Callable[[Counter, DeskVisit, AccountUse], Offered]
_NEXT_ACCOUNT_USE = {
    AccountUse.NONE: AccountUse.OWN,
    AccountUse.OWN: AccountUse.FAMILY,
    AccountUse.FAMILY: AccountUse.NONE,
}


class BillDesk:
    """Lives on the presenter's thread; everything here only asks, and may be given up."""

    def __init__(
        self, counter: Counter, stage: Stage, work: Work, given_up: Callable[[], None]
    ) -> None:
        self._counter = counter
        self._stage = stage
        self._given_up = given_up
        self.charges = ChargesDesk(
            counter.catalogue, work, counter.desk.clock, counter.operator, self._typed
        )

    # --- which bill -----------------------------------------------------------------------

    def folder_looked_at(self, seen: FolderSeen) -> None:
        """The drop folder was read, or could not be; a bill may have come meanwhile."""
        if not seen.reachable:
            self.folder_out_of_reach(seen.folder)
            return
        self._folder_is_back()
        self._look_for_bills()
        self.take_revision()
        state, files = self._stage.state, seen.broken
        if files != state.desk.broken_files:
            desk = replace(state.desk, broken_files=files)
            self._stage.change(desk=desk, shows_broken=state.shows_broken and bool(files))

    def folder_out_of_reach(self, folder: Path) -> None:
        """It cannot be listed, or does not answer; what was read of it before stays."""
        self._stage.tell_desk(lost_folder=str(folder))

    def _folder_is_back(self) -> None:
        """Told, unless that would take the place of other news."""
        state = self._stage.state
        if not state.desk.lost_folder:
            return
        silent = state.note is None and state.trouble is None and state.busy is None
        self._stage.tell_desk(lost_folder="")
        if silent:
            self._stage.change(note=News.FOLDER_BACK)

    def show_broken(self) -> None:
        """Every fault of every file, over the page."""
        if Intent.BROKEN_FILES in self._stage.state.intents:
            self._stage.change(shows_broken=True)

    def type_charges(self) -> None:
        """Open the page on which a bill is typed, as it was left."""
        person = self._stage.state.person
        if person is not None and Intent.TYPE_CHARGES in self._stage.state.intents:
            self._stage.change(page=Page.CHARGES, typing=self.charges.open(person), stop=None)

    def hand_over(self) -> None:
        """The typed bill is finished; its faults are shown instead while it has some."""
        if self._stage.state.page is not Page.CHARGES or self._stage.state.busy:
            return
        bill = self.charges.hand_over()
        if bill is not None:
            self.take(bill)

    def choose(self, place: int) -> None:
        """The bill at this place of those that wait."""
        self.take(self._stage.state.bills[place])

    def take(self, bill: Bill) -> None:
        """The bill to settle: from the drop folder, or typed here."""
        visit, state = self._stage.visit, self._stage.state
        if visit is None or state.busy or state.page not in (Page.PERSON, Page.CHARGES):
            return
        self._ask(Doing.CHECKING_BILL, lambda: jobs.take(self._counter, visit, bill), self._taken)

    # --- what it would cost whom ----------------------------------------------------------

    def taken(self, bill: Bill) -> None:
        """The visit has its bill: upload it, and ask what it would cost whom."""
        self._stage.change(bill=bill)
        self._upload(Doing.UPLOADING, jobs.prepare)

    def prepare_again(self) -> None:
        """The line was down in the middle of the uploads: they begin again."""
        self._upload(Doing.UPLOADING_AGAIN, prepare_again)

    def settle_beside(self) -> None:
        """The cashier has seen what stands beside the bill: it is another one, or the receipt came back."""
        visit, state = self._stage.visit, self._stage.state
        if visit is not None and state.stop is not None and Intent.SETTLE_BESIDE in state.intents:
            self._upload(Doing.UPLOADING, partial(jobs.prepare, although=state.stop.codes))

    def change_account_use(self) -> None:
        """None → own → own and family → none; the amounts are asked for again (2206)."""
        visit, state = self._stage.visit, self._stage.state
        if visit is None or state.page is not Page.OFFER or state.busy:
            return
        use = _NEXT_ACCOUNT_USE[state.account_use]
        self._ask(
            Doing.OFFERING_AGAIN,
            partial(jobs.offer, self._counter, visit, use),
            partial(self._offered, account_use=use),
        )

    def take_revision(self) -> bool:
        """Whether the hospital has changed the bill on offer: then it is uploaded anew (B26).

        It begins by itself, so an Esc that was meant for something else gives nobody up; the sums
        that stood may be taken back at the platform already: there is no going back to them.
        """
        visit, newer, use = self._stage.visit, self._newer(), self._stage.state.account_use
        if visit is None or newer is None:
            return False
        job = partial(revised, self._counter, visit, newer, use)
        self._stage.run(Doing.REVISING, job, self._revised)
        return True

    # --- within ---------------------------------------------------------------------------

    def _upload(self, doing: Doing, job: Uploads) -> None:
        visit = self._stage.visit
        assert visit is not None
        prepared = partial(job, self._counter, visit, self._stage.state.account_use)
        self._ask(doing, prepared, self._offered)

    def _ask(self, doing: Doing, job: Callable[[], T], then: Callable[[T], None]) -> None:
        self._stage.run(doing, job, then, given_up=self._given_up)

    def _taken(self, found: Taken) -> None:
        self._stage.change(notices=found.notices)
        self.taken(found.bill)

    def _look_for_bills(self) -> None:
        state = self._stage.state
        if state.page is not Page.PERSON or not state.person or state.busy or state.errand:
            return
        bills = self._counter.waiting_bills(state.person)
        if bills != state.bills:
            self._stage.change(bills=bills)

    def _newer(self) -> Bill | None:
        """What takes the place of the bill on offer."""
        state = self._stage.state
        if state.page is not Page.OFFER or state.busy or over(state):
            return None
        if not state.person or not state.bill:
            return None
        waiting, key = self._counter.waiting_bills(state.person), state.bill.key
        return next((bill for bill in waiting if bill.key.revises(key)), None)

    def _revised(self, found: Offered) -> None:
        visit = self._stage.visit
        assert visit is not None
        self._offered(found, bill=visit.record.bill, note=News.REVISED)

    def _offered(self, found: Offered, **more: object) -> None:
        visit = self._stage.visit
        assert visit is not None
        self._stage.change(
            **more,
            held=visit.held,
            page=Page.OFFER,
            lines=found.lines,
            offer=found.settlement,
            first_pay=found.first_pay,
            quota=Quota.of(found.left) or self._estimated,
            beside=found.beside,
        )

    @property
    def _estimated(self) -> Quota | None:
        """Where this answer tells nothing; what an earlier one told was of other amounts."""
        outlook = self._stage.state.outlook
        return Quota.of(outlook.left, estimated=True) if outlook else None

    def _typed(self, typing: Typing) -> None:
        if self._stage.state.page is Page.CHARGES:
            self._stage.change(typing=typing)
