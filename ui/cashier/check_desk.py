"""Booked, but not as it should be: a supervisor accepts it, or it is left unpaid (B31, B33, B34).

Taking it back is a refund like any other (:mod:`ui.cashier.refund_desk`).
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.visit import State
from desktop.services.desk_visit import DeskVisit
from ui.cashier.doing import Doing
from ui.cashier.news import News
from ui.cashier.stage import Stage
from ui.cashier.state import Intent


class CheckDesk:
    """Lives on the presenter's thread."""

    def __init__(self, stage: Stage, accepted: Callable[[DeskVisit], None]) -> None:
        self._stage = stage
        self._accepted = accepted
        self._by = ""

    def name(self, by: str) -> None:
        """The supervisor's number, as typed."""
        self._by = by.strip()

    def accept(self) -> None:
        """A supervisor looked, and stands for it; the cash is taken as booked."""
        visit = self._stage.visit
        if visit is None or Intent.ACCEPT not in self._stage.state.intents:
            return
        by = self._by
        if not by:
            self._stage.change(note=News.NAME_SUPERVISOR)
            return
        self._by = ""
        self._stage.run(
            Doing.NOTING,
            lambda: visit.accept(by),
            lambda _done: self._accepted(visit),
            must_finish=True,
        )

    def leave_unpaid(self) -> None:
        """The patient is gone, or cannot pay: it stays settled, and on the list."""
        visit = self._stage.visit
        if visit is None or Intent.LEAVE_UNPAID not in self._stage.state.intents:
            return
        self._stage.run(
            Doing.NOTING,
            lambda: _leave(visit),
            lambda _done: self._stage.clear(note=News.UNPAID),
            must_finish=True,
        )


def _leave(visit: DeskVisit) -> None:
    """It may have been left before."""
    if visit.record.state is State.UNPAID:
        visit.release()
    else:
        visit.patient_leaves()
