"""A printer that does what the test says, in place of everything that prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop.app import OpenDesk
from desktop.domain.prints import Paper
from desktop.domain.problems import Problem, ProblemCode
from desktop.ledger.journal import VisitId
from printing.printer import CameOut, NotPrinted, Outcome, Printer, PrintJob, Unclear

NAME = "HP"
Ends = Callable[[PrintJob], Outcome]


def jammed(_job: PrintJob) -> Outcome:
    return NotPrinted(NAME, Problem(ProblemCode.PRINTER_JAM))


def silent(_job: PrintJob) -> Outcome:
    return Unclear(NAME, Problem(ProblemCode.PRINTER_OUT_OF_PAPER))


def well(_job: PrintJob) -> Outcome:
    return CameOut(NAME)


@dataclass
class DeskPrinter:
    """``then`` says how the next copies end, one each; afterwards all come out."""

    then: Sequence[Ends] = ()
    jobs: list[PrintJob] = field(default_factory=list)
    name: str = NAME

    def print(self, job: PrintJob) -> Outcome:
        self.jobs.append(job)
        ends = self.then[0] if self.then else well
        self.then = self.then[1:]
        return ends(job)


@dataclass
class OnePrinter:
    """Every form goes to ``to``; None: the archive is the paper."""

    to: Printer | None = None
    how_many: int | None = None

    def copies(self, _form: str) -> int | None:
        return self.how_many

    def printer(self, _form: str) -> Printer | None:
        return self.to


def printed_on(opened: OpenDesk, visit: VisitId, printer: Printer | None) -> Paper:
    """The settlement slip of a visit, from its drawing to what the journal knows of it."""
    papers = opened.papers(OnePrinter(printer))
    ordered = papers.order(visit)
    return papers.ended(ordered, papers.send(ordered))
