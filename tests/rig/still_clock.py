"""Seconds that stand still until a test moves them."""

from __future__ import annotations


class StillClock:
    """A monotonic clock; ``now`` is written by the test."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
