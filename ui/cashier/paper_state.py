"""A paper as the window shows it: where it is, and what the cashier can do about it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from desktop.domain.discreet import Discreet
from desktop.domain.prints import Paper, PaperStanding
from desktop.domain.problems import Problem, ProblemCode
from desktop.services.paper_desk import Ordered


class PaperAt(StrEnum):
    """Where a paper is."""

    NONE = "none"
    """It could not be drawn, or not be kept: there is none."""
    PRINTING = "printing"
    OUT = "out"
    KEPT = "kept"
    """No printer: the archive is the paper."""
    TROUBLE = "trouble"
    """Some copies surely did not come out."""
    DOUBTED = "doubted"
    """Somebody must look whether they came out."""
    OVER = "over"
    """Nobody wants the rest."""


_AT = {
    PaperStanding.WAITING: PaperAt.TROUBLE,
    PaperStanding.DOUBTED: PaperAt.DOUBTED,
    PaperStanding.OVER: PaperAt.OVER,
}


class PaperShown(Discreet, Struct, frozen=True):
    """The settlement slip of the visit at the window."""

    said = ("at", "job", "copies", "out", "doubted", "reprint")

    at: PaperAt
    job: str = ""
    pdf: bytes = b""
    copies: int = 0
    out: int = 0
    """Copies that surely came out."""
    doubted: int = 0
    """Copies that may have."""
    reprint: int = 0
    printer: str = ""
    problem: Problem | None = None
    """What keeps it from coming out, with what to do."""
    cause: Problem | None = None
    """Why it broke off in the middle, where that is known."""
    notes: tuple[Problem, ...] = ()
    """What is amiss with the paper itself."""
    pages: int = 0
    """Of one copy, where ``pdf`` has pages for each."""

    @property
    def there(self) -> bool:
        """There is something to be looked at."""
        return bool(self.pdf)


def on_its_way(ordered: Ordered) -> PaperShown:
    copies = ordered.first - 1 + ordered.copies
    return PaperShown(
        PaperAt.PRINTING,
        ordered.job,
        ordered.pdf,
        copies,
        ordered.first - 1,
        notes=ordered.problems,
        pages=ordered.pages,
    )


def not_there(problems: tuple[Problem, ...]) -> PaperShown:
    """``problems`` has one at least, the reason first."""
    return PaperShown(PaperAt.NONE, problem=problems[0], notes=problems[1:])


def as_it_stands(paper: Paper, pdf: bytes, notes: tuple[Problem, ...] = ()) -> PaperShown:
    at = _AT.get(paper.standing) or (PaperAt.OUT if paper.printer else PaperAt.KEPT)
    return PaperShown(
        at,
        paper.job,
        pdf,
        paper.copies,
        paper.out,
        paper.sent,
        paper.reprint,
        paper.printer,
        _problem(paper),
        _cause(paper),
        notes,
        paper.pages,
    )


def _problem(paper: Paper) -> Problem | None:
    match paper.standing:
        case PaperStanding.DOUBTED:
            return Problem(ProblemCode.PRINT_DOUBTED)
        case PaperStanding.WAITING:
            return _told(paper) or Problem(ProblemCode.PRINTER_FAILED)
        case _:
            return None


def _cause(paper: Paper) -> Problem | None:
    """A program that ended in the middle left none."""
    return _told(paper) if paper.standing is PaperStanding.DOUBTED else None


def _told(paper: Paper) -> Problem | None:
    """The trouble of which the journal has the code."""
    kind = ProblemCode.of(paper.trouble)
    return Problem(kind) if kind else None
