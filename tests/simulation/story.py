"""What happened in a run, step by step in plain words; kept only when somebody will read it."""

from __future__ import annotations

from tests.simulation.clock import Clock


class Story:
    """Lines with the true time; ``told`` False costs nothing."""

    def __init__(self, clock: Clock, *, told: bool) -> None:
        self._clock = clock
        self.told = told
        self.lines: list[str] = []

    def tell(self, words: str, *facts: object) -> None:
        """``words`` with ``{}`` for each fact."""
        if self.told:
            self.lines.append(f"{self._clock.now:%m-%d %H:%M:%S}  {words.format(*facts)}")
