"""What ``SSCardDriver`` returns instead of 0, in problems of the desk (cards.md A6).

Most codes are the card's status word with a minus: -27010 is 6982.
"""

from __future__ import annotations

import re

from desktop.domain.problems import ProblemCode

OK = 0
_STATUS_WORDS = range(0x6000, 0xA000)
_MOST_TRIES = 15
_NUMBER = re.compile(rb"(?<![0-9-])[0-9]{1,2}(?![0-9])")

WRONG_CARD = frozenset((-1, -0x6A82))
"""Not a social security card: another kind, or the wrong side up."""

NEEDS_MODULE = frozenset((-24, -2201, -2202, -2203, -0x6A88))
"""A 3.0 card that a network HSM may open, by the library's two steps (cards.md A6)."""

_OF_THE_CARD = {
    -2: ProblemCode.NO_CARD,
    -4: ProblemCode.CARD_HUNG,
    -5: ProblemCode.LIBRARY_UNUSABLE,
    -11: ProblemCode.NO_READER,
    -12: ProblemCode.NO_READER,
    -13: ProblemCode.LIBRARY_UNUSABLE,
    -14: ProblemCode.LIBRARY_UNUSABLE,
    -21: ProblemCode.CARD_NOT_GENUINE,
    -24: ProblemCode.PSAM_NEEDED,
    -25: ProblemCode.PSAM_NEEDED,
    -31: ProblemCode.PIN_NOT_ENTERED,
    -32: ProblemCode.PIN_NOT_ENTERED,
    -33: ProblemCode.PIN_NOT_ENTERED,
    -51: ProblemCode.PIN_WRONG,
    -52: ProblemCode.PIN_LOCKED,
    -2201: ProblemCode.PSAM_NEEDED,
    -2202: ProblemCode.PSAM_NEEDED,
    -2203: ProblemCode.PSAM_NEEDED,
    -0x6982: ProblemCode.PSAM_NEEDED,
    -0x6983: ProblemCode.PIN_LOCKED,
    -0x6A88: ProblemCode.PSAM_NEEDED,
}
_COUNTED = range(0x63C0, 0x63D0)
"""63Cx: wrong, and x more tries. Of a PIN, or of the security module's own key."""


def problem_of_code(code: int) -> ProblemCode:
    """The problem behind a code; what has no name of its own makes the card unreadable."""
    if -code in _COUNTED:
        return ProblemCode.PSAM_NEEDED
    return _OF_THE_CARD.get(code, ProblemCode.CARD_UNREADABLE)


def problem_of_pin(code: int, told: bytes) -> tuple[ProblemCode, int | None]:
    """The same for a PIN, with the tries that are left when they are told (63Cx, or in words)."""
    if -code in _COUNTED:
        left = -code & 0xF
        return (ProblemCode.PIN_WRONG if left else ProblemCode.PIN_LOCKED), left
    problem = problem_of_code(code)
    return problem, _tries_left(told) if problem is ProblemCode.PIN_WRONG else None


def shown_code(code: int) -> str:
    """The code as the vendor's support knows it, with the card's status word."""
    return f"{code}（{-code:04X}）" if -code in _STATUS_WORDS else str(code)


def _tries_left(text: bytes) -> int | None:
    found = [int(number) for number in _NUMBER.findall(text)]
    return found[0] if len(found) == 1 and found[0] <= _MOST_TRIES else None
