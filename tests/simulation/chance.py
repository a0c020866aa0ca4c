"""Every choice of a run, drawn from its seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.simulation.faults import ONLY_SETTLING, DiskFault, SendFault

T = TypeVar("T")

_SETTLING = frozenset(("2207", "2208", "2601"))
_LOOKING = frozenset(("9101", "3202", "9102", "5203", "5201"))
_ANY = tuple(fault for fault in SendFault if fault not in ONLY_SETTLING)
_OFTEN = (*(SendFault.LATE,) * 8, *(SendFault.UNBALANCED,) * 2)
"""What books late or tells sums that do not add up is what the desk must live with."""
_OF_MONEY = (*SendFault, *_OFTEN, SendFault.LOST_AFTER, SendFault.LOST_BEFORE)
_OF_AMOUNTS: tuple[SendFault, ...] = (*SendFault, *(SendFault.UNBALANCED,) * 30)
_TAKING_BACK = (
    *(fault for fault in _OF_MONEY if fault is not SendFault.DOUBLED_LATE),
    *(SendFault.REFUSED,) * 3,
)
"""What has answered a 2208 or 2601 does not carry out a late copy of it as well."""
_REGISTERING = (*_ANY, *(SendFault.REFUSED,) * 12)
"""Only the platform's own no, in words about the filing or about the person, turns away here."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How rough a run is; each is a probability."""

    settling: float
    """A fault of a 2207, 2208 or 2601."""
    asking: float
    """A fault of any other sending."""
    disk: float
    meanwhile: float
    """Another window acts while a request is under way."""
    looking: float = 0
    """A fault of a question that looks for what became of something."""


CALM = Weather(0, 0, 0, 0)


class Chance:
    """The dice of one run; the same seed throws the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self.roll = self._random.random
        """A number from 0 to 1."""
        self._later = random.Random(f"{seed} later").random  # noqa: S311
        self.weather = CALM

    def also(self, probability: float) -> bool:
        """As :meth:`happens`, by dice of its own: what came into the town later leaves the days of
        before as they were.
        """
        return self._later() < probability

    def happens(self, probability: float) -> bool:
        return self.roll() < probability

    def of(self, choices: Sequence[T]) -> T:
        return choices[int(self.roll() * len(choices))]

    def between(self, low: float, high: float) -> float:
        return low + self.roll() * (high - low)

    def brew(self) -> None:
        """Draw the weather: some runs calm, some with one kind of trouble, some a storm."""
        kind = self.roll()
        if kind < 0.1:
            self.weather = Weather(0, 0, 0, 0.3)
        elif kind < 0.3:
            self.weather = Weather(0.5, 0.02, 0.01, 0.3)
        elif kind < 0.6:
            self.weather = Weather(0.8, 0.01, 0, 0.5, looking=0.3)
        elif kind < 0.7:
            self.weather = Weather(0.1, 0.12, 0.01, 0.2, looking=0.1)
        elif kind < 0.9:
            self.weather = Weather(0.1, 0.02, 0.12, 0.2)
        else:
            self.weather = Weather(0.6, 0.15, 0.1, 0.5, looking=0.3)

    def send_fault(self, infno: str) -> SendFault | None:
        if infno in _SETTLING:
            choices = _OF_MONEY if infno == "2207" else _TAKING_BACK
            return self.of(choices) if self.roll() < self.weather.settling else None
        how_likely = self.weather.looking if infno in _LOOKING else self.weather.asking
        if self.roll() >= how_likely:
            return None
        return self.of(_CHOICES.get(infno, _ANY))

    def disk_fault(self) -> DiskFault | None:
        return self.of(_DISK) if self.roll() < self.weather.disk else None

    def turn(self, steps: Sequence[Callable[[], None]]) -> None:
        """Carry out one of them."""
        self.of(steps)()


_DISK = tuple(DiskFault)
_CHOICES = {"2201": _REGISTERING, "2206": _OF_AMOUNTS, "5203": _OF_AMOUNTS}
