"""How a run at the desk ends (contracts: ``state`` of ``kuasheng settle``)."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeGuard, TypeVar

from desktop.domain.problems import Problem, ProblemCode
from desktop.knowledge.refusals import Refusals
from desktop.nhsa.outcome import Accepted, By, NotSent, Outcome, Refused, Unknown, WhyUnknown
from desktop.nhsa.transport import WhyNotSent

T = TypeVar("T")


class Ending(StrEnum):
    """The closed set of ends; FAILED means that nothing can have been booked."""

    SETTLED = "settled"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NEEDS_CHECK = "needs-check"
    NEEDS_PERSON = "needs-person"
    FAILED = "failed"


class Stopped(Exception):
    """The run ended before a settlement was sent, or may not be sent."""

    def __init__(self, ending: Ending, *problems: Problem) -> None:
        super().__init__(f"{ending.value}: {', '.join(problem.code for problem in problems)}")
        self.ending = ending
        self.problems = problems


def stopped(ending: Ending, kind: ProblemCode, detail: str = "") -> Stopped:
    return Stopped(ending, Problem(kind, detail))


def said_no(outcome: Outcome[T]) -> TypeGuard[Refused]:
    """The platform itself refused; a gateway's 401 reached nobody who could."""
    return isinstance(outcome, Refused) and outcome.by is By.PLATFORM


_OF_THE_LIBRARY = {
    WhyNotSent.LIBRARY_UNUSABLE: ProblemCode.LIBRARY_UNUSABLE,
    WhyNotSent.LIBRARY_FAILED: ProblemCode.LIBRARY_FAILED,
}


def by_library(outcome: Outcome[T]) -> bool:
    """A vendor's library failed: it says nothing about the line to the platform."""
    if isinstance(outcome, NotSent):
        return outcome.why in _OF_THE_LIBRARY
    return isinstance(outcome, Unknown) and outcome.why is WhyUnknown.LIBRARY_FAILED


def problem_of(outcome: Outcome[T], refusals: Refusals) -> Problem:
    """The problem behind a request that was not accepted."""
    if said_no(outcome):
        return refusals.problem(outcome.text)
    if isinstance(outcome, Refused):
        return Problem(ProblemCode.GATEWAY_REFUSED, outcome.text, quoted=True)
    if isinstance(outcome, NotSent):
        return Problem(_OF_THE_LIBRARY.get(outcome.why, ProblemCode.NOT_CONNECTED))
    if by_library(outcome):
        return Problem(ProblemCode.LIBRARY_FAILED)
    return Problem(ProblemCode.NO_USABLE_ANSWER)


def accepted(outcome: Outcome[T], refusals: Refusals) -> T:
    """The answer of a request that books nothing; anything else ends the run.

    Raises :class:`Stopped`: REFUSED for the platform's own no, else FAILED.
    """
    if isinstance(outcome, Accepted):
        return outcome.value
    ending = Ending.REFUSED if said_no(outcome) else Ending.FAILED
    raise Stopped(ending, problem_of(outcome, refusals))
