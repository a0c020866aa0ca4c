"""Will the funds pay: trauma, province, 2001 and the filing (visit.md B07, B10–B21)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from desktop.domain.charges import EMERGENCY, CareVisit, Trauma
from desktop.domain.identifiers import AreaCode
from desktop.domain.person import Filing, FundAnswer, Insurance
from desktop.domain.problems import Problem, ProblemCode
from desktop.nhsa.questions.benefits import check_benefits as ask_benefits
from desktop.nhsa.questions.claim import Claim
from desktop.services.ending import Ending, Stopped, accepted, said_no, stopped
from desktop.services.ports import Desk
from desktop.services.sending import query

_GOES_ON = frozenset((ProblemCode.QUOTA_USED, ProblemCode.ACCOUNT_ONLY))
_FILING = frozenset((ProblemCode.NOT_FILED, ProblemCode.FILED_ELSEWHERE))


class Eligibility(Struct, frozen=True):
    """What 2001 tells before anything is registered."""

    funds: tuple[FundAnswer, ...]
    filing: Filing | None
    notes: tuple[Problem, ...]
    """What the patient should hear although the settlement goes on (B19, B21)."""


def is_about_filing(problem: Problem) -> bool:
    """The person can mend it by filing (NEEDS_FILING)."""
    return problem.kind in _FILING


def right_window(place: AreaCode, insurance: Insurance) -> None:
    """People insured in this province belong to the local window (B07)."""
    if insurance.area.same_province(place):
        raise stopped(Ending.REFUSED, ProblemCode.IN_PROVINCE, str(insurance.area))


class Marked(Protocol):
    """A visit's facts that decide whether it may settle at all; also while they are typed."""

    @property
    def kind(self) -> str: ...
    @property
    def emergency(self) -> bool: ...
    @property
    def trauma(self) -> Trauma: ...
    @property
    def trauma_letter(self) -> str: ...


def lacking(visit: Marked) -> tuple[ProblemCode, ...]:
    """What keeps this visit from being settled, whoever the patient is.

    Third-party trauma never settles here; other trauma needs its letter first (B17). An emergency
    counts as filed, so a doctor must have said that it is one (B16, S0-13).
    """
    letterless = visit.trauma is Trauma.NO_THIRD_PARTY and not visit.trauma_letter.strip()
    found = (
        (ProblemCode.THIRD_PARTY, visit.trauma is Trauma.THIRD_PARTY),
        (ProblemCode.TRAUMA_LETTER_NEEDED, letterless),
        (ProblemCode.EMERGENCY_MARK_NEEDED, visit.kind == EMERGENCY and not visit.emergency),
    )
    return tuple(kind for kind, lacks in found if lacks)


def ordinary_visit(began: datetime) -> CareVisit:
    """What 2001 is asked about while the hospital's bill is not there: an ordinary visit now."""
    return CareVisit(
        visit_no="",
        kind="11",
        began=began,
        department_code="",
        department="",
        caty="",
        doctor_code="",
        doctor_name="",
        diagnoses=(),
        disease="",
        emergency=False,
        trauma=Trauma.NONE,
        trauma_letter="",
    )


def may_settle(visit: CareVisit) -> None:
    """Raises :class:`Stopped` with all that is :func:`lacking`."""
    kinds = lacking(visit)
    if kinds:
        never = ProblemCode.THIRD_PARTY in kinds
        raise Stopped(Ending.REFUSED if never else Ending.NEEDS_PERSON, *map(Problem, kinds))


def check_benefits(desk: Desk, claim: Claim) -> Eligibility:
    """Ask 2001. A site that does not offer it is asked by 2201 and 2206 themselves.

    Raises :class:`Stopped` when no fund pays and the reason is not a harmless one.
    """
    outcome = query(
        desk, ask_benefits(claim.person.psn_no, claim.insurance, claim.visit, desk.institution)
    )
    if said_no(outcome):
        problem = desk.refusals.problem(outcome.text)
        if problem.kind is ProblemCode.NOT_OFFERED:
            return Eligibility((), None, ())
    funds = accepted(outcome, desk.refusals)
    return Eligibility(funds, _filing(funds), _notes(desk, funds))


def _filing(funds: tuple[FundAnswer, ...]) -> Filing | None:
    return next((fund.filing for fund in funds if fund.filing), None)


def _notes(desk: Desk, funds: tuple[FundAnswer, ...]) -> tuple[Problem, ...]:
    """Why the pool does not pay, where an account or another fund does: that goes on (B19).

    What the other funds refuse is no news while the pool pays.
    """
    if any(fund.pays for fund in funds):
        pool = tuple(fund for fund in funds if fund.is_pooled)
        return () if any(fund.pays for fund in pool) else _reasons(desk, pool)
    problems = _reasons(desk, funds)
    if not problems:
        raise stopped(Ending.NEEDS_PERSON, ProblemCode.NO_BENEFIT)
    stopping = [problem for problem in problems if problem.kind not in _GOES_ON]
    if not stopping:
        return problems
    unread = any(problem.kind is ProblemCode.NO_BENEFIT for problem in stopping)
    raise Stopped(Ending.NEEDS_PERSON if unread else Ending.REFUSED, *stopping)


def _reasons(desk: Desk, funds: tuple[FundAnswer, ...]) -> tuple[Problem, ...]:
    """What the platform says of these funds, each reason once."""
    texts = dict.fromkeys(fund.reason for fund in funds if fund.reason)
    return tuple(desk.refusals.problem(text, ProblemCode.NO_BENEFIT) for text in texts)
