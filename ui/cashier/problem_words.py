"""Problems in the language of the window; Chinese is the source (context ``Cashier``)."""

from __future__ import annotations

from desktop.domain.problems import Problem
from ui.cashier.translate import tr


def problem_message(problem: Problem) -> str:
    """What happened, with the fact of this case."""
    said = tr(problem.kind.message)
    return tr("{0}：{1}").format(said, problem.detail) if problem.detail else said


def problem_sentence(problem: Problem) -> str:
    """What happened, and what to do next."""
    return tr("{0}。{1}").format(problem_message(problem), tr(problem.next_step))
