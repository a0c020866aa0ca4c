"""Papers at the window: printed beside the cashier's next step, their trouble told; no Qt.

The printer has a thread of its own; what the journal must know is written on the desk's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from desktop.domain.prints import Paper, ReprintReason
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.form_numbers import SETTLEMENT_SLIP
from desktop.services.paper_desk import Ordered, PaperDesk, Sent, slip_on
from printing.printer import Unclear
from ui.cashier.doing import Doing
from ui.cashier.news import News
from ui.cashier.paper_state import (
    PaperAt,
    PaperShown,
    as_it_stands,
    not_there,
    on_its_way,
)
from ui.cashier.stage import Stage
from ui.cashier.state import Intent
from ui.work_port import Completed, Ended, Failed, Lane, Work

REASONS = tuple(ReprintReason)
"""In the order in which the window offers them."""


class Prepared(Struct, frozen=True):
    """A paper that may be sent; or why there is none."""

    ordered: Ordered | None
    problems: tuple[Problem, ...] = ()

    @property
    def shown(self) -> PaperShown:
        return on_its_way(self.ordered) if self.ordered else not_there(self.problems)


def prepared(visit: DeskVisit, order: Callable[[], Ordered]) -> Prepared:
    """A job of the desk: the paper is kept and meant; trouble with it is no trouble of money."""
    try:
        return Prepared(order())
    except DeskError as error:
        return Prepared(None, error.problems)
    finally:
        visit.reread()


def stands(papers: PaperDesk, visit: DeskVisit) -> PaperShown | None:
    """The slip of a visit that is opened again; None where it never had one."""
    paper = slip_on(visit.record)
    if paper is None:
        return None
    return as_it_stands(paper, papers.archive.paper(paper.job) or b"")


class PrintDesk:
    """Lives on the presenter's thread."""

    def __init__(
        self, papers: PaperDesk, stage: Stage, work: Work, shown: Callable[[PaperShown], None]
    ) -> None:
        self._papers = papers
        self._stage = stage
        self._work = work
        self._shown = shown
        self._under_way: dict[VisitId, str] = {}
        self.missed: Callable[[], None] = lambda: None
        """Hears that a paper did not come out whose visit is not at the window any more."""

    @property
    def under_way(self) -> frozenset[VisitId]:
        """Visits of which a paper is being printed now: none of them waits for anybody."""
        return frozenset(self._under_way)

    def send(self, found: Prepared) -> None:
        """Show the slip, and print what there is; other papers are printed and not shown."""
        ordered = found.ordered
        if ordered is None or ordered.form == SETTLEMENT_SLIP:
            self._shown(found.shown)
        if ordered is None:
            return
        self._under_way[ordered.visit] = ordered.job
        self._work.start(
            partial(self._papers.send, ordered),
            partial(self._sent, ordered),
            lane=Lane.PRINT,
            must_finish=True,
        )

    def retry(self) -> None:
        """The copies that did not come out; of a slip that was never drawn, all of them."""
        visit, paper = self._stage.visit, self._stage.state.paper
        if visit is None or Intent.PRINT_REST not in self._stage.state.intents:
            return
        job, papers = (paper.job if paper else ""), self._papers
        again = partial(papers.again, visit.id, job) if job else partial(papers.order, visit.id)
        self._stage.run(Doing.PRINTING, partial(prepared, visit, again), self.send)

    def ask_reason(self) -> None:
        """A paper that came out is printed again for a reason only (B37)."""
        if Intent.PRINT_AGAIN in self._stage.state.intents:
            self._stage.change(shows_reasons=True)

    def reprint(self, place: int) -> None:
        visit = self._stage.visit
        if visit is None or not self._stage.state.shows_reasons or self._stage.state.busy:
            return
        self._stage.change(shows_reasons=False)
        order = partial(self._papers.order, visit.id, REASONS[place])
        self._stage.run(Doing.PRINTING_AGAIN, partial(prepared, visit, order), self.send)

    def back(self) -> bool:
        """Close what lies over the page; False where nothing does."""
        open_now = self._stage.state.shows_reasons
        if open_now:
            self._stage.change(shows_reasons=False)
        return open_now

    def all_came_out(self) -> None:
        self._looked(Intent.PAPER_CAME, lambda paper: paper.doubted)

    def one_came_out(self) -> None:
        self._looked(Intent.PAPER_CAME_ONE, lambda _paper: 1)

    def none_came_out(self) -> None:
        """Then it is printed again at once: that is what the patient waits for."""
        self._looked(Intent.PAPER_DID_NOT_COME, lambda _paper: 0, self.retry)

    def _looked(
        self,
        intent: Intent,
        out: Callable[[PaperShown], int],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        visit, paper = self._stage.visit, self._stage.state.paper
        if visit is None or paper is None or intent not in self._stage.state.intents:
            return

        def told(found: Paper) -> None:
            self._shown(as_it_stands(found, paper.pdf, paper.notes))
            then()

        job = partial(_written, self._papers, visit, paper.job, out(paper))
        self._stage.run(Doing.NOTING, job, told, must_finish=True)

    # --- what the printer brought -----------------------------------------------------------

    def _sent(self, ordered: Ordered, end: Ended[Sent]) -> None:
        match end:
            case Completed(sent):
                self._write(ordered, sent)
            case Failed():
                why = Problem(ProblemCode.PRINT_DOUBTED)
                self._write(ordered, Sent(0, Unclear("", why)))
            case _:
                self._under_way.pop(ordered.visit, None)

    def _write(self, ordered: Ordered, sent: Sent) -> None:
        self._work.start(
            partial(_noted, self._papers, ordered, sent, self._held(ordered)),
            partial(self._ended, ordered),
            lane=Lane.DESK,
            must_finish=True,
        )

    def _ended(self, ordered: Ordered, end: Ended[Paper]) -> None:
        self._under_way.pop(ordered.visit, None)
        if self._held(ordered) is None or ordered.form != SETTLEMENT_SLIP:
            self._tell_of_another(end)
        elif isinstance(end, Completed):
            self._shown(as_it_stands(end.value, ordered.pdf, ordered.problems))
        elif isinstance(end, Failed):
            self._shown(not_there(_problems_of(end.error)))

    def _held(self, ordered: Ordered) -> DeskVisit | None:
        """The visit of the paper, while it is at the window."""
        visit = self._stage.visit
        return visit if visit is not None and visit.id == ordered.visit else None

    def _tell_of_another(self, end: Ended[Paper]) -> None:
        if not isinstance(end, Completed):
            return
        shown = as_it_stands(end.value, b"")
        if shown.at in (PaperAt.TROUBLE, PaperAt.DOUBTED):
            slip = end.value.form == SETTLEMENT_SLIP
            self._stage.change(note=News.PAPER_LEFT if slip else News.FORM_LEFT)
            self.missed()


def _noted(papers: PaperDesk, ordered: Ordered, sent: Sent, visit: DeskVisit | None) -> Paper:
    try:
        return papers.ended(ordered, sent)
    finally:
        if visit is not None:
            visit.reread()


def _written(papers: PaperDesk, visit: DeskVisit, job: str, out: int) -> Paper:
    try:
        return papers.looked(visit.id, job, out)
    finally:
        visit.reread()


def _problems_of(error: Exception) -> tuple[Problem, ...]:
    return (
        error.problems if isinstance(error, DeskError) else (Problem(ProblemCode.PRINTER_FAILED),)
    )
