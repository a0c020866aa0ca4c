"""What ``kuasheng practice --play`` is told: a month, how many visits, perhaps a seed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MOST_VISITS: Final = 1_000_000
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_VISITS: Final = re.compile(r"(\d{1,9}) visits?", re.ASCII)
_SEED: Final = re.compile(r"seed (\d{1,18})", re.ASCII)


class BadWish(ValueError):
    """A text that cannot be played; ``part`` is the piece that is wrong."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part!r}: {why}")
        self.part = part
        self.why = why


@dataclass(frozen=True, slots=True)
class Wish:
    """A month to be played; the same wish fills an empty platform with the same rows."""

    first: date
    """The first day of the month."""
    visits: int
    seed: int = 1

    @property
    def after(self) -> date:
        """The first day after the month."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def days(self) -> int:
        return (self.after - self.first).days


def read_wish(text: str) -> Wish:
    """``2023-11, 12000 visits`` or ``2023-11, 12000 visits, seed 7``; raises :class:`BadWish`."""
    parts = [part.strip() for part in text.split(",")]
    if not 2 <= len(parts) <= 3:
        raise BadWish(text, 'not "month, number visits", as in "2023-11, 12000 visits"')
    seed = _seed(parts[2]) if len(parts) == 3 else 1
    return Wish(_month(parts[0]), _visits(parts[1]), seed)


def _month(part: str) -> date:
    found = _MONTH.fullmatch(part)
    if found is None:
        raise BadWish(part, "not a month, as 2023-11")
    try:
        first = date(int(found[1]), int(found[2]), 1)
    except ValueError as error:
        raise BadWish(part, "there is no such month") from error
    if not 2000 <= first.year <= 2099:
        raise BadWish(part, "not a month from 2000 to 2099")
    return first


def _visits(part: str) -> int:
    found = _VISITS.fullmatch(part)
    if found is None:
        raise BadWish(part, "not a number of visits, as 12000 visits")
    if not 1 <= int(found[1]) <= MOST_VISITS:
        raise BadWish(part, f"not from 1 to {MOST_VISITS} visits")
    return int(found[1])


def _seed(part: str) -> int:
    found = _SEED.fullmatch(part)
    if found is None:
        raise BadWish(part, "not a seed, as seed 7")
    return int(found[1])
