"""What every part of the presenter stands on: the state, the visit in hand, one job at a time.

Everything that uses the journal or the platform runs on one thread, :attr:`Lane.DESK`; a cashier's
step makes the window busy, what runs :meth:`Stage.beside` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from desktop.domain.open_work import leaves_traces
from desktop.domain.person import Person
from desktop.domain.problems import DeskError
from desktop.ledger.journal import VisitId
from desktop.nhsa.waits import Wait
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Stopped
from desktop.services.watched_line import LineNews
from ui.cashier.doing import BOOKS, CLOSES, Doing
from ui.cashier.halts import stop_of
from ui.cashier.intents import intents_of
from ui.cashier.news import News
from ui.cashier.state import Busy, Desk, Halt, Stop, ViewState
from ui.cashier.step import Step
from ui.work_port import (
    Cancelled,
    Completed,
    Ended,
    Failed,
    Lane,
    Retry,
    TryAgain,
    Work,
)

T = TypeVar("T")
_GOES_ON = frozenset((News.BOOKING_GOES_ON, News.STEP_GOES_ON))


class Stage:
    """Lives on one thread; nothing of it waits."""

    def __init__(
        self,
        work: Work,
        clock: Callable[[], float],
        facts: Desk,
        listen: Callable[[ViewState], None],
        line_news: Callable[[], LineNews | None],
        begin_wait: Callable[[], Wait],
    ) -> None:
        self._work = work
        self._clock = clock
        self._listen = listen
        self._line_news = line_news
        self._begin_wait = begin_wait
        self._step: Step | None = None
        self._ending = 0
        self._beside = False
        self._gathers = False
        self.closing = False
        """The cross was pressed, and something is waited for: nothing new is begun."""
        self.steps = 0
        """How many steps of the cashier have ended."""
        self.halted: Callable[[Stop], None] = lambda _stop: None
        """Hears what stopped a step that names nobody else."""
        self.cleared: Callable[[Person | None], None] = lambda _served: None
        """Hears that nobody is at the window any more, and who was."""
        self.left_unknown: Callable[[VisitId], None] = lambda _visit: None
        """Hears whose outcome nobody knows while the window turns to somebody else."""
        self.visit: DeskVisit | None = None
        self.state = ViewState(facts)

    def listen(self, listen: Callable[[ViewState], None]) -> None:
        """From now on this one hears of every change."""
        self._listen = listen

    # --- the visit in hand ----------------------------------------------------------------

    @property
    def held(self) -> VisitId | None:
        return self.visit.id if self.visit is not None else None

    def hold(self, visit: DeskVisit) -> DeskVisit:
        """This visit is the window's; what it had before is let go."""
        if self.visit is not visit:
            self.let_go()
        self.visit = visit
        return visit

    def let_go(self) -> None:
        """The queue, or another window, may take the visit from here (B49)."""
        if self.visit is not None:
            self.visit.release()
            self.visit = None

    # --- the state ------------------------------------------------------------------------

    def change(self, **changes: object) -> None:
        """News takes the place of the trouble that was told before."""
        if "note" in changes:
            changes.setdefault("trouble", None)
        self.turn_to(replace(self.state, **changes))

    def tell_desk(self, **facts: object) -> None:
        """Facts about this desk; the same ones told twice change nothing."""
        desk = replace(self.state.desk, **facts)
        if desk != self.state.desk:
            self.change(desk=desk)

    def turn_to(self, state: ViewState) -> None:
        waited = self.state.lookup
        state = self._as_it_closes(state) if self.closing else state
        self.state = replace(state, intents=intents_of(state))
        self._tell()
        here = (self.held, state.lookup.visit if state.lookup else None)
        if waited is not None and waited.ruling is None and waited.visit not in here:
            self.left_unknown(waited.visit)

    def _tell(self) -> None:
        if not self._gathers:
            self._listen(self.state)

    @contextmanager
    def _told_once(self) -> Iterator[None]:
        """What the end of a job brings is shown whole: nobody sees a state in between, and to show
        each was three times the work, in one slot.
        """
        before, self._gathers = self._gathers, True
        try:
            yield
        finally:
            self._gathers = before
            self._tell()

    def clear(self, note: News | None = None) -> None:
        """Nobody is at the window: no name stays on the screen, no visit is held."""
        self.let_go()
        served = self.state.person
        self.turn_to(ViewState(self.state.desk, note=note))
        self.cleared(served)

    def closes(self, *, waits: bool) -> None:
        """The cross was pressed: what asks is cut off.

        ``waits``: something must finish first; until then the window is busy with closing.
        """
        if self._step is not None:
            self._step.cut_off()
        if waits:
            self.closing = True
            self.change()

    def opens_again(self) -> None:
        """What was waited for is over, and the window stays after all."""
        self.closing = False
        self.change(busy=None)

    def refuses(self) -> bool:
        """Whether the window closes and begins nothing new; then it says so."""
        if self.closing:
            self.change(note=News.CLOSING)
        return self.closing

    def _as_it_closes(self, state: ViewState) -> ViewState:
        """Busy to the end, with a step that must finish, or else with the papers."""
        if state.busy is not None and state.busy.doing in CLOSES:
            return state
        doing = Doing.CLOSING_PRINTS if state.busy is None else Doing.CLOSING
        since = self.state.busy.since if self.state.busy is not None else self.now()
        return replace(state, busy=Busy(doing, since))

    # --- jobs -----------------------------------------------------------------------------

    def now(self) -> float:
        """Seconds of the window's own clock."""
        return self._clock()

    @property
    def idle(self) -> bool:
        """Nothing runs and nothing waits to run."""
        return self.state.busy is None and not self._beside

    def run(
        self,
        doing: Doing,
        job: Callable[[], T],
        then: Callable[[T], None],
        *,
        must_finish: bool = False,
        halted: Callable[[Stop], None] | None = None,
        given_up: Callable[[], None] | None = None,
    ) -> None:
        """A cashier's step; ``halted`` hears why it came to nothing, else :attr:`halted` does.

        ``given_up`` hears that the cashier waits no longer; without it the step has to be waited
        for. It asks nothing of the platform that books anything (house: the unknown outcome).
        """
        step = self._step = Step(doing, self._begin_wait() if given_up else None)
        self.change(busy=self._busy_with(step), note=None, trouble=None)

        def ended(end: Ended[T]) -> None:
            self.steps += 1
            with self._told_once():
                self._over(busy=None, **self._without(_GOES_ON))
                match end:
                    case Cancelled() if given_up is not None and step.given_up:
                        given_up()
                    case Completed(value):
                        then(value)
                    case Retry(Stop() as stop):
                        (halted or self.halted)(stop)
                    case Failed(error):
                        (halted or self.halted)(stop_of(error))
                    case _:
                        self.refuses()

        asked = partial(_asked, step.under_its_wait(job))
        step.handle = self._work.start(asked, ended, lane=Lane.DESK, must_finish=must_finish)

    def give_up(self) -> None:
        """The cashier waits no longer; a step that must be waited for says so."""
        step, busy = self._step, self.state.busy
        if busy is not None and busy.doing is Doing.CLOSING_PRINTS:
            self.refuses()
            return
        if step is None or busy is None:
            return
        if step.may_be_given_up:
            step.give_up()
        else:
            self.change(note=News.BOOKING_GOES_ON if step.doing in BOOKS else News.STEP_GOES_ON)

    def abandon(self, note: News) -> None:
        """Whoever was at the window goes, in the middle of a step that was given up.

        Its thread may still work on the visit: only after it the visit is let go (B49).
        """
        visit, self.visit = self.visit, None
        served = self.state.person
        self._ending += 1
        self.turn_to(ViewState(self.state.desk, note=note))
        self._work.start(partial(_let_go, visit), self._ended_after_all, lane=Lane.DESK)
        self.cleared(served)

    def _ended_after_all(self, end: Ended[bool]) -> None:
        """What was given up has come to its own end; something of it may be at the platform."""
        self._ending -= 1
        if self._step is not None and self.state.busy is not None:
            self.change(busy=replace(self._busy_with(self._step), since=self.state.busy.since))
        if end == Completed(True):
            self._tell_of_traces()

    def _tell_of_traces(self) -> None:
        """Also where the next patient has come meanwhile."""
        state = self.state
        if state.note is News.GIVEN_UP:
            self.change(note=News.GIVEN_UP_BEHIND)
        elif state.parting is not None and state.parting.news is News.GIVEN_UP:
            self.change(parting=replace(state.parting, news=News.GIVEN_UP_BEHIND))

    def _busy_with(self, step: Step) -> Busy:
        doing = Doing.BEHIND if self._ending else step.doing
        return Busy(doing, self._clock(), may_give_up=step.may_be_given_up)

    def beside(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[], None] | None = None,
    ) -> None:
        """What nobody waits for; a step of the cashier comes right after it.

        ``failed`` hears that it came to nothing, else a note says so.
        """
        self._beside = True

        def ended(end: Ended[T]) -> None:
            self._beside = False
            self._over()
            if isinstance(end, Completed):
                then(end.value)
            elif isinstance(end, Retry | Failed) and failed is not None:
                failed()
            elif isinstance(end, Retry | Failed):
                self.change(note=News.QUEUE_NOT_DONE)

        self._work.start(partial(_asked, job), ended, lane=Lane.DESK)

    def _without(self, told: frozenset[News]) -> dict[str, object]:
        """What was told only while the step ran."""
        return {"note": None} if self.state.note in told else {}

    def _over(self, **changes: object) -> None:
        """What the line did meanwhile is known at the end of every job."""
        desk = replace(self.state.desk, line=self._line_news())
        if changes or desk != self.state.desk:
            self.change(desk=desk, **changes)


def _let_go(visit: DeskVisit | None) -> bool:
    """Whether something of it may be at the platform, which the queue takes back."""
    if visit is None:
        return False
    visit.release()
    return leaves_traces(visit.record)


def _asked(job: Callable[[], T]) -> T:
    """Raises :class:`TryAgain` where the line alone is to blame: nothing happened."""
    try:
        return job()
    except (DeskError, Stopped) as error:
        if (stop := stop_of(error)).halt is Halt.LINE_DOWN:
            raise TryAgain(stop) from error
        raise


class Heard:
    """Steps on a stage of which one place hears why they came to nothing."""

    def __init__(self, stage: Stage, told: Callable[[Stop], None]) -> None:
        self._stage = stage
        self._told = told

    def run(
        self,
        doing: Doing,
        job: Callable[[], T],
        then: Callable[[T], None],
        *,
        must_finish: bool = False,
        given_up: Callable[[], None] | None = None,
    ) -> None:
        """See :meth:`Stage.run`."""
        self._stage.run(
            doing, job, then, must_finish=must_finish, halted=self._told, given_up=given_up
        )
