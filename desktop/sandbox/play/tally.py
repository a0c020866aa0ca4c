"""What a played month came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Tally:
    """Counted while the month is played."""

    visits: int = 0
    settlements: int = 0
    """2207 that were booked, those after a refund included."""
    refunds: int = 0
    """2208, and 2601 of a settlement whose answer never came."""
    abandoned: int = 0
    """Visits given up by the patient and withdrawn."""
    messages: int = 0
    people: int = 0
    areas: set[str] = field(default_factory=set)
    refusals: Counter[str] = field(default_factory=Counter)
    """By the name of the reason."""


def summary(tally: Tally, seconds: float, now: datetime) -> str:
    """A few lines for whoever started it; ``now`` is the business time afterwards."""
    refused = tally.refusals.total()
    lines = [
        f"visits       {tally.visits}",
        f"people       {tally.people} of {len(tally.areas)} insured areas",
        f"settlements  {tally.settlements}",
        f"refunds      {tally.refunds}",
        f"abandoned    {tally.abandoned}",
        f"refusals     {refused}",
        *(f"  {count:>6}  {name}" for name, count in _most_first(tally.refusals)),
        f"messages     {tally.messages}",
        f"seconds      {seconds:.1f}",
        f"clock        {now:%Y-%m-%d %H:%M:%S}",
    ]
    return "\n".join(lines)


def _most_first(refusals: Counter[str]) -> list[tuple[str, int]]:
    return sorted(refusals.items(), key=lambda row: (-row[1], row[0]))
