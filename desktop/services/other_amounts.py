"""Amounts that 2207 booked otherwise than the patient agreed to (visit.md rule 2).

Both are in the journal, and so is the patient's yes to the new ones: they are told, and the yes is
waited for, whichever way somebody comes back to the visit.
"""

from __future__ import annotations

from datetime import datetime

from desktop.domain.notes import OthersAgreed
from desktop.domain.problems import Problem, ProblemCode
from desktop.domain.record import VisitRecord
from desktop.domain.split import AMOUNT_WORDS, OtherAmount


def other_amounts(record: VisitRecord) -> tuple[OtherAmount, ...]:
    """In the order of the slip. What one of the two answers did not tell has not changed."""
    if record.submitted is None or record.settlement is None:
        return ()
    shown, booked = record.submitted.amounts_shown.split, record.settlement.split
    pairs = ((name, getattr(shown, name), getattr(booked, name)) for name in AMOUNT_WORDS)
    return tuple(
        OtherAmount(name, one, other)
        for name, one, other in pairs
        if None not in (one, other) and one != other
    )


def awaits_yes(record: VisitRecord) -> bool:
    """The patient has still to agree to other amounts, and no cash changes hands before."""
    return record.others_agreed is None and bool(other_amounts(record))


def yes_to_others(record: VisitRecord, by: str, at: datetime) -> OthersAgreed:
    """They do: ``by`` told them both sums of each."""
    return OthersAgreed(other_amounts(record), by, at)


def amounts_changed(record: VisitRecord) -> tuple[Problem, ...]:
    """The same as a problem whose detail tells both sums of each; empty where nothing changed."""
    told = "、".join(f"{one.words} {one.agreed} → {one.booked} 元" for one in other_amounts(record))
    return (Problem(ProblemCode.AMOUNTS_CHANGED, told),) if told else ()
