"""Problems in the language of the window; Chinese is the source (context ``Cashier``)."""

from __future__ import annotations

from desktop.domain.problems import Problem
from ui.cashier.translate import tr


def problem_message(problem: Problem) -> str:
    """What happened, with the fact of this case."""
    said = tr(problem.kind.message)
    return tr("{0}：{1}").format(said, detail_words(problem)) if problem.detail else said


def detail_words(problem: Problem) -> str:
    """The fact of this case: ours in the language of the window, the platform's as it came."""
    if problem.quoted or not problem.detail:
        return problem.detail
    from ui.cashier.detail_words import told

    return told(problem.detail)


def problem_sentence(problem: Problem) -> str:
    """What happened, and what to do next."""
    return tr("{0}。{1}").format(problem_message(problem), tr(problem.next_step))
