"""What a no means for the patient, and what they can do next (visit.md B10–B20).

From the platform's free text to a closed reason, and from there to steps. A text that no pattern
knows keeps its own words and goes to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from desktop.domain.person import FilingGroup
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.whys import Why
from desktop.knowledge.areas import Areas
from desktop.knowledge.guidance import Guidance, Guide
from desktop.knowledge.refusals import Refusals
from desktop.services.advice_steps import Case, Standing, Step, steps_for
from desktop.services.filing_help import LateFiling, PhoneFiling, late_filing
from desktop.services.ports import Desk


class Knowledge(Struct, frozen=True):
    """What the desk knows beside the platform."""

    refusals: Refusals
    guidance: Guidance
    areas: Areas


class Advice(Struct, frozen=True):
    """What the desk says to a no."""

    why: Why | None
    """None: nobody knows the text, and a person reads it."""
    says: str
    steps: tuple[Step, ...]
    late: LateFiling | None
    """Whether a filing made now covers the visit; None where filing does not mend it."""
    phone: PhoneFiling | None
    """What to tell on the telephone, where the area files by telephone."""
    raw: str
    """The platform's own words."""
    guide: Guide
    """What is known of the insured area, with its sources."""


_MENDED_BY_FILING: Final = frozenset(
    (
        Why.NOT_FILED,
        Why.FILING_NOT_YET,
        Why.FILING_ENDED,
        Why.FILING_OUTSIDE,
        Why.FILED_ELSEWHERE,
    )
)
_OF_PROBLEM: Final[Mapping[ProblemCode, Why]] = MappingProxyType(
    {why.problem: why for why in reversed(Why) if why.code == why.problem.code}
    | {
        ProblemCode.NOT_RECOGNISED: Why.CHRONIC_NOT_RECOGNISED,
        ProblemCode.TRAUMA_LETTER_NEEDED: Why.TRAUMA_LETTER,
        ProblemCode.EMERGENCY_MARK_NEEDED: Why.EMERGENCY_UNMARKED,
    }
)
"""What the desk's own problems mean, which no platform worded."""


def advise(problem: Problem, standing: Standing, knowledge: Knowledge) -> Advice:
    """The reason behind ``problem``, what to say, and the steps that lead on."""
    case = _case(standing, knowledge)
    why = reason_of(problem, knowledge.refusals, standing.today)
    by_filing = why in _MENDED_BY_FILING
    return Advice(
        why=why,
        says=f"{why.words if why else problem.kind.message}。",
        steps=steps_for(why, case),
        late=case.late if by_filing else None,
        phone=_phone(case) if by_filing and case.guide.by_phone else None,
        raw=problem.detail,
        guide=case.guide,
    )


def standing_of(desk: Desk, record: VisitRecord, phone: str = "") -> Standing | None:
    """Who stands at the window of ``desk``; None before person, insurance and bill are known."""
    person, insurance, bill = record.person, record.insurance, record.bill
    if person is None or insurance is None or bill is None:
        return None
    today = desk.clock().date()
    return Standing(person, insurance.area, desk.place, bill.visit, today, phone)


def reason_of(problem: Problem, refusals: Refusals, day: date) -> Why | None:
    """What the text means; without a known text, what the problem itself says."""
    return refusals.why(problem.detail, day) or _OF_PROBLEM.get(problem.kind)


def _case(standing: Standing, knowledge: Knowledge) -> Case:
    guide = knowledge.guidance.of(standing.insured, standing.today)
    late = late_filing(standing.visit.began.date(), standing.today, guide)
    city = knowledge.areas.name(standing.place) or str(standing.place)
    return Case(standing, guide, late, city)


def _phone(case: Case) -> PhoneFiling:
    standing = case.standing
    return PhoneFiling(
        name=standing.person.name,
        id_number=standing.person.cert_no,
        phone=standing.phone,
        kind=FilingGroup.TEMP.words,
        city=case.city,
    )
