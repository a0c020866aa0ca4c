"""The line is down before anything was sent for settling: WAIT, DEFER or SELF_PAY (B22); no Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.domain.deferral import settle_until
from desktop.domain.money import Money
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.form_numbers import DEFERRED, NOT_SETTLED
from ui.cashier.doing import Doing
from ui.cashier.intents import DECIDED_HERE
from ui.cashier.news import News
from ui.cashier.stage import Stage
from ui.cashier.state import Intent
from ui.cashier.waiting import Outage

_NOT_SENT = frozenset(
    (
        *(State.IDLE, State.CREDENTIAL, State.IDENTIFIED, State.ELIGIBLE),
        *(State.REGISTERED, State.CHARGES, State.PRESETTLED),
    )
)
_PAYS_SELF = frozenset((*_NOT_SENT, State.REFUSED, State.NEEDS_FILING))
"""Where a patient may go on as one who pays everything (B10, B13, B22)."""


def outage_of(record: VisitRecord, today: date, held: Money | None = None) -> Outage:
    """What the window may offer where the visit stands; ``held`` was left for its bill before."""
    bill = record.bill
    may_defer = bill is not None and record.state in _NOT_SENT
    may_pay_self = record.state in _PAYS_SELF
    if bill is None:
        return Outage(may_defer, may_pay_self, None, None, None)
    until = settle_until(today, bill.visit.began.date())
    return Outage(may_defer, may_pay_self, bill.total, held, until)


class OutageDesk:
    """Lives on the presenter's thread."""

    def __init__(self, stage: Stage, arises: Callable[[VisitId, str], None]) -> None:
        """``arises`` prints the paper that the patient takes home."""
        self._stage = stage
        self._arises = arises
        self._why = Problem(ProblemCode.NO_USABLE_ANSWER)
        """Why it came to this; what stands beside the bill is told later, and is no reason."""

    def defer_with_deposit(self) -> None:
        """The full bill is paid as a deposit; fund and account part go back later."""
        outage = self._stage.state.outage
        if outage is not None and Intent.DEFER_DEPOSIT in self._stage.state.intents:
            self._defer(outage.asked or None)

    def defer_signed(self) -> None:
        """The patient signs, and pays nothing now."""
        if Intent.DEFER_SIGNED in self._stage.state.intents:
            self._defer(None)

    def pay_self(self) -> None:
        """An ordinary receipt for everything, and a manual claim by the patient."""
        if Intent.SELF_PAY in self._stage.state.intents:
            outage = self._stage.state.outage
            held = outage is not None and outage.held
            note = News.SELF_PAID_OF_DEPOSIT if held else News.SELF_PAID
            stop = self._stage.state.stop
            seen = stop.codes if stop else frozenset()
            self._end(lambda visit, why: visit.pay_self(why, seen), note, NOT_SETTLED)

    def _defer(self, deposit: Money | None) -> None:
        self._end(lambda visit, why: visit.defer(why, deposit), News.DEFERRED, DEFERRED)

    def _end(self, step: Callable[[DeskVisit, Problem], None], note: News, form: str) -> None:
        visit, stop = self._stage.visit, self._stage.state.stop
        if visit is None or stop is None:
            return
        if stop.problems[0].kind not in DECIDED_HERE:
            self._why = stop.problems[0]
        why = self._why
        self._stage.run(
            Doing.NOTING,
            lambda: step(visit, why),
            lambda _done: self._ended(visit.id, note, form),
            must_finish=True,
        )

    def _ended(self, visit: VisitId, note: News, form: str) -> None:
        self._stage.clear(note=note)
        self._arises(visit, form)
