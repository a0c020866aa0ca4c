"""What is offered is settled, once; then cash, change and paper; no Qt."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from desktop.domain.money import Money
from desktop.services.drawing import DrawnForm
from desktop.services.ending import Ending
from desktop.services.settle import Agreement, Commitment
from ui.cashier import counter as jobs
from ui.cashier.counter import Counter
from ui.cashier.doing import Doing
from ui.cashier.halts import halt_of
from ui.cashier.news import News
from ui.cashier.paper_state import PaperShown
from ui.cashier.print_desk import Prepared, PrintDesk
from ui.cashier.reopened import state_of
from ui.cashier.slip_desk import Drawn, SlipDesk
from ui.cashier.stage import Stage
from ui.cashier.state import Intent, Page, Stop
from ui.work_port import Work


class MoneyDesk:
    """Lives on the presenter's thread."""

    def __init__(
        self, counter: Counter, stage: Stage, work: Work, settled: Callable[[], None]
    ) -> None:
        self._counter = counter
        self._stage = stage
        self._settled = settled
        self.slip = SlipDesk(counter.draw, work, self._drawn)
        self.large_slip = SlipDesk(counter.draw, work, self._drawn_large)
        self.prints = PrintDesk(counter.papers, stage, work, self.show)

    def settle(self) -> None:
        """Settle what is on screen, once: a second press finds the window busy."""
        visit, state = self._stage.visit, self._stage.state
        if visit is None or state.page is not Page.OFFER or state.busy or not state.offer:
            return
        if not state.checked_by:
            self._stage.change(note=News.CHECK_FIRST)
            return
        agreement = Agreement(
            state.account_use, state.checked_by, state.offer.split.cash, pays_here=True
        )
        job: Callable[[], Commitment] = lambda: jobs.settle(visit, agreement)  # noqa: E731
        self._stage.run(Doing.SETTLING, job, self._committed, must_finish=True)

    def give_cash(self, given: Money | None) -> None:
        """What the patient hands over; the change is shown at once."""
        if self._stage.state.cash is not None and self._stage.state.page is Page.SETTLED:
            self._stage.change(cash=replace(self._stage.state.cash, given=given), note=None)

    def amounts_agreed(self) -> None:
        """The patient heard what they agreed to and what is booked, and pays that (rule 2)."""
        visit = self._stage.visit
        if visit is None or Intent.AMOUNTS_AGREED not in self._stage.state.intents:
            return
        self._stage.run(
            Doing.NOTING,
            lambda: jobs.agree_to_others(self._counter, visit),
            lambda yes: self._stage.change(others_agreed=yes),
            must_finish=True,
            halted=lambda stop: self._stage.change(trouble=stop.problems[0]),
        )

    def collect(self) -> None:
        """The cash is taken: write it down, then print."""
        visit, state = self._stage.visit, self._stage.state
        cash = state.cash
        if visit is None or cash is None or state.page is not Page.SETTLED or state.busy:
            return
        if state.awaits_yes:
            self._stage.change(note=News.AGREE_FIRST)
            return
        if cash.given is not None and cash.change is None:
            self._stage.change(note=News.TOO_LITTLE_CASH)
            return
        if cash.seems_mistyped and state.note is not News.COUNT_AGAIN:
            self._stage.change(note=News.COUNT_AGAIN)
            return
        due = cash.due
        self._stage.run(
            Doing.TAKING_CASH,
            lambda: jobs.collect(self._counter, visit, due),
            self.printed,
            must_finish=True,
        )

    def enlarge(self) -> None:
        """Lay the slip over the page, as large as it can be read without glasses."""
        state = self._stage.state
        if Intent.ENLARGE in state.intents:
            self._stage.change(shows_slip=True, large_slip=None)
            if state.paper is not None:
                self.large_slip.printed(state.paper.pdf, state.paper.pages)

    def preview(self) -> None:
        """The slip as it would be printed, before the cash is taken; nothing is kept of it."""
        visit, papers = self._stage.visit, self._counter.papers
        if visit is not None and Intent.PREVIEW in self._stage.state.intents:
            self._stage.run(
                Doing.PREPARING_SLIP,
                lambda: papers.preview(visit.id),
                self._previewed,
                halted=lambda stop: self._stage.change(trouble=stop.problems[0]),
            )

    def back(self) -> bool:
        """Whether the large slip lay there; the page under it is seen again."""
        shown = self._stage.state.shows_slip
        if shown:
            self.large_slip.printed(b"")
            self._stage.change(shows_slip=False, large_slip=None)
        return shown

    def _committed(self, end: Commitment) -> None:
        visit = self._stage.visit
        settlement = visit.record.settlement if visit else None
        if end.ending is not Ending.SETTLED or settlement is None:
            self._stage.halted(Stop(halt_of(end.ending, end.problems), end.problems))
            return
        self._settled()
        assert visit is not None
        booked = state_of(self._stage.state.desk, visit.record, Page.SETTLED)
        self._stage.change(
            page=Page.SETTLED,
            settlement=settlement,
            other_amounts=booked.other_amounts,
            others_agreed=None,
            quota=booked.quota,
            first_pay=booked.first_pay,
            cash=booked.cash,
            notes=end.problems,
        )

    def printed(self, paper: Prepared) -> None:
        """The slip is kept, and on its way; or why there is none."""
        self._stage.change(page=Page.DONE, other_amounts=())
        self.prints.send(paper)

    def show(self, paper: PaperShown) -> None:
        """Where the slip is now."""
        if self._stage.state.page is not Page.DONE:
            return
        before = self._stage.state.paper
        self._stage.change(paper=paper, notes=(*filter(None, (paper.problem,)), *paper.notes))
        if before is None or before.pdf != paper.pdf:
            self._stage.change(slip=None)
            self.slip.printed(paper.pdf, paper.pages)

    def _previewed(self, drawn: DrawnForm) -> None:
        self._stage.change(shows_slip=True, large_slip=None)
        self.large_slip.printed(drawn.pdf, drawn.pages)

    def _drawn_large(self, slip: Drawn) -> None:
        if self._stage.state.shows_slip:
            self._stage.change(large_slip=slip)

    def _drawn(self, slip: Drawn) -> None:
        if self._stage.state.page is Page.DONE:
            self._stage.change(slip=slip)
