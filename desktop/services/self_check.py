"""The morning self-test (S3-27, S3-28): what this desk needs, one item each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec import Struct

from desktop.domain.problems import DeskError, Problem, ProblemCode
from desktop.domain.times import clock_is_wrong
from desktop.nhsa.outcome import Accepted, Outcome
from desktop.nhsa.questions.desk import Institution, institution
from desktop.services.ending import problem_of
from desktop.services.ports import Desk
from desktop.services.sending import query

T = TypeVar("T")


class Item(Struct, frozen=True):
    """One thing that was looked at; without a problem it is well."""

    name: str
    found: str
    problem: Problem | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None


def tried(name: str, look: Callable[[], str]) -> Item:
    """Look, and say what was found or what is wrong."""
    try:
        return Item(name, look())
    except DeskError as error:
        return Item(name, "", error.problems[0])


def check_platform(desk: Desk) -> Iterator[Item]:
    """The line, the hospital's standing at the platform (1201), and the clock (B48)."""
    outcome = query(desk, institution(desk.institution))
    yield _line(desk, outcome)
    if isinstance(outcome, Accepted):
        yield _known(desk, outcome.value)
    theirs = outcome.platform_time
    if theirs is not None:
        wrong = clock_is_wrong(desk.clock(), theirs)
        problem = Problem(ProblemCode.CLOCK_WRONG) if wrong else None
        yield Item("clock", f"平台时间 {theirs:%H:%M:%S}", problem)


def _line(desk: Desk, outcome: Outcome[T]) -> Item:
    if isinstance(outcome, Accepted):
        return Item("platform", "平台已连通")
    return Item("platform", "", problem_of(outcome, desk.refusals))


def _known(desk: Desk, found: Institution | None) -> Item:
    if found is None:
        problem = Problem(ProblemCode.INSTITUTION_REFUSED, desk.institution)
        return Item("institution", "", problem)
    return Item("institution", f"{found.name}（{found.code}）")
