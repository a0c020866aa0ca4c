"""Everything the window says to a no: the reason, the steps, and for chronic care what is missing.

The pages that show it come later; asking costs one 5301, and that for chronic care alone.
"""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.charges import CHRONIC
from desktop.domain.problems import Problem
from desktop.domain.record import VisitRecord
from desktop.services.advice import Advice, Knowledge, advise, standing_of
from desktop.services.chronic import ChronicStanding, ask_chronic
from desktop.services.ports import Desk


class Help(Struct, frozen=True):
    """What to say."""

    advice: Advice
    chronic: ChronicStanding | None
    """None for other care, and where the site does not answer 5301."""


def help_with(
    desk: Desk, record: VisitRecord, problem: Problem, knowledge: Knowledge
) -> Help | None:
    """Help with the problem of a visit; None before person, insurance and bill are known."""
    standing = standing_of(desk, record)
    if standing is None:
        return None
    advice = advise(problem, standing, knowledge)
    if not standing.visit.kind.startswith(CHRONIC):
        return Help(advice, None)
    return Help(advice, ask_chronic(desk, standing, advice.why, advice.guide))
