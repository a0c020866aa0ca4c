"""Who stands at the window, and whether the funds will pay for them; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from desktop.domain.charges import Bill
from desktop.domain.credential import Credential
from desktop.domain.visit import State
from desktop.services.credentials import remembered
from desktop.services.desk_visit import DeskVisit
from desktop.services.identify import by_use
from desktop.services.shown import Shown as Known
from desktop.services.steps import Wanted
from ui.cashier import counter as jobs
from ui.cashier.bill_desk import BillDesk
from ui.cashier.counter import Admitted, Counter
from ui.cashier.doing import Doing
from ui.cashier.stage import Stage
from ui.cashier.state import Halt, Intent, Page, Quota, ShownBy, ViewState

T = TypeVar("T")
_UPLOADING = frozenset((State.ELIGIBLE, State.REGISTERED, State.CHARGES, State.PRESETTLED))


class Shown(Struct, frozen=True):
    """What the patient showed last: after an outage it is read again."""

    credential: Callable[[], Credential]
    by: ShownBy


class PersonDesk:
    """Lives on the presenter's thread; everything here only asks, and may be given up."""

    def __init__(
        self, counter: Counter, stage: Stage, bill: BillDesk, given_up: Callable[[], None]
    ) -> None:
        self._counter = counter
        self._stage = stage
        self._bill = bill
        self._given_up = given_up
        self._shown: Shown | None = None

    def show(self, credential: Callable[[], Credential], by: ShownBy) -> None:
        """The next patient; ``credential`` reads what they showed in a job."""
        self._shown = Shown(credential, by)
        visit = self._stage.hold(self._counter.new_visit())
        now = self._stage.state
        self._stage.turn_to(ViewState(now.desk, credential=by, errand=now.errand))
        self._ask(Doing.IDENTIFYING, lambda: jobs.show(visit, credential), self._identified)

    def choose_insurance(self, place: int) -> None:
        """The insurance at this place of the person's (B06)."""
        state = self._stage.state
        if state.page is not Page.CHOOSE or state.busy:
            return
        row = state.choices[place]
        if row.active:
            self._admit((row.kind, row.area))

    def ask_again(self) -> None:
        """The patient filed, or was put right: ask the insured area again (B13)."""
        visit = self._stage.visit
        if visit is None or Intent.ASK_AGAIN not in self._stage.state.intents:
            return
        if self._shown is not None and self._is_begun_anew:
            known, shown = remembered(visit.record), self._shown
            self.show((lambda: known) if known else shown.credential, shown.by)
        elif visit.record.state in _UPLOADING:
            self._bill.prepare_again()
        else:
            self._check_again(visit)

    @property
    def _is_begun_anew(self) -> bool:
        """Nobody was found yet, or a person had to mend something at the hospital's system."""
        state = self._stage.state
        mended = state.stop is not None and state.stop.halt is Halt.NEEDS_PERSON
        return state.person is None or mended

    def _check_again(self, visit: DeskVisit) -> None:
        bill = self._errand_bill
        self._ask(
            Doing.ASKING_AGAIN,
            lambda: jobs.check_again(self._counter, visit, bill),
            self._admitted,
        )

    def _identified(self, found: Known) -> None:
        self._stage.change(person=found.person, otherwise=found.otherwise)
        rows = by_use(found.person.insurances, self._counter.desk.place)
        if len([row for row in rows if row.active]) > 1:
            self._stage.change(page=Page.CHOOSE, choices=rows)
        else:
            self._admit(None)

    def _admit(self, wanted: Wanted) -> None:
        visit, bill = self._stage.visit, self._errand_bill
        assert visit is not None
        self._ask(
            Doing.ELIGIBILITY,
            lambda: jobs.admit(self._counter, visit, wanted, bill),
            self._admitted,
        )

    def _admitted(self, found: Admitted) -> None:
        outlook = found.outlook
        self._stage.change(
            page=Page.PERSON,
            stop=None,
            insurance=found.insurance,
            filing=found.filing,
            benefit_notes=found.notes,
            notices=found.notices,
            bills=found.bills,
            quota=Quota.of(outlook.left, estimated=True) if outlook else None,
            outlook=outlook,
        )
        if found.bill is not None:
            self._bill.taken(found.bill)

    def _ask(self, doing: Doing, job: Callable[[], T], then: Callable[[T], None]) -> None:
        self._stage.run(doing, job, then, given_up=self._given_up)

    @property
    def _errand_bill(self) -> Bill | None:
        errand = self._stage.state.errand
        return errand.bill if errand else None
