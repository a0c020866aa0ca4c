"""Which settlement is given back: those of this desk, day by day; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from ui.cashier import refund_jobs as jobs
from ui.cashier.counter import Counter
from ui.cashier.doing import Doing
from ui.cashier.refund_jobs import Begun
from ui.cashier.refund_state import RefundAt, RefundShown, SettledVisit
from ui.cashier.stage import Stage
from ui.cashier.state import Intent, Page, Stop


class RefundList:
    """Lives on the presenter's thread."""

    def __init__(self, counter: Counter, stage: Stage, chosen: Callable[[Begun], None]) -> None:
        self._counter = counter
        self._stage = stage
        self._chosen = chosen

    def today(self) -> None:
        """What was settled today."""
        if Intent.REFUND in self._stage.state.intents:
            self.open(self._counter.desk.clock().date())

    def open(self, day: date) -> None:
        desk = self._counter.desk
        self._stage.clear()
        self._stage.run(
            Doing.FINDING,
            lambda: jobs.settled_on(desk, day),
            lambda rows: self._show(day, rows),
        )

    def day_before(self) -> None:
        self._other_day(Intent.DAY_BEFORE, timedelta(days=-1))

    def day_after(self) -> None:
        self._other_day(Intent.DAY_AFTER, timedelta(days=1))

    def choose(self, place: int) -> None:
        """The settlement at this place of the list."""
        shown, desk = self._stage.state.refund, self._counter.desk
        if shown is None or shown.at is not RefundAt.CHOOSE or self._stage.state.busy:
            return
        row = shown.rows[place]
        self._stage.run(
            Doing.OPENING, lambda: jobs.choose(desk, row), self._chosen, halted=self._told
        )

    def _other_day(self, intent: Intent, by: timedelta) -> None:
        shown = self._stage.state.refund
        if shown is not None and intent in self._stage.state.intents:
            self.open(shown.day + by)

    def _show(self, day: date, rows: tuple[SettledVisit, ...]) -> None:
        shown = RefundShown(RefundAt.CHOOSE, day, rows)
        self._stage.change(page=Page.REFUND, refund=shown)

    def _told(self, stop: Stop) -> None:
        self._stage.change(trouble=stop.problems[0])
