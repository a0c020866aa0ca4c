"""Amounts that 2207 booked otherwise than the patient agreed to (visit.md rule 2).

Both are in the journal, so they are told whichever way somebody comes back to the visit.
"""

from __future__ import annotations

from msgspec import Struct

from desktop.domain.money import Money
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import AMOUNT_WORDS


class OtherAmount(Struct, frozen=True):
    """One amount of the split, in fen, before and after; ``words`` as on the slip."""

    words: str
    agreed: Money
    booked: Money


def other_amounts(record: VisitRecord) -> tuple[OtherAmount, ...]:
    """In the order of the slip. What one of the two answers did not tell has not changed."""
    if record.submitted is None or record.settlement is None:
        return ()
    shown, booked = record.submitted.amounts_shown.split, record.settlement.split
    pairs = (
        (words, getattr(shown, name), getattr(booked, name)) for name, words in AMOUNT_WORDS.items()
    )
    return tuple(
        OtherAmount(words, one, other)
        for words, one, other in pairs
        if None not in (one, other) and one != other
    )


def amounts_changed(record: VisitRecord) -> tuple[Problem, ...]:
    """The same as a problem whose detail tells both sums of each; empty where nothing changed."""
    told = "、".join(f"{one.words} {one.agreed} → {one.booked} 元" for one in other_amounts(record))
    return (Problem(ProblemCode.AMOUNTS_CHANGED, told),) if told else ()
