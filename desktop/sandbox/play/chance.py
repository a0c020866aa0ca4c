"""The rows of chances of a played month."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """The same seed tells the same story; ``part`` is a piece of it that stands for itself."""

    def __init__(self, seed: int, part: str = "") -> None:
        self._source = random.Random(f"play/{seed}/{part}")  # noqa: S311 - no secret

    def happens(self, share: float) -> bool:
        return self._source.random() < share

    def share(self) -> float:
        """From 0 to below 1."""
        return self._source.random()

    def number(self, least: int, most: int) -> int:
        return self._source.randint(least, most)

    def one_of(self, choices: Sequence[T]) -> T:
        return self._source.choice(choices)

    def weighed(self, weights: Mapping[T, float]) -> T:
        return self._source.choices(tuple(weights), tuple(weights.values()))[0]
