"""Papers beside the settlement slip: offered from a list, or printed where they arise; no Qt."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from desktop.domain.prints import PaperStanding, ReprintReason, paper_left
from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.form_numbers import SETTLEMENT_SLIP, is_paper_place
from desktop.services.paper_desk import PaperDesk
from ui.cashier.doing import Doing
from ui.cashier.news import News
from ui.cashier.print_desk import Prepared, PrintDesk
from ui.cashier.stage import Stage
from ui.cashier.state import Intent, Stop
from ui.work_port import Completed, Ended, Failed, Lane, Work


class FormOffered(Struct, frozen=True):
    """One paper that can be printed of the visit at the window."""

    form: str
    words: str
    """As people call it, Chinese."""


class FormDesk:
    """Lives on the presenter's thread."""

    def __init__(self, papers: PaperDesk, stage: Stage, work: Work, prints: PrintDesk) -> None:
        self._papers = papers
        self._stage = stage
        self._work = work
        self._prints = prints

    def offer(self) -> None:
        """Lay the list of papers over the page."""
        visit = self._visit
        if visit is not None and Intent.FORMS in self._stage.state.intents:
            job = partial(_offered, self._papers, self._stage.visit, visit)
            self._stage.run(Doing.PREPARING_SLIP, job, self._show, halted=self._halted)

    def take(self, place: int) -> None:
        """The chosen one is printed; one that came out before, as a reprint."""
        state, visit = self._stage.state, self._visit
        if not state.forms or visit is None or state.busy:
            return
        form = state.forms[place].form
        self._stage.change(forms=())
        job = partial(order, self._papers, self._stage.visit, visit, form)
        self._stage.run(Doing.PRINTING, job, self._send, halted=self._halted)

    def back(self) -> bool:
        """Close the list; False where there is none."""
        open_now = bool(self._stage.state.forms)
        if open_now:
            self._stage.change(forms=())
        return open_now

    def arises(self, visit: VisitId, form: str) -> None:
        """A paper that the cashier's step brought with it; the next patient may come meanwhile."""
        job = partial(order, self._papers, None, visit, form)
        self._work.start(job, self._arisen, lane=Lane.DESK, must_finish=True)

    def arises_once(self, visit: VisitId, form: str) -> None:
        """The same, where the visit has no such paper yet."""
        job = partial(_first, self._papers, visit, form)
        self._work.start(job, self._arisen, lane=Lane.DESK, must_finish=True)

    @property
    def _visit(self) -> VisitId | None:
        """At the window, or the one whose outcome is waited for here."""
        visit, lookup = self._stage.visit, self._stage.state.lookup
        if visit is not None:
            return visit.id
        return lookup.visit if lookup is not None else None

    def _show(self, offered: tuple[FormOffered, ...]) -> None:
        if offered:
            self._stage.change(forms=offered)
        else:
            self._stage.change(note=News.NO_FORMS)

    def _halted(self, stop: Stop) -> None:
        self._stage.change(trouble=stop.problems[0])

    def _arisen(self, end: Ended[Prepared] | Ended[Prepared | None]) -> None:
        match end:
            case Completed(prepared):
                if prepared is not None and not _is_none(prepared):
                    self._send(prepared)
            case Failed(error):
                self._send(Prepared(None, _problems_of(error)))
            case _:
                pass

    def _send(self, prepared: Prepared) -> None:
        if prepared.ordered is None:
            self._stage.change(note=None, trouble=prepared.problems[0])
        else:
            self._prints.send(prepared)


def order(papers: PaperDesk, held: DeskVisit | None, visit: VisitId, form: str) -> Prepared:
    """A job of the desk: drawn, kept and meant; what keeps it from that is told, nothing else."""
    try:
        return Prepared(papers.order(visit, ReprintReason.ANOTHER, form))
    except DeskError as error:
        return Prepared(None, error.problems)
    finally:
        if held is not None:
            held.reread()


def _first(papers: PaperDesk, visit: VisitId, form: str) -> Prepared | None:
    """None where one was ordered before; what became of that, the list tells."""
    if any(paper.form == form for paper in papers.desk.record(visit).papers):
        return None
    return order(papers, None, visit, form)


def left_over(papers: PaperDesk, visit: VisitId) -> Prepared | None:
    """A paper of the list that is no settlement slip, to be sent; None where that is the slip.

    One that may have come out is a reprint now; of the desk's own, the very same again.
    """
    paper = paper_left(papers.desk.record(visit).papers)
    if paper is None or paper.form == SETTLEMENT_SLIP:
        return None
    if paper.standing is PaperStanding.WAITING:
        return Prepared(papers.again(visit, paper.job))
    if is_paper_place(visit):
        papers.looked(visit, paper.job, 0)
        return Prepared(papers.again(visit, paper.job))
    return Prepared(papers.order(visit, ReprintReason.SPOILED, paper.form))


def _offered(papers: PaperDesk, held: DeskVisit | None, visit: VisitId) -> tuple[FormOffered, ...]:
    """What is remembered goes to the journal first, of which papers are drawn."""
    from desktop.services.visit_forms import forms_of

    if held is not None:
        held.save()
    found = forms_of(papers.desk.told(visit))
    rest = (each for each in found if each.form != SETTLEMENT_SLIP)
    return tuple(FormOffered(each.form, each.words) for each in rest)


def _is_none(prepared: Prepared) -> bool:
    """Nobody is known yet of whom it could tell: then the step has no paper."""
    return any(problem.kind is ProblemCode.NO_SUCH_FORM for problem in prepared.problems)


def _problems_of(error: Exception) -> tuple[Problem, ...]:
    return error.problems if isinstance(error, DeskError) else (Problem(ProblemCode.FAILED),)
