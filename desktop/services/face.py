"""The optional face flow: one way of 人证核对, and never the only one (S1-24)."""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.problems import Problem, ProblemCode
from desktop.nhsa.outcome import Accepted, Outcome
from desktop.services.ports import Desk, FaceTerminal


class Face(Struct, frozen=True):
    """What came of looking: ``problem`` None means that it is who was looked for."""

    auth_no: str
    """Of the terminal; "" where it saw nobody."""
    problem: Problem | None


def look_for(desk: Desk, terminal: FaceTerminal, number: str) -> Face:
    """Have the terminal look, and compare with this ID number; never raises.

    Whatever goes wrong leaves the check to a person.
    """
    business = desk.next_msgid()
    authorised = terminal.authorise_face(business)
    if not isinstance(authorised, Accepted):
        return Face("", _refused(authorised))
    seen = terminal.check_face(business, authorised.value)
    if not isinstance(seen, Accepted):
        return Face(authorised.value, _refused(seen))
    alike = seen.value.cert_no.upper() == number.upper()
    return Face(authorised.value, None if alike else Problem(ProblemCode.FACE_OF_ANOTHER))


def _refused(outcome: Outcome[object]) -> Problem:
    """The terminal's own words, where it said any."""
    return Problem(ProblemCode.FACE_REFUSED, getattr(outcome, "text", ""), quoted=True)
